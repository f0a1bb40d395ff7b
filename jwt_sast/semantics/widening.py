"""Giving up what is known of a value, without losing sight of what can be changed in place through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jwt_sast.semantics.state import HeapObject, State
from jwt_sast.semantics.values import (
    Bound,
    Entry,
    Mapping,
    Object,
    Presence,
    Reference,
    Sequence,
    Unknown,
    Value,
    alternatives,
    one_of,
)


def changing(value: Value, site: object) -> Value:
    """Anything; but what it may refer to can still be changed in place through it."""
    references = [option for option in alternatives(value) if isinstance(option, Reference | Bound)]
    return one_of([*references, Unknown("may have been changed", ("changed", site))])


def anything(address: int, content: HeapObject) -> HeapObject:
    """`content` after whatever may have been done to it."""
    match content:
        case Mapping(entries=entries):
            loose = {
                key: Entry(changing(one.value, (address, key)), Presence.UNKNOWN, one.missing)
                for key, one in entries.items()
            }
            return replace(content, entries=loose, open=True)
        case Sequence():
            return replace(content, open=True)
        case Object(attributes=attributes):
            return replace(
                content, attributes={name: changing(one, (address, name)) for name, one in attributes.items()}
            )
        case _:
            return Unknown("may have been changed", ("changed", address))


def forget(state: State, value: Value) -> None:
    """Gives up all that is known of what `value` refers to, and of what lies in that."""
    pending, seen = [value], set[int]()
    while pending:
        for option in alternatives(pending.pop()):
            content = state.look(option) if isinstance(option, Reference) else None
            if not isinstance(option, Reference) or content is None or option.address in seen:
                continue
            seen.add(option.address)
            state.update(option, anything(option.address, content))
            pending += _inside(content)


def _inside(content: HeapObject) -> Iterator[Value]:
    match content:
        case Mapping(entries=entries):
            yield from (entry.value for entry in entries.values())
        case Sequence(items=items):
            yield from items
        case Object(attributes=attributes):
            yield from attributes.values()
