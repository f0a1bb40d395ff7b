"""Runs the programs of the claims and expiration families: the harm happens with the bad ones and not with the good.

- JWT201, JWT202: a token that was signed for another audience or by another issuer is taken, or refused.
- JWT301, JWT303, JWT305, JWT306: the token that is minted lives for ever, too long, as long as the server's time zone
  says, or for thousands of years; or as it should.
- JWT900: what cannot be analysed cannot be run by Python either, and what only looks odd can be.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
from fixture_keys import ISSUER, SECRET, claims, environment, keys, load
from fixture_programs import bad, good
from jose.exceptions import JOSEError

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
LONGEST = 30 * DAY
LONGEST_REFRESH = 180 * DAY
ZONES = ("UTC", "Asia/Tokyo", "America/New_York")

AUDIENCE = "orders-api"
STRANGER = "https://login.example.net"
REFUSALS = (jwt.PyJWTError, JOSEError, PermissionError)


@pytest.fixture(autouse=True)
def deployment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Everything that the programs read from where they are deployed."""
    profile = tmp_path / "claims.json"
    profile.write_text(json.dumps({"sub": "reporting", "exp": int(time.time()) + HOUR, "_comment": "renewed hourly"}))
    for name, value in {**environment(), "CLAIMS_FILE": str(profile)}.items():
        monkeypatch.setenv(name, value)


def tokens(**differences: object) -> list[str]:
    """Properly signed tokens, by either of the provider's keys, whose claims differ from the usual in `differences`."""
    payload = claims() | differences
    return [jwt.encode(payload, SECRET, algorithm="HS256"), jwt.encode(payload, keys().rsa, algorithm="RS256")]


def accepts(path: Path, candidates: list[str]) -> bool:
    """Whether the program at `path` takes one of `candidates`; it knows one of their keys."""
    program = load(path)
    for token in candidates:
        try:
            program.accept(token)
        except REFUSALS:
            continue
        return True
    return False


def minted(path: Path) -> dict[str, object]:
    """The claims of the token that the program at `path` mints when it is called with its defaults."""
    payload: dict[str, object] = jwt.decode(load(path).issue(), options={"verify_signature": False})
    return payload


def lifetime(path: Path) -> int:
    """For how many seconds from now the minted token is valid; below zero if it never was."""
    exp = minted(path)["exp"]
    assert isinstance(exp, int)
    return exp - int(time.time())


class TestAudience:
    FOLDER = "JWT201-audience-unverified"

    @bad(FOLDER)
    def test_a_token_for_another_service_is_taken(self, path: Path) -> None:
        assert accepts(path, tokens(aud="payroll"))

    @good(FOLDER)
    def test_a_token_for_another_service_is_refused(self, path: Path) -> None:
        assert not accepts(path, tokens(aud="payroll"))
        assert accepts(path, tokens(aud=AUDIENCE))


class TestIssuer:
    FOLDER = "JWT202-issuer-unverified"

    @bad(FOLDER)
    def test_a_token_of_another_issuer_is_taken(self, path: Path) -> None:
        assert accepts(path, tokens(iss=STRANGER))

    @good(FOLDER)
    def test_a_token_of_another_issuer_is_refused(self, path: Path) -> None:
        assert not accepts(path, tokens(iss=STRANGER))
        assert accepts(path, tokens(iss=ISSUER))


class TestMissingExp:
    FOLDER = "JWT301-missing-exp"

    @bad(FOLDER)
    def test_the_token_never_expires(self, path: Path) -> None:
        assert "exp" not in minted(path)

    @good(FOLDER)
    def test_the_token_expires(self, path: Path) -> None:
        assert 0 < lifetime(path) <= LONGEST


class TestLongLifetime:
    FOLDER = "JWT303-long-lifetime"

    @bad(FOLDER)
    def test_the_token_outlives_the_limit(self, path: Path) -> None:
        assert lifetime(path) > self.limit(path)

    @good(FOLDER)
    def test_the_token_stays_within_the_limit(self, path: Path) -> None:
        assert 0 < lifetime(path) <= self.limit(path)

    @staticmethod
    def limit(path: Path) -> int:
        return LONGEST_REFRESH if minted(path).get("type") == "refresh" else LONGEST


class TestExpiryDisabled:
    """Those of frameworks that cannot be installed here are run in tests/apart."""

    FOLDER = "JWT304-expiry-disabled/flask_jwt_extended"

    @bad(FOLDER)
    def test_the_token_never_expires(self, path: Path) -> None:
        assert "exp" not in minted(path)

    @good(FOLDER)
    def test_the_token_expires(self, path: Path) -> None:
        assert 0 < lifetime(path) <= LONGEST


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone of a running process can only be set on POSIX")
class TestNaiveExp:
    FOLDER = "JWT305-naive-exp"

    @pytest.fixture(autouse=True)
    def zone_restored(self) -> Iterator[None]:
        """Puts the process back into its own time zone."""
        yield
        time.tzset()

    @bad(FOLDER)
    def test_the_lifetime_depends_on_the_time_zone(self, path: Path) -> None:
        assert self.spread(path) > 5 * HOUR

    @good(FOLDER)
    def test_the_lifetime_is_the_same_everywhere(self, path: Path) -> None:
        assert self.spread(path) < MINUTE
        assert lifetime(path) > 0

    @staticmethod
    def spread(path: Path) -> int:
        """By how many seconds the lifetimes differ that the same program gives in different time zones."""
        lifetimes = []
        for zone in ZONES:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("TZ", zone)
                time.tzset()
                lifetimes.append(lifetime(path))
        time.tzset()
        return max(lifetimes) - min(lifetimes)


class TestMilliseconds:
    FOLDER = "JWT306-exp-in-milliseconds"

    @bad(FOLDER)
    def test_the_token_lives_for_millennia(self, path: Path) -> None:
        assert lifetime(path) > 1000 * 365 * DAY

    @good(FOLDER)
    def test_the_token_lives_for_minutes(self, path: Path) -> None:
        assert 0 < lifetime(path) <= HOUR


class TestNotAnalysed:
    FOLDER = "JWT900-not-analysed"

    @bad(FOLDER)
    def test_python_does_not_take_it(self, path: Path) -> None:
        # Python 3.11.3 and earlier answer a NUL byte with ValueError.
        with pytest.raises((SyntaxError, ValueError)):
            compile(path.read_bytes(), path.name, "exec")

    @good(FOLDER)
    def test_python_runs_it(self, path: Path) -> None:
        assert 0 < lifetime(path) <= HOUR
