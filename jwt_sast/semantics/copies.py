"""Copies of containers, shallow and deep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.state import HeapObject, State
from jwt_sast.semantics.values import Mapping, Object, Reference, Sequence, Value, each


def copy(state: State, value: Value, origin: Origin, *, deep: bool = False) -> Value:
    """A copy of a container; anything else is its own copy."""
    copies: dict[int, Reference] = {}

    def inner(part: Value) -> Value:
        return each(part, one) if deep else part

    def one(option: Value) -> Value:
        content = state.look(option) if isinstance(option, Reference) else None
        if not isinstance(option, Reference) or content is None:
            return option
        if option.address not in copies:
            # Entered before it is filled: a container may hold itself.
            copies[option.address] = made = state.allocate(replace(content, origin=origin))
            state.update(made, replace(_rebuilt(content, inner), origin=origin))
        return copies[option.address]

    return each(state.opened(value), one)


def _rebuilt(content: HeapObject, part: Callable[[Value], Value]) -> HeapObject:
    """`content` with `part` applied to everything in it."""
    match content:
        case Mapping(entries=entries):
            return replace(content, entries={key: replace(one, value=part(one.value)) for key, one in entries.items()})
        case Sequence(items=items):
            return replace(content, items=tuple(map(part, items)))
        case Object(attributes=attributes):
            return replace(content, attributes={name: part(one) for name, one in attributes.items()})
        case _:
            return content
