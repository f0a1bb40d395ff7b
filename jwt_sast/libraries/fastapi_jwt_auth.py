"""fastapi-jwt-auth 0.5 and its forks of the same API: async-fastapi-jwt-auth 0.6 and fastapi-another-jwt-auth 0.1.

A function under `@AuthJWT.load_config` gives the settings; each request brings an `AuthJWT` that signs and verifies.
Contract: tests/apart/fastapi_jwt_auth and tests/apart/fastapi.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries import policies
from jwt_sast.libraries.library import Context, Library, Model, aliases, header, instance, signed, verify, where
from jwt_sast.semantics.calls import Argument, Arguments, Call, Parameters
from jwt_sast.semantics.environment import PathEndsError
from jwt_sast.semantics.values import Absent, Duration, Known, Object, Sequence, Symbol, Value, each, one_of
from jwt_sast.tokens.events import TokenKind, Verification
from jwt_sast.tokens.switches import OFF, ON, switch

_CLASS = "fastapi_jwt_auth.AuthJWT"
_KEYS = ("authjwt_secret_key", "authjwt_private_key")
_SETTINGS = frozenset(
    (
        *_KEYS,
        "authjwt_access_cookie_key",
        "authjwt_access_token_expires",
        "authjwt_algorithm",
        "authjwt_cookie_csrf_protect",
        "authjwt_cookie_samesite",
        "authjwt_cookie_secure",
        "authjwt_decode_algorithms",
        "authjwt_refresh_token_expires",
        "authjwt_token_location",
    )
)
_LIFETIMES = {TokenKind.ACCESS: 15 * 60, TokenKind.REFRESH: 30 * 24 * 3600}
_NONE = Known(None)


def _load_config(call: Call, context: Context) -> Value:
    """A decorator: the library calls the function at once and keeps what it gives."""
    function = call.first()
    try:
        given = call.frame.call(call.state, function, Arguments(), call.place)
    except PathEndsError:
        return function
    settings = policies.of_object(call, given, _SETTINGS)
    algorithms = _algorithms(settings)
    for name in _KEYS:
        policies.key(call, context, settings[name], algorithms)
    for kind, seconds in _LIFETIMES.items():
        length = settings.get(f"authjwt_{kind.value}_token_expires", Duration(seconds))
        policies.lifetime(call, context, replace(length, value=each(length.value, _length)), kind)
    if policies.surely_has(settings["authjwt_token_location"].value, "cookies"):
        _cookie(call, context, settings)
    return function


def _algorithms(settings: policies.Policy) -> Argument:
    """Those that the keys are used with: the one that signs, and the list that is accepted."""
    signs = settings.get("authjwt_algorithm", Known("HS256"))
    accepted = settings["authjwt_decode_algorithms"].value
    if isinstance(accepted, Absent) or accepted == _NONE:
        return signs
    return replace(signs, value=one_of((Sequence((signs.value,)), accepted)))


def _length(value: Value) -> Value:
    """None is an error, and no way to switch the expiry off."""
    return Absent() if value == _NONE else value


def _cookie(call: Call, context: Context, settings: policies.Policy) -> None:
    policies.cookie(
        call,
        context,
        settings.get("authjwt_access_cookie_key", Known("access_token_cookie")),
        secure=switch(settings["authjwt_cookie_secure"], default=OFF),
        http_only=ON,
        same_site=settings.get("authjwt_cookie_samesite", _NONE),
        csrf=switch(settings["authjwt_cookie_csrf_protect"], default=ON),
    )


def _authorizer(call: Call, context: Context) -> Value:
    """An `AuthJWT`, made by the program, by FastAPI for a dependency, or by the bearer of the asynchronous fork."""
    return call.state.allocate(Object({}, of=Symbol(_CLASS), origin=call.origin()))


def _create(parameters: str, kind: TokenKind) -> Model:
    """Makes a token by the settings."""
    order = Parameters.of(parameters)

    def model(call: Call, context: Context) -> Value:
        length = call.bind(order)["expires_time"]
        policies.lifetime(call, context, replace(length, value=each(length.value, _length_of_one)), kind)
        return signed(call)

    return model


def _length_of_one(value: Value) -> Value:
    """False leaves the expiry out of this token. None, True and 0 stand for the setting."""
    is_setting = isinstance(value, Known) and (value.constant in (None, True) or value.constant == 0)
    return Absent() if is_setting and value != Known(False) else value


def _read(call: Call, context: Context) -> Value:
    """`get_raw_jwt(token)`: verified by the settings. Without an argument it is the token of the request."""
    found = call.bind(Parameters.of("encoded_token"))["encoded_token"]
    unseen = Argument(call.unknown("settings"), call.place)
    if isinstance(found.value, Absent):
        return call.unknown()
    event = Verification(where=where(call), token=found, key=unseen, algorithms=unseen, audience=unseen, issuer=unseen)
    return verify(call, context, event)


def _header(call: Call, context: Context) -> Value:
    return header(call, call.bind(Parameters.of("encoded_token"))["encoded_token"])


_FORKS = ("async_fastapi_jwt_auth", "fastapi_another_jwt_auth")
_PACKAGES = ("fastapi_jwt_auth", *_FORKS)
_FUNCTIONS: dict[str, Model] = {
    _CLASS: _authorizer,
    f"{_CLASS}.load_config": _load_config,
    f"{_CLASS}.create_access_token": _create(
        "subject fresh algorithm headers expires_time audience user_claims", TokenKind.ACCESS
    ),
    f"{_CLASS}.create_refresh_token": _create(
        "subject algorithm headers expires_time audience user_claims", TokenKind.REFRESH
    ),
    f"{_CLASS}.get_raw_jwt": _read,
    f"{_CLASS}.get_unverified_jwt_headers": _header,
    "async_fastapi_jwt_auth.auth_jwt.AuthJWTBearer.__call__": _authorizer,
}
_ALIASES = tuple(
    (_CLASS, f"{package}.{module}AuthJWT")
    for package in _PACKAGES
    for module in ("", "auth_jwt.")
    if (package, module) != ("fastapi_jwt_auth", "")
)

LIBRARY = Library(
    name="fastapi-jwt-auth",
    distribution="fastapi-jwt-auth",
    versions="0.5, async-fastapi-jwt-auth 0.6, fastapi-another-jwt-auth 0.1",
    packages=_PACKAGES,
    marks=tuple((package.encode(),) for package in _PACKAGES),
    functions=aliases(_FUNCTIONS, *_ALIASES)
    | {"async_fastapi_jwt_auth.auth_jwt.AuthJWTBearer": lambda call, context: instance(call)},
    signatures=aliases({f"{_CLASS}.load_config": Parameters.of("settings")}, *_ALIASES),
    exports=dict.fromkeys(_PACKAGES, ("AuthJWT",)),
)
