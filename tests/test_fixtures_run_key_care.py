"""Runs the programs about how keys are drawn and replaced: JWT507, JWT508, JWT509 and JWT510.

- JWT507: what one start of the program has signed, the next one refuses.
- JWT508: the header of the token does not say which key has signed it.
- JWT509: the secret that signs sessions verifies tokens.
- JWT510: the signature is as long as the key, and shorter than 2048 bits; a curve's is short by nature.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import jwt
import pytest
from django.conf import settings
from fixture_keys import SECRET, STRANGERS_SECRET, environment, load, takes
from fixture_programs import bad, good

pytestmark = pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")


@pytest.fixture(autouse=True)
def deployment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    more = {
        "STATE_DIR": str(tmp_path),
        "JWT_HEADERS": '{"kid": "2026-03"}',
        "RSA_BITS": "3072",
        "SESSION_SECRET": STRANGERS_SECRET,
    }
    for name, value in (environment() | more).items():
        monkeypatch.setenv(name, value)


class TestEphemeralKey:
    FOLDER = "JWT507-ephemeral-key"

    @bad(FOLDER)
    def test_a_token_dies_with_its_process(self, path: Path) -> None:
        first = load(path)
        token = first.issue()
        assert takes(first, token)
        assert not takes(load(path), token)

    @good(FOLDER)
    def test_a_token_outlives_its_process(self, path: Path) -> None:
        assert takes(load(path), load(path).issue())


class TestNoKeyId:
    FOLDER = "JWT508-no-key-id"

    @bad(FOLDER)
    def test_the_header_names_no_key(self, path: Path) -> None:
        assert "kid" not in jwt.get_unverified_header(load(path).issue())

    @good(FOLDER)
    def test_the_header_names_the_key(self, path: Path) -> None:
        assert jwt.get_unverified_header(load(path).issue())["kid"]


class TestSharedSecret:
    FOLDER = "JWT509-shared-secret"

    @pytest.fixture(autouse=True)
    def site(self) -> Iterator[None]:
        """The settings of the site that programs for Django run in."""
        if not settings.configured:
            settings.configure()
        settings.SECRET_KEY = STRANGERS_SECRET
        yield
        del settings.SECRET_KEY

    @staticmethod
    def session_secret(program: ModuleType) -> str:
        """What the sessions are signed with where the program runs."""
        return str(program.app.secret_key if hasattr(program, "app") else settings.SECRET_KEY)

    @bad(FOLDER)
    def test_the_secret_of_the_sessions_verifies_tokens(self, path: Path) -> None:
        program = load(path)
        assert jwt.decode(program.issue(), self.session_secret(program), algorithms=["HS256"])["sub"] == "alice"

    @good(FOLDER)
    def test_the_secret_of_the_sessions_verifies_no_tokens(self, path: Path) -> None:
        program = load(path)
        token = program.issue()
        assert jwt.decode(token, SECRET, algorithms=["HS256"])["sub"] == "alice"
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(token, self.session_secret(program), algorithms=["HS256"])


class TestSmallKey:
    FOLDER = "JWT510-small-key"

    @bad(FOLDER)
    def test_the_key_is_small(self, path: Path) -> None:
        assert self.bits(path) < 2048

    @good(FOLDER)
    def test_the_key_is_large_or_on_a_curve(self, path: Path) -> None:
        token = load(path).issue()
        assert jwt.get_unverified_header(token)["alg"] == "ES256" or self.bits(path) >= 2048

    @staticmethod
    def bits(path: Path) -> int:
        """How long the modulus is of the RSA key that signs: as long as its signatures (RFC 8017 §8)."""
        signature = jwt.decode_complete(load(path).issue(), options={"verify_signature": False})["signature"]
        return len(signature) * 8
