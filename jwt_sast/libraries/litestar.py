"""Litestar 2.25's JWT back ends and tokens (`litestar.security.jwt`), releases from 2.12 on.

Contract: tests/libraries/test_litestar_contract.py. `create_token` of a back end is modelled with what it makes, and
verification by the middleware with the back end that it belongs to.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries import policies
from jwt_sast.libraries.library import Context, Library, Model, aliases, instance, sign, signed, verify, where
from jwt_sast.libraries.objects import constructed, constructor_argument
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Duration, Entry, Known, Mapping, Sequence, Value
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.switches import OFF, ON, switch

_CLAIMS = ("exp", "sub", "iat", "iss", "aud", "jti")
_TOKEN = Parameters.of(f"{' '.join(_CLAIMS)} extras")
_DECODE = Parameters.of(
    "encoded_token secret algorithm audience issuer require_claims verify_exp verify_nbf strict_audience"
)
_LOGIN = Parameters.of(
    "identifier * response_body response_media_type response_status_code token_expiration token_issuer token_audience "
    "token_unique_jwt_id token_extras send_token_as_response_body"
)
_CREATE = Parameters.of("identifier token_expiration token_issuer token_audience token_unique_jwt_id token_extras")
_REQUIRED = frozenset({"exp", "iat", "sub"})
_DAY = 24 * 60 * 60


def _back_end(parameters: str, *, cookie: bool) -> Model:
    """A back end, of which only the first parameters are told by place: nobody gives the others so."""
    order = Parameters.of(parameters)

    def model(call: Call, context: Context) -> Value:
        bound = call.bind(order)
        policies.key(call, context, bound["token_secret"], policies.or_default(bound["algorithm"], Known("HS256")))
        policies.lifetime(
            call, context, policies.or_default(bound["default_token_expiration"], Duration(_DAY, origin=call.origin()))
        )
        if cookie:
            policies.cookie(
                call,
                context,
                policies.or_default(bound["key"], Known("token")),
                secure=switch(bound["secure"], default=OFF),
                http_only=ON,
                same_site=policies.or_default(bound["samesite"], Known("lax")),
            )
        return instance(call)

    return model


def _lifetime(parameters: Parameters, *, makes_token: bool) -> Model:
    """A token is made by a back end: without a length of time it lives as long as was set up."""

    def model(call: Call, context: Context) -> Value:
        length = call.bind(parameters)["token_expiration"]
        policies.lifetime(call, context, policies.falsy_is_default(length, Absent()))
        return signed(call) if makes_token else call.unknown()

    return model


def _token(call: Call, context: Context) -> Value:
    """`Token(exp=…, sub=…)`: the constructor refuses one without them."""
    bound = call.bind(_TOKEN)
    return constructed(call, {name: bound[name] for name in _CLAIMS}, {name: bound[name].value for name in _CLAIMS})


def _encode(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("secret algorithm"))
    content = Mapping({}, open=True, origin=call.origin())
    for name in _CLAIMS:
        value = constructor_argument(call, name).value
        if not isinstance(value, Absent):
            content = content.with_entry(name, Entry(value))
    place = constructor_argument(call, "exp").place
    return sign(call, context, Argument(content, place), bound["secret"], bound["algorithm"])


def _decode(call: Call, context: Context) -> Value:
    """The claims are those of an object, which are not followed; a token without `exp`, `iat` and `sub` is refused, and
    so is an expired one whatever `verify_exp` says.
    """
    bound = call.bind(_DECODE)
    algorithm = bound["algorithm"]
    event = Verification(
        where=where(call),
        token=bound["encoded_token"],
        key=bound["secret"],
        algorithms=replace(algorithm, value=Sequence((algorithm.value,))),
        checks={"nbf": switch(bound["verify_nbf"], default=ON)},
        required=_REQUIRED,
        audience=bound["audience"],
        issuer=bound["issuer"],
    )
    return verify(call, context, event)


_FIRST = "token_secret retrieve_user_handler"
_SET = "algorithm default_token_expiration key secure samesite"
_METHODS = {
    "login": _lifetime(_LOGIN, makes_token=False),
    "create_token": _lifetime(_CREATE, makes_token=True),
}
_BACK_ENDS: dict[str, Model] = {
    "JWTAuth": _back_end(f"{_FIRST} * {_SET}", cookie=False),
    "JWTCookieAuth": _back_end(f"{_FIRST} * {_SET}", cookie=True),
    "OAuth2PasswordBearerAuth": _back_end(f"token_secret token_url retrieve_user_handler * {_SET}", cookie=True),
}
_MODULE = "litestar.security.jwt"
_FUNCTIONS: dict[str, Model] = {
    **{f"{_MODULE}.{name}": model for name, model in _BACK_ENDS.items()},
    **{f"{_MODULE}.{name}.{method}": model for name in _BACK_ENDS for method, model in _METHODS.items()},
}
_TOKENS: dict[str, Model] = {
    f"{_MODULE}.Token": _token,
    f"{_MODULE}.Token.encode": _encode,
    f"{_MODULE}.Token.decode": _decode,
}

LIBRARY = Library(
    name="Litestar",
    distribution="litestar",
    versions="2.12 to 2.25",
    packages=("litestar",),
    marks=((b"litestar", b"jwt"),),
    functions={
        **aliases(_FUNCTIONS, (f"{_MODULE}.", f"{_MODULE}.auth.")),
        **aliases(_TOKENS, (f"{_MODULE}.", f"{_MODULE}.token.")),
    },
    exports={_MODULE: (*_BACK_ENDS, "Token")},
)
