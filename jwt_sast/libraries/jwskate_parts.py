"""The signing half of jwskate and its keys. Contract: tests/libraries/test_jwskate_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.key_objects import key_material, key_object
from jwt_sast.libraries.library import Context, Model, sign
from jwt_sast.libraries.lifetimes import expiring
from jwt_sast.libraries.objects import constructed, constructor_argument
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Form,
    Instant,
    Known,
    Mapping,
    Value,
    Zone,
)
from jwt_sast.tokens import jwk
from jwt_sast.tokens.algorithms import NONE
from jwt_sast.tokens.switches import OFF, switch

_SIGN = Parameters.of("claims key * alg typ extra_headers")
_SIGN_ARBITRARY = Parameters.of("claims headers key * alg")
_SIGNER = Parameters.of("key * issuer alg default_lifetime default_leeway")
_SIGNER_SIGN = Parameters.of("* subject audience extra_claims extra_headers lifetime leeway")
_MINUTE = 60


def _sign(call: Call, context: Context) -> Value:
    bound = call.bind(_SIGN)
    return _signed(call, context, bound["claims"], bound["key"], bound["alg"])


def _sign_arbitrary(call: Call, context: Context) -> Value:
    bound = call.bind(_SIGN_ARBITRARY)
    return _signed(call, context, bound["claims"], bound["key"], bound["alg"])


def _unprotected(call: Call, context: Context) -> Value:
    """Not signed at all; `alg` is no more than what the header says."""
    content = call.bind(Parameters.of("claims"))["claims"]
    no_key, algorithm = Argument(Absent(), call.place), Argument(Known(NONE), call.place)
    return _signed(call, context, content, no_key, algorithm)


def _signed(call: Call, context: Context, content: Argument, key: Argument, algorithm: Argument) -> Value:
    """Without an algorithm that of the key counts. A naive datetime is taken for local time."""
    if isinstance(algorithm.value, Absent) or algorithm.value == Known(None):
        algorithm = replace(algorithm, value=call.unknown("the key's algorithm"))
    return sign(call, context, content, material(key), algorithm, empty_key=True, naive=Zone.LOCAL_NAIVE)


def material(key: Argument) -> Argument:
    """A key is an object, a JWK as a dict or as its text, or the bytes of a secret."""
    return key_material(replace(key, value=jwk.parsed(key.value)))


def _signer(call: Call, context: Context) -> Value:
    bound = call.bind(_SIGNER)
    return constructed(call, {name: bound[name] for name in ("key", "alg", "default_lifetime")})


def _random_signer(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("* issuer alg default_lifetime"))
    made = {name: bound[name] for name in ("alg", "default_lifetime")}
    key = Argument(call.unknown("a random key"), call.place)
    return constructed(replace(call, function="jwskate.JwtSigner"), {**made, "key": key})


def _signer_sign(call: Call, context: Context) -> Value:
    """The expiry is added, in a minute if nothing else is said."""
    bound = call.bind(_SIGNER_SIGN)
    content, lifetime = bound["extra_claims"], bound["lifetime"]
    if not isinstance(content.value, Mapping):
        content = replace(content, value=Mapping({}, open=True))
    if switch(lifetime, default=OFF).is_off:
        lifetime = constructor_argument(call, "default_lifetime")
    if isinstance(lifetime.value, Absent):
        lifetime = replace(lifetime, value=Known(_MINUTE))
    key, algorithm = constructor_argument(call, "key"), constructor_argument(call, "alg")
    return _signed(call, context, expiring(content, lifetime), key, algorithm)


def _timestamp(call: Call, context: Context) -> Value:
    """Seconds from now."""
    delta = call.bind(Parameters.of("delta_seconds"))["delta_seconds"].value
    seconds = 0 if isinstance(delta, Absent) else delta.constant if isinstance(delta, Known) else None
    return Instant(Form.SECONDS, Zone.AWARE, seconds if isinstance(seconds, int) else None, origin=call.origin())


def _key(call: Call, context: Context) -> Value:
    """A JWK, as a dict or as its text, or the bytes of a secret."""
    return key_object(call, "jwskate.Jwk", jwk.parsed(call.resolved(Argument(call.value(0, "key"), call.place)).value))


def _key_of_pem(call: Call, context: Context) -> Value:
    return key_object(call, "jwskate.Jwk", jwk.of_pem(call.bind(Parameters.of("pem password"))["pem"].value))


def _key_of_bytes(call: Call, context: Context) -> Value:
    return key_object(call, "jwskate.Jwk", call.bind(Parameters.of("k"))["k"].value)


def _key_set(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("jwks keys"))
    members = bound["keys"] if isinstance(bound["jwks"].value, Absent) else bound["jwks"]
    return key_object(call, "jwskate.JwkSet", members.value)


def _same_key(call: Call, context: Context) -> Value:
    return call.unknown() if call.receiver is None else call.receiver


FUNCTIONS: dict[str, Model] = {
    "jwskate.Jwt.sign": _sign,
    "jwskate.Jwt.sign_arbitrary": _sign_arbitrary,
    "jwskate.Jwt.unprotected": _unprotected,
    "jwskate.Jwt.timestamp": _timestamp,
    "jwskate.JwtSigner": _signer,
    "jwskate.JwtSigner.with_random_key": _random_signer,
    "jwskate.JwtSigner.sign": _signer_sign,
    "jwskate.Jwk": _key,
    "jwskate.to_jwk": _key,
    "jwskate.Jwk.from_pem": _key_of_pem,
    "jwskate.Jwk.with_kid_thumbprint": _same_key,
    "jwskate.Jwk.with_usage_parameters": _same_key,
    "jwskate.Jwk.as_jwks": _same_key,
    "jwskate.SymmetricJwk.from_bytes": _key_of_bytes,
    "jwskate.JwkSet": _key_set,
}
