"""authx 1.7 (`authx`). Contract: tests/apart/fastapi/test_authx_contract.py.

What an `AuthXConfig` says holds from the moment that an `AuthX` is made with it; its fields can be set until then. A
field that the program does not set comes from the environment. Its defaults are safe, so nothing is said of them.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries import policies
from jwt_sast.libraries.library import (
    Context,
    Library,
    Model,
    aliases,
    defaulted,
    instance,
    sign,
    signed,
    verify,
    where,
)
from jwt_sast.libraries.lifetimes import expiring
from jwt_sast.libraries.objects import constructed
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Duration,
    Entry,
    Instant,
    Known,
    Mapping,
    Sequence,
    Value,
    alternatives,
    each,
)
from jwt_sast.tokens.events import TokenKind, Verification
from jwt_sast.tokens.switches import ON, switch

_KEYS = ("jwt_secret_key", "jwt_private_key", "jwt_previous_secret_key")
_SETTINGS = frozenset(
    (
        *_KEYS,
        "jwt_access_cookie_name",
        "jwt_access_token_expires",
        "jwt_algorithm",
        "jwt_cookie_csrf_protect",
        "jwt_cookie_http_only",
        "jwt_cookie_samesite",
        "jwt_cookie_secure",
        "jwt_refresh_token_expires",
        "jwt_token_location",
    )
)
_CONFIGS = ("authx.AuthXConfig", "authx.config.AuthXConfig")
_CREATE_TOKEN = Parameters.of(
    "uid key type jti expiry issued fresh csrf algorithm headers audience issuer additional_data not_before data "
    "ignore_errors"
)
_DECODE = Parameters.of("token key algorithms audience issuer verify data")


def _config(call: Call, context: Context) -> Value:
    given = call.arguments.keywords
    return constructed(call, given, {name: argument.value for name, argument in given.items()})


def _set_up(call: Call, context: Context) -> Value:
    """`AuthX(config=…)`, and `load_config`, which puts another configuration in its place."""
    config = call.value(0, "config")
    if not isinstance(config, Absent):
        _report(call, context, policies.of_object(call, config, _SETTINGS, _CONFIGS))
    return instance(call)


def _report(call: Call, context: Context, config: policies.Policy) -> None:
    algorithm = config.get("jwt_algorithm", Known("HS256"))
    for name in _KEYS:
        policies.key(call, context, config[name], algorithm)
    for kind in TokenKind:
        length = config[f"jwt_{kind.value}_token_expires"]
        policies.lifetime(call, context, replace(length, value=each(length.value, _length)), kind)
    if policies.surely_has(config["jwt_token_location"].value, "cookies"):
        policies.cookie(
            call,
            context,
            config.get("jwt_access_cookie_name", Known("access_token_cookie")),
            secure=switch(config["jwt_cookie_secure"], default=ON),
            http_only=switch(config["jwt_cookie_http_only"], default=ON),
            same_site=config.get("jwt_cookie_samesite", Known("lax")),
            csrf=switch(config["jwt_cookie_csrf_protect"], default=ON),
        )


def _length(value: Value) -> Value:
    """None means no end; False is an error, and no way to switch the expiry off."""
    return Absent() if value == Known(False) else value


def _create(kind: TokenKind, *names: str) -> Model:
    """Makes a token that lives until a point in time, for a length of time, or as long as the configuration says."""
    order = Parameters.of(" ".join(names))

    def model(call: Call, context: Context) -> Value:
        asked = call.bind(order)["expiry"]
        policies.lifetime(call, context, replace(asked, value=each(asked.value, _length_of_one)), kind)
        return signed(call)

    return model


def _length_of_one(value: Value) -> Value:
    match value:
        case Instant(offset=seconds):
            return Duration(seconds, origin=value.origin)
        case Known():
            return Absent()
        case _:
            return value


def _create_token(call: Call, context: Context) -> Value:
    """The function below the class, which adds an expiry only where it is given one; a number is taken for a time."""
    bound = call.bind(_CREATE_TOKEN)
    content: Value = Mapping({"sub": Entry(bound["uid"].value)}, origin=call.origin())
    more = bound["data"].value
    if isinstance(more, Mapping):
        content = Mapping({**more.entries}, more.open, origin=call.origin()).with_entry("sub", Entry(call.unknown()))
    elif not isinstance(more, Absent):
        content = call.unknown()
    claims = expiring(Argument(content, call.place), _end(call, bound["expiry"]))
    return sign(call, context, claims, bound["key"], defaulted(bound["algorithm"], "HS256"))


def _end(call: Call, expiry: Argument) -> Argument:
    """The expiry, unknown where it is a number, and where it may be anything besides None: what stands for None in the
    project's own classes is for whoever has not filled it in yet.
    """
    options = alternatives(expiry.value)
    is_seen = all(isinstance(one, Absent | Instant | Duration) or one == Known(None) for one in options)
    return expiry if is_seen else replace(expiry, value=call.unknown())


def _decode(call: Call, context: Context) -> Value:
    bound = call.bind(_DECODE)
    algorithms = policies.or_default(bound["algorithms"], Known(None))
    default = Sequence((Known("HS256"),))
    event = Verification(
        where=where(call),
        token=bound["token"],
        key=bound["key"],
        algorithms=replace(
            algorithms, value=each(algorithms.value, lambda one: default if one == Known(None) else one)
        ),
        audience=bound["audience"],
        issuer=bound["issuer"],
    )
    return verify(call, context, event, switch(bound["verify"]))


_FUNCTIONS: dict[str, Model] = {
    **dict.fromkeys(_CONFIGS, _config),
    "authx.token.create_token": _create_token,
    "authx.token.decode_token": _decode,
    "authx.TokenPayload.decode": _decode,
    "authx.schema.TokenPayload.decode": _decode,
    **aliases(
        {
            "authx.AuthX": _set_up,
            "authx.AuthX.load_config": _set_up,
            "authx.AuthX.create_access_token": _create(TokenKind.ACCESS, "uid", "fresh", "headers", "expiry"),
            "authx.AuthX.create_refresh_token": _create(TokenKind.REFRESH, "uid", "headers", "expiry"),
        },
        ("authx.", "authx.main."),
    ),
}

LIBRARY = Library(
    name="authx",
    distribution="authx",
    versions="1.7",
    packages=("authx",),
    marks=((b"authx",),),
    functions=_FUNCTIONS,
    exports={"authx": ("AuthX", "AuthXConfig", "TokenPayload")},
)
