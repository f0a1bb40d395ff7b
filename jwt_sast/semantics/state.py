"""The state of an interpreted program at one point: names, heap and facts, forked at branches and joined after."""

from __future__ import annotations

import itertools
from collections.abc import Mapping as ReadOnlyDict
from dataclasses import replace

from jwt_sast.semantics.bounds import MAX_SNAPSHOT_DEPTH, MAX_SNAPSHOT_SIZE
from jwt_sast.semantics.fallbacks import settled
from jwt_sast.semantics.promises import Promise, World
from jwt_sast.semantics.settings import Setting
from jwt_sast.semantics.texts import text
from jwt_sast.semantics.truth import truth
from jwt_sast.semantics.values import (
    Bound,
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


def next_version() -> int:
    """A number for a heap that is unlike all others so far."""
    return next(_versions)


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
        self.version = next_version()

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
