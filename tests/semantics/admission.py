"""Whether an abstract value admits a concrete one, and how an abstract value is written down in a table."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from jwt_sast.semantics.values import (
    Absent,
    Duration,
    Entry,
    Environment,
    Form,
    Function,
    Instant,
    Known,
    Mapping,
    Object,
    OneOf,
    Presence,
    Sequence,
    Symbol,
    Text,
    Value,
    Zone,
    alternatives,
)

TOLERANCE = 2.0
"""Seconds that may lie between running a program and judging what it gave."""

_KINDS: dict[str, type | tuple[type, ...]] = {"list": list, "tuple": tuple, "set": (set, frozenset)}
_PER_SECOND = {Form.SECONDS: 1, Form.MILLISECONDS: 1e3, Form.MICROSECONDS: 1e6, Form.NANOSECONDS: 1e9}


def admits(value: Value, concrete: Any) -> bool:
    """Whether `concrete` is one of the things that `value` says the expression can be."""
    match value:
        case OneOf(alternatives=options):
            return any(admits(option, concrete) for option in options)
        case Known(constant=constant):
            return type(constant) is type(concrete) and bool(constant == concrete)
        case Mapping():
            return _mapping(value, concrete)
        case Sequence():
            return _sequence(value, concrete)
        case Text(pieces=pieces):
            text = concrete.decode("latin-1") if isinstance(concrete, bytes) else concrete
            return isinstance(text, str) and re.fullmatch(_pattern(pieces), text, re.DOTALL) is not None
        case Environment(fallback=fallback):
            return isinstance(concrete, str | None) or (fallback is not None and admits(fallback, concrete))
        case Instant():
            return _instant(value, concrete)
        case Duration(seconds=seconds):
            length = concrete.total_seconds() if isinstance(concrete, timedelta) else concrete
            return isinstance(length, int | float) and (seconds is None or abs(length - seconds) < TOLERANCE)
        case Object():
            return concrete is not None and not isinstance(concrete, str | int | dict | list | tuple)
        case Function():
            return callable(concrete)
        case Symbol():
            return concrete is not None
        case Absent():
            return False
        case _:
            return True


def _mapping(value: Mapping, concrete: Any) -> bool:
    if not isinstance(concrete, dict) or (not value.open and not concrete.keys() <= value.entries.keys()):
        return False
    return all(_entry(entry, key in concrete, concrete.get(key)) for key, entry in value.entries.items())


def _entry(entry: Entry, there: bool, concrete: Any) -> bool:
    if not there:
        return entry.presence is not Presence.ALWAYS
    return entry.presence is not Presence.NEVER and admits(entry.value, concrete)


def _sequence(value: Sequence, concrete: Any) -> bool:
    if not isinstance(concrete, list | tuple | set | frozenset) or not isinstance(concrete, _KINDS[value.kind]):
        return False
    if value.open:
        return True
    if isinstance(concrete, set | frozenset):
        covered = all(any(admits(item, one) for item in value.items) for one in concrete)
        return covered and all(any(admits(item, one) for one in concrete) for item in value.items)
    pairs = zip(value.items, concrete, strict=False)
    return len(value.items) == len(concrete) and all(admits(item, one) for item, one in pairs)


def _pattern(pieces: tuple[str | Value, ...]) -> str:
    return "".join(re.escape(piece) if isinstance(piece, str) else ".*" for piece in pieces)


def _instant(value: Instant, concrete: Any) -> bool:
    if isinstance(concrete, time.struct_time):
        return value.form is Form.DATETIME
    # What was read by the wrong clock is off by the zone's distance from UTC.
    skew = {Zone.AWARE: 0.0, Zone.UTC_NAIVE: -_utc_offset(), Zone.LOCAL_NAIVE: _utc_offset()}[value.zone]
    if isinstance(concrete, datetime) is not (value.form is Form.DATETIME):
        return False
    if not isinstance(concrete, datetime):
        if not isinstance(concrete, int | float):
            return False
        distance = concrete / _PER_SECOND[value.form] - time.time() - skew
    elif concrete.tzinfo is not None:
        distance = (concrete - datetime.now(UTC)).total_seconds() - skew
    elif value.zone is Zone.AWARE:
        return False
    else:
        now = datetime.now() if value.zone is Zone.LOCAL_NAIVE else datetime.now(UTC).replace(tzinfo=None)
        distance = (concrete - now).total_seconds()
    return value.offset is None or abs(distance - value.offset) < TOLERANCE


def _utc_offset() -> float:
    return float(time.localtime().tm_gmtoff)


_MARKS = {Presence.ALWAYS: "", Presence.SOMETIMES: "?", Presence.UNKNOWN: "~", Presence.NEVER: "!"}


def written(value: Value) -> str:
    """`value` as the tables write it.

    A key with `?` is missing on some path, with `~` it may be, with `!` it is missing; `...` stands for what is open.
    """
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value)
    return "any"


def _written_mapping(value: Mapping) -> str:
    parts = [
        f"{key!r}!" if entry.presence is Presence.NEVER else f"{key!r}{_MARKS[entry.presence]}: {written(entry.value)}"
        for key, entry in value.entries.items()
    ]
    return "{" + ", ".join([*parts, *["..."] * value.open]) + "}"


def _written_sequence(value: Sequence) -> str:
    left, right = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}[value.kind]
    items = list(map(written, value.items))
    # What an open one may hold, however often.
    return left + ", ".join([*dict.fromkeys(items), "..."] if value.open else items) + right


def _written_text(value: Text) -> str:
    return (
        "f'" + "".join(piece if isinstance(piece, str) else "{" + written(piece) + "}" for piece in value.pieces) + "'"
    )


def _written_instant(value: Instant) -> str:
    offset = "?" if value.offset is None else f"{value.offset:+g}"
    return f"now{offset} {value.form.value} {value.zone.value}"


def _written_environment(value: Environment) -> str:
    return f"${value.name}" + ("" if value.fallback is None else f" else {written(value.fallback)}")


_WRITERS: dict[type[Value], Callable[[Any], str]] = {
    OneOf: lambda value: " | ".join(dict.fromkeys(map(written, alternatives(value)))),
    Known: lambda value: repr(value.constant),
    Mapping: _written_mapping,
    Sequence: _written_sequence,
    Text: _written_text,
    Instant: _written_instant,
    Duration: lambda value: "? s" if value.seconds is None else f"{value.seconds:g} s",
    Environment: _written_environment,
    Symbol: lambda value: value.name,
    Function: lambda value: "function",
    Object: lambda value: "object",
    Absent: lambda value: "absent",
}
