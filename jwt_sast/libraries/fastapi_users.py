"""fastapi-users 14 and 15 (`fastapi_users`): its JWT strategy, its cookie transport, and the functions below them.

Contract: tests/apart/fastapi_users/test_fastapi_users_contract.py. The secrets that a user manager has as attributes of
its class are not modelled.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries import policies
from jwt_sast.libraries.library import Context, Library, aliases, instance, sign, verify, where
from jwt_sast.libraries.lifetimes import expiring
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Sequence, Value, each
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.switches import ON, switch

_ALGORITHM = Known("HS256")
_STRATEGY = Parameters.of("secret lifetime_seconds token_audience algorithm public_key")
_COOKIE = Parameters.of(
    "cookie_name cookie_max_age cookie_path cookie_domain cookie_secure cookie_httponly cookie_samesite"
)


def _strategy(call: Call, context: Context) -> Value:
    """The strategy signs and verifies with `secret`, with `public_key` in its place where that verifies."""
    bound = call.bind(_STRATEGY)
    lifetime = bound["lifetime_seconds"]
    policies.key(call, context, bound["secret"], policies.or_default(bound["algorithm"], _ALGORITHM))
    # A token gets an `exp` only where the number of seconds is true.
    seconds = each(lifetime.value, lambda one: Known(None, origin=one.origin) if one == Known(0) else one)
    policies.lifetime(call, context, replace(lifetime, value=seconds))
    return instance(call)


def _cookie(call: Call, context: Context) -> Value:
    bound = call.bind(_COOKIE)
    policies.cookie(
        call,
        context,
        policies.or_default(bound["cookie_name"], Known("fastapiusersauth")),
        secure=switch(bound["cookie_secure"], default=ON),
        http_only=switch(bound["cookie_httponly"], default=ON),
        same_site=policies.or_default(bound["cookie_samesite"], Known("lax")),
    )
    return instance(call)


def _generate(call: Call, context: Context) -> Value:
    """An expiry is added where the lifetime is true, and takes the place of one among the claims."""
    bound = call.bind(Parameters.of("data secret lifetime_seconds algorithm"))
    claims = expiring(bound["data"], bound["lifetime_seconds"])
    return sign(call, context, claims, bound["secret"], policies.or_default(bound["algorithm"], _ALGORITHM))


def _decode(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("encoded_jwt secret audience algorithms"))
    event = Verification(
        where=where(call),
        token=bound["encoded_jwt"],
        key=bound["secret"],
        algorithms=policies.or_default(bound["algorithms"], Sequence((_ALGORITHM,))),
        audience=bound["audience"],
        issuer=Argument(Absent(), call.place),
    )
    return verify(call, context, event)


LIBRARY = Library(
    name="fastapi-users",
    distribution="fastapi-users",
    versions="14 and 15",
    packages=("fastapi_users",),
    marks=((b"fastapi_users",),),
    functions={
        "fastapi_users.jwt.generate_jwt": _generate,
        "fastapi_users.jwt.decode_jwt": _decode,
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
