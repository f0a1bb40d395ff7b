"""Cookies that web frameworks set: Flask, Quart, Django, Starlette, FastAPI, aiohttp, Sanic, Tornado, Bottle, Falcon,
Litestar. Contract: tests/libraries/test_cookies_contract.py.

What an object is that has a method `set_cookie` can seldom be told: a parameter, a part of the request, the result of
a call. So the method's name speaks for itself, in a file that imports a framework: it says which defaults hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jwt_sast.libraries.library import Context, Library, Model, where
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.values import Absent, Instant, Known, Text, Value, alternatives
from jwt_sast.tokens.events import TokenCookie
from jwt_sast.tokens.keys import possible
from jwt_sast.tokens.naming import CSRF, is_called_token, labels_token, names, says_token, words
from jwt_sast.tokens.recognition import tokens_in
from jwt_sast.tokens.switches import OFF, ON, UNKNOWN, Switch, switch

_OPTIONS = "max_age expires path domain secure httponly samesite"


@dataclass(frozen=True, slots=True)
class _Framework:
    """How a framework sets a cookie: the parameters, and what it does where they are not given. None counts as not
    given, as it does in all of them.
    """

    parameters: Parameters
    secure: Switch = OFF
    http_only: Switch = OFF
    same_site: str | None = None


_WERKZEUG = _Framework(Parameters.of(f"key value {_OPTIONS} partitioned"))
_DUMP = _Framework(
    Parameters.of("key value max_age expires path domain secure httponly sync_expires max_size samesite partitioned")
)
_DJANGO = _Framework(Parameters.of(f"key value {_OPTIONS}"))
_STARLETTE = replace(_WERKZEUG, same_site="lax")
_LITESTAR = replace(_DJANGO, same_site="lax")
_AIOHTTP = _Framework(Parameters.of(f"name value * {_OPTIONS} version partitioned"))
_TORNADO = _Framework(
    Parameters.of("name value domain expires path expires_days * max_age httponly secure samesite"),
)
_BOTTLE = _Framework(Parameters.of(f"name value secret digestmod * {_OPTIONS}"))
_FALCON = _Framework(
    Parameters.of("name value expires max_age domain path secure http_only same_site partitioned"),
    secure=ON,
    http_only=ON,
)
_SANIC = _Framework(
    Parameters.of("key value * path domain secure max_age expires httponly samesite partitioned comment host_prefix"),
    secure=ON,
    same_site="Lax",
)

_FRAMEWORKS = {
    **dict.fromkeys(("flask", "werkzeug", "quart"), _WERKZEUG),
    **dict.fromkeys(("django", "rest_framework", "ninja"), _DJANGO),
    **dict.fromkeys(("starlette", "fastapi"), _STARLETTE),
    "aiohttp.web": _AIOHTTP,
    "bottle": _BOTTLE,
    "falcon": _FALCON,
    "litestar": _LITESTAR,
    "tornado": _TORNADO,
}
"""By the package that a file imports; what is built upon one begins with its name."""


def _on_anything(call: Call, context: Context) -> Value | None:
    """`response.set_cookie(…)`: the frameworks that the file imports say what it does, where they agree."""
    _report(call, context, dict.fromkeys(_imported(call)))
    return None


def _imported(call: Call) -> Iterator[_Framework]:
    symbols = call.frame.scope.symbols
    bindings = (scope.bindings for scope in symbols.root.every()) if symbols is not None else ()
    imported = {name for bound in bindings for found in bound.values() for name in found}
    for package, framework in _FRAMEWORKS.items():
        if any(_belongs(name, package) for name in imported):
            yield framework


def _belongs(name: str, package: str) -> bool:
    """Whether a qualified name is of a package or of one that extends it: `rest_framework_simplejwt`, `flask_login`."""
    head, _, inner = package.partition(".")
    root, _, rest = name.partition(".")
    return rest.partition(".")[0] == inner and root == head if inner else root == head or root.startswith(f"{head}_")


def _of(framework: _Framework) -> Model:
    """A function of one framework."""

    def model(call: Call, context: Context) -> None:
        _report(call, context, [framework])

    return model


def _report(call: Call, context: Context, frameworks: Iterable[_Framework]) -> None:
    cookies = [cookie for framework in frameworks if (cookie := _cookie(call, framework)) is not None]
    if cookies:
        event = cookies[0]
        for other in cookies[1:]:
            event.secure = event.secure if event.secure == other.secure else UNKNOWN
            event.http_only = event.http_only if event.http_only == other.http_only else UNKNOWN
        context.emit(event)


def _cookie(call: Call, framework: _Framework) -> TokenCookie | None:
    """The cookie that a call sets, if it holds a token."""
    bound = call.bind(framework.parameters)
    cookie, value = (bound[name] for name in framework.parameters.names[:2])
    sure = any(tokens_in(value.value, call.state))
    if isinstance(value.value, Absent | Known) or _is_taken_back(bound) or _is_for_scripts(cookie):
        return None
    if not sure and not _is_named_token(cookie, value):
        return None
    http_only, same_site = ("http_only", "same_site") if framework is _FALCON else ("httponly", "samesite")
    site = _given(bound[same_site])
    return TokenCookie(
        where=where(call),
        cookie=cookie,
        secure=switch(_given(bound["secure"]), default=framework.secure),
        http_only=switch(_given(bound[http_only]), default=framework.http_only),
        same_site=replace(site, value=Known(framework.same_site)) if isinstance(site.value, Absent) else site,
        named=not sure,
    )


def _given(argument: Argument) -> Argument:
    return replace(argument, value=Absent()) if argument.value == Known(None) else argument


def _is_taken_back(bound: BoundArguments) -> bool:
    """Whether the cookie is deleted: it lives for no time, or until some time in the past."""
    for name in ("max_age", "expires"):
        for one in alternatives(bound[name].value):
            if isinstance(one, Known) and isinstance(one.constant, int) and one.constant <= 0:
                return True
            if isinstance(one, Instant) and one.offset is not None and one.offset <= 0:
                return True
    return False


def _labels(argument: Argument) -> Iterator[str]:
    """What a cookie is called, or what the name is called that it is given by."""
    for one in possible(argument.value):
        if isinstance(one, Known) and isinstance(one.constant, str):
            yield one.constant
        elif isinstance(one, Text):
            yield from (piece for piece in one.pieces if isinstance(piece, str))
            # A long token is cut up: `f"{NAME}_{number}"` is called after what the whole of it is called.
            known = (option for hole in one.holes for option in possible(hole) if isinstance(option, Known))
            yield from (option.constant for option in known if isinstance(option.constant, str))
        else:
            yield from names(one)
    yield from names(argument.value, argument.at)


def _is_for_scripts(cookie: Argument) -> bool:
    return any(not CSRF.isdisjoint(words(label)) for label in _labels(cookie))


def _is_named_token(cookie: Argument, value: Argument) -> bool:
    """Whether names say that the cookie holds a token: one of the two clearly, or both of them."""
    labels, called = list(_labels(cookie)), list(names(value.value, value.at))
    if any(map(labels_token, labels)) or any(map(says_token, called)):
        return True
    return any(map(is_called_token, labels)) and any(map(is_called_token, called))


_BARE = ("set_cookie", "set_signed_cookie", "set_secure_cookie")

LIBRARY = Library(
    name="server cookies",
    distribution="",
    packages=(),
    carrier=True,
    # "token", in either case of its first letter, or the other name of a token.
    marks=tuple(
        (method.encode(), word)
        for method in (*_BARE, "add_cookie", "dump_cookie")
        for word in (b"oken", b"TOKEN", b"jwt", b"JWT")
    ),
    functions={
        "bottle.response.set_cookie": _of(_BOTTLE),
        "werkzeug.http.dump_cookie": _of(_DUMP),
    },
    methods={
        **dict.fromkeys(_BARE, _on_anything),
        "add_cookie": _of(_SANIC),
        "dump_cookie": _of(_DUMP),
    },
)
