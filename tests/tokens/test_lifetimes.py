"""How long tokens live by what a framework is told."""

from __future__ import annotations

import pytest

from jwt_sast.semantics.values import Duration, Environment, Known, OneOf, Unknown, Value
from jwt_sast.tokens.lifetimes import is_certain, lengths, never

HOUR = Duration(3600.0)
NEVER = Known(None)
OFF = Known(False)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (HOUR, [3600]),
        (Known(60), [60]),
        (Known(1.5), [1.5]),
        (Known(True), []),
        (OFF, []),
        (NEVER, []),
        (Known("60"), []),
        (Duration(None), []),
        (Unknown("a parameter"), []),
        (OneOf((HOUR, Known(60))), [3600, 60]),
        (Environment("A", Known(60)), [60]),
        (Environment("A"), []),
    ],
)
def test_lengths(value: Value, seconds: list[float]) -> None:
    assert [length for _, length in lengths(value)] == seconds


@pytest.mark.parametrize(
    ("value", "switched_off"),
    [
        (NEVER, [NEVER]),
        (OFF, [OFF]),
        (Known(0), []),
        (HOUR, []),
        (Unknown("a parameter"), []),
        (OneOf((HOUR, NEVER)), [NEVER]),
        (Environment("A", NEVER), [NEVER]),
    ],
)
def test_never(value: Value, switched_off: list[Value]) -> None:
    assert list(never(value)) == switched_off


@pytest.mark.parametrize(
    ("value", "certain"),
    [(HOUR, True), (NEVER, True), (OneOf((HOUR, NEVER)), False), (Environment("A", NEVER), False)],
)
def test_certainty(value: Value, certain: bool) -> None:
    assert is_certain(value) is certain
