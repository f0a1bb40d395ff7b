"""aiohttp-jwt 0.6 (`aiohttp_jwt`). Contract: tests/libraries/test_aiohttp_jwt_contract.py.

Its middleware verifies the token of each request with PyJWT. Without a list of algorithms PyJWT 2 refuses every token.
"""

from __future__ import annotations

from jwt_sast.libraries.library import Context, Library, where
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Value
from jwt_sast.tokens.events import Verification

_ORDER = Parameters.of(
    "secret_or_pub_key request_property credentials_required whitelist token_getter is_revoked store_token algorithms "
    "auth_scheme audience issuer"
)


def _middleware(call: Call, context: Context) -> Value:
    """An empty key is refused."""
    bound = call.bind(_ORDER)
    context.emit(
        Verification(
            where=where(call),
            token=Argument(call.unknown("a request"), call.place),
            key=bound["secret_or_pub_key"],
            algorithms=bound["algorithms"],
            audience=bound["audience"],
            issuer=bound["issuer"],
        )
    )
    return call.unknown()


LIBRARY = Library(
    name="aiohttp-jwt",
    distribution="aiohttp-jwt",
    versions="0.6",
    packages=("aiohttp_jwt",),
    marks=((b"aiohttp_jwt",),),
    functions={"aiohttp_jwt.JWTMiddleware": _middleware, "aiohttp_jwt.middleware.JWTMiddleware": _middleware},
    exports={"aiohttp_jwt": ("JWTMiddleware",)},
)
