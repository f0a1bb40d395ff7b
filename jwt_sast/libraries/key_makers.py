"""Models of what makes key objects: importing, drawing and picking them out of sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jwt_sast.libraries.key_objects import key_object
from jwt_sast.libraries.library import Context, Model
from jwt_sast.semantics.calls import Argument, Arguments, Call, Parameters
from jwt_sast.semantics.stdlib.randomness import RANDOM, Drawn
from jwt_sast.semantics.values import Absent, Function, Known, Mapping, Object, Produced, Sequence, Value, each
from jwt_sast.tokens import jwk

Parsing = Callable[[Value], Value]
"""Makes of what a key is imported from what it consists of."""


def _anything(value: Value) -> Value:
    return value


def key(of: str, parameters: str, parsing: Parsing = _anything) -> Model:
    """An import of a key, or of a set of them, from its first parameter; `of` is the class of what it gives."""
    wanted = Parameters.of(parameters)

    def model(call: Call, context: Context) -> Value:
        content = call.bind(wanted)[wanted.names[0]].value
        return key_object(call, of, parsing(content))

    return model


def picked(of: str) -> Model:
    """A key of a set: which of them is not looked into."""

    def model(call: Call, context: Context) -> Value:
        keys, anything = call.instance, call.unknown()
        return anything if keys is None else key_object(call, of, keys.attributes.get(jwk.MATERIAL, anything))

    return model


def drawn_secret(of: str) -> Model:
    """`OctKey.generate_key(bits)`: 256 bits unless told."""
    return lambda call, context: _drawn(call, of, call.value(0, "key_size"))


def drawn(of: str, size: str) -> Model:
    """`generate_key(kind, size)`: of a secret (`oct`) the size is in bits and 256 unless told."""

    def model(call: Call, context: Context) -> Value:
        kind = call.value(0, "kty")
        kind = call.value(0, "key_type") if isinstance(kind, Absent) else kind
        return _drawn(call, of, call.value(1, size)) if kind == Known("oct") else key_object(call, of, call.unknown())

    return model


def _drawn(call: Call, of: str, bits: Value) -> Value:
    size: int | None = None
    if isinstance(bits, Absent):
        size = 32
    elif isinstance(bits, Known) and isinstance(bits.constant, int):
        size = bits.constant // 8
    return key_object(call, of, Produced(RANDOM, Drawn(size, size), call.place.node, origin=call.origin()))


def is_object(value: Value) -> bool:
    """Whether a key is of one kind by what it is, a key object or a JWK: no other kind of algorithm takes it."""
    return isinstance(value, Object | Mapping) or (
        isinstance(value, Sequence) and bool(value.items) and all(map(is_object, value.items))
    )


def chosen(call: Call, argument: Argument, *given: Value) -> Argument:
    """The key that `argument` stands for: where it is a function of the project, what that gives for `given`."""

    def one(value: Value) -> Value:
        if not isinstance(value, Function):
            return value
        arguments = Arguments([Argument(one, call.place) for one in given])
        return call.state.resolve(call.frame.call(call.state, value, arguments, call.place), open_up=True)

    return replace(argument, value=each(argument.value, one))
