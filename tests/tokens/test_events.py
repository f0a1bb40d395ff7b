"""What every event can be asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Absent, Value
from jwt_sast.syntax.source import Source
from jwt_sast.tokens.events import Event, Verification, Where
from jwt_sast.tokens.switches import OFF, ON

TESTS = [
    "tests/unit.py",
    "app/tests/sub/unit.py",
    "test_tokens.py",
    "app/tokens_test.py",
    "conftest.py",
    "a\\tests\\b.py",
]
OTHERS = ["app/service.py", "app/testimony.py", "contest.py", "app/latest/service.py", "attest/service.py"]


def event_in(path: str) -> Event:
    source = Source.parse(path, b"call()\n")
    return Event(where=Where(Place(source, source.module.body[0]), "jwt.encode"))


@pytest.mark.parametrize("path", TESTS)
def test_what_happens_in_a_test(path: str) -> None:
    assert event_in(path).in_test


@pytest.mark.parametrize("path", OTHERS)
def test_what_happens_elsewhere(path: str) -> None:
    assert not event_in(path).in_test


def test_where_it_happens() -> None:
    event = event_in("app/service.py")
    assert (event.place.location.path, event.place.location.line) == ("app/service.py", 1)
    assert event.function == "jwt.encode"


def test_a_claim_of_which_nothing_is_said_is_checked(
    places: list[Place], argument: Callable[[Value], Argument]
) -> None:
    nothing = argument(Absent())
    event = Verification(
        where=Where(places[0], "jwt.decode"), token=nothing, key=nothing, algorithms=nothing, checks={"exp": OFF}
    )
    assert event.check("exp") is OFF
    assert event.check("aud") is ON
