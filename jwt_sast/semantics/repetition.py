"""Turns of a loop until nothing new comes of another one; what changes from turn to turn cannot be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jwt_sast.semantics.bounds import MAX_COMPARED_DEPTH, MAX_LOOP_DEPTH, MAX_LOOP_PASSES, MAX_WIDENINGS
from jwt_sast.semantics.state import HeapObject, State, join_states
from jwt_sast.semantics.values import (
    Entry,
    Mapping,
    Object,
    Presence,
    Sequence,
    Unknown,
    Value,
    alternatives,
)
from jwt_sast.semantics.widening import anything, changing

Leave = Callable[[State], State | None]
"""From the head of a loop to the state in which it is left there, None where it goes on for sure."""
Turn = Callable[[State], State | None]
"""From the head of a loop through its body to the head again."""


def repeated(start: State, leave: Leave, turn: Turn, *, depth: int = 0) -> State | None:
    """The state in which a loop that begins in `start` is left at its head, None where it never is.

    The first turns are run one by one, so that what is there after one turn is not mixed up with what was there before.
    As long as a further turn would change something, that is widened and another turn run. `depth` tells in how many
    loops this one lies: too deep, it is run once and nothing is known of what it finds.
    """
    if depth >= MAX_LOOP_DEPTH:
        return _once(start, leave, turn)
    done = leave(start.fork())
    before, current = start, start
    for _ in range(MAX_LOOP_PASSES):
        following = turn(current.fork())
        if following is None:
            return done
        before, current = current, following
        done = join_states(done, leave(current.fork()), proof=False)
    for left in reversed(range(MAX_WIDENINGS)):
        changes = _Changes(before, current)
        if not changes:
            break
        head = changes.widened(entirely=left == 0)
        following = turn(head.fork())
        done = join_states(done, leave(head), proof=False)
        if following is None:
            break
        before, current = head, following
    return done


def _once(start: State, leave: Leave, turn: Turn) -> State | None:
    head = start.fork()
    head.names = {name: changing(value, name) for name, value in start.names.items()}
    for address, content in {**start.base, **start.heap}.items():
        head.put(address, anything(address, content))
    following = turn(head.fork())
    return join_states(leave(head), None if following is None else leave(following), proof=False)


class _Changes:
    """What a turn has made different: names, and things in the heap that were there before it."""

    def __init__(self, before: State, after: State) -> None:
        self._before, self._after = before, after
        self._names = [name for name, old in before.names.items() if not self._covered(old, after.names.get(name, old))]
        self._addresses = [
            address
            for address, new in after.heap.items()
            if (old := before.at(address)) is not None and not self._alike(old, new)
        ]

    def __bool__(self) -> bool:
        return bool(self._names or self._addresses)

    def widened(self, *, entirely: bool) -> State:
        """The states before and after in one, without what has changed; `entirely`: without all of a changed thing."""
        head = join_states(self._before.fork(), self._after, proof=False)
        assert head is not None, "two states join to one"
        for name in self._names:
            head.names[name] = changing(head.names[name], name)
        for address in self._addresses:
            old = self._before.at(address)
            assert old is not None, "only what was there before has changed"
            head.put(address, self._loosened(address, old, head.heap[address], entirely=entirely))
        return head

    def _covered(self, old: Value, new: Value) -> bool:
        """Whether a value is none but what it could be before."""
        before = alternatives(old)
        fresh = [option for option in alternatives(new) if option not in before]
        if not fresh:
            return True
        known = alternatives(self._before.resolve(old, MAX_COMPARED_DEPTH))
        anything = any(isinstance(option, Unknown) for option in known)
        return all(
            option in known or (anything and not isinstance(option, Mapping | Sequence | Object))
            for one in fresh
            for option in alternatives(self._after.resolve(one, MAX_COMPARED_DEPTH))
        )

    def _alike(self, old: HeapObject, new: HeapObject) -> bool:
        if old is new or old == new:
            return True
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            return (
                (old.open or not new.open)
                and old.entries.keys() == new.entries.keys()
                and all(self._same_entry(entry, new.entries[key]) for key, entry in old.entries.items())
            )
        return isinstance(old, Sequence) and old.open

    def _same_entry(self, old: Entry, new: Entry) -> bool:
        return old.presence in (new.presence, Presence.UNKNOWN) and self._covered(old.value, new.value)

    def _loosened(self, address: int, old: HeapObject, joined: HeapObject, *, entirely: bool) -> HeapObject:
        match old, joined:
            case Mapping(), Mapping() if not entirely:
                entries = {
                    key: entry
                    if (before := old.entries.get(key)) is not None and self._same_entry(before, entry)
                    else Entry(changing(entry.value, (address, key)), _weaker(entry.presence), entry.missing)
                    for key, entry in joined.entries.items()
                }
                return replace(
                    joined, entries=entries, open=joined.open or not joined.entries.keys() <= old.entries.keys()
                )
            case Mapping(), Mapping():
                return anything(address, joined)
            case Sequence(), Sequence():
                return replace(joined, open=True)
            case Object(), Object():
                attributes = {
                    name: value if old.attributes.get(name) == value else changing(value, (address, name))
                    for name, value in joined.attributes.items()
                }
                return replace(joined, attributes=attributes)
            case _:
                return joined


def _weaker(presence: Presence) -> Presence:
    return presence if presence is Presence.ALWAYS else Presence.UNKNOWN
