"""PyJWT's key objects: `PyJWK`, sets of them, a client that fetches them. See tests/libraries/test_jwk_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.library import Context, Model, fetched, instance, where
from jwt_sast.semantics import containers
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Mapping, Object, Sequence, Symbol, Value, alternatives, each
from jwt_sast.tokens import jwk
from jwt_sast.tokens.events import KeyFetch

_JWK = Symbol("jwt.PyJWK")
_ALGORITHM = "algorithm_name"
_URI = "uri"


def is_jwk(value: Value) -> bool:
    """Whether a key is a `PyJWK`, which pins the algorithm that it was made for."""
    return isinstance(value, Object) and value.of == _JWK


def material(key: Argument) -> Argument:
    """A `PyJWK` stands for what it was made of; a dict is no key here."""
    return replace(key, value=each(key.value, lambda one: jwk.material(one) if isinstance(one, Object) else one))


def algorithm(key: Value) -> Value | None:
    """The algorithm that a `PyJWK` signs with where none is named; None where a key may be something else."""
    options = alternatives(key)
    if not all(map(is_jwk, options)):
        return None
    return each(key, lambda one: one.attributes[_ALGORITHM] if isinstance(one, Object) else one)


def _made(call: Call, content: Value, algorithm: Value) -> Value:
    attributes = {jwk.MATERIAL: content, _ALGORITHM: algorithm}
    return call.state.allocate(Object(attributes, of=_JWK, origin=call.origin()))


def _fetched(call: Call) -> Value:
    """A key that a client has fetched is as good as the address that it comes from."""
    address = None if call.instance is None else call.instance.attributes.get(_URI)
    return _made(call, call.unknown() if address is None else fetched(call, address), call.unknown())


def _client(call: Call, context: Context) -> Value:
    """`PyJWKClient(uri)` fetches the key set as soon as somebody asks for a key."""
    uri = call.bind(Parameters.of("uri"))["uri"]
    context.emit(KeyFetch(where=where(call), url=uri))
    return instance(call, {_URI: uri.value})


def _fetched_key(call: Call, context: Context) -> Value:
    return _fetched(call)


def _key(call: Call, context: Context) -> Value:
    """`PyJWK(dict)`; `from_json` takes its text."""
    bound = call.bind(Parameters.of("jwk_data algorithm"))
    named = bound["algorithm"].value
    return _key_of(call, jwk.parsed(bound["jwk_data"].value), named)


def _key_of(call: Call, content: Value, named: Value | None = None) -> Value:
    """A key; without a name and without `alg` its algorithm follows from its kind, which is not looked into."""
    found = content.get("alg") if isinstance(content, Mapping) else call.unknown()
    for candidate in (named, found):
        if candidate is not None and not isinstance(candidate, Absent) and candidate != Known(None):
            return _made(call, jwk.material(content), candidate)
    return _made(call, jwk.material(content), call.unknown())


def _key_set(call: Call, context: Context) -> Value:
    """`PyJWKSet([dict, …])`; `from_dict` and `from_json` take what has them under `keys`."""
    content = jwk.parsed(call.state.resolve(call.first()))
    members = content.get("keys") if isinstance(content, Mapping) else content
    if not isinstance(members, Sequence):
        return call.unknown()
    return _set(call, tuple(_key_of(call, one) for one in members.items), is_open=members.open)


def _set(call: Call, keys: tuple[Value, ...], *, is_open: bool = False) -> Value:
    attributes = {"keys": call.state.allocate(Sequence(keys, is_open, origin=call.origin()))}
    return call.state.allocate(Object(attributes, of=Symbol("jwt.PyJWKSet"), origin=call.origin()))


def _key_of_set(call: Call, context: Context) -> Value:
    """`keys[kid]`: which of them is not looked into."""
    keys = call.state.content(call.instance.attributes["keys"]) if call.instance is not None else None
    return containers.any_item(call.state, keys, call.place.node) if isinstance(keys, Sequence) else call.unknown()


def _fetched_keys(call: Call, context: Context) -> Value:
    """One key stands for however many there are: each is a key of its own kind."""
    return call.state.allocate(Sequence((_fetched(call),), origin=call.origin()))


def _from_jwk(call: Call, context: Context) -> Value:
    """`RSAAlgorithm.from_jwk(jwk)`, a dict or its text: the key by itself, which pins nothing."""
    return jwk.material(jwk.parsed(call.bind(Parameters.of("jwk"))["jwk"].value))


FUNCTIONS: dict[str, Model] = {
    "jwt.PyJWK": _key,
    "jwt.PyJWK.from_dict": _key,
    "jwt.PyJWK.from_json": _key,
    "jwt.PyJWKClient": _client,
    "jwt.PyJWKClient.get_signing_key": _fetched_key,
    "jwt.PyJWKClient.get_signing_key_from_jwt": _fetched_key,
    "jwt.PyJWKClient.match_kid": _fetched_key,
    "jwt.PyJWKClient.get_signing_keys": _fetched_keys,
    "jwt.PyJWKClient.get_jwk_set": lambda call, context: _set(call, (_fetched(call),)),
    "jwt.PyJWKSet": _key_set,
    "jwt.PyJWKSet.from_dict": _key_set,
    "jwt.PyJWKSet.from_json": _key_set,
    "jwt.PyJWKSet.__getitem__": _key_of_set,
    **{f"jwt.algorithms.{kind}Algorithm.from_jwk": _from_jwk for kind in ("HMAC", "RSA", "RSAPSS", "EC", "OKP")},
}
