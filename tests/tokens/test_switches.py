"""Checks that can be switched off: what is known of them at one call."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations

import pytest

from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.values import (
    Absent,
    Entry,
    Environment,
    Known,
    Mapping,
    Presence,
    Sequence,
    Unknown,
    Value,
    one_of,
)
from jwt_sast.tokens.switches import OFF, ON, UNKNOWN, Setting, Switch, option, settings_of, switch

Make = Callable[[Value], Argument]

NAME = "verify_exp"

SINGLE: dict[str, tuple[Value, Setting]] = {
    "False": (Known(False), Setting.OFF),
    "None": (Known(None), Setting.OFF),
    "0": (Known(0), Setting.OFF),
    "''": (Known(""), Setting.OFF),
    "[]": (Sequence(()), Setting.OFF),
    "True": (Known(True), Setting.ON),
    "1": (Known(1), Setting.ON),
    "'no'": (Known("no"), Setting.ON),
    "a call": (Unknown("a call", 1), Setting.UNKNOWN),
    "a variable of the environment": (Environment("VERIFY"), Setting.UNKNOWN),
    "one that is on unless it is set": (Environment("VERIFY", Known(True)), Setting.UNKNOWN),
    "one that is off unless it is set": (Environment("VERIFY", Known(False)), Setting.UNKNOWN),
    "an argument that is not given": (Absent(), Setting.ON),
}

# The chance of being off is what the user must hear of; next to it, what is not known hides what is on.
JOINED = {
    (Setting.ON, Setting.OFF): Setting.SOMETIMES_OFF,
    (Setting.ON, Setting.UNKNOWN): Setting.UNKNOWN,
    (Setting.OFF, Setting.UNKNOWN): Setting.SOMETIMES_OFF,
    (Setting.ON, Setting.OFF, Setting.UNKNOWN): Setting.SOMETIMES_OFF,
}

OF_KIND = {Setting.ON: Known(True), Setting.OFF: Known(False), Setting.UNKNOWN: Unknown("a call", 1)}

DEFAULTS = [ON, OFF, UNKNOWN, Switch(Setting.SOMETIMES_OFF)]


def holding(value: Value, presence: Presence = Presence.ALWAYS, *, is_open: bool = False) -> Mapping:
    """Options that say `value` of the switch."""
    return Mapping({NAME: Entry(value, presence)}, is_open)


EMPTY = Mapping({})
OTHERS = Mapping({"verify_aud": Entry(Known(False))})
OPEN = Mapping({}, open=True)
REMOVED = holding(Absent(), Presence.NEVER)

OPTIONS: dict[str, tuple[Value, Setting]] = {
    "not given": (Absent(), Setting.ON),
    "None": (Known(None), Setting.ON),
    "empty": (EMPTY, Setting.ON),
    "of other names": (OTHERS, Setting.ON),
    "on": (holding(Known(True)), Setting.ON),
    "off": (holding(Known(False)), Setting.OFF),
    "off, others unseen": (holding(Known(False), is_open=True), Setting.OFF),
    "either": (holding(one_of((Known(True), Known(False)))), Setting.SOMETIMES_OFF),
    "what a call says": (holding(Unknown("a call", 1)), Setting.UNKNOWN),
    "off on some path": (holding(Known(False), Presence.SOMETIMES), Setting.SOMETIMES_OFF),
    "on on some path": (holding(Known(True), Presence.SOMETIMES), Setting.ON),
    "perhaps off": (holding(Known(False), Presence.UNKNOWN), Setting.SOMETIMES_OFF),
    "perhaps on": (holding(Known(True), Presence.UNKNOWN), Setting.UNKNOWN),
    "removed": (REMOVED, Setting.ON),
    "unseen": (OPEN, Setting.UNKNOWN),
    "a parameter": (Unknown("a parameter", 1), Setting.UNKNOWN),
    "no mapping": (Known(7), Setting.UNKNOWN),
    "off, or empty": (one_of((holding(Known(False)), EMPTY)), Setting.SOMETIMES_OFF),
    "off, or on": (one_of((holding(Known(False)), holding(Known(True)))), Setting.SOMETIMES_OFF),
    "off, or None": (one_of((holding(Known(False)), Known(None))), Setting.SOMETIMES_OFF),
    "off in two ways": (one_of((holding(Known(False)), holding(Known(0)))), Setting.OFF),
    "on, or empty": (one_of((holding(Known(True)), EMPTY)), Setting.ON),
    "on, or a parameter": (one_of((holding(Known(True)), Unknown("a parameter", 1))), Setting.UNKNOWN),
    "empty, or a parameter": (one_of((EMPTY, Unknown("a parameter", 1))), Setting.UNKNOWN),
}

SILENT = ["not given", "None", "empty", "of other names", "removed"]


class TestSwitch:
    @pytest.mark.parametrize(("value", "setting"), SINGLE.values(), ids=SINGLE)
    def test_one_value(self, value: Value, setting: Setting, argument: Make) -> None:
        assert switch(argument(value)).setting is setting

    @pytest.mark.parametrize(("kinds", "setting"), JOINED.items())
    def test_one_of_several(self, kinds: tuple[Setting, ...], setting: Setting, argument: Make) -> None:
        for order in permutations(kinds):
            assert switch(argument(one_of([OF_KIND[kind] for kind in order]))).setting is setting

    @pytest.mark.parametrize("pair", [*combinations(SINGLE, 2)])
    def test_every_pair_is_joined_in_the_same_way(self, pair: tuple[str, str], argument: Make) -> None:
        (one, first), (other, second) = (SINGLE[name] for name in pair)
        expected = first if first is second else next(JOINED[key] for key in JOINED if {*key} == {first, second})
        for values in ((one, other), (other, one)):
            assert switch(argument(one_of(values))).setting is expected

    @pytest.mark.parametrize("default", DEFAULTS)
    def test_what_is_not_given_is_the_default(self, default: Switch, argument: Make) -> None:
        assert switch(argument(Absent()), default=default) == default
        assert settings_of(Absent(), default) == {default.setting}

    def test_a_default_that_may_be_off_stays_so(self, argument: Make) -> None:
        maybe = Switch(Setting.SOMETIMES_OFF)
        for given in (Known(True), Known(False), Unknown("a call", 1)):
            value = argument(one_of((Absent(), given)))
            assert switch(value, default=maybe).setting is Setting.SOMETIMES_OFF

    def test_it_knows_the_argument(self, argument: Make) -> None:
        given = argument(Known(False))
        assert switch(given).argument is given
        assert switch(argument(Absent())).argument is None

    @pytest.mark.parametrize(
        ("setting", "may_be_off", "is_off"),
        [
            (Setting.ON, False, False),
            (Setting.OFF, True, True),
            (Setting.SOMETIMES_OFF, True, False),
            (Setting.UNKNOWN, False, False),
        ],
    )
    def test_only_proof_counts(self, setting: Setting, may_be_off: bool, is_off: bool) -> None:
        assert Switch(setting).may_be_off is may_be_off
        assert Switch(setting).is_off is is_off


class TestOption:
    @pytest.mark.parametrize(("options", "setting"), OPTIONS.values(), ids=OPTIONS)
    def test_what_options_say(self, options: Value, setting: Setting, argument: Make) -> None:
        assert option(argument(options), NAME).setting is setting

    @pytest.mark.parametrize("name", SILENT)
    @pytest.mark.parametrize("default", DEFAULTS)
    def test_options_that_say_nothing_leave_the_default(self, name: str, default: Switch, argument: Make) -> None:
        assert option(argument(OPTIONS[name][0]), NAME, default=default) == default

    @pytest.mark.parametrize("name", sorted(OPTIONS.keys() - {*SILENT}))
    def test_otherwise_the_options_decide(self, name: str, argument: Make) -> None:
        given = argument(OPTIONS[name][0])
        assert option(given, NAME).argument == given

    def test_a_default_that_is_off_is_switched_on(self, argument: Make) -> None:
        assert option(argument(holding(Known(True))), NAME, default=OFF).setting is Setting.ON
        partly = argument(holding(Known(True), Presence.SOMETIMES))
        assert option(partly, NAME, default=OFF).setting is Setting.SOMETIMES_OFF

    def test_the_place_is_where_a_caller_passed_what_switches_it_off(self, argument: Make, places: list[Place]) -> None:
        written = Origin(places[3])
        passed = Known(False, origin=Origin(places[5], parent=written, passed="verify"))
        assert place_of(argument(holding(passed))) == places[5]
        assert place_of(argument(holding(one_of((Known(True), passed))))) == places[5]
        assert place_of(argument(holding(Known(False, origin=written)))) == places[0]
        assert place_of(argument(holding(Known(True, origin=passed.origin)))) == places[0]


def place_of(options: Argument) -> Place:
    """Where the options would be changed."""
    decided = option(options, NAME).argument
    assert decided is not None
    return decided.place
