"""Where web frameworks send a browser, and what a program opens in one: Flask, Quart, Django, Starlette, FastAPI,
aiohttp, Sanic, Bottle, Tornado, Litestar; `webbrowser`. Contract: tests/libraries/test_redirects_contract.py.
"""

from __future__ import annotations

import re

from jwt_sast.libraries.library import Context, Library, where
from jwt_sast.semantics import texts
from jwt_sast.semantics.calls import Call, Parameters
from jwt_sast.semantics.values import Mapping, Presence, Value
from jwt_sast.tokens import queries
from jwt_sast.tokens.events import TokenInUrl

_FUNCTIONS = {
    **dict.fromkeys(("flask.redirect", "quart.redirect", "werkzeug.utils.redirect"), "location"),
    **dict.fromkeys((f"aiohttp.web.HTTP{name}" for name in ("Found", "SeeOther", "TemporaryRedirect")), "location"),
    **dict.fromkeys((f"django.http.HttpResponse{name}Redirect" for name in ("", "Permanent")), "redirect_to"),
    **dict.fromkeys(("django.shortcuts.redirect", "sanic.redirect", "sanic.response.redirect"), "to"),
    **dict.fromkeys((f"{package}.responses.RedirectResponse" for package in ("starlette", "fastapi")), "url"),
    **dict.fromkeys(("bottle.redirect", "webbrowser.open", "webbrowser.open_new_tab"), "url"),
    "litestar.response.Redirect": "path",
}
"""The first parameter of each, by which the address may be given."""


def _go(call: Call, context: Context) -> None:
    url = call.bind(Parameters.of(_FUNCTIONS.get(call.function, "url")))
    for name in url.given:
        for one in queries.in_url(url[name].value, call.state):
            context.emit(TokenInUrl(where=where(call), token=one.token, carrier=url[name], named=one.named))


def _urlencode(call: Call, context: Context) -> Value | None:
    """The text of a query, where the mapping that it is made of is known."""
    query = call.resolved(call.arguments.positional[0]).value if call.arguments.positional else None
    if not isinstance(query, Mapping) or query.open:
        return None
    pieces: list[str | Value] = []
    for name, entry in query.entries.items():
        if isinstance(name, str) and entry.presence is not Presence.NEVER:
            pieces += ["&" if pieces else "", f"{name}=", texts.as_text(entry.value)]
    return texts.text(tuple(pieces), call.origin())


_NAMES = tuple(sorted({name.rpartition(".")[2] for name in _FUNCTIONS} - {"open", "open_new_tab"} | {"webbrowser"}))
_QUERY = tuple(
    start + name + b"=" for start in (b"?", b"&") for name in (b"token", b"access_token", b"id_token", b"jwt")
)

LIBRARY = Library(
    name="redirects",
    distribution="",
    packages=(),
    carrier=True,
    # Not the bare word: every OAuth client has a `redirect_uri`.
    marks=tuple((name.encode() + b"(", query) for name in _NAMES for query in _QUERY)
    + tuple((b"webbrowser", mark) for mark in (b"urlencode", *_QUERY)),
    functions={**dict.fromkeys(_FUNCTIONS, _go), "urllib.parse.urlencode": _urlencode},
    methods={"redirect": _go},
    names=re.compile(rb"\b(%s)\b" % "|".join(_NAMES).encode()),
)
