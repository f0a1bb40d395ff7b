"""`Set-Cookie` headers that are written by hand (RFC 6265 §4.1.1), whatever they are put into.

Contract: tests/libraries/test_cookie_headers_contract.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jwt_sast.libraries.library import Context, Library, where
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.values import Known, Text, Value, alternatives
from jwt_sast.tokens.events import TokenCookie
from jwt_sast.tokens.naming import CSRF, labels_token, names, says_token, words
from jwt_sast.tokens.recognition import tokens_in
from jwt_sast.tokens.switches import UNKNOWN, Setting, Switch

_SITE = re.compile(r"(?i);\s*samesite\s*=\s*(\w+)")


def _put(call: Call, context: Context) -> None:
    """`headers["Set-Cookie"] = …`, `headers.append("Set-Cookie", …)` and the like."""
    arguments = call.arguments.positional
    if len(arguments) > 1:
        name = call.state.opened(arguments[0].value)
        if isinstance(name, Known) and str(name.constant).lower() == "set-cookie":
            for event in _cookies(call, call.resolved(arguments[1])):
                context.emit(event)


def _cookies(call: Call, header: Argument) -> Iterator[TokenCookie]:
    """The cookies with a token that a header sets: `name=`, the token, and attributes behind it."""
    for option in alternatives(header.value):
        match option:
            case Text(pieces=(str() as start, Value() as value, *rest)) if "=" in start:
                cookie, _, before = start.partition("=")
                sure = any(tokens_in(value, call.state))
                named = labels_token(cookie) or any(map(says_token, names(value)))
                if (sure or named) and ";" not in before and CSRF.isdisjoint(words(cookie)):
                    yield _cookie(call, header, cookie.strip(), rest, named=not sure)


def _cookie(call: Call, header: Argument, cookie: str, rest: list[str | Value], *, named: bool) -> TokenCookie:
    attributes = "".join(piece if isinstance(piece, str) else "\0" for piece in rest)
    site = _SITE.search(attributes)
    return TokenCookie(
        where=where(call, "Set-Cookie"),
        cookie=Argument(Known(cookie), header.place),
        secure=_flag("secure", attributes, header),
        http_only=_flag("httponly", attributes, header),
        same_site=Argument(Known(site[1] if site else None), header.place),
        named=named,
    )


def _flag(name: str, attributes: str, header: Argument) -> Switch:
    """Whether the attribute is there; where pieces of the text are not known, it may be one of them."""
    if re.search(rf"(?i);\s*{name}\s*(?:;|$)", attributes):
        return Switch(Setting.ON, header)
    return UNKNOWN if re.search("(?:^|;)[^=;]*\0", attributes) else Switch(Setting.OFF)


_METHODS = ("__setitem__", "append", "add", "set", "setdefault", "add_header")

LIBRARY = Library(
    name="Set-Cookie headers",
    distribution="",
    packages=(),
    carrier=True,
    marks=tuple((name, word) for name in (b"et-Cookie", b"et-cookie") for word in (b"oken", b"TOKEN", b"jwt", b"JWT")),
    # The response of the request at hand, which is no parameter but a name of the package's.
    functions={f"bottle.response.{method}": _put for method in ("add_header", "set_header")},
    methods={
        **{f"headers.{method}": _put for method in _METHODS},
        "send_header": _put,
        "add_header": _put,
        "set_header": _put,
        "append_header": _put,
    },
    names=re.compile(rb"\b(headers|send_header|add_header|set_header|append_header)\b"),
)
