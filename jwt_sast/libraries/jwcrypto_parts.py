"""What jwcrypto's `JWT` is made of: `JWS` objects and keys. Contract: tests/libraries/test_jwcrypto_contract.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jwt_sast.libraries.json_values import as_json, read_json, write_json
from jwt_sast.libraries.key_objects import key_material, key_object, serves_one_kind
from jwt_sast.libraries.library import Context, Model, header, instance, read_unverified, sign, signed, verify, where
from jwt_sast.libraries.objects import remember
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Constant,
    Entry,
    Known,
    Mapping,
    Object,
    Part,
    Presence,
    Symbol,
    Value,
    one_of,
)
from jwt_sast.tokens import jwk
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.reading import TOKEN
from jwt_sast.tokens.switches import OFF, switch


def token_of(call: Call) -> Argument:
    """The token that the object has been made of."""
    found = None if call.instance is None else call.instance.attributes.get(TOKEN)
    return Argument(call.unknown() if found is None else found, call.place)


def verification(call: Call, token: Argument, key: Argument, algorithms: Argument) -> Verification:
    """A check of the signature, by a key whose kind decides which algorithms it serves."""
    key = key_material(key)
    return Verification(
        where=where(call), token=token, key=key, algorithms=algorithms, pinned=serves_one_kind(key), checks={}
    )


def algorithm_of(call: Call, *heads: Argument) -> Argument:
    """The algorithm that the first of some headers names."""
    for head in heads:
        content = as_json(call, head).value
        if isinstance(content, Mapping) and content.presence("alg") is Presence.ALWAYS:
            return replace(head, value=content.get("alg"))
    return Argument(call.unknown(), call.place)


def parts(call: Call, token: Argument) -> dict[str, Value]:
    """The attributes of a `JWS` that a token has been put into. Its payload can be had from `objects` at any time."""
    objects = Object({TOKEN: token.value}, of=Symbol("jwcrypto.jws.JWS.objects"), origin=call.origin())
    return {TOKEN: token.value, "objects": call.state.allocate(objects), "jose_header": header(call, token)}


def _object(call: Call, context: Context) -> Value:
    """`objects["payload"]`, which nobody need have verified."""
    if call.first() == Known("payload"):
        return read_unverified(call, context, token_of(call))
    return Part(call.receiver, "an object", origin=call.origin()) if call.receiver is not None else call.unknown()


def _deserialize_jws(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("raw_jws key alg"))
    remember(call, parts(call, bound["raw_jws"]))
    if not switch(bound["key"], default=OFF).is_off:
        _check_jws(call, context, bound["raw_jws"], bound["key"], bound["alg"])
    return Known(None)


def _verify_jws(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("key alg detached_payload"))
    _check_jws(call, context, token_of(call), bound["key"], bound["alg"])
    return Known(None)


def _check_jws(call: Call, context: Context, token: Argument, key: Argument, algorithm: Argument) -> None:
    """The signature and no claims are checked; the payload need not be claims."""
    remember(call, {"payload": verify(call, context, verification(call, token, key, algorithm))})


def _add_signature(call: Call, context: Context) -> Value:
    """Any payload is signed; whether it holds claims that need an expiry cannot be said."""
    bound = call.bind(Parameters.of("key alg protected header"))
    given = isinstance(bound["alg"].value, Absent) or bound["alg"].value == Known(None)
    algorithm = algorithm_of(call, bound["protected"], bound["header"]) if given else bound["alg"]
    sign(call, context, Argument(call.unknown(), call.place), bound["key"], algorithm)
    return Known(None)


def serialize(call: Call, context: Context) -> Value:
    """The token as a text."""
    return signed(call)


def _key(content: Callable[[Call], Value]) -> Model:
    """A key object; `content` says what it is made of."""
    return lambda call, context: key_object(call, "jwcrypto.jwk.JWK", content(call))


def _members(call: Call) -> Value:
    """`JWK(kty="oct", k=…)`."""
    entries: dict[Constant, Entry] = {
        name: Entry(call.resolved(given).value) for name, given in call.arguments.keywords.items()
    }
    return Mapping(entries, open=call.arguments.more_keywords, origin=call.origin())


def _of_json(of: str, parameter: str) -> Model:
    """A key object, or a set of them, made of a text."""
    parameters = Parameters.of(parameter)
    return lambda call, context: key_object(call, of, as_json(call, call.bind(parameters)[parameter]).value)


def _add(call: Call, context: Context) -> Value:
    """`JWKSet.add(key)`: which of its keys is used is not looked into."""
    keys = [] if call.instance is None else [call.instance.attributes.get(jwk.MATERIAL)]
    added = key_material(call.bind(Parameters.of("elem"))["elem"])
    remember(call, {jwk.MATERIAL: one_of([one for one in (*keys, added.value) if one is not None])})
    return Known(None)


def _of_set(call: Call, context: Context) -> Value:
    found = None if call.instance is None else call.instance.attributes.get(jwk.MATERIAL)
    return key_object(call, "jwcrypto.jwk.JWK", call.unknown() if found is None else found)


def _json_decode(call: Call, context: Context) -> Value | None:
    return read_json(call, call.value(0, "string"))


def _json_encode(call: Call, context: Context) -> Value | None:
    return write_json(call, call.value(0, "string"))


FUNCTIONS: dict[str, Model] = {
    "jwcrypto.jws.JWS": lambda call, context: instance(call),
    "jwcrypto.jws.JWS.deserialize": _deserialize_jws,
    "jwcrypto.jws.JWS.verify": _verify_jws,
    "jwcrypto.jws.JWS.add_signature": _add_signature,
    "jwcrypto.jws.JWS.serialize": serialize,
    "jwcrypto.jws.JWS.objects.__getitem__": _object,
    "jwcrypto.jws.JWS.objects.get": _object,
    "jwcrypto.jwk.JWK": _key(_members),
    "jwcrypto.jwk.JWK.generate": _key(lambda call: call.unknown()),
    "jwcrypto.jwk.JWK.from_json": _of_json("jwcrypto.jwk.JWK", "key"),
    "jwcrypto.jwk.JWK.from_pem": _key(lambda call: jwk.of_pem(call.bind(Parameters.of("data password"))["data"].value)),
    "jwcrypto.jwk.JWK.from_password": _key(lambda call: call.bind(Parameters.of("password"))["password"].value),
    "jwcrypto.jwk.JWKSet": lambda call, context: instance(call),
    "jwcrypto.jwk.JWKSet.from_json": _of_json("jwcrypto.jwk.JWKSet", "keyset"),
    "jwcrypto.jwk.JWKSet.add": _add,
    "jwcrypto.jwk.JWKSet.get_key": _of_set,
    "jwcrypto.common.json_decode": _json_decode,
    "jwcrypto.common.json_encode": _json_encode,
}
