"""Runs the programs that verify signatures and are not strict enough beyond that.

- JWT205: a token that names no audience is taken. JWT206: so is one without an expiry.
- JWT207: a token is taken before its time, or although it comes from the future. JWT307: ten minutes after its end.
- JWT208: a refresh token passes for an access token.
- JWT209: a stranger's token gets the same answer as that of an administrator.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from fixture_keys import DAY, REALM, SECRET, claims, environment, keys, load, takes
from fixture_programs import bad, good

MINUTE = 60


@pytest.fixture(autouse=True)
def deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables that programs read; JWT_LEEWAY is not set, so that its fallback counts."""
    for name, value in {**environment(), "JWT_LEEWAY_SECONDS": "20"}.items():
        monkeypatch.setenv(name, value)


def tokens(lifetime: int | None = 600, **differences: object) -> list[str]:
    """Properly signed tokens, with the secret and with the RSA key, whose claims differ from the usual ones."""
    payload = claims(lifetime) | differences
    return [
        jwt.encode(payload, SECRET, algorithm="HS256"),
        jwt.encode(payload, keys().rsa, algorithm="RS256", headers={"kid": REALM}),
    ]


def accepts(path: Path, candidates: list[str]) -> bool:
    """Whether the program takes one of them; it knows one of their keys."""
    program = load(path)
    return any(takes(program, token) for token in candidates)


class TestAudienceNotPinned:
    FOLDER = "JWT205-audience-not-pinned"

    @bad(FOLDER)
    def test_a_token_for_nobody_in_particular_is_taken(self, path: Path) -> None:
        assert accepts(path, tokens()[1:])

    @good(FOLDER)
    def test_a_token_of_the_provider_for_nobody_is_refused(self, path: Path) -> None:
        assert not accepts(path, tokens()[1:])
        assert accepts(path, tokens(aud="orders-api") + tokens())


class TestClaimsNotRequired:
    FOLDER = "JWT206-claims-not-required"

    @bad(FOLDER)
    def test_a_token_without_an_expiry_is_taken(self, path: Path) -> None:
        assert accepts(path, tokens(None))

    @good(FOLDER)
    def test_a_token_without_an_expiry_is_refused(self, path: Path) -> None:
        assert not accepts(path, tokens(None))
        assert accepts(path, tokens())


class TestNotBefore:
    FOLDER = "JWT207-not-before-unverified"

    @bad(FOLDER)
    def test_a_token_is_taken_before_its_time(self, path: Path) -> None:
        tomorrow = int(time.time()) + DAY
        assert accepts(path, tokens(3 * DAY, nbf=tomorrow) + tokens(3 * DAY, iat=tomorrow))

    @good(FOLDER)
    def test_a_token_is_refused_before_its_time(self, path: Path) -> None:
        tomorrow = int(time.time()) + DAY
        assert not accepts(path, tokens(3 * DAY, nbf=tomorrow))
        assert accepts(path, tokens(nbf=int(time.time()) - 1))

    def test_who_looks_at_iat_refuses_what_is_from_the_future(self) -> None:
        path = Path(__file__).parent.parent / "fixtures" / self.FOLDER / "good_check_that_is_none.py"
        assert not accepts(path, tokens(3 * DAY, iat=int(time.time()) + DAY))


class TestLargeLeeway:
    FOLDER = "JWT307-large-leeway"

    @bad(FOLDER)
    def test_a_token_is_taken_long_after_it_has_expired(self, path: Path) -> None:
        assert accepts(path, tokens(-10 * MINUTE))

    @good(FOLDER)
    def test_a_token_is_refused_soon_after_it_has_expired(self, path: Path) -> None:
        assert not accepts(path, tokens(-10 * MINUTE))
        assert accepts(path, tokens(-5))


class TestTokenType:
    FOLDER = "JWT208-token-type-unchecked"

    @bad(FOLDER)
    def test_a_refresh_token_passes(self, path: Path) -> None:
        program = load(path)
        assert program.accept(program.issue_refresh()) == program.accept(program.issue_access()) == "alice"

    @good(FOLDER)
    def test_a_refresh_token_does_not(self, path: Path) -> None:
        program = load(path)
        assert not takes(program, program.issue_refresh())
        assert program.accept(program.issue_access()) == "alice"


class TestScope:
    FOLDER = "JWT209-scope-unchecked"

    @bad(FOLDER)
    def test_everybody_gets_the_same(self, path: Path) -> None:
        assert self.answer(path, "alice", "admin") == self.answer(path, "mallory", "guest") is not None

    @good(FOLDER)
    def test_it_matters_who_asks(self, path: Path) -> None:
        assert self.answer(path, "alice", "admin") != self.answer(path, "mallory", "guest")

    @staticmethod
    def answer(path: Path, user: str, role: str) -> Any:
        try:
            return load(path).accept(tokens(sub=user, role=role)[0])
        except PermissionError:
            return None
