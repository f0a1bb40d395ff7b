"""Comprehensions and generator expressions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import libcst as cst

from jwt_sast.semantics import containers
from jwt_sast.semantics.bounds import MAX_UNROLLED
from jwt_sast.semantics.environment import Frame, PathEndsError
from jwt_sast.semantics.generators import values_of
from jwt_sast.semantics.joins import join_mappings, join_states
from jwt_sast.semantics.narrowing import assume
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.repetition import repeated
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Entry,
    Environment,
    Known,
    Mapping,
    OneOf,
    Presence,
    Produced,
    Reference,
    Sequence,
    Unknown,
    Value,
    one_of,
)
from jwt_sast.syntax.visitor import walk

Comprehension = cst.DictComp | cst.ListComp | cst.SetComp | cst.GeneratorExp


def evaluate(frame: Frame, state: State, node: Comprehension) -> Value:
    """The mapping or sequence that a comprehension makes. Its own names are gone afterwards."""
    hidden = dict(state.names)
    try:
        return _evaluate(frame, state, node)
    finally:
        kept = {name: state.names[name] for name in _walrus(node) if name in state.names}
        state.names = hidden | kept


def _walrus(node: Comprehension) -> frozenset[str]:
    """The names that the comprehension binds outside of itself."""
    return frozenset(
        part.target.value
        for part in walk(node)
        if isinstance(part, cst.NamedExpr) and isinstance(part.target, cst.Name)
    )


@dataclass(slots=True)
class _Round:
    """What one item has come to: a value, for a dict with its key, and whether it is surely taken in."""

    key: Value | None
    value: Value
    presence: Presence


def _evaluate(frame: Frame, state: State, node: Comprehension) -> Value:
    return _over(frame, state, node, state.opened(frame.evaluate(state, node.for_in.iter)))


def _over(frame: Frame, state: State, node: Comprehension, iterable: Value) -> Value:
    if isinstance(iterable, Environment) and iterable.fallback is not None:
        # Of what is set outside it makes something else that is set outside.
        return replace(iterable, fallback=_over(frame, state, node, iterable.fallback))
    steps = known_steps(state, iterable)
    rounds: list[_Round] = []

    def take(current: State, item: Value, presence: Presence) -> State:
        taken = current.fork()
        made = _round(frame, taken, node, item)
        if made is None:
            return current
        rounds.append(replace(made, presence=_both(made.presence, presence)))
        if rounds[-1].presence is Presence.ALWAYS:
            return taken
        joined = join_states(current, taken, proof=False)
        return current if joined is None else joined

    if steps is not None and len(steps) <= MAX_UNROLLED and node.for_in.inner_for_in is None:
        for item, presence in steps:
            state.become(take(state, item, presence))
        return _collect(state, node, rounds, frame.origin(node), more=False)
    end = repeated(
        state,
        lambda current: current,
        lambda current: take(current, element(current, iterable, node), Presence.UNKNOWN),
    )
    assert end is not None, "a comprehension may always be over"
    state.become(end)
    return _collect(state, node, rounds, frame.origin(node), more=True)


def _both(one: Presence, other: Presence) -> Presence:
    return one if other is Presence.ALWAYS else other


def _round(frame: Frame, state: State, node: Comprehension, item: Value) -> _Round | None:
    """One turn in `state`; None where its conditions surely do not hold."""
    presence = Presence.ALWAYS
    try:
        frame.assign(state, node.for_in.target, item)
        inner: cst.CompFor | None = node.for_in
        while inner is not None:
            for condition in inner.ifs:
                decided = frame.test(state, condition.test)
                narrowed = assume(frame, state, condition.test, True)
                if decided is False or narrowed is None:
                    return None
                # A filter may drop it; whether it ever does is not shown.
                presence = presence if decided is True else Presence.UNKNOWN
            inner = inner.inner_for_in
            if inner is not None:
                iterable = state.opened(frame.evaluate(state, inner.iter))
                frame.assign(state, inner.target, element(state, iterable, inner))
        if isinstance(node, cst.DictComp):
            return _Round(frame.evaluate(state, node.key), frame.evaluate(state, node.value), presence)
        return _Round(None, frame.evaluate(state, node.elt), presence)
    except PathEndsError:
        return None


def _collect(state: State, node: Comprehension, rounds: list[_Round], origin: Origin, *, more: bool) -> Value:
    if not isinstance(node, cst.DictComp):
        is_open = more or any(one.presence is not Presence.ALWAYS for one in rounds)
        kind = "set" if isinstance(node, cst.SetComp) else "list"
        values = tuple(one.value for one in rounds)
        return state.allocate(containers.bounded(Sequence(values, is_open, kind, origin=origin)))
    mapping = Mapping({}, more, origin=origin)
    for one in rounds:
        assert one.key is not None, "a dict comprehension has keys"
        if one.presence is Presence.ALWAYS:
            mapping = containers.put(mapping, one.key, one.value)
        elif isinstance(one.key, Known):
            mapping = containers.put_sometimes(mapping, one.key.constant, Entry(one.value, one.presence))
        else:
            mapping = join_mappings(mapping, containers.put(mapping, one.key, one.value), proof=False)
    return state.allocate(replace(mapping, open=True) if more else mapping)


Step = tuple[Value, Presence]
"""An item that a loop goes through, and whether it does so always."""


def known_steps(state: State, iterable: Value) -> tuple[Step, ...] | None:
    """What a loop over `iterable` goes through, in order, where all of that is known."""
    match state.content(iterable):
        case Sequence(items=items, open=False, kind=kind) if kind != "set" or len(items) < 2:
            return tuple((item, Presence.ALWAYS) for item in items)
        case Mapping() as mapping:
            return _keys(mapping)
        case Produced(what="items", detail=Reference() as reference):
            return _pairs(state, reference)
        case _:
            return None


def known_items(state: State, iterable: Value) -> tuple[Value, ...] | None:
    """The items of `iterable` where it is known that they are just these, in this order."""
    steps = known_steps(state, iterable)
    if steps is None or any(presence is not Presence.ALWAYS for _, presence in steps):
        return None
    return tuple(item for item, _ in steps)


def _keys(mapping: Mapping) -> tuple[Step, ...] | None:
    if mapping.open:
        return None
    return tuple(
        (Known(key, origin=entry.value.origin), entry.presence)
        for key, entry in mapping.entries.items()
        if entry.presence is not Presence.NEVER
    )


def _pairs(state: State, reference: Reference) -> tuple[Step, ...] | None:
    """The key and value pairs of a mapping whose keys are all known."""
    mapping = state.content(reference)
    steps = _keys(mapping) if isinstance(mapping, Mapping) else None
    if not isinstance(mapping, Mapping) or steps is None:
        return None
    return tuple(
        (state.allocate(Sequence((key, mapping.entries[key.constant].value), kind="tuple")), presence)
        for key, presence in steps
        if isinstance(key, Known)
    )


def element(state: State, iterable: Value, site: object) -> Value:
    """One item of `iterable`, whichever."""
    if isinstance(iterable, OneOf):
        return one_of([element(state, option, site) for option in iterable.alternatives], site=site)
    if (yielded := values_of(iterable)) is not None:
        return one_of(yielded, site=site)
    match state.content(iterable):
        case Sequence() as sequence:
            return containers.any_item(state, sequence, site)
        case Mapping(open=False) as mapping:
            keys: list[Value] = [
                Known(key) for key, entry in mapping.entries.items() if entry.presence is not Presence.NEVER
            ]
            return one_of(keys, site=site)
        case Produced(what="items", detail=Reference() as reference):
            mapping_of = state.content(reference)
            if not isinstance(mapping_of, Mapping):
                return Unknown("an item", site)
            value = containers.any_item(state, mapping_of, site)
            return state.allocate(Sequence((element(state, reference, site), value), kind="tuple"))
        case _:
            return Unknown("an item", site)
