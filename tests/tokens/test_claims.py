"""The claims of a token that is being made."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.values import (
    Absent,
    Entry,
    Form,
    Instant,
    Known,
    Mapping,
    Presence,
    Unknown,
    Value,
    Zone,
    one_of,
)
from jwt_sast.tokens.claims import instants, is_refresh, missing, presence

SOON = Instant(Form.SECONDS, Zone.AWARE, 60.0)
LATER = Instant(Form.SECONDS, Zone.AWARE, 3600.0)

WITH = Mapping({"exp": Entry(SOON)})
PARTLY = Mapping({"exp": Entry(SOON, Presence.SOMETIMES)})
PERHAPS = Mapping({"exp": Entry(SOON, Presence.UNKNOWN)})
WITHOUT = Mapping({"sub": Entry(Known("alice"))})
REMOVED = Mapping({"exp": Entry(Absent(), Presence.NEVER)}, open=True)
OPEN = Mapping({"sub": Entry(Known("alice"))}, open=True)
PARAMETER = Unknown("a parameter", 1)

SINGLE: list[tuple[Value, Presence]] = [
    (WITH, Presence.ALWAYS),
    (PARTLY, Presence.SOMETIMES),
    (PERHAPS, Presence.UNKNOWN),
    (WITHOUT, Presence.NEVER),
    (REMOVED, Presence.NEVER),
    (OPEN, Presence.UNKNOWN),
    (PARAMETER, Presence.UNKNOWN),
    (Known("text"), Presence.UNKNOWN),
]

VALUES = [value for value, _ in SINGLE]


def two_orders(values: list[Value]) -> st.SearchStrategy[tuple[list[Value], list[Value]]]:
    """The same values as they come and in any other order."""
    return st.tuples(st.just(values), st.permutations(values))


class TestPresence:
    @pytest.mark.parametrize(("claims", "expected"), SINGLE)
    def test_one_mapping(self, claims: Value, expected: Presence) -> None:
        assert presence(claims, "exp") is expected

    @pytest.mark.parametrize(("one", "other"), [*product(SINGLE, SINGLE)])
    def test_one_of_two(self, one: tuple[Value, Presence], other: tuple[Value, Presence]) -> None:
        found = presence(one_of((one[0], other[0])), "exp")
        kinds = {one[1], other[1]}
        if len(kinds) == 1:
            assert {found} == kinds
        else:
            lacking = kinds & {Presence.NEVER, Presence.SOMETIMES}
            assert found is (Presence.SOMETIMES if lacking else Presence.UNKNOWN)

    @settings(deadline=None)
    @given(st.lists(st.sampled_from(VALUES), min_size=1, max_size=8).flatmap(two_orders))
    def test_the_order_of_paths_makes_no_difference(self, orders: tuple[list[Value], list[Value]]) -> None:
        one, other = orders
        assert presence(one_of(one), "exp") is presence(one_of(other), "exp")

    @settings(deadline=None)
    @given(st.lists(st.sampled_from(VALUES), min_size=1, max_size=7))
    def test_a_path_without_it_is_never_hidden_by_others(self, values: list[Value]) -> None:
        assert presence(one_of([*values, WITHOUT]), "exp") in (Presence.NEVER, Presence.SOMETIMES)


class TestMissing:
    def test_the_tests_on_whose_other_side_it_is_not_set(self, places: list[Place]) -> None:
        one, other = Origin(places[1]), Origin(places[2])
        partly = Mapping({"exp": Entry(SOON, Presence.SOMETIMES, one)})
        removed = Mapping({"exp": Entry(Absent(), Presence.NEVER, other)})
        assert list(missing(partly, "exp")) == [one]
        assert list(missing(one_of((partly, WITH, removed)), "exp")) == [one, other]

    def test_where_it_is_set_after_all_there_is_none(self, places: list[Place]) -> None:
        assert list(missing(Mapping({"exp": Entry(SOON, missing=Origin(places[1]))}), "exp")) == []

    @pytest.mark.parametrize("claims", VALUES)
    def test_where_no_test_is_known_there_is_none(self, claims: Value) -> None:
        assert list(missing(claims, "exp")) == []


class TestInstants:
    @pytest.mark.parametrize(
        ("claims", "expected"),
        [
            (WITH, [SOON]),
            (PARTLY, [SOON]),
            (PERHAPS, [SOON]),
            (Mapping({"exp": Entry(one_of((SOON, LATER, PARAMETER)))}), [SOON, LATER]),
            (one_of((WITH, Mapping({"exp": Entry(LATER)}), PARAMETER)), [SOON, LATER]),
            (Mapping({"exp": Entry(Known(7))}), []),
            (Mapping({"iat": Entry(SOON)}), []),
            (REMOVED, []),
            (OPEN, []),
            (PARAMETER, []),
        ],
    )
    def test_the_times_that_a_claim_can_be(self, claims: Value, expected: list[Instant]) -> None:
        assert list(instants(claims, "exp")) == expected


def of_type(value: Value, name: str = "type") -> Mapping:
    return Mapping({"sub": Entry(Known("alice")), name: Entry(value)})


class TestIsRefresh:
    @pytest.mark.parametrize("name", ["type", "token_type", "typ", "token_use", "purpose", "scope"])
    @pytest.mark.parametrize("said", ["refresh", "REFRESH", "refresh_token", "jwt:refresh"])
    def test_by_its_type(self, name: str, said: str) -> None:
        assert is_refresh(of_type(Known(said), name))

    @pytest.mark.parametrize(
        "claims",
        [
            one_of((WITHOUT, of_type(Known("refresh")))),
            one_of((PARAMETER, of_type(Known("refresh")))),
            of_type(one_of((Known("access"), Known("refresh")))),
        ],
    )
    def test_on_some_path(self, claims: Value) -> None:
        assert is_refresh(claims)

    @pytest.mark.parametrize(
        "claims",
        [
            WITHOUT,
            OPEN,
            PARAMETER,
            of_type(Known("access")),
            of_type(Known(None)),
            of_type(PARAMETER),
            of_type(Known("refresh"), "sub"),
        ],
    )
    def test_not_by_anything_else(self, claims: Value) -> None:
        assert not is_refresh(claims)
