"""What values need around them before they can be shown to `tokens/`: places in a file, and arguments there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Value
from jwt_sast.syntax.source import Source


@pytest.fixture
def places() -> list[Place]:
    """The ten lines of a file, each a place of its own."""
    source = Source.parse("app/service.py", "".join(f"line_{number}\n" for number in range(10)).encode())
    return [Place(source, statement) for statement in source.module.body]


@pytest.fixture
def argument(places: list[Place]) -> Callable[[Value], Argument]:
    """Makes an argument of a value, on the first line."""
    return lambda value: Argument(value, places[0])
