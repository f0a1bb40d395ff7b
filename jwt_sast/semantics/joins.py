"""The state after paths meet: a name is one of what it was on each, a dict is compared key by key."""

from __future__ import annotations

from collections.abc import Sequence as Sequences
from dataclasses import replace
from functools import partial, reduce

from jwt_sast.semantics.bounds import MAX_JOINED_ITEMS
from jwt_sast.semantics.promises import Promise
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.state import HeapObject, State, next_version
from jwt_sast.semantics.values import (
    Absent,
    Class,
    Constant,
    Entry,
    Mapping,
    Object,
    Presence,
    Reference,
    Sequence,
    Unknown,
    Value,
    one_of,
)


def join_states(
    one: State | None, other: State | None, because: Origin | None = None, *, proof: bool = True
) -> State | None:
    """The state after two paths meet; None stands for a path that does not arrive.

    `because` is the test that parted them. Without `proof` a key that only one path sets is unknown rather than
    provably missing on the other: for paths such as an empty loop, which nothing shows to be possible.
    """
    if one is None or other is None:
        return one if other is None else other
    joined = State(one.world, one.heap)
    joined.names = dict(one.names)
    for name, value in other.names.items():
        mine = one.names.get(name)
        if mine is not value:
            # A name that only one path binds can only be read, without an error, after that path.
            joined.names[name] = value if mine is None else one_of((mine, value))
    if one.heap is not other.heap:
        _join_heaps(joined, one, other, because, proof)
    joined.facts = one.facts & other.facts
    joined.marks = one.marks | other.marks
    joined.version = one.version if one.version == other.version else next_version()
    return joined


def _join_heaps(joined: State, one: State, other: State, because: Origin | None, proof: bool) -> None:
    """Most objects are the same on both paths, or were made on one of them; only the others need a look."""
    base = one.base
    for address, first in list(one.heap.items()):
        second = other.heap.get(address) or base.get(address)
        if second is not first and second is not None:
            first, second = _needed(one, address, first, second), _needed(other, address, second, first)
            joined.put(address, join_contents(first, second, because, proof=proof))
    for address, second in other.heap.items():
        if address not in one.heap:
            before = base.get(address)
            joined.put(address, second if before is None else join_contents(before, second, because, proof=proof))


def _needed(state: State, address: int, content: HeapObject, other: HeapObject) -> HeapObject:
    """What lies at an address in `state`; a promise is worked out where that was done on the `other` path."""
    if isinstance(content, Promise) and not isinstance(other, Promise):
        state.opened(Reference(address))
        return state.at(address) or content
    return content


class Interruptions:
    """The states at which a run of statements may be left, nothing of which shows that each is possible, joined as they
    come: from one to the next little changes, and only that is looked at.
    """

    def __init__(self, state: State) -> None:
        self.last = state.fork()
        self._names: dict[str, dict[int, Value]] = {}
        self._contents: dict[int, dict[int, HeapObject]] = {}
        self._facts, self._marks, self._versions = state.facts, state.marks, {state.version}
        for name, value in state.names.items():
            self._names[name] = {id(value): value}
        for address, content in state.heap.items():
            self._contents[address] = {id(content): content}

    def add(self, state: State) -> None:
        """Here it may be left as well."""
        last = self.last
        for name, value in state.names.items():
            if last.names.get(name) is not value:
                self._names.setdefault(name, {})[id(value)] = value
        for address, content in state.heap.items() if state.heap is not last.heap else ():
            if last.heap.get(address) is not content:
                before = state.base.get(address)
                found = self._contents.setdefault(address, {} if before is None else {id(before): before})
                found[id(content)] = content
        self._facts &= state.facts
        self._marks |= state.marks
        self._versions.add(state.version)
        self.last = state.fork()

    def joined(self) -> State:
        """The state in which any of these has come about."""
        joined = State(self.last.world)
        joined.names = {name: one_of(list(values.values())) for name, values in self._names.items()}
        for address, contents in self._contents.items():
            joined.put(address, reduce(partial(join_contents, because=None, proof=False), contents.values()))
        joined.facts, joined.marks = self._facts, self._marks
        joined.version = next(iter(self._versions)) if len(self._versions) == 1 else next_version()
        return joined


def join_all(states: Sequences[State]) -> State:
    """The state after any of `states`, at least one, of which nothing shows that each is possible."""
    interruptions = Interruptions(states[0])
    for state in states[1:]:
        interruptions.add(state)
    return interruptions.joined()


def _join(one: Value | None, other: Value | None) -> Value:
    # A name that only one path binds can only be read, without an error, after that path.
    if one is None or other is None:
        return one or other or Unknown("unbound")
    return one if one is other else one_of((one, other))


def join_contents(one: HeapObject, other: HeapObject, because: Origin | None, *, proof: bool) -> HeapObject:
    """What an address holds after two paths meet."""
    if one is other:
        return one
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return join_mappings(one, other, because, proof)
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        if len(one.items) + len(other.items) > MAX_JOINED_ITEMS:
            return replace(one, items=one.items[:MAX_JOINED_ITEMS], open=True)
        if one == other:
            return one
        items = [*one.items, *(item for item in other.items if item not in one.items)]
        return replace(one, items=tuple(items), open=True)
    if isinstance(one, Promise) or isinstance(other, Promise):
        return one if isinstance(one, Promise) and one.escaped else other
    if isinstance(one, Object) and isinstance(other, Object):
        attributes = {
            name: _join(_attribute(one, name), _attribute(other, name))
            for name in (*one.attributes, *(name for name in other.attributes if name not in one.attributes))
        }
        return replace(one, attributes=attributes, open=one.open or other.open)
    if isinstance(one, Mapping | Sequence | Object) and isinstance(other, Mapping | Sequence | Object):
        return Mapping({}, open=True)
    return one_of((one, other))


def _attribute(instance: Object, name: str) -> Value | None:
    found = instance.attributes.get(name)
    return instance.of.member(name) if found is None and isinstance(instance.of, Class) else found


def join_mappings(one: Mapping, other: Mapping, because: Origin | None = None, proof: bool = True) -> Mapping:
    """A dict that went through two paths: each key always, sometimes or never there."""
    entries: dict[Constant, Entry] = {}
    for key in (*one.entries, *(key for key in other.entries if key not in one.entries)):
        first, second = one.entries.get(key), other.entries.get(key)
        if first is not None and second is not None and first == second:
            entries[key] = first
            continue
        presence = _join_presence(one.presence(key), other.presence(key), proof)
        values = [side.get(key) for side in (one, other) if side.presence(key) is not Presence.NEVER]
        missing = because
        for entry in (first, second):
            if entry is not None and entry.missing is not None:
                missing = entry.missing
        entries[key] = Entry(one_of(values) if values else Absent(), presence, missing)
    return Mapping(entries, one.open or other.open, origin=one.origin)


def _join_presence(one: Presence, other: Presence, proof: bool) -> Presence:
    if one is other:
        return one
    pair = {one, other}
    if Presence.SOMETIMES in pair or Presence.NEVER in pair:
        return Presence.SOMETIMES if proof else Presence.UNKNOWN
    return Presence.UNKNOWN
