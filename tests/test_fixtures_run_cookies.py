"""Runs the programs that set cookies in the frameworks that they are written for, and reads what they send."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from fixture_keys import environment, load
from fixture_programs import bad, good
from fixture_servers import cookies_of

FOR_SCRIPTS = frozenset({"csrf_access_token", "display_name", "theme", "language", "none"})
"""The cookies of the programs that hold no token."""


@pytest.fixture(autouse=True)
def variables() -> Iterator[None]:
    """Sets what programs read, and keeps Sanic from rewriting its own code, which it can do but once per process."""
    with patch.dict(os.environ, {**environment(), "SANIC_TOUCHUP": "false"}, clear=True):
        yield


def token_cookies(path: Path) -> list[Mapping[str, Any]]:
    """The cookies with a token that the program at `path` sets and does not take back."""
    cookies = cookies_of(load(path).app)
    assert cookies
    return [one for name, one in cookies.items() if name not in FOR_SCRIPTS and str(one["max-age"]) != "0"]


class TestInsecureCookie:
    FOLDER = "JWT404-insecure-cookie"

    @bad(FOLDER)
    def test_the_browser_may_send_it_in_the_clear(self, path: Path) -> None:
        assert not any(cookie["secure"] for cookie in token_cookies(path))

    @good(FOLDER)
    def test_the_browser_may_not(self, path: Path) -> None:
        assert all(cookie["secure"] for cookie in token_cookies(path))


class TestScriptReadableCookie:
    FOLDER = "JWT405-script-readable-cookie"

    @bad(FOLDER)
    def test_scripts_can_read_it(self, path: Path) -> None:
        assert not any(cookie["httponly"] for cookie in token_cookies(path))

    @good(FOLDER)
    def test_scripts_cannot(self, path: Path) -> None:
        assert all(cookie["httponly"] for cookie in token_cookies(path))


class TestCsrfUnprotectedCookie:
    FOLDER = "JWT406-csrf-unprotected-cookie"

    @bad(FOLDER)
    def test_other_sites_can_use_it(self, path: Path) -> None:
        assert {cookie["samesite"].lower() for cookie in token_cookies(path)} == {"none"}

    @good(FOLDER)
    def test_other_sites_cannot(self, path: Path) -> None:
        assert {cookie["samesite"].lower() for cookie in token_cookies(path)} <= {"lax", "strict"}
