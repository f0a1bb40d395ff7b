"""Runs the programs that write logs: in what the bad ones write, the token or the key stands as it is."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest
from fixture_keys import SECRET, STRANGERS_SECRET, environment, load, provider_tokens
from fixture_programs import bad, good
from loguru import logger

FOLDER = "JWT408-token-logged"
_TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+")


@pytest.fixture(autouse=True)
def variables() -> Iterator[None]:
    """Sets what programs read."""
    with patch.dict(os.environ, environment() | {"STRANGERS_SECRET": STRANGERS_SECRET}, clear=True):
        yield


def written(path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> str:
    """Everything that the program at `path` writes while its `main` has a token in hand, errors included."""
    caplog.set_level(logging.DEBUG)
    # loguru goes on writing to what standard error was when somebody imported it first.
    logger.remove()
    logger.add(sys.stderr)
    error = ""
    with suppress(Exception):
        try:
            load(path).main(provider_tokens()[0])
        except Exception as raised:
            error = str(raised)
            raise
    return "".join((caplog.text, *capfd.readouterr(), error))


@bad(FOLDER)
def test_it_is_there_to_be_read(
    path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    text = written(path, caplog, capfd)
    assert _TOKEN.search(text) or SECRET in text


@good(FOLDER)
def test_it_is_not(path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    text = written(path, caplog, capfd)
    assert text
    assert not _TOKEN.search(text)
    assert SECRET not in text
