"""Secrets that everybody knows, and the command that adds to their list."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_copy import ROOT

from jwt_sast.tokens.well_known import LIST, Standing, listed, standing

FASTAPI = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"
"""The key of its tutorial."""

STANDINGS = {
    FASTAPI: Standing.WELL_KNOWN,
    "secret": Standing.WELL_KNOWN,
    "a-string-secret-at-least-256-bits-long": Standing.WELL_KNOWN,
    "keyboard cat": Standing.WELL_KNOWN,
    "<your-secret>": Standing.PLACEHOLDER,
    "changeme": Standing.PLACEHOLDER,
    "CHANGE-ME-IN-PRODUCTION": Standing.PLACEHOLDER,
    "dev-key_change_in_production": Standing.PLACEHOLDER,
    "your-256-bit-secret": Standing.PLACEHOLDER,
    "this_is_your_key": Standing.PLACEHOLDER,
    "{{ jwt_secret }}": Standing.PLACEHOLDER,
    "${JWT_SECRET}": Standing.PLACEHOLDER,
    "********": Standing.PLACEHOLDER,
    "XXX": Standing.PLACEHOLDER,
    "django-insecure-k#v0^w": Standing.DEVELOPMENT,
    "exchange-it-now": None,
    "yourself-and-others": None,
    "insert-coin": None,
    "settings-for-me": None,
    "inputmethod": None,
    "a<b>c": None,
    "x7": None,
    "tr0ub4dor&3": None,
    "": None,
}


@pytest.mark.parametrize(("key", "expected"), STANDINGS.items())
def test_what_a_key_is_known_for(key: str, expected: Standing | None) -> None:
    assert standing(key) is standing(key.encode()) is expected


@settings(deadline=None)
@given(st.binary(min_size=16))
def test_random_bytes_are_not_known(key: bytes) -> None:
    assert standing(key) in (None, Standing.PLACEHOLDER)


def test_the_list_tells_where_each_is_from_and_none_twice() -> None:
    sources = listed()["sources"]
    digests = [one for found in sources.values() for one in found]
    assert len(digests) == len(set(digests)) > 100
    assert all(re.fullmatch(r"[0-9a-f]{16}", one) for one in digests)
    assert all(source.strip() for source in sources)


def add(file: Path, source: str, *secrets: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.well_known_keys", source, "--list", str(file)]
    words = "".join(f"{secret}\n" for secret in secrets)
    return subprocess.run(command, cwd=ROOT, input=words, capture_output=True, text=True, check=False)


def counts(file: Path) -> dict[str, int]:
    return {source: len(found) for source, found in json.loads(file.read_text())["sources"].items()}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.json"


class TestAdding:
    def test_hashes_are_kept_and_nothing_else(self, file: Path) -> None:
        done = add(file, "A comic", "correct horse", "", "battery staple")
        assert (done.returncode, done.stdout) == (0, "2 added, 0 known already, 2 in all\n")
        assert counts(file) == {"A comic": 2}
        assert "horse" not in file.read_text()

    def test_each_is_kept_once_under_its_first_source(self, file: Path) -> None:
        add(file, "A comic", "correct", "horse")
        assert add(file, "Another", "horse", "staple").stdout == "1 added, 1 known already, 3 in all\n"
        assert add(file, "A comic", "correct", "battery").stdout == "1 added, 1 known already, 4 in all\n"
        assert add(file, "Nobody", "correct").stdout == "0 added, 1 known already, 4 in all\n"
        assert counts(file) == {"A comic": 3, "Another": 1}

    def test_the_list_is_as_the_command_writes_it(self, file: Path) -> None:
        file.write_bytes(LIST.read_bytes())
        add(file, "A comic", FASTAPI, "tr0ub4dor&3")
        written = json.loads(file.read_text())
        assert len(written["sources"].pop("A comic")) == 1
        assert json.dumps(written, indent=1, sort_keys=True, ensure_ascii=False) + "\n" == LIST.read_text()

    @pytest.mark.parametrize(("source", "secrets"), [("A comic", []), ("A comic", ["", " "]), (" ", ["horse"])])
    def test_nothing_to_add(self, source: str, secrets: list[str], file: Path) -> None:
        done = add(file, source, *secrets)
        assert done.returncode == 2
        assert "a source and at least one secret on standard input are needed" in done.stderr
        assert not file.exists()
