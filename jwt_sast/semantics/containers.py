"""Mappings and sequences: making, reading, changing and merging them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics import operators
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.stdlib.constants import ITEMS
from jwt_sast.semantics.values import (
    Absent,
    Constant,
    Entry,
    Known,
    Mapping,
    Object,
    Part,
    Presence,
    Reference,
    Sequence,
    Symbol,
    Unknown,
    Value,
    alternatives,
    each,
    one_of,
)


def make_mapping(state: State, elements: Iterable[tuple[Value | None, Value]], origin: Origin) -> Reference:
    """A dict display; an element without a key is a `**mapping`."""
    mapping = Mapping({}, origin=origin)
    for key, value in elements:
        mapping = absorb(mapping, state.content(value)) if key is None else put(mapping, key, value)
    return state.allocate(mapping)


def put(mapping: Mapping, key: Value, value: Value) -> Mapping:
    """`mapping` after `mapping[key] = value`."""
    match key:
        case Known(constant=constant):
            return mapping.with_entry(constant, Entry(value))
        case _:
            known = [option.constant for option in alternatives(key) if isinstance(option, Known)]
            if len(known) != len(alternatives(key)):
                return replace(mapping, open=True)
            for constant in known:
                mapping = _put_sometimes(mapping, constant, Entry(value, Presence.UNKNOWN))
            return mapping


def _put_sometimes(mapping: Mapping, key: Constant, entry: Entry) -> Mapping:
    """`mapping` after a write that may not have happened."""
    old = mapping.entries.get(key)
    if old is None and not mapping.open:
        return mapping.with_entry(key, entry)
    if old is None:
        return mapping.with_entry(key, replace(entry, presence=Presence.UNKNOWN))
    value = one_of((old.value, entry.value)) if old.presence is not Presence.NEVER else entry.value
    presence = Presence.ALWAYS if old.presence is Presence.ALWAYS else entry.presence
    return mapping.with_entry(key, Entry(value, presence, entry.missing or old.missing))


def absorb(mapping: Mapping, other: Value) -> Mapping:
    """`mapping` after `mapping.update(other)`."""
    if not isinstance(other, Mapping):
        return replace(mapping, open=True)
    for key, entry in other.entries.items():
        if entry.presence is Presence.ALWAYS:
            mapping = mapping.with_entry(key, entry)
        elif entry.presence is not Presence.NEVER:
            mapping = _put_sometimes(mapping, key, entry)
        elif key not in mapping.entries and not mapping.open:
            # Neither side has it, which is worth knowing where the other side is open.
            mapping = mapping.with_entry(key, entry)
    return replace(mapping, open=mapping.open or other.open)


def make_sequence(state: State, items: Iterable[tuple[bool, Value]], kind: str, origin: Origin) -> Reference:
    """A list, tuple or set display; a starred item stands for its items."""
    flat: list[Value] = []
    is_open = False
    for starred, value in items:
        content = state.content(value) if starred else None
        if not starred:
            flat.append(value)
        elif isinstance(content, Sequence):
            flat.extend(content.items)
            is_open |= content.open
        else:
            is_open = True
    return state.allocate(Sequence(tuple(flat), is_open, kind, origin=origin))


def item(frame: Frame, state: State, receiver: Value, key: Value, place: Place) -> Value:
    """`receiver[key]`."""
    return each(receiver, lambda one: each(key, lambda other: _item(frame, state, one, other, place)))


def _item(frame: Frame, state: State, receiver: Value, key: Value, place: Place) -> Value:
    content = state.content(receiver)
    match content, key:
        case Mapping(), Known(constant=constant):
            found = content.get(constant)
            return Part(receiver, constant, origin=Origin(place)) if isinstance(found, Absent | Unknown) else found
        case Sequence(items=items, open=False), Known(constant=int() as index) if -len(items) <= index < len(items):
            return items[index]
        case Symbol(name=name), Known() if name in ITEMS:
            return ITEMS[name](frame, key, Origin(place))
        case ((Mapping() | Sequence() | Known()), _):
            return Unknown("an item", place.node, origin=Origin(place))
        case _, Known(constant=constant):
            return Part(receiver, constant, origin=Origin(place))
        case _:
            return Part(receiver, key, origin=Origin(place))


def sliced(state: State, receiver: Value, bounds: list[Value | None], origin: Origin) -> Value:
    """`receiver[a:b:c]`."""
    content = state.content(receiver)
    numbers = [bound.constant if isinstance(bound, Known) else None for bound in bounds]
    known = all(
        bound is None or (isinstance(number, int) and not isinstance(number, bool))
        for bound, number in zip(bounds, numbers, strict=True)
    )
    part = slice(*(number if isinstance(number, int) else None for number in numbers)) if len(bounds) == 3 else None
    if not known or part is None or part.step == 0:
        return Unknown("a slice", origin.place.node, origin=origin)
    match content:
        case Known(constant=str() | bytes() as constant):
            return replace(content, constant=constant[part])
        case Sequence(items=items, open=False):
            return state.allocate(replace(content, items=items[part], origin=origin))
        case Known() | Sequence() | Mapping():
            return Unknown("a slice", origin.place.node, origin=origin)
        case _:
            return Part(receiver, (part.start, part.stop, part.step), "slice", origin=origin)


def store_item(state: State, receiver: Value, key: Value, value: Value) -> None:
    """`receiver[key] = value`."""
    for option in alternatives(receiver):
        content = state.content(option)
        if not isinstance(option, Reference):
            state.escape(value)
        elif isinstance(content, Mapping):
            state.update(option, put(content, key, value))
        elif isinstance(content, Sequence):
            state.update(option, replace(content, items=(*content.items, value), open=True))


def delete_item(state: State, receiver: Value, key: Value, origin: Origin) -> None:
    """`del receiver[key]`."""
    for option in alternatives(receiver):
        content = state.content(option)
        if isinstance(option, Reference) and isinstance(content, Mapping):
            remove(state, option, content, key, origin)


def remove(state: State, reference: Reference, mapping: Mapping, key: Value, origin: Origin) -> None:
    """Takes `key` out of a mapping; where the key is not known, nothing is provably missing."""
    if isinstance(key, Known):
        state.update(reference, mapping.without(key.constant, origin))
        return
    entries = {
        name: replace(entry, presence=Presence.UNKNOWN) if entry.presence is Presence.ALWAYS else entry
        for name, entry in mapping.entries.items()
    }
    state.update(reference, replace(mapping, entries=entries))


def merge(
    frame: Frame, state: State, op: type[cst.BaseBinaryOp], left: Value, right: Value, origin: Origin
) -> Value | None:
    """`left | right` of mappings and `left + right` of sequences; None where neither side is one."""
    one, other = state.content(left), state.content(right)
    if op is cst.BitOr and (isinstance(one, Mapping) or isinstance(other, Mapping)):
        start = one if isinstance(one, Mapping) else Mapping({}, open=True)
        return state.allocate(replace(absorb(start, other), origin=origin))
    if isinstance(one, Sequence) or isinstance(other, Sequence):
        items = [item for side in (one, other) if isinstance(side, Sequence) for item in side.items]
        is_open = any(not isinstance(side, Sequence) or side.open for side in (one, other))
        kind = one.kind if isinstance(one, Sequence) else "list"
        return state.allocate(Sequence(tuple(items), is_open, kind, origin=origin))
    return None


def extend_in_place(state: State, op: type[cst.BaseBinaryOp], left: Value, right: Value) -> bool:
    """`left |= right` of a mapping and `left += right` of a list, which change it in place; False for other values."""
    content, other = state.content(left), state.content(right)
    if not isinstance(left, Reference):
        return False
    if op is cst.BitOr and isinstance(content, Mapping):
        state.update(left, absorb(content, other))
        return True
    if op is cst.Add and isinstance(content, Sequence) and content.kind == "list":
        items = other.items if isinstance(other, Sequence) else ()
        is_open = content.open or not isinstance(other, Sequence) or other.open
        state.update(left, replace(content, items=(*content.items, *items), open=is_open))
        return True
    return False


def percent(frame: Frame, state: State, left: Value, right: Value, origin: Origin) -> Value | None:
    """`"…" % right`; None where the left side is not a known text."""
    if not isinstance(left, Known) or not isinstance(left.constant, str):
        return None
    content = state.content(right)

    def fill(index: int, name: str | None) -> Value:
        if isinstance(content, Mapping) and name is not None:
            return _item(frame, state, right, Known(name), origin.place)
        if isinstance(content, Sequence) and content.kind == "tuple":
            return (
                content.items[index] if index < len(content.items) else Unknown("an item", (origin.place.node, index))
            )
        return right

    return operators.percent_format(left.constant, fill, origin)


def copy(state: State, value: Value, origin: Origin, *, deep: bool = False) -> Value:
    """A copy of a container; anything else is its own copy."""

    def one(option: Value) -> Value:
        content = state.content(option)
        if not isinstance(option, Reference) or not isinstance(content, Mapping | Sequence | Object):
            return option
        if deep and isinstance(content, Mapping):
            entries = {
                key: replace(entry, value=copy(state, entry.value, origin, deep=True))
                for key, entry in content.entries.items()
            }
            content = replace(content, entries=entries)
        elif deep and isinstance(content, Sequence):
            content = replace(content, items=tuple(copy(state, item, origin, deep=True) for item in content.items))
        return state.allocate(replace(content, origin=origin))

    return each(value, one)
