"""What the answer of a function tells of what it did: `if not is_valid(token): raise` leaves behind what holds wherever
`is_valid` gives something true.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import OneOf, Value, alternatives


def answer(exits: Iterable[tuple[State, Value]], value: Value, facts: frozenset[object]) -> Value:
    """`value`, the joined answer of a function that ends in `exits`, with what each alternative tells besides `facts`,
    which hold on all of them.
    """
    if not isinstance(value, OneOf):
        return value
    outcomes: list[tuple[Value, frozenset[object]]] = []
    for state, given in exits:
        for option in alternatives(given):
            told = (state.facts | _told(given, option)) - facts
            for index, (other, earlier) in enumerate(outcomes):
                if other == option:
                    outcomes[index] = (other, earlier & told)
                    break
            else:
                outcomes.append((option, told))
    return replace(value, outcomes=tuple(outcomes)) if any(told for _, told in outcomes) else value


def learn(state: State, value: Value, kept: Iterable[Value]) -> None:
    """Takes into `state` what it tells that of the alternatives of `value` only `kept` are left."""
    if isinstance(value, OneOf) and value.outcomes:
        told = [_told(value, option) for option in kept]
        if told:
            state.facts |= frozenset.intersection(*told)


def _told(value: Value, option: Value) -> frozenset[object]:
    outcomes = value.outcomes if isinstance(value, OneOf) else ()
    return next((told for other, told in outcomes if other == option), frozenset())
