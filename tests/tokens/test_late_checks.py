"""Checks of claims that wait for a second call, on the paths of one entry point."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jwt_sast.semantics.joins import join_states
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Known, OneOf, Part, Produced, Unknown, Value
from jwt_sast.tokens import late_checks
from jwt_sast.tokens.late_checks import Demands, LateChecks
from jwt_sast.tokens.reading import CLAIMS, Reading
from jwt_sast.tokens.switches import Setting

TOKEN = Unknown("a parameter", "token")
OTHER = Unknown("a parameter", "other")
RESULT = Unknown("a call", "result")

Verify = Callable[..., Reading]


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def verify(places: list[Place], state: State) -> Verify:
    """Verifies a token and leaves its times to a second call; on the first line unless told."""

    def begin(token: Value = TOKEN, *, depth: int = 0, line: int = 1) -> Reading:
        made = Reading(token, places[line - 1], verified=True, depth=depth, late=LateChecks("validate()"))
        late_checks.begin(made, state)
        return made

    return begin


def claims(made: Reading) -> Value:
    return Produced(CLAIMS, made)


def setting(made: Reading) -> Setting:
    assert made.late is not None
    return made.late.switch.setting


class TestPaths:
    def test_before_a_path_has_ended_nothing_is_held_against_it(self, verify: Verify) -> None:
        assert setting(verify()) is Setting.ON

    def test_a_path_without_the_call(self, verify: Verify, state: State) -> None:
        made = verify()
        late_checks.finish(state, RESULT)
        assert setting(made) is Setting.OFF

    def test_a_path_with_it(self, verify: Verify, state: State) -> None:
        made = verify()
        late_checks.make(claims(made), state)
        late_checks.use(Part(claims(made), "sub"), "return", state)
        late_checks.finish(state, RESULT)
        assert setting(made) is Setting.ON

    def test_a_path_that_refuses(self, verify: Verify, state: State, places: list[Place]) -> None:
        made = verify()
        late_checks.finish(state, Known(None, origin=Origin(places[0])))
        assert setting(made) is Setting.ON

    @pytest.mark.parametrize(
        ("how", "expected"),
        [("return", Setting.SOMETIMES_OFF), ("test", Setting.SOMETIMES_OFF), ("shown", Setting.ON)],
    )
    def test_beside_a_path_with_it_the_use_of_claims_counts(
        self, verify: Verify, state: State, how: str, expected: Setting
    ) -> None:
        made = verify()
        other = state.fork()
        late_checks.make(claims(made), state)
        late_checks.use(Part(claims(made), "sub"), how, other)
        for path in (state, other):
            late_checks.finish(path, RESULT)
        assert setting(made) is expected

    def test_paths_that_meet_before_the_call(self, verify: Verify, state: State) -> None:
        first = verify()
        other = State()
        second = Reading(TOKEN, first.place, verified=True, late=LateChecks("validate()"))
        late_checks.begin(second, other)
        joined = join_states(state, other)
        assert joined is not None
        late_checks.make(OneOf((claims(first), claims(second))), joined)
        late_checks.finish(joined, RESULT)
        assert setting(first) is setting(second) is Setting.ON

    def test_the_call_for_another_token(self, verify: Verify, state: State) -> None:
        made, other = verify(), verify(OTHER)
        late_checks.make(claims(other), state)
        late_checks.finish(state, RESULT)
        assert (setting(made), setting(other)) == (Setting.OFF, Setting.ON)

    def test_a_claim_alone_is_no_call_for_all(self, verify: Verify, state: State) -> None:
        made = verify()
        late_checks.make(Part(claims(made), "sub"), state)
        late_checks.finish(state, RESULT)
        assert setting(made) is Setting.OFF


class TestOutOfSight:
    def test_claims_that_are_given_away_may_be_checked_there(self, verify: Verify, state: State) -> None:
        made = verify()
        late_checks.use(claims(made), "argument", state)
        late_checks.finish(state, RESULT)
        assert setting(made) is Setting.UNKNOWN

    def test_not_where_something_is_made_of_them(self, verify: Verify, state: State) -> None:
        made = verify()
        late_checks.use(claims(made), "argument", state)
        late_checks.use(Part(claims(made), "site", "call"), "return", state)
        late_checks.finish(state, RESULT)
        assert setting(made) is Setting.OFF

    def test_a_claim_alone_tells_nothing_of_the_others(self, verify: Verify, state: State) -> None:
        made = verify()
        late_checks.use(Part(claims(made), "sub"), "argument", state)
        late_checks.finish(state, RESULT)
        assert setting(made) is Setting.OFF

    def test_claims_that_are_kept_and_checked_by_another_entry_point(self, verify: Verify, state: State) -> None:
        kept, again = verify(), verify()
        late_checks.finish(state, RESULT)
        late_checks.make(claims(kept), State())
        late_checks.judge_by_others([kept, again])
        assert setting(kept) is setting(again) is Setting.ON

    def test_a_second_call_on_the_same_path_is_none_elsewhere(self, verify: Verify, state: State) -> None:
        made = verify()
        for _ in range(2):
            late_checks.make(claims(made), state)
        assert made.late is not None
        assert not made.late.made_elsewhere


class TestCallers:
    @pytest.mark.parametrize(("how", "expected"), [("return", Setting.ON), ("store", Setting.OFF)])
    def test_what_is_only_handed_on_is_judged_by_them(
        self, verify: Verify, state: State, how: str, expected: Setting
    ) -> None:
        alone = verify()
        late_checks.use(claims(alone), how, state)
        late_checks.finish(state, RESULT)
        called = verify(OTHER, depth=1)
        late_checks.make(claims(called), state)
        late_checks.judge_by_others([alone, called])
        assert (setting(alone), setting(called)) == (expected, Setting.ON)

    def test_but_not_by_those_of_another_function(self, verify: Verify, state: State) -> None:
        alone = verify()
        late_checks.use(claims(alone), "return", state)
        late_checks.finish(state, RESULT)
        late_checks.judge_by_others([alone, verify(depth=1, line=2)])
        assert setting(alone) is Setting.OFF


def test_what_the_call_demands_is_kept(verify: Verify, state: State) -> None:
    made = verify()
    demands = Demands(frozenset({"exp"}))
    late_checks.make(claims(made), state, demands)
    assert made.late is not None
    assert made.late.demands is demands
