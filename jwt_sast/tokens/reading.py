"""What becomes of claims: whether the token is verified as well, and which claims the code tests by hand.

Every reading of a token is followed along the paths of the entry point that it happens in. A reading without a check of
the signature is harmless where the same token is verified on every path that goes on to use the claims.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.stdlib.refusals import REFUSAL, is_refusal_status
from jwt_sast.semantics.values import (
    Known,
    Mapping,
    Object,
    OneOf,
    Part,
    Produced,
    Sequence,
    Text,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from jwt_sast.tokens.late_checks import LateChecks

CLAIMS = "claims"
HEADER = "header"
TOKEN = "(token)"
"""The attribute under which a library's object keeps the token that it was made of, a name that no program can use.

Such an object gives the claims to whoever asks for them: handing it on uses none of those that are not verified."""
TIME_CLAIMS = frozenset({"exp", "iat", "nbf", "auth_time"})


class Use(enum.IntEnum):
    """How far the code relies on claims."""

    READ = 1
    """They are read; nothing shows what for."""
    GLANCE = 2
    """They are logged or shown, or only a time is looked at."""
    TESTED = 3
    """A condition looks at them."""
    HANDED_ON = 4
    """They are the result of the function."""
    DECIDES = 5
    """They are stored or passed to other code."""


@dataclass(eq=False, slots=True)
class Reading:
    """One reading of one token's claims or header. `depth` is how many calls lie between the entry point and it."""

    token: Value
    place: Place
    verified: bool
    depth: int = 0
    tested: set[object] = field(default_factory=set)
    """Claims that are compared or tested by hand."""
    tests: list[Place] = field(default_factory=list)
    """Where conditions look at claims, other than at their times."""
    used: bool = False
    """Whether anything is done with them."""
    escaped: bool = False
    """Whether the claims as a whole go where we cannot see."""
    followed: bool = False
    """Whether the same token is verified further on, on some path at least: the claims may have chosen a key for it."""
    open_ends: set[Use] = field(default_factory=set)
    """How the claims were used on paths that end without the token having been verified."""
    failed_open: bool = False
    """Whether they are used after a later verification of the same token has failed, and nobody minded."""
    late: LateChecks | None = None
    """The checks of claims that the verification has left to a second call; None where it makes them itself."""

    @property
    def nested(self) -> bool:
        """Whether it happens in a function called from its entry."""
        return self.depth > 0


@dataclass(frozen=True, slots=True)
class _Verified:
    token: Value


@dataclass(frozen=True, slots=True)
class _Attempted:
    token: Value


@dataclass(frozen=True, slots=True)
class _Pending:
    reading: Reading
    use: Use


@dataclass(frozen=True, slots=True)
class _Tried:
    """A verification of the same token has been tried after the reading, and has not succeeded."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class _UsedAllTheSame:
    reading: Reading


def begin(reading: Reading, state: State) -> None:
    """Claims are read now, without verification."""
    if not is_verified(reading.token, state):
        state.marks |= {_Pending(reading, Use.READ)}


def is_verified(token: Value, state: State) -> bool:
    """Whether the same token was verified on every path that leads here."""
    return _hashable(token) and _Verified(token) in state.facts


def was_attempted(token: Value, state: State) -> bool:
    """Whether a verification of the same token may have failed before."""
    return _hashable(token) and _Attempted(token) in state.marks and not is_verified(token, state)


def is_read(token: Value, state: State) -> bool:
    """Whether the same token has been verified or read before, on some path at least, with whatever result."""
    return _hashable(token) and (
        _Verified(token) in state.facts or _Attempted(token) in state.marks or bool(_pending(token, state))
    )


def attempt(token: Value, state: State, *, after_reading: bool = True) -> None:
    """A verification begins; it may raise. `after_reading` tells that it comes after all readings so far, and is not
    what happens in place of one of them.
    """
    if _hashable(token):
        tried = [_Tried(mark.reading) for mark in _pending(token, state)] if after_reading else []
        state.marks |= {_Attempted(token), *tried}


def succeed(token: Value, state: State) -> None:
    """A verification has not raised: what is pending for this token is settled on this path."""
    if _hashable(token):
        state.facts |= {_Verified(token)}
        settled = _pending(token, state)
        for mark in settled:
            mark.reading.followed = True
        state.marks -= {*settled, *(_Tried(mark.reading) for mark in settled)}


def _pending(token: Value, state: State) -> list[_Pending]:
    return [mark for mark in state.marks if isinstance(mark, _Pending) and mark.reading.token == token]


def use(value: Value, how: str, state: State, place: Place | None = None) -> None:
    """The interpreter sees `value` leave its sight, or decide something, at `place`."""
    for reading, key in readings_in(value):
        reading.used = True
        if how == "test" and place is not None and key is not None and key not in TIME_CLAIMS:
            reading.tests.append(place)
        if how in ("test", "read", "argument"):
            # A claim that is handed to a function of its own is looked at there.
            reading.tested.add(key)
        if key is None and how in ("argument", "return", "store"):
            reading.escaped = True
        if not reading.verified and not is_verified(reading.token, state):
            how_far = strength(how, key)
            state.marks |= {_Pending(reading, how_far)}
            if how_far >= Use.HANDED_ON and _Tried(reading) in state.marks:
                state.marks |= {_UsedAllTheSame(reading)}


def strength(how: str, key: object) -> Use:
    """How far code relies on the claim `key`, None for all of them, that it uses in the way `how`."""
    if how == "test" and key is None:
        return Use.READ
    if how in ("shown", "read") or key in TIME_CLAIMS:
        return Use.GLANCE
    return {"return": Use.HANDED_ON, "test": Use.TESTED}.get(how, Use.DECIDES)


def finish(state: State, value: Value) -> None:
    """A path ends. One that refuses uses no claims."""
    if all(refuses(state, option) for option in alternatives(value)):
        return
    for mark in state.marks:
        if isinstance(mark, _Pending) and not is_verified(mark.reading.token, state):
            mark.reading.open_ends.add(mark.use)
        elif isinstance(mark, _UsedAllTheSame) and not is_verified(mark.reading.token, state):
            mark.reading.failed_open = True


def refuses(state: State, value: Value) -> bool:
    """Whether giving back `value` says no: a false constant that is written out, an answer with a status like 401."""
    content = state.content(value)
    match content:
        case Known(constant=constant):
            return not constant and content.origin is not None
        case Produced(what=what):
            return what == REFUSAL
        case Sequence(items=items, kind="tuple"):
            return any(is_refusal_status(item) for item in items)
        case _:
            return False


def unanswered(readings: Iterable[Reading]) -> list[Reading]:
    """Those readings after which some path ends without the token having been verified.

    A function that only hands claims on is judged by its callers where they are known. Where
    the token is verified on some path, one that makes nothing of the claims has nothing to answer for.
    """
    readings = list(readings)
    deepest: dict[Place, int] = {}
    for reading in readings:
        deepest[reading.place] = max(reading.depth, deepest.get(reading.place, 0))
    return [
        reading
        for reading in readings
        if (worst := max(reading.open_ends, default=None)) is not None
        and not (reading.followed and worst < Use.TESTED)
        and not (reading.depth < deepest[reading.place] and worst <= Use.HANDED_ON)
    ]


def judge_by_callers(readings: Iterable[Reading]) -> None:
    """What every known caller of a function tests of the claims that it hands on counts as tested by the function."""
    readings = sorted(readings, key=lambda reading: -reading.depth)
    for reading in readings:
        above = reading.place, reading.depth + 1
        callers = [other.tested for other in readings if (other.place, other.depth) == above]
        if callers:
            reading.tested |= set.intersection(*callers)


def readings_in(value: Value, depth: int = 4) -> Iterator[tuple[Reading, object]]:
    """The readings that a value holds something of, each with the claim it is (None for the whole)."""
    match value:
        case Produced(what=what, detail=Reading() as reading) if what == CLAIMS:
            yield reading, None
        case Part():
            key: object = None
            inner: Value = value
            while isinstance(inner, Part):  # the claim is the outermost part that has a name next to the whole
                key, inner = inner.key if inner.kind in ("item", "attribute") else key, inner.of
            if isinstance(inner, Produced) and isinstance(inner.detail, Reading) and inner.what == CLAIMS:
                yield inner.detail, key
        case OneOf(alternatives=options) if depth:
            for option in options:
                yield from readings_in(option, depth - 1)
        case Mapping(entries=entries) if depth:
            for entry in entries.values():
                yield from readings_in(entry.value, depth - 1)
        case Sequence(items=items) if depth:
            for item in items:
                yield from readings_in(item, depth - 1)
        case Object(attributes=attributes) if depth:
            for attribute in attributes.values():
                for reading, key in readings_in(attribute, depth - 1):
                    if reading.verified or TOKEN not in attributes:
                        yield reading, key
        case Text(pieces=pieces) if depth:
            for piece in pieces:
                if isinstance(piece, Value):
                    yield from readings_in(piece, depth - 1)


def is_taken_from(value: Value, token: Value, claim: str) -> bool:
    """Whether a value is in every case what the unverified claims of that very token say, and nobody has looked at it:
    a check against it checks nothing.
    """
    options = [list(readings_in(option)) for option in alternatives(value)]
    return all(options) and all(
        key == claim and reading.token == token and not reading.verified and claim not in reading.tested
        for found in options
        for reading, key in found
    )


def is_picked_by(value: Value, claim: str) -> bool:
    """Whether a value is an item that has been looked up by what unverified claims say."""
    while isinstance(value, Part):
        if isinstance(value.key, Value) and any(key == claim for _, key in readings_in(value.key)):
            return True
        value = value.of
    return False


def _hashable(value: Value) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True
