"""What becomes of claims on the paths of one entry point."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Entry,
    Known,
    Mapping,
    Object,
    OneOf,
    Part,
    Produced,
    Sequence,
    Text,
    Unknown,
    Value,
)
from jwt_sast.tokens import reading
from jwt_sast.tokens.reading import CLAIMS, HEADER, Reading, Use

TOKEN = Unknown("a parameter", "token")
OTHER = Unknown("a parameter", "other")
RESULT = Unknown("a call", "result")
NO_HASH = Mapping({"access_token": Entry(TOKEN)})

Make = Callable[..., Reading]


@pytest.fixture
def read(places: list[Place]) -> Make:
    """Makes a reading of a token, on the first line unless told."""

    def make(token: Value = TOKEN, *, verified: bool = False, depth: int = 0, line: int = 1) -> Reading:
        return Reading(token, places[line - 1], verified, depth)

    return make


@pytest.fixture
def state() -> State:
    return State()


def claims(made: Reading) -> Value:
    return Produced(CLAIMS, made)


def claim(made: Reading, name: str) -> Value:
    return Part(claims(made), name)


def verify(token: Value, state: State) -> None:
    """A verification of `token` that does not raise."""
    reading.attempt(token, state)
    reading.succeed(token, state)


class TestVerification:
    def test_before_any_nothing_is_verified(self, state: State) -> None:
        assert not reading.is_verified(TOKEN, state)
        assert not reading.was_attempted(TOKEN, state)

    def test_one_that_may_fail(self, state: State) -> None:
        reading.attempt(TOKEN, state)
        assert reading.was_attempted(TOKEN, state)
        assert not reading.is_verified(TOKEN, state)

    def test_one_that_has_not_failed(self, state: State) -> None:
        verify(TOKEN, state)
        assert reading.is_verified(TOKEN, state)
        assert not reading.was_attempted(TOKEN, state)

    def test_of_another_token(self, state: State) -> None:
        verify(OTHER, state)
        assert not reading.is_verified(TOKEN, state)
        reading.attempt(OTHER, state)
        assert not reading.was_attempted(TOKEN, state)

    def test_of_what_cannot_be_compared(self, state: State) -> None:
        verify(NO_HASH, state)
        assert not reading.is_verified(NO_HASH, state)
        assert not reading.was_attempted(NO_HASH, state)


class TestOpenEnds:
    """How claims were used on a path that ends."""

    def test_claims_that_are_only_read(self, read: Make, state: State) -> None:
        made = read()
        reading.begin(made, state)
        reading.finish(state, RESULT)
        assert made.open_ends == {Use.READ}

    @pytest.mark.parametrize(
        ("how", "strength"),
        [
            ("return", Use.HANDED_ON),
            ("store", Use.DECIDES),
            ("argument", Use.DECIDES),
            ("test", Use.TESTED),
            ("shown", Use.GLANCE),
            ("read", Use.GLANCE),
        ],
    )
    def test_a_claim_that_is_used(self, read: Make, state: State, how: str, strength: Use) -> None:
        made = read()
        reading.begin(made, state)
        reading.use(claim(made, "role"), how, state)
        reading.finish(state, RESULT)
        assert max(made.open_ends) is strength

    @pytest.mark.parametrize("name", ["exp", "iat", "nbf", "auth_time"])
    @pytest.mark.parametrize("how", ["return", "store", "argument", "test"])
    def test_a_time_is_only_glanced_at(self, read: Make, state: State, name: str, how: str) -> None:
        made = read()
        reading.begin(made, state)
        reading.use(claim(made, name), how, state)
        reading.finish(state, RESULT)
        assert max(made.open_ends) is Use.GLANCE

    def test_whether_there_are_claims_at_all_decides_nothing(self, read: Make, state: State) -> None:
        made = read()
        reading.begin(made, state)
        reading.use(claims(made), "test", state)
        reading.finish(state, RESULT)
        assert made.open_ends == {Use.READ}

    @pytest.mark.parametrize("constant", [None, False, "", 0])
    def test_a_path_that_refuses_uses_none(
        self, read: Make, state: State, places: list[Place], constant: str | int | None
    ) -> None:
        made = read()
        reading.begin(made, state)
        reading.finish(state, Known(constant, origin=Origin(places[1])))
        assert made.open_ends == set()

    def test_one_that_ends_without_a_word_does(self, read: Make, state: State) -> None:
        made = read()
        reading.begin(made, state)
        reading.finish(state, Known(None))
        assert made.open_ends == {Use.READ}

    def test_a_token_that_was_verified_before(self, read: Make, state: State) -> None:
        made = read()
        verify(TOKEN, state)
        reading.begin(made, state)
        reading.use(claim(made, "role"), "return", state)
        reading.finish(state, RESULT)
        assert made.open_ends == set()
        assert not made.followed

    def test_a_token_that_is_verified_afterwards(self, read: Make, state: State) -> None:
        made = read()
        reading.begin(made, state)
        reading.use(claim(made, "iss"), "argument", state)
        verify(TOKEN, state)
        reading.use(claim(made, "role"), "return", state)
        reading.finish(state, RESULT)
        assert made.open_ends == set()
        assert made.followed

    def test_another_token_that_is_verified(self, read: Make, state: State) -> None:
        made = read()
        reading.begin(made, state)
        verify(OTHER, state)
        reading.finish(state, RESULT)
        assert made.open_ends == {Use.READ}
        assert not made.followed

    def test_a_verification_that_may_have_failed_settles_nothing(self, read: Make, state: State) -> None:
        made = read()
        reading.attempt(TOKEN, state)
        reading.begin(made, state)
        reading.finish(state, RESULT)
        assert made.open_ends == {Use.READ}

    def test_a_token_that_cannot_be_compared_stays_open(self, read: Make, state: State) -> None:
        made = read(NO_HASH)
        reading.begin(made, state)
        verify(NO_HASH, state)
        reading.finish(state, RESULT)
        assert made.open_ends == {Use.READ}

    def test_every_path_counts(self, read: Make, state: State) -> None:
        made = read()
        reading.begin(made, state)
        other = state.fork()
        reading.use(claim(made, "role"), "return", state)
        verify(OTHER, other)
        for path in (state, other):
            reading.finish(path, RESULT)
        assert made.open_ends == {Use.READ, Use.HANDED_ON}


class TestTested:
    """Which claims the code looks at by hand, verified or not."""

    @pytest.mark.parametrize("verified", [True, False])
    @pytest.mark.parametrize(
        ("how", "looks"), [("test", True), ("argument", True), ("return", False), ("store", False)]
    )
    def test_by_what_is_done(self, read: Make, state: State, verified: bool, how: str, looks: bool) -> None:
        made = read(verified=verified)
        reading.use(claim(made, "aud"), how, state)
        assert made.tested == ({"aud"} if looks else set())

    def test_verified_claims_leave_nothing_open(self, read: Make, state: State) -> None:
        made = read(verified=True)
        reading.use(claim(made, "role"), "return", state)
        reading.finish(state, RESULT)
        assert made.open_ends == set()

    def test_claims_that_go_away_as_a_whole(self, read: Make, state: State) -> None:
        made = read(verified=True)
        reading.use(claim(made, "aud"), "argument", state)
        assert not made.escaped
        reading.use(claims(made), "argument", state)
        assert made.escaped


INSIDE: dict[str, Callable[[Value], Value]] = {
    "the claim itself": lambda value: value,
    "a part of it": lambda value: Part(value, 0),
    "an attribute of it": lambda value: Part(value, "name", "attribute"),
    "what a method makes of it": lambda value: Part(value, ("split",), "call"),
    "one of several": lambda value: OneOf((RESULT, value)),
    "in a mapping": lambda value: Mapping({"role": Entry(value)}),
    "in a list": lambda value: Sequence((RESULT, value)),
    "in an object": lambda value: Object({"role": value}),
    "in a text": lambda value: Text(("role: ", value)),
    "in a list in a mapping": lambda value: Mapping({"roles": Entry(Sequence((value,)))}),
}

OUTSIDE: dict[str, Callable[[Value], Value]] = {
    "something else": lambda value: RESULT,
    "a part of something else": lambda value: Part(RESULT, "aud"),
    "behind more walls than are looked through": lambda value: Sequence(
        (Sequence((Sequence((Sequence((Sequence((value,)),)),)),)),)
    ),
}


class TestWhereClaimsAre:
    @pytest.mark.parametrize("hide", INSIDE.values(), ids=INSIDE)
    def test_seen(self, read: Make, state: State, hide: Callable[[Value], Value]) -> None:
        made = read(verified=True)
        reading.use(hide(claim(made, "aud")), "test", state)
        assert made.tested == {"aud"}

    @pytest.mark.parametrize("hide", OUTSIDE.values(), ids=OUTSIDE)
    def test_not_seen(self, read: Make, state: State, hide: Callable[[Value], Value]) -> None:
        made = read(verified=True)
        reading.use(hide(claim(made, "aud")), "test", state)
        assert made.tested == set()

    def test_a_header_is_no_claims(self, read: Make, state: State) -> None:
        made = read()
        reading.use(Part(Produced(HEADER, made), "kid"), "test", state)
        assert made.tested == set()

    def test_each_reading_for_itself(self, read: Make, state: State) -> None:
        one, other = read(), read(OTHER)
        reading.use(Sequence((claim(one, "aud"), claim(other, "iss"))), "test", state)
        assert (one.tested, other.tested) == ({"aud"}, {"iss"})


class TestUnanswered:
    def test_those_with_open_ends(self, read: Make) -> None:
        opened, closed = read(), read()
        opened.open_ends = {Use.READ}
        assert reading.unanswered([opened, closed]) == [opened]

    @pytest.mark.parametrize("use", Use)
    def test_of_a_token_that_is_verified_further_on_a_path_without_use_is_forgiven(self, read: Make, use: Use) -> None:
        made = read()
        made.followed, made.open_ends = True, {Use.READ, use}
        assert bool(reading.unanswered([made])) is (use >= Use.TESTED)

    @pytest.mark.parametrize("use", Use)
    def test_what_is_only_handed_on_is_judged_by_the_callers(self, read: Make, use: Use) -> None:
        alone, called = read(), read(depth=1)
        alone.open_ends = {use}
        assert bool(reading.unanswered([alone, called])) is (use > Use.HANDED_ON)

    def test_but_not_by_the_callers_of_another_function(self, read: Make) -> None:
        alone, called = read(), read(depth=1, line=2)
        alone.open_ends = {Use.HANDED_ON}
        assert reading.unanswered([alone, called]) == [alone]


class TestJudgeByCallers:
    def test_what_every_caller_tests_is_tested(self, read: Make) -> None:
        alone, one, other = read(), read(depth=1), read(depth=1)
        alone.tested, one.tested, other.tested = {"exp"}, {"aud", "iss"}, {"aud"}
        reading.judge_by_callers([alone, one, other])
        assert alone.tested == {"exp", "aud"}
        assert (one.tested, other.tested) == ({"aud", "iss"}, {"aud"})

    def test_callers_of_another_function_have_no_say(self, read: Make) -> None:
        alone, called = read(), read(depth=1, line=2)
        called.tested = {"aud"}
        reading.judge_by_callers([alone, called])
        assert alone.tested == set()
