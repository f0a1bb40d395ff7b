"""fastapi-jwt 0.3 (`fastapi_jwt`): classes that are dependencies of FastAPI, make tokens and set cookies.

Contract: tests/apart/fastapi/test_fastapi_jwt_contract.py. Each class makes access tokens as well as refresh tokens.
"""

from __future__ import annotations

from jwt_sast.libraries import policies
from jwt_sast.libraries.library import Context, Library, Model, aliases, defaulted, instance, signed
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Duration, Known, Value
from jwt_sast.tokens.events import TokenKind
from jwt_sast.tokens.switches import OFF, ON, Switch

_SET_UP = Parameters.of("secret_key auto_error algorithm access_expires_delta refresh_expires_delta")
_CREATE = Parameters.of("subject expires_delta unique_identifier")
_QUARTER_OF_AN_HOUR, _MONTH = Duration(15 * 60), Duration(31 * 24 * 3600)


def _set_up(call: Call, context: Context) -> Value:
    bound = call.bind(_SET_UP)
    policies.key(call, context, bound["secret_key"], defaulted(bound["algorithm"], "HS256"))
    access = policies.falsy_is_default(bound["access_expires_delta"], _QUARTER_OF_AN_HOUR)
    refresh = policies.falsy_is_default(bound["refresh_expires_delta"], _MONTH)
    policies.lifetime(call, context, access)
    policies.lifetime(call, context, refresh, TokenKind.REFRESH)
    return instance(call)


def _create(kind: TokenKind) -> Model:
    """Makes a token; without a length of time it lives as long as was set up, so that none is without an end."""

    def model(call: Call, context: Context) -> Value:
        policies.lifetime(call, context, policies.falsy_is_default(call.bind(_CREATE)["expires_delta"], Absent()), kind)
        return signed(call)

    return model


def _set_cookie(name: str, http_only: Switch) -> Model:
    """The cookie of a token, whose flags cannot be chosen: it is never Secure."""

    def model(call: Call, context: Context) -> Value:
        policies.cookie(
            call,
            context,
            Argument(Known(name), call.place),
            secure=OFF,
            http_only=http_only,
            same_site=Argument(Known("lax"), call.place),
        )
        return Known(None)

    return model


_METHODS: dict[str, Model] = {
    "": _set_up,
    ".create_access_token": _create(TokenKind.ACCESS),
    ".create_refresh_token": _create(TokenKind.REFRESH),
    ".set_access_cookie": _set_cookie("access_token_cookie", OFF),
    ".set_refresh_cookie": _set_cookie("refresh_token_cookie", ON),
}
_CLASSES = tuple(
    f"Jwt{kind}{place}" for kind in ("Access", "Refresh") for place in ("Bearer", "Cookie", "BearerCookie")
)

LIBRARY = Library(
    name="fastapi-jwt",
    distribution="fastapi-jwt",
    versions="0.3",
    packages=("fastapi_jwt",),
    marks=((b"fastapi_jwt",),),
    functions=aliases(
        {f"fastapi_jwt.{name}{method}": model for name in _CLASSES for method, model in _METHODS.items()},
        ("fastapi_jwt.", "fastapi_jwt.jwt."),
    ),
    exports={"fastapi_jwt": _CLASSES},
)
