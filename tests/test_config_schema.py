"""The JSON schema takes what the tool takes, and refuses what it refuses."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwt_sast.config import SETTINGS, ConfigError, Layer, Settings, words
from jwt_sast.config.schema import schema
from jwt_sast.config.toml import toml

SCHEMA = schema()
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)

SCALARS = st.one_of(
    st.booleans(),
    st.integers(-2, 100),
    st.floats(-2, 100),
    st.sampled_from([1.0, 3600.0]),
    st.text(max_size=4),
    st.sampled_from(["low", "medium", "critical", "regular", "auditor", "30d", " 12h\n", "0d", "007", "1d\n\n", "٣d"]),
    st.sampled_from(["JWT", "JWT3", "JWT301", "JW", "JWT309", "jwt301", "JWT301\n", "missing-exp", "pyjwt", "PyJWT"]),
    st.sampled_from(["1", "2.8.0", "2.0rc1", "2.8.0.post1", "1.0\n", "v1", "1.", "newest", "2.*", ">=2"]),
    st.from_regex(r"\s?[0-9]{1,3}[smhdwy]?\s?"),
    st.from_regex(r"\s?[0-9]{1,2}(\.[0-9]{1,2}){0,3}((a|b|rc)[0-9])?\s?"),
)
VALUES = st.one_of(
    SCALARS, st.lists(SCALARS, max_size=2), st.dictionaries(SCALARS.filter(lambda one: isinstance(one, str)), SCALARS)
)
PATTERNS = st.dictionaries(st.text(max_size=3), st.lists(SCALARS, max_size=2), max_size=2)
TABLES = st.dictionaries(
    st.one_of(st.sampled_from(sorted(SETTINGS)), st.text(max_size=5)), st.one_of(VALUES, PATTERNS), max_size=3
)


def accepted(table: dict[str, Any]) -> bool:
    try:
        Settings().override(Layer(table, "", "/project"))
    except ConfigError:
        return False
    return True


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_every_setting_is_described_with_a_default_that_fits() -> None:
    assert list(SCHEMA["properties"]) == list(SETTINGS)
    assert VALIDATOR.is_valid({name: one["default"] for name, one in SCHEMA["properties"].items()})
    assert all(one["description"].endswith(".") for one in SCHEMA["properties"].values())


@settings(max_examples=400, deadline=None)
@given(TABLES)
def test_it_takes_what_the_tool_takes_and_nothing_else(table: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(table) is accepted(table)


@pytest.mark.parametrize("name", SETTINGS)
@settings(max_examples=100, deadline=None)
@given(st.one_of(VALUES, PATTERNS))
def test_so_it_does_for_each_setting(name: str, value: object) -> None:
    assert VALIDATOR.is_valid({name: value}) is accepted({name: value})


@pytest.mark.parametrize("word", [*words.codes_and_prefixes(), "J", "JWT00", "JWT3010", "missing", ""])
def test_words_for_codes(word: str) -> None:
    assert VALIDATOR.is_valid({"select": [word]}) is accepted({"select": [word]})


@pytest.mark.parametrize("word", [*words.checks(), "JWT3", "jwt-301", ""])
def test_words_for_checks(word: str) -> None:
    table = {"severity": {word: "low"}}
    assert VALIDATOR.is_valid(table) is accepted(table)


@pytest.mark.parametrize("word", [*words.libraries(), "PyJWT", "python_jose", "nonsense", ""])
def test_words_for_libraries(word: str) -> None:
    table = {"assume-versions": {word: "2.0"}}
    assert VALIDATOR.is_valid(table) is accepted(table)


class TestReadAndWritten:
    """What a setting holds, written and read again, is the same."""

    @pytest.mark.parametrize(
        "table",
        [
            {"select": ["JWT3", "missing-exp"], "persona": "auditor", "max-lifetime": "36h", "max-leeway": 90},
            {"per-file-ignores": {"a b/*.py": ["JWT3"], '"': []}, "severity": {"JWT301": "low"}},
            {"signers": {"a.b": {"parameters": "payload, key=None, *, ttl=900", "claims": "payload", "key": 1}}},
            {"signers": {"a.B.c": {"adds": ["exp"], "lifetime": "ttl", "accepts": ["empty-key"]}, "a.d": {}}},
            {"verifiers": {"a.b": {"token": 0, "checks": {"exp": False, "aud": "aud", "signature": 1}, "leeway": 2}}},
            {"assume-versions": {"pyjwt": "1.7.1"}, "require-suppression-reason": True, "min-key-bytes": 48},
        ],
    )
    def test_settings(self, table: dict[str, Any]) -> None:
        import tomllib

        before = Settings().override(Layer(table, "", "/project"))
        plain = {name: one.kind.plain(getattr(before, one.field)) for name, one in SETTINGS.items()}
        text = "".join(f"{name} = {toml(value)}\n" for name, value in plain.items())
        assert Settings().override(Layer(tomllib.loads(text), "", "/project")) == before
        assert VALIDATOR.is_valid(plain)

    @given(st.integers(1, 10**9))
    def test_lengths_of_time(self, seconds: int) -> None:
        kind = SETTINGS["max-lifetime"].kind
        assert kind.read(kind.plain(seconds), "") == seconds
        assert re.fullmatch(r"[1-9]\d*[dhms]", kind.plain(seconds))

    @given(
        st.recursive(
            st.one_of(st.booleans(), st.integers(-(2**63), 2**63 - 1), st.text(st.characters(codec="utf-8"))),
            lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(st.characters(codec="utf-8")), inner)),
        )
    )
    def test_toml(self, value: object) -> None:
        import tomllib

        assert tomllib.loads(f"x = {toml(value)}") == {"x": value}
