"""jwcrypto 1.6 (`jwcrypto`). Contract: tests/libraries/test_jwcrypto_contract.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jwt_sast.libraries import jwcrypto_parts
from jwt_sast.libraries.json_values import as_json
from jwt_sast.libraries.jwcrypto_parts import algorithm_of, parts, serialize, token_of, verification
from jwt_sast.libraries.library import Context, Library, Model, aliases, header, sign, verify
from jwt_sast.libraries.objects import constructed, constructor_argument, current, remember
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Known,
    Mapping,
    Object,
    Presence,
    Symbol,
    Unknown,
    Value,
    alternatives,
    each,
    one_of,
)
from jwt_sast.tokens import claims
from jwt_sast.tokens.reading import TOKEN
from jwt_sast.tokens.switches import OFF, Switch, switch

_JWT = Parameters.of("header claims jwt key algs default_claims check_claims expected_type strict_serialization")
_TIMES = ("exp", "nbf")


def _jwt(call: Call, context: Context) -> Value:
    """`JWT(header=…, claims=…)` is to be signed; `JWT(jwt=…)` is taken apart, and verified if there is a key."""
    bound = call.bind(_JWT)
    given = {name: bound[name] for name in ("header", "claims", "algs", "default_claims", "check_claims")}
    there = {name: given[name].value for name in ("header", "claims") if not isinstance(given[name].value, Absent)}
    made = constructed(call, given, there)
    if not isinstance(bound["jwt"].value, Absent):
        _open(replace(call, receiver=made), context, bound["jwt"], bound["key"])
    return made


def _from_jose_token(call: Call, context: Context) -> Value:
    made = call.state.allocate(Object({}, of=Symbol("jwcrypto.jwt.JWT"), origin=call.origin()))
    token = call.bind(Parameters.of("token"))["token"]
    _open(replace(call, receiver=made), context, token, Argument(Absent(), call.place))
    return made


def _deserialize(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("jwt key"))
    _open(call, context, bound["jwt"], bound["key"])
    return Known(None)


def _open(call: Call, context: Context, token: Argument, key: Argument) -> None:
    """A token is taken apart. With a key that is None or empty nothing is verified, and nothing is said about that."""
    inner = Object(parts(call, token), of=Symbol("jwcrypto.jws.JWS"), origin=call.origin())
    remember(call, {"token": call.state.allocate(inner), TOKEN: token.value})
    if not switch(key, default=OFF).is_off:
        _check(call, context, token, key)


def _validate(call: Call, context: Context) -> Value:
    _check(call, context, token_of(call), call.bind(Parameters.of("key"))["key"])
    return Known(None)


def _check(call: Call, context: Context, token: Argument, key: Argument) -> None:
    """Signature and claims are checked; from then on the object gives its claims, as a text."""
    check_claims = constructor_argument(call, "check_claims")
    event = verification(call, token, key, constructor_argument(call, "algs"))
    event.checks = {name: _switch(check_claims, name) for name in _TIMES if name == "exp" or not _forgets(check_claims)}
    event.required = frozenset(_required(check_claims.value))
    event.audience, event.issuer = (_expected(check_claims, name) for name in ("aud", "iss"))
    remember(call, {"claims": verify(call, context, event), "header": header(call, token)})


def _switch(check_claims: Argument, name: str) -> Switch:
    """`check_claims` replaces the checks of times: a time counts only if it is named there. False checks nothing."""

    def is_checked(value: Value) -> Value:
        match value:
            case Absent() | Known(constant=None):
                return Known(True)
            case Known(constant=False):
                return value
            case Mapping() if value.presence(name) is not Presence.UNKNOWN:
                named = value.presence(name)
                answers = {Presence.ALWAYS: (True,), Presence.NEVER: (False,)}.get(named, (True, False))
                return one_of([Known(answer, origin=value.origin) for answer in answers])
            case _:
                return Unknown("check_claims")

    return switch(replace(check_claims, value=each(check_claims.value, is_checked)))


def _forgets(check_claims: Argument) -> bool:
    """Whether claims are named, and `nbf` not among them: the library looks at it no more, and nobody has said so."""
    named = (one for one in alternatives(check_claims.value) if isinstance(one, Mapping))
    return any(one.presence("nbf") is not Presence.ALWAYS for one in named)


def _required(check_claims: Value) -> Iterator[str]:
    """The claims without which a token is refused."""
    for name, entry in check_claims.entries.items() if isinstance(check_claims, Mapping) else ():
        if isinstance(name, str) and entry.presence is Presence.ALWAYS:
            yield name


def _expected(check_claims: Argument, name: str) -> Argument:
    """The audience or issuer that is asked for."""
    value = check_claims.value
    if isinstance(value, Mapping):
        return replace(check_claims, value=value.get(name))
    return check_claims if isinstance(value, Absent) else replace(check_claims, value=Unknown("check_claims"))


def _make_signed_token(call: Call, context: Context) -> Value:
    content, defaults = as_json(call, current(call, "claims")), constructor_argument(call, "default_claims")
    # Defaults add an expiry where they name it, even as None.
    without = isinstance(defaults.value, Absent) or defaults.value == Known(None)
    added = Presence.NEVER if without else claims.presence(defaults.value, "exp")
    if added not in (Presence.NEVER, Presence.ALWAYS):
        content = replace(content, value=call.unknown())
    key = call.bind(Parameters.of("key"))["key"]
    lifetime = defaults if added is Presence.ALWAYS else None
    sign(call, context, content, key, algorithm_of(call, current(call, "header")), lifetime=lifetime)
    return Known(None)


_FUNCTIONS: dict[str, Model] = {
    "jwcrypto.jwt.JWT": _jwt,
    "jwcrypto.jwt.JWT.from_jose_token": _from_jose_token,
    "jwcrypto.jwt.JWT.deserialize": _deserialize,
    "jwcrypto.jwt.JWT.validate": _validate,
    "jwcrypto.jwt.JWT.make_signed_token": _make_signed_token,
    "jwcrypto.jwt.JWT.serialize": serialize,
    **jwcrypto_parts.FUNCTIONS,
}

LIBRARY = Library(
    name="jwcrypto",
    distribution="jwcrypto",
    packages=("jwcrypto",),
    marks=((b"jwcrypto",),),
    functions=aliases(
        _FUNCTIONS, ("jwcrypto.common.json_", "jwcrypto.jwt.json_"), ("jwcrypto.common.json_", "jwcrypto.jwk.json_")
    ),
    releases=("1.6.1",),
    exports={"jwcrypto.jwt": ("JWT",), "jwcrypto.jws": ("JWS",), "jwcrypto.jwk": ("JWK", "JWKSet")},
)
