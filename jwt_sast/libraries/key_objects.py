"""Key objects: what they are made of, and which algorithms they serve. Never prints a key."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.values import Object, Symbol, Value
from jwt_sast.tokens import jwk, keys


def key_object(call: Call, of: str, content: Value) -> Value:
    """A key object of the class `of`, made of `content`: a secret, a private key, or a JWK, which is looked into."""
    attributes = {jwk.MATERIAL: jwk.material(content)}
    return call.state.allocate(Object(attributes, of=Symbol(of), origin=call.origin()))


def key_material(key: Argument) -> Argument:
    """A key object, or a set of them, as what it was made of."""
    return replace(key, value=jwk.material(key.value))


def serves_one_kind(key: Argument) -> bool:
    """Whether the kind of a key object decides which algorithms it serves, so that no list has to. `key` is what the
    object was made of: a public key that was made a secret serves the wrong ones.
    """
    return not any(one.kind is keys.Kind.PUBLIC for one in keys.literals(key.value))
