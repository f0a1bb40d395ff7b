"""Fallbacks that the code turns away: `if key == "dev": raise`, or a test that the variable is set at all.

What is said of a setting holds wherever it is read and whatever it is called there, so it is kept as a fact of the
path: it comes back from a helper that checks the setting, and counts for a reading before it as for one after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as ReadOnlySet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Environment, Known, Value, alternatives, each, one_of

if TYPE_CHECKING:
    from jwt_sast.semantics.state import State


@dataclass(frozen=True, slots=True)
class _Refused:
    """The setting `name` is not what it falls back to: not this constant, written there, or not any.

    Another reading of the setting may fall back to an equal one and be none the wiser.
    """

    name: str
    fallback: Known | None = None
    written: Place | None = None


@dataclass(frozen=True, slots=True)
class _Missed:
    """The setting `name` was looked for and is not set."""

    name: str


def found(state: State, name: str) -> None:
    """A test has come out so that the setting `name` is set, and is no fallback from here on."""
    _note(state, _Refused(name))


def missed(state: State, name: str) -> None:
    """A test has come out so that the setting `name` is not set."""
    _note(state, _Missed(name))


def is_missed(state: State, name: str) -> bool:
    """Whether it is known that the setting `name` is not set."""
    return _Missed(name) in state.facts


def refuse_lost(state: State, before: Environment, after: Value | None) -> None:
    """Takes note of the fallbacks that a test has ruled out, by what it has left of a setting."""
    left = set(_constants(after)) if after is not None else set()
    lost = [constant for constant in _constants(before) if constant not in left]
    if lost and not left:
        # It can only have been set.
        found(state, before.name)
    for constant in lost:
        _note(state, _refusal(before.name, constant))


def refuse(state: State, name: str, before: Value, keep: Callable[[Value], Value | None]) -> None:
    """Takes note of what a test has ruled out of a setting `name` that is kept outside of the code, by what it has of
    the project's own values `before`.
    """
    for option in alternatives(before):
        if isinstance(option, Environment):
            refuse_lost(state, option, keep(option))
        elif isinstance(option, Known) and keep(option) is None:
            _note(state, _refusal(name, option))


def without_refused(value: Value, name: str, state: State) -> Value | None:
    """What the setting `name` can still be, None for none of its known values."""
    kept = [
        settled(option, state.facts, state.marks) if isinstance(option, Environment) else option
        for option in alternatives(value)
        if not isinstance(option, Known) or not _is_refused(name, option, state.facts)
    ]
    return one_of(kept) if kept else None


def doubt(state: State, name: str) -> None:
    """Takes back that a fallback of the setting `name` cannot be; that it was turned away somewhere stays known."""
    state.facts = frozenset(fact for fact in state.facts if not isinstance(fact, _Refused) or fact.name != name)


def _refusal(name: str, fallback: Known) -> _Refused:
    return _Refused(name, fallback, None if fallback.origin is None else fallback.origin.root.place)


def _note(state: State, fact: _Refused | _Missed) -> None:
    if fact.name:
        noted = frozenset({fact})
        # As a mark it outlives a join: a test on one of several paths shows that its author knows of the fallback.
        state.facts, state.marks = state.facts | noted, state.marks | noted


def _constants(value: Value) -> Iterator[Known]:
    for option in alternatives(value):
        if isinstance(option, Known):
            yield option
        elif isinstance(option, Environment) and option.fallback is not None:
            yield from _constants(option.fallback)


def settled_value(value: Value, state: State) -> Value:
    """`value` as `settled` has it, any of its alternatives being a setting."""
    if not state.marks:
        return value
    return each(
        value,
        lambda one: settled(one, state.facts, state.marks) if isinstance(one, Environment) else one,
    )


def settled(value: Environment, facts: ReadOnlySet[object], marks: ReadOnlySet[object]) -> Environment:
    """`value` without the fallbacks that `facts` rule out; one that is turned away on some path counts as tested."""
    if value.fallback is None or not value.name or not marks:
        return value
    kept: list[Value] = []
    for option in alternatives(value.fallback):
        if isinstance(option, Environment):
            # What the outer setting is not, the inner one is not where it stands in for it.
            option = settled(replace(option, name=value.name), facts, marks)
        if _is_refused(value.name, option, facts):
            continue
        # A test from which both ways lead on refuses nothing.
        tested = _Missed(value.name) not in marks and _is_refused(value.name, option, marks)
        kept.append(replace(option, tested=True) if tested and isinstance(option, Known) else option)
    return replace(value, fallback=one_of(kept) if kept else None)


def _is_refused(name: str, fallback: Value, among: ReadOnlySet[object]) -> bool:
    return _Refused(name) in among or (isinstance(fallback, Known) and _refusal(name, fallback) in among)
