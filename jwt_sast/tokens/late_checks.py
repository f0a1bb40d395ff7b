"""Checks of claims that a library makes only when it is asked to, by a second call: `claims.validate()`.

Until then an expired token is as good as any. Every verification of this kind is followed along the paths of the entry
point that it happens in, as unverified readings are: a path that ends without the second call leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Part, Value, alternatives
from jwt_sast.tokens.reading import Reading, Use, readings_in, refuses, strength
from jwt_sast.tokens.switches import OFF, ON, UNKNOWN, Setting, Switch

TIMES = frozenset({"exp", "nbf", "iat"})


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked of claims: which must be there, and what the audience and the issuer must be (None: nothing)."""

    required: frozenset[str] = frozenset()
    audience: Argument | None = None
    issuer: Argument | None = None


@dataclass(eq=False, slots=True)
class LateChecks:
    """What the second call would check after one verification, and whether it is made.

    `claims` are those that wait for it, `call` is what it is called in messages.
    """

    call: str
    claims: frozenset[str] = TIMES
    open_ends: set[Use] = field(default_factory=set)
    """How the claims were used on paths that end without it."""
    made: bool = False
    """Whether some path makes it."""
    made_elsewhere: bool = False
    """Whether it is made where the claims are kept, on no path from the verification itself."""
    entrusted: bool = False
    """Whether the claims as a whole were passed to code that cannot be seen, which may make it."""
    made_of: bool = False
    """Whether something is done with what a call has made of them: that call was for its result."""
    demands: Demands | None = None
    """What the second call asks of the claims, where that is not known before."""

    @property
    def switch(self) -> Switch:
        """Whether the claims are checked. A path that makes nothing of them does not count beside one that checks."""
        worst = max(self.open_ends, default=None)
        if worst is None or self.made_elsewhere or (self.made and worst < Use.TESTED):
            return ON
        if self.entrusted and not self.made_of:
            return UNKNOWN
        return Switch(Setting.SOMETIMES_OFF) if self.made else OFF

    @property
    def only_handed_on(self) -> bool:
        """Whether nothing is done with the unchecked claims but that they are the result of the function."""
        return max(self.open_ends, default=Use.READ) <= Use.HANDED_ON


@dataclass(frozen=True, slots=True)
class _Open:
    reading: Reading
    use: Use


@dataclass(frozen=True, slots=True)
class _Made:
    reading: Reading


def begin(reading: Reading, state: State) -> None:
    """A token is verified now, without a look at its times."""
    state.marks |= {_Open(reading, Use.READ)}


def make(claims: Value, state: State, demands: Demands | None = None) -> None:
    """The second call has not raised: it has checked `claims`, which other verifications of the same token give too."""
    for reading, key in readings_in(claims):
        if key is not None or reading.late is None:
            continue
        found = [mark for mark in state.marks if isinstance(mark, _Open) and mark.reading.token == reading.token]
        reading.late.made_elsewhere |= not found and _Made(reading) not in state.facts
        for one in (reading, *(mark.reading for mark in found)):
            if one.late is not None:
                one.late.made = True
                one.late.demands = demands or one.late.demands
        state.marks -= frozenset(found)
        state.facts |= {_Made(reading)}


def use(value: Value, how: str, state: State) -> None:
    """The interpreter sees `value` leave its sight, or decide something."""
    if not any(isinstance(mark, _Open) for mark in state.marks):
        return
    for option in alternatives(value):
        for reading, key in readings_in(option):
            if reading.late is not None and _Open(reading, Use.READ) in state.marks:
                state.marks |= {_Open(reading, strength(how, key))}
                reading.late.entrusted |= key is None and how == "argument"
                # Where one path makes the second call on such a result, the others do so out of sight.
                reading.late.made_of |= _is_result(option) and not reading.late.made


def _is_result(value: Value) -> bool:
    """Whether a value is what a call has given, or a part of that."""
    while isinstance(value, Part):
        if value.kind == "call":
            return True
        value = value.of
    return False


def finish(state: State, value: Value) -> None:
    """A path ends. One that refuses uses no claims."""
    if all(refuses(state, option) for option in alternatives(value)):
        return
    for mark in state.marks:
        if isinstance(mark, _Open) and mark.reading.late is not None:
            mark.reading.late.open_ends.add(mark.use)


def judge_by_others(readings: Iterable[Reading]) -> None:
    """A function that only hands claims on is judged by its callers where they are known; and what is checked where
    the claims are kept is checked for every run of the code that keeps them.
    """
    late = [(reading, reading.late) for reading in readings if reading.late is not None]
    called = {reading.place for reading, _ in late if reading.nested}
    kept = {reading.place for reading, checks in late if checks.made_elsewhere}
    for reading, checks in late:
        checks.made_elsewhere |= reading.place in kept
        if not reading.nested and reading.place in called and checks.only_handed_on:
            checks.open_ends.clear()
