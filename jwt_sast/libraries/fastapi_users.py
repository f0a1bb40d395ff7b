"""fastapi-users 14 and 15 (`fastapi_users`): its JWT strategy and its cookie transport.

Contract: tests/apart/fastapi_users/test_fastapi_users_contract.py. `generate_jwt` and `decode_jwt` are not modelled.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.library import Context, Library, aliases, instance, where
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Value, each
from jwt_sast.tokens.events import KeyConfigured, Lifetime, TokenCookie
from jwt_sast.tokens.switches import ON, switch

_STRATEGY = Parameters.of("secret lifetime_seconds token_audience algorithm public_key")
_COOKIE = Parameters.of(
    "cookie_name cookie_max_age cookie_path cookie_domain cookie_secure cookie_httponly cookie_samesite"
)


def _strategy(call: Call, context: Context) -> Value:
    """The strategy signs and verifies with `secret`, with `public_key` in its place where that verifies."""
    bound = call.bind(_STRATEGY)
    algorithm, lifetime = bound["algorithm"], bound["lifetime_seconds"]
    algorithm = replace(algorithm, value=Known("HS256")) if isinstance(algorithm.value, Absent) else algorithm
    context.emit(KeyConfigured(where=where(call), key=bound["secret"], algorithms=algorithm))
    # A token gets an `exp` only where the number of seconds is true.
    seconds = each(lifetime.value, lambda one: Known(None, origin=one.origin) if one == Known(0) else one)
    context.emit(Lifetime(where=where(call), lifetime=replace(lifetime, value=seconds)))
    return instance(call)


def _cookie(call: Call, context: Context) -> Value:
    bound = call.bind(_COOKIE)

    def by_default(name: str, default: str) -> Argument:
        return replace(bound[name], value=Known(default)) if isinstance(bound[name].value, Absent) else bound[name]

    context.emit(
        TokenCookie(
            where=where(call),
            cookie=by_default("cookie_name", "fastapiusersauth"),
            secure=switch(bound["cookie_secure"], default=ON),
            http_only=switch(bound["cookie_httponly"], default=ON),
            same_site=by_default("cookie_samesite", "lax"),
        )
    )
    return instance(call)


LIBRARY = Library(
    name="fastapi-users",
    distribution="fastapi-users",
    versions="14 and 15",
    packages=("fastapi_users",),
    marks=((b"fastapi_users",),),
    functions={
        **aliases(
            {"fastapi_users.authentication.JWTStrategy": _strategy},
            ("fastapi_users.authentication.", "fastapi_users.authentication.strategy."),
            ("fastapi_users.authentication.", "fastapi_users.authentication.strategy.jwt."),
        ),
        **aliases(
            {"fastapi_users.authentication.CookieTransport": _cookie},
            ("fastapi_users.authentication.", "fastapi_users.authentication.transport."),
            ("fastapi_users.authentication.", "fastapi_users.authentication.transport.cookie."),
        ),
    },
    exports={"fastapi_users.authentication": ("CookieTransport", "JWTStrategy")},
)
