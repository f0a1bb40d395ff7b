"""Comprehensions and generator expressions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import libcst as cst

from jwt_sast.semantics import containers
from jwt_sast.semantics.bounds import MAX_UNROLLED
from jwt_sast.semantics.environment import Frame, PathEndsError
from jwt_sast.semantics.narrowing import assume
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Known,
    Mapping,
    Presence,
    Produced,
    Reference,
    Sequence,
    Unknown,
    Value,
    one_of,
)

Comprehension = cst.DictComp | cst.ListComp | cst.SetComp | cst.GeneratorExp


def evaluate(frame: Frame, state: State, node: Comprehension) -> Value:
    """The mapping or sequence that a comprehension makes."""
    hidden = dict(state.names)
    try:
        return _evaluate(frame, state, node)
    finally:
        state.names = hidden | {
            name: value for name, value in state.names.items() if name not in hidden and name in _walrus(node)
        }


def _walrus(node: Comprehension) -> frozenset[str]:
    """The names that a condition of the comprehension binds outside of it."""
    targets = [
        test.test.target.value
        for test in node.for_in.ifs
        if isinstance(test.test, cst.NamedExpr) and isinstance(test.test.target, cst.Name)
    ]
    return frozenset(targets)


def _evaluate(frame: Frame, state: State, node: Comprehension) -> Value:
    iterable = frame.evaluate(state, node.for_in.iter)
    filtered = bool(node.for_in.ifs)
    items = known_items(state, iterable)
    if items is not None and len(items) <= MAX_UNROLLED and node.for_in.inner_for_in is None:
        rounds = [_round(frame, state, node, item) for item in items]
        return _collect(state, node, [one for one in rounds if one is not None], frame, filtered=filtered)
    body = _round(frame, state, node, element(state, iterable, node))
    if isinstance(node, cst.DictComp):
        return state.allocate(Mapping({}, open=True, origin=frame.origin(node)))
    values = () if body is None else (body[1],)
    return state.allocate(Sequence(values, True, origin=frame.origin(node)))


def _round(frame: Frame, state: State, node: Comprehension, item: Value) -> tuple[Value | None, Value, bool] | None:
    """One turn: key, value, and whether the conditions surely hold; None where they surely do not."""
    certain = True
    try:
        frame.assign(state, node.for_in.target, item)
        inner: Any = node.for_in
        while inner is not None:
            for condition in inner.ifs:
                decided = frame.test(state, condition.test)
                if decided is False or assume(frame, state.fork(), condition.test, True) is None:
                    return None
                certain = certain and decided is True
            inner = inner.inner_for_in
            if inner is not None:
                frame.assign(state, inner.target, element(state, frame.evaluate(state, inner.iter), inner))
        if isinstance(node, cst.DictComp):
            return frame.evaluate(state, node.key), frame.evaluate(state, node.value), certain
        return None, frame.evaluate(state, node.elt), certain
    except PathEndsError:
        return None


def _collect(
    state: State,
    node: Comprehension,
    rounds: list[tuple[Value | None, Value, bool]],
    frame: Frame,
    *,
    filtered: bool,
) -> Value:
    origin = frame.origin(node)
    if not isinstance(node, cst.DictComp):
        is_open = filtered and not all(certain for _, _, certain in rounds)
        return state.allocate(Sequence(tuple(value for _, value, _ in rounds), is_open, origin=origin))
    mapping = Mapping({}, origin=origin)
    for key, value, certain in rounds:
        assert key is not None, "a dict comprehension has keys"
        mapping = containers.put(mapping, key, value)
        if not certain and isinstance(key, Known):
            # A filter may drop it; whether it ever does is not shown.
            entry = mapping.entries[key.constant]
            mapping = mapping.with_entry(key.constant, replace(entry, presence=Presence.UNKNOWN))
    return state.allocate(mapping)


def known_items(state: State, iterable: Value) -> tuple[Value, ...] | None:
    """What a loop over `iterable` goes through, where all of it is known."""
    match state.content(iterable):
        case Sequence(items=items, open=False):
            return items
        case Mapping(entries=entries, open=False):
            if all(entry.presence is Presence.ALWAYS for entry in entries.values()):
                return tuple(Known(key) for key in entries)
            return None
        case Produced(what="items", detail=Reference() as reference):
            return _pairs(state, reference)
        case _:
            return None


def _pairs(state: State, reference: Reference) -> tuple[Value, ...] | None:
    """The key and value pairs of a mapping whose keys are all known."""
    mapping = state.content(reference)
    if not isinstance(mapping, Mapping) or mapping.open:
        return None
    present = [(key, entry) for key, entry in mapping.entries.items() if entry.presence is not Presence.NEVER]
    return tuple(
        state.allocate(Sequence((Known(key, origin=entry.value.origin), entry.value), kind="tuple"))
        for key, entry in present
    )


def element(state: State, iterable: Value, site: object) -> Value:
    """One item of `iterable`, whichever."""
    match state.content(iterable):
        case Sequence(items=items, open=False) if items:
            return one_of(items, site=site)
        case Sequence(items=items, open=True) if items:
            return one_of([*items, Unknown("an item", site)], site=site)
        case Mapping(entries=entries, open=False) if entries:
            return one_of([Known(key) for key in entries], site=site)
        case _:
            return Unknown("an item", site)
