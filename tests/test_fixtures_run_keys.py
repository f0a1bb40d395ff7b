"""Runs the programs of the keys family: whoever has read the source can sign tokens with the bad ones' keys.

- JWT501: a token that the program mints on somebody else's machine, with none of the deployment's secrets, is taken.
- JWT502: likewise where the deployment has forgotten to set the secret.
- JWT503: the key is shorter than the hash; PyJWT warns of it.
- JWT505: the private key can be read out of the source, and it is the one that signs.
- JWT506: who runs the same source from the same state of `random` has the same key; or machine and time give it away.
"""

from __future__ import annotations

import ast
import os
import random
import uuid
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import click
import jwt
import pytest
from authlib.common.errors import AuthlibBaseError
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from environs import EnvError
from fixture_keys import STRANGERS_SECRET, environment, load, takes
from fixture_marks import ROOT, label
from fixture_programs import bad, good
from jose.exceptions import JOSEError
from joserfc.errors import JoseError
from jwcrypto.common import JWException

ASYMMETRIC = ["RS256", "ES256", "EdDSA"]
SIGNING_KEYS = (RSAPrivateKey, EllipticCurvePrivateKey, Ed25519PrivateKey)
REFUSALS = (jwt.PyJWTError, JOSEError, JoseError, AuthlibBaseError, JWException)
WILL_NOT_START = (KeyError, RuntimeError, SystemExit, EnvError, click.UsageError)


@contextmanager
def deployed(variables: Mapping[str, str]) -> Iterator[None]:
    """A process that has exactly these variables, whatever the programs in it do to them."""
    with patch.dict(os.environ, variables, clear=True):
        yield


@pytest.fixture
def provider(tmp_path: Path) -> dict[str, str]:
    """The environment of the deployment that is attacked."""
    variables = environment()
    return secrets_dir(tmp_path / "provider", variables) | variables


@pytest.fixture
def stranger(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who runs the same source with secrets of his own."""
    variables = environment() | {"JWT_SECRET": STRANGERS_SECRET}
    return secrets_dir(tmp_path / "stranger", variables) | variables


def secrets_dir(folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """The secrets as files in `folder`, and the variables that hold them in yet other forms."""
    folder.mkdir()
    (folder / "jwt-signing-secret").write_text(variables["JWT_SECRET"])
    (folder / "signing.pem").write_text(variables["JWT_PRIVATE_KEY"])
    body = "".join(variables["JWT_PRIVATE_KEY"].splitlines()[1:-1])
    return {"SECRETS_DIR": str(folder), "JWT_PRIVATE_KEY_BODY": body}


def mints(path: Path) -> bool:
    """Whether the program has a function to sign with; some only verify."""
    return "def issue(" in path.read_text()


class TestHardcodedKey:
    FOLDER = "JWT501-hardcoded-key"

    @bad(FOLDER)
    def test_a_strangers_token_is_taken(self, path: Path, provider: dict[str, str], stranger: dict[str, str]) -> None:
        with deployed(stranger):
            token = load(path).issue()
        with deployed(provider):
            assert load(path).accept(token)

    @good(FOLDER)
    def test_a_strangers_token_is_refused(self, path: Path, provider: dict[str, str], stranger: dict[str, str]) -> None:
        with deployed(stranger):
            program = load(path)
            token = program.issue() if mints(path) else jwt.encode({}, STRANGERS_SECRET, algorithm="HS256")
        with deployed(provider):
            program = load(path)
            with pytest.raises(REFUSALS):
                program.accept(token)
            assert not mints(path) or program.accept(program.issue())


class TestDefaultKey:
    FOLDER = "JWT502-default-key"

    @bad(FOLDER)
    def test_without_a_secret_anyone_signs(self, path: Path) -> None:
        with deployed({}):
            token = load(path).issue()
        with deployed({}):
            assert load(path).accept(token)

    @bad(FOLDER)
    def test_with_a_secret_nobody_else_signs(self, path: Path, provider: dict[str, str]) -> None:
        with deployed({}):
            token = load(path).issue()
        with deployed(provider), pytest.raises(REFUSALS):
            load(path).accept(token)

    @good(FOLDER)
    def test_without_a_secret_it_does_not_start_or_draws_one(self, path: Path) -> None:
        with deployed({}):
            try:
                token = load(path).issue()
            except WILL_NOT_START:
                return
            with pytest.raises(REFUSALS):
                load(path).accept(token)

    @good(FOLDER)
    def test_with_a_secret_it_works(self, path: Path, provider: dict[str, str]) -> None:
        with deployed(provider):
            program = load(path)
            assert program.accept(program.issue())


class TestWeakKey:
    FOLDER = "JWT503-weak-key"

    @bad(FOLDER)
    def test_the_key_is_shorter_than_the_hash(self, path: Path, provider: dict[str, str]) -> None:
        with deployed(provider), pytest.warns(jwt.InsecureKeyLengthWarning):
            assert load(path).issue()

    @good(FOLDER)
    def test_the_key_is_long_enough(self, path: Path, provider: dict[str, str]) -> None:
        with deployed(provider), warnings.catch_warnings():
            warnings.simplefilter("error", jwt.InsecureKeyLengthWarning)
            assert load(path).issue()


class TestPrivateKeyInSource:
    FOLDER = "JWT505-private-key-in-source"

    @bad(FOLDER)
    def test_the_key_in_the_source_signs(self, path: Path) -> None:
        (pem,) = private_keys(path)
        with deployed({}):
            token = load(path).issue()
        private = load_pem_private_key(pem, None)
        assert isinstance(private, SIGNING_KEYS)
        assert jwt.decode(token, private.public_key(), algorithms=ASYMMETRIC)

    @good(FOLDER)
    def test_there_is_no_key_in_the_source(self, path: Path, provider: dict[str, str]) -> None:
        assert not private_keys(path)
        with deployed(provider):
            program = load(path)
            assert not mints(path) or jwt.get_unverified_header(program.issue())["alg"] in ASYMMETRIC


class TestPredictableKey:
    FOLDER = "JWT506-predictable-key"
    BY_CLOCK = ROOT / FOLDER / "bad_machine_and_clock.py"
    BY_STATE = sorted({*(ROOT / FOLDER).glob("bad_*.py")} - {BY_CLOCK})

    @pytest.mark.parametrize("path", BY_STATE, ids=label)
    def test_a_stranger_can_have_the_key(self, path: Path, provider: dict[str, str], stranger: dict[str, str]) -> None:
        token = self.minted(path, stranger)
        assert self.takes(path, provider, token)

    @good(FOLDER)
    def test_a_stranger_cannot_have_the_key(
        self, path: Path, provider: dict[str, str], stranger: dict[str, str]
    ) -> None:
        token = self.minted(path, stranger)
        assert not self.takes(path, provider, token)
        with deployed(provider):
            program = load(path)
            assert program.accept(program.issue())

    def test_machine_and_clock_leave_little_to_guess(self) -> None:
        before = uuid.uuid1()
        program = load(self.BY_CLOCK)
        after = uuid.uuid1()
        key = uuid.UUID(program.KEY)
        assert program.accept(program.issue())
        assert before.time < key.time < after.time
        assert before.node == key.node

    @staticmethod
    def minted(path: Path, variables: Mapping[str, str]) -> str:
        """A token of the program, run from the one state of `random` that `takes` runs it from as well."""
        with deployed(variables):
            random.seed(0)
            token: str = load(path).issue()
            return token

    @staticmethod
    def takes(path: Path, variables: Mapping[str, str], token: str) -> bool:
        """Whether the program takes `token` where it is run with `variables`."""
        with deployed(variables):
            random.seed(0)
            return takes(load(path), token)


def private_keys(path: Path) -> list[bytes]:
    """The texts in the source at `path` that are a private key."""
    constants = [node.value for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Constant)]
    texts = [value.encode() if isinstance(value, str) else value for value in constants if value]
    return [text for text in texts if isinstance(text, bytes) and is_private_key(text)]


def is_private_key(text: bytes) -> bool:
    """Whether `text` loads as a private key in PEM."""
    try:
        load_pem_private_key(text, None)
    except ValueError:
        return False
    return True
