"""The oracle itself: it refuses what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from admission import admits, written
from probing import HEAD, all_booleans, check, contradictions, run

from jwt_sast.semantics.values import (
    Absent,
    Constant,
    Duration,
    Entry,
    Environment,
    Form,
    Instant,
    Known,
    Mapping,
    OneOf,
    Presence,
    Sequence,
    Text,
    Unknown,
    Value,
    Zone,
)

ONE = Known(1)
ANY = Unknown("anything")

ADMITTED: list[tuple[Value, Any, bool]] = [
    (ONE, 1, True),
    (ONE, True, False),
    (ONE, 1.0, False),
    (Known(None), None, True),
    (Absent(), None, False),
    (ANY, ..., True),
    (OneOf((ONE, Known("a"))), "a", True),
    (OneOf((ONE, Known("a"))), "b", False),
    (Mapping({"a": Entry(ONE)}), {"a": 1}, True),
    (Mapping({"a": Entry(ONE)}), {}, False),
    (Mapping({"a": Entry(ONE)}), {"a": 2}, False),
    (Mapping({"a": Entry(ONE)}), {"a": 1, "b": 2}, False),
    (Mapping({"a": Entry(ONE)}, open=True), {"a": 1, "b": 2}, True),
    (Mapping({"a": Entry(ONE, Presence.SOMETIMES)}), {}, True),
    (Mapping({"a": Entry(ONE, Presence.UNKNOWN)}), {"a": 2}, False),
    (Mapping({"a": Entry(Absent(), Presence.NEVER)}, open=True), {"a": 1}, False),
    (Mapping({}), None, False),
    (Sequence((ONE, Known(2))), [1, 2], True),
    (Sequence((ONE, Known(2))), [2, 1], False),
    (Sequence((ONE, Known(2))), (1, 2), False),
    (Sequence((ONE,)), [1, 2], False),
    (Sequence((ONE,), open=True), [], True),
    (Sequence((ONE, Known(2)), kind="set"), {2, 1}, True),
    (Sequence((ONE, Known(2)), kind="set"), {1}, False),
    (Text(("a", ANY, "b")), "axb", True),
    (Text(("a", ANY, "b")), "xab", False),
    (Text(("a", ANY)), b"ab", True),
    (Environment("X"), "x", True),
    (Environment("X"), 1, False),
    (Environment("X", ONE), 1, True),
    (Duration(60), 61, True),
    (Duration(60), 70, False),
    (Duration(None), 70, True),
    (Instant(Form.SECONDS, Zone.AWARE), 0, False),
    (Instant(Form.SECONDS, Zone.AWARE, None), 0, True),
    (Instant(Form.DATETIME, Zone.AWARE), 0, False),
    (Instant(Form.SECONDS, Zone.AWARE), "0", False),
]


@pytest.mark.parametrize(("value", "concrete", "admitted"), ADMITTED, ids=lambda one: str(one)[:60])
def test_what_a_value_admits(value: Value, concrete: Any, admitted: bool) -> None:
    assert admits(value, concrete) is admitted


def test_a_value_is_written_so_that_presence_can_be_told() -> None:
    entries: dict[Constant, Entry] = {
        "a": Entry(ONE),
        "b": Entry(ONE, Presence.SOMETIMES),
        "c": Entry(ONE, Presence.UNKNOWN),
        "d": Entry(Absent(), Presence.NEVER),
    }
    assert written(Mapping(entries, open=True)) == "{'a': 1, 'b'?: 1, 'c'~: 1, 'd'!, ...}"


def test_a_wrong_answer_is_told() -> None:
    assert contradictions({3: [1, 2]}, {3: [ONE]}) == ["line 3: 2 is not in 1"]
    assert contradictions({3: [1, 2]}, {3: [ONE, Known(2)]}) == []


def test_a_probe_that_is_held_to_be_out_of_reach_is_told() -> None:
    assert contradictions({3: [1]}, {}) == ["line 3: 1 is not in unreachable"]


def test_every_input_is_run() -> None:
    seen = run(HEAD + "def program(p, q):\n    probe((p, q))\n", all_booleans(2))
    assert sorted(seen[3]) == [(False, False), (False, True), (True, False), (True, True)]


def test_a_run_without_end_is_ended() -> None:
    assert run(HEAD + "def program():\n    while True:\n        tick()\n        probe(1)\n", [()])[5]


def test_an_answer_that_is_not_the_expected_one_fails() -> None:
    with pytest.raises(AssertionError, match="probe"):
        check("probe(1)  #= 2")


def test_a_line_that_is_never_run_proves_nothing() -> None:
    with pytest.raises(AssertionError, match="never run"):
        check("if anything(0):\n    probe(1)  #= 1")
