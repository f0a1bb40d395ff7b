"""The state of an interpreted program at one point: names, heap and facts, forked at branches and joined after."""

from __future__ import annotations

import itertools
from collections.abc import Mapping as ReadOnlyDict
from collections.abc import Sequence as Sequences
from dataclasses import replace
from functools import partial, reduce

from jwt_sast.semantics.bounds import MAX_JOINED_ITEMS, MAX_SNAPSHOT_DEPTH, MAX_SNAPSHOT_SIZE
from jwt_sast.semantics.fallbacks import settled
from jwt_sast.semantics.promises import Promise, World
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.settings import Setting
from jwt_sast.semantics.texts import text
from jwt_sast.semantics.truth import truth
from jwt_sast.semantics.values import (
    Absent,
    Bound,
    Class,
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
    Text,
    Unknown,
    Value,
    alternatives,
    one_of,
)

HeapObject = Value
"""A Mapping, Sequence or Object. A Promise until somebody needs it, and then whatever it turns out to be."""

_addresses = itertools.count(1)
_versions = itertools.count(1)


class State:
    """Mutable while one path is followed.

    `names` are the variables of the running function, `heap` what can change in place; objects that were there before
    lie in the `world`'s heap, called `base` here, and are copied on write. `facts` hold on every path that leads here,
    `marks` on some path.
    """

    __slots__ = ("_own", "base", "facts", "heap", "marks", "names", "version", "world")

    def __init__(self, world: World | None = None, heap: ReadOnlyDict[int, HeapObject] | None = None) -> None:
        self.world = world if world is not None else World()
        self.names: dict[str, Value] = {}
        self.heap: ReadOnlyDict[int, HeapObject] = heap if heap is not None else {}
        """To be changed by `put` only: states share it as long as nobody does."""
        self._own: dict[int, HeapObject] | None = None
        """The heap again where no other state has it."""
        self.base: ReadOnlyDict[int, HeapObject] = self.world.heap
        self.facts: frozenset[object] = frozenset()
        self.marks: frozenset[object] = frozenset()
        self.version = 0
        """Another one whenever something in the heap has changed."""

    def fork(self) -> State:
        """A copy that can go its own way."""
        twin = self.moved(self.world)
        twin.facts, twin.marks, twin.version = self.facts, self.marks, self.version
        return twin

    def moved(self, world: World) -> State:
        """A copy that goes on in another world, whose heap has what lies under this state's."""
        self._own = None
        twin = State(world, self.heap)
        twin.names = dict(self.names)
        return twin

    def enter(self, names: dict[str, Value]) -> State:
        """The state in which a called function begins: its own names, everything else shared so far."""
        callee = self.fork()
        callee.names = names
        return callee

    def leave(self, exit_state: State) -> None:
        """Takes over what a called function has changed."""
        self.share(exit_state)
        self.facts, self.marks = exit_state.facts, exit_state.marks

    def share(self, other: State) -> None:
        """Takes over the heap of another state."""
        self._own = other._own = None
        self.heap, self.version = other.heap, other.version

    def put(self, address: int, content: HeapObject) -> None:
        """Writes to the heap."""
        if self._own is None:
            self.heap = self._own = dict(self.heap)
        self._own[address] = content

    def is_like(self, other: State) -> bool:
        """Whether nothing but names can differ between the two."""
        return self.version == other.version and self.marks == other.marks

    def become(self, other: State) -> None:
        """Goes on as `other`."""
        self.share(other)
        self.names, self.facts, self.marks = other.names, other.facts, other.marks

    def allocate(self, content: HeapObject) -> Reference:
        """Puts something new into the heap."""
        address = next(_addresses)
        self.put(address, content)
        return Reference(address, origin=content.origin)

    def look(self, reference: Reference) -> HeapObject | None:
        """What a reference names now."""
        return self.at(reference.address)

    def at(self, address: int) -> HeapObject | None:
        """What lies at an address of the heap now."""
        content = self.heap.get(address)
        return content if content is not None else self.base.get(address)

    def update(self, reference: Reference, content: HeapObject) -> None:
        """Changes in place what a reference names."""
        self.put(reference.address, content)
        self.version = next(_versions)

    def content(self, value: Value) -> Value:
        """`value` itself, or what it refers to, one level deep."""
        if isinstance(value, Reference):
            content = self.look(value)
            return content if content is not None else Unknown("a lost reference", value.address)
        return value

    def opened(self, value: Value) -> Value:
        """`value` for somebody who needs to look into it: what is only promised is worked out."""
        return self.world.known(self, value)

    def adopt(self, other: State) -> None:
        """Takes over what another state has made that is not here yet."""
        for address, content in other.heap.items():
            if address not in self.heap and address not in self.base:
                self.put(address, content)

    def truth(self, value: Value) -> bool | None:
        """Whether `value` is truthy; None where that cannot be said. A constant of another module is looked up, what a
        call of one gives is not: too much is merely asked for its truth.
        """
        options = (self.opened(option) if isinstance(option, Symbol) else option for option in alternatives(value))
        answers = {truth(self.content(option)) for option in options}
        return answers.pop() if len(answers) == 1 else None

    def resolve(self, value: Value, depth: int = MAX_SNAPSHOT_DEPTH, *, open_up: bool = False) -> Value:
        """`value` with everything it refers to, `depth` levels of it, copied out of the heap.

        With `open_up`, as events carry it: what is only promised is worked out.
        """
        return _Snapshot(self, open_up).of(value, depth)

    def escape(self, value: Value) -> None:
        """Lets `value` go where we cannot see: containers in it may be changed from now on, so they become open.

        That code may add what is missing; that it would take away or replace what is there is not assumed.
        """
        pending, seen = [value], set[int]()
        while pending:
            for option in alternatives(pending.pop()):
                content = self.content(option)
                if isinstance(option, Produced) and isinstance(option.detail, tuple):
                    pending += [part for part in option.detail if isinstance(part, Value)]
                elif isinstance(option, Bound):
                    pending.append(option.receiver)
                if not isinstance(option, Reference) or option.address in seen:
                    continue
                seen.add(option.address)
                if isinstance(content, Promise):
                    self.update(option, replace(content, escaped=True))
                elif isinstance(content, Mapping):
                    entries = {
                        key: entry if entry.presence is Presence.ALWAYS else replace(entry, presence=Presence.UNKNOWN)
                        for key, entry in content.entries.items()
                        if entry.presence is not Presence.NEVER
                    }
                    self.update(option, replace(content, entries=entries, open=True))
                    pending += [entry.value for entry in entries.values()]
                elif isinstance(content, Sequence):
                    self.update(option, replace(content, open=True))
                    pending += content.items
                elif isinstance(content, Object) and not content.open:
                    self.update(option, replace(content, attributes=_fillable(option, content)))
                    pending += content.attributes.values()


def _fillable(reference: Reference, content: Object) -> dict[str, Value]:
    """The attributes of an instance where others may set them: None is what one is until somebody fills it in."""
    return {
        name: Unknown("may have been set", (reference.address, name)) if value == Known(None) else value
        for name, value in content.attributes.items()
    }


class _Snapshot:
    """One copy out of the heap; what lies too deep, or is too much, is Unknown in it."""

    __slots__ = ("_left", "_open_up", "_state")

    def __init__(self, state: State, open_up: bool) -> None:
        self._state = state
        self._open_up = open_up
        self._left = MAX_SNAPSHOT_SIZE

    def of(self, value: Value, depth: int) -> Value:
        """`value`, with `depth` levels of what is inside it."""
        self._left -= 1
        if depth == 0 or self._left <= 0:
            return Unknown("nested too deep", origin=value.origin)
        if self._open_up and isinstance(value, Reference | Symbol | Part | Setting):
            value = self._state.opened(value)
        came_by = value.origin
        value = self._state.content(value)
        if came_by is not None and came_by is not value.origin:
            # A reference knows the way that it came; its object knows only how it was made.
            value = replace(value, origin=came_by.grafted(value.origin))
        match value:
            case Mapping(entries=entries):
                copied = {key: replace(entry, value=self.of(entry.value, depth - 1)) for key, entry in entries.items()}
                return replace(value, entries=copied)
            case Sequence(items=items):
                return replace(value, items=tuple(self.of(item, depth - 1) for item in items))
            case OneOf(alternatives=options):
                return one_of([self.of(option, depth) for option in options])
            case Environment(fallback=Value()):
                value = settled(value, self._state.facts, self._state.marks)
                return value if value.fallback is None else replace(value, fallback=self.of(value.fallback, depth - 1))
            case Text(pieces=pieces):
                copied_pieces = tuple(
                    piece if isinstance(piece, str) else self.of(piece, depth - 1) for piece in pieces
                )
                if self._open_up and value.origin is not None:
                    return text(copied_pieces, value.origin)
                return replace(value, pieces=copied_pieces)
            case _:
                return value


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
    joined.version = one.version if one.version == other.version else next(_versions)
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
        joined.version = next(iter(self._versions)) if len(self._versions) == 1 else next(_versions)
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
