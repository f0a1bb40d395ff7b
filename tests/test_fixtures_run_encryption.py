"""Runs the programs of JWT106: what protects their tokens has been broken, or can be read in the source.

- An algorithm that has been broken is the one that the token's header names.
- A password in the source decrypts the token; a key that is not in the source cannot be found there.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import jwt
import pytest
from fixture_keys import environment, keys, load
from fixture_programs import bad, good
from jose import jwe
from jose.exceptions import JOSEError

FOLDER = "JWT106-weak-algorithm"
BROKEN = ("HS1", "RSA1_5")


@pytest.fixture(autouse=True)
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    yield
    # What a program registers counts for the whole process.
    with suppress(KeyError):
        jwt.unregister_algorithm("HS1")


def named(token: str) -> str:
    return str(
        jwe.get_unverified_header(token)["alg"] if token.count(".") == 4 else jwt.get_unverified_header(token)["alg"]
    )


def words(path: Path) -> Iterator[bytes]:
    """The texts that are written into a program."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            yield node.value if isinstance(node.value, bytes) else node.value.encode()


def is_read_with(token: str, key: bytes) -> bool:
    try:
        return "sub" in json.loads(jwe.decrypt(token, key) or b"{}")
    except (JOSEError, ValueError, TypeError):
        return False


@bad(FOLDER)
def test_a_bad_program_protects_badly(path: Path) -> None:
    token = load(path).issue()
    assert named(token) in BROKEN or any(is_read_with(token, word) for word in words(path))


@good(FOLDER)
def test_a_good_program_protects(path: Path) -> None:
    token = load(path).issue()
    assert named(token) not in BROKEN
    assert token.count(".") == 2 or not any(is_read_with(token, word) for word in words(path))


def test_a_registered_hash_is_used() -> None:
    (path,) = Path(__file__).parent.parent.glob(f"fixtures/{FOLDER}/bad_sha1_registered.py")
    signature = load(path).issue().rpartition(".")[2]
    assert len(jwt.utils.base64url_decode(signature)) == 20


def test_the_bearer_of_the_private_key_reads_what_is_encrypted_for_it() -> None:
    (path,) = Path(__file__).parent.parent.glob(f"fixtures/{FOLDER}/good_oaep.py")
    assert json.loads(jwe.decrypt(load(path).issue(), environment()["JWT_PRIVATE_KEY"]) or b"{}")["sub"] == "alice"
    assert keys().rsa.key_size >= 2048
