"""starlette-authlib 0.3 (`starlette_authlib`): a session in a cookie, as a signed token.

Contract: tests/libraries/test_starlette_authlib_contract.py. An application makes the middleware later, of the class
and the arguments that `add_middleware` or `Middleware` are given.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries import policies
from jwt_sast.libraries.library import Context, Library, instance
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Object, Symbol, Value, each
from jwt_sast.tokens.switches import OFF, ON, switch

_MODULE = "starlette_authlib.middleware"
_CLASS = f"{_MODULE}.AuthlibMiddleware"
_SECRET_KEY = f"{_MODULE}.SecretKey"
_ORDER = Parameters.of("app secret_key session_cookie max_age path same_site https_only domain jwt_alg")
_TWO_WEEKS = 14 * 24 * 60 * 60


def _middleware(call: Call, context: Context) -> Value:
    bound = call.bind(_ORDER)
    secret = bound["secret_key"]
    secret = replace(secret, value=each(secret.value, _signing_key))
    policies.key(call, context, secret, policies.or_default(bound["jwt_alg"], Known("HS256")))
    # With None and 0 a session has expired when it begins.
    policies.lifetime(call, context, policies.falsy_is_default(bound["max_age"], Known(_TWO_WEEKS)))
    policies.cookie(
        call,
        context,
        policies.or_default(bound["session_cookie"], Known("session")),
        secure=switch(bound["https_only"], default=OFF),
        http_only=ON,
        same_site=policies.or_default(bound["same_site"], Known("lax")),
    )
    return instance(call)


def _signing_key(value: Value) -> Value:
    """A pair of keys has the one that signs in `encode`."""
    if isinstance(value, Object) and value.of == Symbol(_SECRET_KEY):
        return value.attributes.get("encode", Absent())
    return value


def _pair(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("encode decode"))
    return instance(call, {"encode": bound["encode"].value, "decode": bound["decode"].value})


def _added(call: Call, context: Context) -> Value | None:
    """`app.add_middleware(AuthlibMiddleware, secret_key=…)`; the application comes first when it is made."""
    added = call.first()
    if not isinstance(added, Symbol) or added.name != _CLASS:
        return None
    application = Argument(call.unknown(), call.place)
    positional = [application, *call.arguments.positional[1:]]
    arguments = replace(call.arguments, positional=positional)
    _middleware(replace(call, function=_CLASS, arguments=arguments), context)
    return Known(None) if call.receiver is not None else call.unknown()


LIBRARY = Library(
    name="starlette-authlib",
    distribution="starlette-authlib",
    versions="0.3",
    packages=("starlette_authlib", "starlette", "fastapi"),
    marks=((b"starlette_authlib",),),
    functions={
        _CLASS: _middleware,
        _SECRET_KEY: _pair,
        "starlette.middleware.Middleware": _added,
        "fastapi.middleware.Middleware": _added,
    },
    methods={"add_middleware": _added},
)
