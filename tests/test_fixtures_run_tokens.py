"""Runs the programs of JWT504: the token that a bad one sends can be read in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
from fixture_keys import SECRET, claims, load
from fixture_programs import bad, good

FOLDER = "JWT504-hardcoded-token"


@pytest.fixture(autouse=True)
def deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKER_TOKEN", jwt.encode(claims(), SECRET, algorithm="HS256"))


def sent(path: Path) -> str:
    """The token that the program sends."""
    scheme, _, token = str(load(path).headers()["Authorization"]).partition(" ")
    assert scheme == "Bearer"
    assert jwt.decode_complete(token, options={"verify_signature": False})["signature"]
    return token


def words(path: Path) -> Iterator[str]:
    """The texts that are written into a program."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            yield node.value if isinstance(node.value, str) else node.value.decode()


@bad(FOLDER)
def test_what_a_bad_program_sends_is_in_its_source(path: Path) -> None:
    assert any(sent(path) in word for word in words(path))


@good(FOLDER)
def test_what_a_good_program_sends_is_not(path: Path) -> None:
    assert not any(sent(path) in word for word in words(path))
