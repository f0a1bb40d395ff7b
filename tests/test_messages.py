"""What findings say, as a user reads it in flake8's one line."""

from __future__ import annotations

import json
import re

import pytest
from command_line import script
from fixture_marks import ROOT

COLUMNS = 120
PLACE = "src/app/tokens.py:100:40: "
"""A path, line and column of ordinary lengths."""
REMEDY = re.compile(r"[:;,] \S")
"""What parts the fault from what to do about it."""


@pytest.fixture(scope="module")
def messages() -> list[tuple[str, str]]:
    """Code and message of everything that is found in `fixtures/`, without repetitions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        report = json.loads(script("check", "--persona", "auditor", "--format", "json", ".").out)
    return sorted({(finding["code"], finding["message"]) for finding in report["findings"]})


def test_each_fits_into_one_line(messages: list[tuple[str, str]]) -> None:
    lines = [f"{PLACE}{code} {message}" for code, message in messages]
    assert [line for line in lines if len(line) > COLUMNS] == []


def test_each_says_what_to_do(messages: list[tuple[str, str]]) -> None:
    """By its form: two parts, of which the second is the remedy; a message is a clause, no sentence."""
    assert [one for one in messages if not REMEDY.search(one[1])] == []
    assert [one for one in messages if one[1].endswith(".")] == []


def test_there_is_one_for_every_check(messages: list[tuple[str, str]]) -> None:
    folders = {path.name[: len("JWT000")] for path in ROOT.iterdir() if path.is_dir()}
    # What cannot be analysed is told apart from the findings.
    assert folders - {"JWT900"} == {code for code, _ in messages}
