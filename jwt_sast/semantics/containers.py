"""Mappings and sequences: making, reading and changing them.

Library models do so too, and the gate needs every library's marks, so this module must not import LibCST.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import replace

from jwt_sast.semantics import texts
from jwt_sast.semantics.bounds import MAX_ITEMS
from jwt_sast.semantics.calls import Argument, Arguments, Call
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.joins import join_contents, join_mappings
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.state import HeapObject, State
from jwt_sast.semantics.stdlib.constants import ITEMS
from jwt_sast.semantics.values import (
    Absent,
    Bound,
    Constant,
    Entry,
    Environment,
    Known,
    Mapping,
    Object,
    OneOf,
    Part,
    Presence,
    Produced,
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
    written: dict[Constant, Entry] = {}
    for key, value in elements:
        if isinstance(key, Known):
            # Collected first: a table may have many thousand lines.
            written[key.constant] = Entry(value)
            continue
        mapping, written = replace(mapping, entries={**mapping.entries, **written}), {}
        mapping = absorb(state, mapping, value) if key is None else put(mapping, key, value)
    return state.allocate(replace(mapping, entries={**mapping.entries, **written}))


def put(mapping: Mapping, key: Value, value: Value) -> Mapping:
    """`mapping` after `mapping[key] = value`."""
    match key:
        case Known(constant=constant) if len(mapping.entries) < MAX_ITEMS or constant in mapping.entries:
            return mapping.with_entry(constant, Entry(value))
        case Known():
            return mapping if mapping.open else replace(mapping, open=True)
        case _:
            known = [option.constant for option in alternatives(key) if isinstance(option, Known)]
            if len(known) != len(alternatives(key)):
                return _written_anywhere(mapping, lambda _: value)
            for constant in known:
                mapping = put_sometimes(mapping, constant, Entry(value, Presence.UNKNOWN))
            return mapping


def put_sometimes(mapping: Mapping, key: Constant, entry: Entry) -> Mapping:
    """`mapping` after a write that may not have happened."""
    old = mapping.entries.get(key)
    if old is None and not mapping.open:
        return mapping.with_entry(key, entry)
    if old is None:
        return mapping.with_entry(key, replace(entry, presence=Presence.UNKNOWN))
    value = one_of((old.value, entry.value)) if old.presence is not Presence.NEVER else entry.value
    presence = Presence.ALWAYS if old.presence is Presence.ALWAYS else entry.presence
    return mapping.with_entry(key, Entry(value, presence, entry.missing or old.missing))


def _written_anywhere(
    mapping: Mapping, written: Callable[[Constant], Value], spared: Container[Constant] = ()
) -> Mapping:
    """`mapping` after writes under keys that are not known, none of them in `spared`; `written` says of what."""
    entries: dict[Constant, Entry] = {}
    for key, entry in mapping.entries.items():
        if key in spared:
            entries[key] = entry
        elif entry.presence is not Presence.NEVER:
            presence = Presence.ALWAYS if entry.presence is Presence.ALWAYS else Presence.UNKNOWN
            entries[key] = replace(entry, value=one_of((entry.value, written(key))), presence=presence)
    return replace(mapping, entries=entries, open=True)


def absorb(state: State, mapping: Mapping, other: Value) -> Mapping:
    """`mapping` after `mapping.update(other)`."""
    joined: Mapping | None = None
    for option in alternatives(state.opened(other)):
        one = _absorb(mapping, option, as_mapping(state, option))
        joined = one if joined is None else join_mappings(joined, one)
    assert joined is not None, "a value has alternatives"
    return joined


def _absorb(mapping: Mapping, source: Value, other: Mapping | None) -> Mapping:
    before = mapping
    if other is None or other.open:
        spared = other.entries if other is not None else {}
        mapping = _written_anywhere(mapping, lambda key: Part(source, key, origin=source.origin), spared)
    if other is None:
        return mapping
    for key, entry in other.entries.items():
        if entry.presence is before.presence(key) is Presence.NEVER:
            # Neither side has it, which is worth knowing where the other side is open.
            mapping = mapping.with_entry(key, entry)
        if entry.presence is Presence.ALWAYS:
            mapping = mapping.with_entry(key, entry)
        elif entry.presence is not Presence.NEVER:
            mapping = put_sometimes(mapping, key, entry)
    return mapping


def updated(call: Call, mapping: Mapping) -> Mapping:
    """`mapping` after being updated with the arguments of `dict.update` or `dict`."""
    if call.arguments.positional:
        mapping = absorb(call.state, mapping, call.first())
    if call.arguments.more_positional:
        mapping = absorb(call.state, mapping, call.unknown())
    keywords: dict[Constant, Entry] = {
        name: Entry(argument.value, Presence.UNKNOWN if name in call.arguments.sometimes else Presence.ALWAYS)
        for name, argument in call.arguments.keywords.items()
    }
    return _absorb(mapping, call.unknown(), Mapping(keywords, open=call.arguments.more_keywords))


def as_mapping(state: State, value: Value) -> Mapping | None:
    """What `dict(value)` holds: of a mapping, its items or a sequence of pairs; None for anything else."""
    content = state.content(value)
    match content:
        case Mapping():
            return content
        case Produced(what="items", detail=Reference() as reference):
            return as_mapping(state, reference)
        case Sequence(open=True):
            return Mapping({}, open=True, origin=content.origin)
        case Sequence(items=items):
            mapping = Mapping({}, origin=content.origin)
            for item in items:
                pair = state.content(item)
                if not isinstance(pair, Sequence) or len(pair.items) != 2 or pair.open:
                    return None
                key, one = pair.items
                mapping = put(mapping, key, one)
            return mapping
        case _:
            return None


def make_sequence(state: State, items: Iterable[tuple[bool, Value]], kind: str, origin: Origin) -> Reference:
    """A list, tuple or set display; a starred item stands for its items."""
    flat: list[Value] = []
    is_open = False
    for starred, value in items:
        content = state.content(state.opened(value)) if starred else None
        if not starred:
            flat.append(value)
        elif isinstance(content, Sequence):
            flat.extend(content.items)
            is_open |= content.open or (content.kind == "set" and len(content.items) > 1)
        else:
            is_open = True
    return state.allocate(bounded(Sequence(tuple(flat), is_open, kind, origin=origin)))


def item(frame: Frame, state: State, receiver: Value, key: Value, place: Place) -> Value:
    """`receiver[key]`."""
    if isinstance(state.content(receiver), Mapping | Sequence):
        key = state.opened(key)
    return each(receiver, lambda one: each(key, lambda other: _item(frame, state, one, other, place)))


def _item(frame: Frame, state: State, receiver: Value, key: Value, place: Place) -> Value:
    content = state.content(receiver)
    match content, key:
        case Mapping(), Known(constant=constant):
            found = content.get(constant)
            return Part(receiver, constant, origin=Origin(place)) if isinstance(found, Absent | Unknown) else found
        case Sequence(items=items, open=False), Known(constant=int() as index) if -len(items) <= index < len(items):
            return items[index]
        case Mapping() | Sequence(), _ if not isinstance(key, Known) or isinstance(content, Sequence):
            return any_item(state, content, place.node)
        case Symbol(name=name), Known() if name in ITEMS:
            return ITEMS[name](frame, key, Origin(place))
        case Symbol(name=name), Known(constant=constant):
            reading = Call(f"{name}.__getitem__", Arguments([Argument(key, place)]), place, frame, state)
            return frame.host.call(reading) or Part(receiver, constant, origin=Origin(place))
        case Environment(fallback=Value() as fallback), _:
            return replace(content, fallback=item(frame, state, fallback, key, place))
        case Object(of=Symbol()), _:
            method = Bound(receiver, "__getitem__")
            return frame.call(state, method, Arguments([Argument(key, place)]), place)
        case Known(), _:
            return Unknown("an item", place.node, origin=Origin(place))
        case _, Known(constant=constant):
            return Part(receiver, constant, origin=Origin(place))
        case _:
            return Part(receiver, key, origin=Origin(place))


def any_item(state: State, content: Mapping | Sequence, site: object) -> Value:
    """Something that a container holds, whichever: what can be changed in place through it must not be lost."""
    if isinstance(content, Mapping):
        values = [entry.value for entry in content.entries.values() if entry.presence is not Presence.NEVER]
    else:
        values = list(content.items)
    if content.open or not values:
        values.append(Unknown("an item", site, origin=content.origin))
    found = one_of(values, site=site)
    if isinstance(found, Unknown):
        for value in values:
            state.escape(value)
    return found


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
        case Environment(fallback=Value() as fallback):
            return replace(content, fallback=each(fallback, lambda one: sliced(state, one, bounds, origin)))
        case Known() | Sequence() | Mapping():
            return Unknown("a slice", origin.place.node, origin=origin)
        case _:
            return Part(receiver, (part.start, part.stop, part.step), "slice", origin=origin)


def store_item(state: State, receiver: Value, key: Value, value: Value) -> None:
    """`receiver[key] = value`."""
    receiver, key = state.opened(receiver), state.opened(key)
    for option in alternatives(receiver):
        content = state.content(option)
        if not isinstance(option, Reference):
            state.escape(value)
        elif isinstance(content, Mapping):
            change(state, receiver, option, put(content, key, value))
        elif isinstance(content, Sequence):
            state.update(option, replace(content, items=(*content.items, value), open=True))


def change(state: State, receiver: Value, option: Reference, content: HeapObject) -> None:
    """Makes `content` of what `option` names, or may have made it: `receiver` may be something else than `option`."""
    if isinstance(receiver, OneOf):
        old = state.look(option)
        content = content if old is None else join_contents(old, content, None, proof=False)
    state.update(option, content)


def delete_item(state: State, receiver: Value, key: Value, origin: Origin) -> None:
    """`del receiver[key]`."""
    receiver, key = state.opened(receiver), state.opened(key)
    for option in alternatives(receiver):
        content = state.content(option)
        if isinstance(option, Reference) and isinstance(content, Mapping):
            change(state, receiver, option, without(content, key, origin))
        elif isinstance(option, Reference) and isinstance(content, Sequence):
            state.update(option, replace(content, open=True))


def without(mapping: Mapping, key: Value, origin: Origin) -> Mapping:
    """`mapping` after `del mapping[key]`; where the key is not known, nothing is provably missing."""
    if isinstance(key, Known):
        return mapping.without(key.constant, origin)
    entries = {
        name: replace(entry, presence=Presence.UNKNOWN) if entry.presence is Presence.ALWAYS else entry
        for name, entry in mapping.entries.items()
    }
    return replace(mapping, entries=entries)


def extended(state: State, content: Sequence, more: Value, *, joins: bool = True) -> Sequence:
    """`content` with the items of `more` behind its own; without `joins` it may lose or repeat some as well."""
    other = state.content(more)
    items = (*content.items, *other.items) if isinstance(other, Sequence) else content.items
    is_open = content.open or not joins or not isinstance(other, Sequence) or other.open or _shuffles(content, other)
    return bounded(replace(content, items=items, open=is_open))


def _shuffles(content: Sequence, more: Sequence) -> bool:
    """Whether the order of what is added to `content` cannot be said."""
    return more.kind == "set" and content.kind != "set" and len(more.items) > 1


def bounded(content: Sequence) -> Sequence:
    """`content`, or where it has grown past the bound, a sequence of which no more is known than its beginning."""
    if len(content.items) <= MAX_ITEMS:
        return content
    return replace(content, items=content.items[:MAX_ITEMS], open=True)


def percent(frame: Frame, state: State, left: Value, right: Value, origin: Origin) -> Value | None:
    """`"…" % right`; None where the left side is not a known text."""
    if not isinstance(left, Known) or not isinstance(left.constant, str):
        return None
    content = state.content(right)

    def fill(index: int, name: str | None) -> Value:
        if isinstance(content, Mapping) and name is not None:
            return _item(frame, state, right, Known(name), origin.place)
        if isinstance(content, Sequence) and content.kind == "tuple":
            known = index < len(content.items) and not content.open
            return content.items[index] if known else Unknown("an item", (origin.place.node, index))
        return right

    return texts.percent_format(left.constant, fill, origin)
