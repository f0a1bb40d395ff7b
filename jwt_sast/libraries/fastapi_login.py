"""fastapi-login 1.10 (`fastapi_login`). Contract: tests/apart/fastapi/test_fastapi_login_contract.py."""

from __future__ import annotations

from jwt_sast.libraries import policies
from jwt_sast.libraries.library import Context, Library, Model, aliases, signed
from jwt_sast.libraries.objects import constructed, constructor_argument
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Duration, Known, Value
from jwt_sast.tokens.switches import OFF, ON

_MANAGER = "fastapi_login.LoginManager"
_ORDER = Parameters.of(
    "secret token_url algorithm use_cookie use_header cookie_name not_authenticated_exception default_expiry scopes "
    "out_of_scope_exception"
)
_QUARTER_OF_AN_HOUR = Duration(15 * 60)


def _manager(call: Call, context: Context) -> Value:
    bound = call.bind(_ORDER)
    policies.key(call, context, bound["secret"], policies.or_default(bound["algorithm"], Known("HS256")))
    policies.lifetime(call, context, policies.or_default(bound["default_expiry"], _QUARTER_OF_AN_HOUR))
    return constructed(call, {"cookie_name": bound["cookie_name"]})


def _create(call: Call, context: Context) -> Value:
    """Makes a token; without a length of time it lives as long as the manager says, so that none is without an end."""
    length = call.bind(Parameters.of("* data expires scopes"))["expires"]
    policies.lifetime(call, context, policies.falsy_is_default(length, Absent()))
    return signed(call)


def _set_cookie(call: Call, context: Context) -> Value:
    """The cookie's flags cannot be chosen: it is never Secure."""
    policies.cookie(
        call,
        context,
        policies.or_default(constructor_argument(call, "cookie_name"), Known("access-token")),
        secure=OFF,
        http_only=ON,
        same_site=Argument(Known("lax"), call.place),
    )
    return Known(None)


_FUNCTIONS: dict[str, Model] = {
    _MANAGER: _manager,
    f"{_MANAGER}.create_access_token": _create,
    f"{_MANAGER}.set_cookie": _set_cookie,
}

LIBRARY = Library(
    name="fastapi-login",
    distribution="fastapi-login",
    versions="1.10",
    packages=("fastapi_login",),
    marks=((b"fastapi_login",),),
    functions=aliases(_FUNCTIONS, ("fastapi_login.", "fastapi_login.fastapi_login.")),
    exports={"fastapi_login": ("LoginManager",)},
)
