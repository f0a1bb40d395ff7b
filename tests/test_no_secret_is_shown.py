"""No output, of whatever kind, shows a literal that may be a secret.

Every fixture is looked at with a canary in each position that could hold one; `tests/canaries.py` has the rule. What is
then searched, to the last character, is everything that the tool writes about them, and that flake8 does.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from canaries import CANARY, Planter, shown
from command_line import Done, script
from fixture_marks import ROOT, programs

from jwt_sast.reporters import REPORTERS

KEPT = 0.95
"""How many of the findings have to come up with canaries too: some go with a word that is compared or configured."""


@dataclass(frozen=True)
class Planted:
    """The fixtures with canaries in them, and the reports on them by format."""

    folder: Path
    planter: Planter
    reports: dict[str, str]
    done: Done


def checked(folder: Path, *args: str, colour: str = "") -> Done:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return script("check", "--persona", "auditor", "--verbose", *args, FORCE_COLOR=colour)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    top = tmp_path_factory.mktemp("planted")
    folder, planter = top / "fixtures", Planter()
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in programs(folder):
        path.write_bytes(planter.program(path.read_bytes()))
    formats = ["--format=text", *(f"--format={name}={top / name}" for name in REPORTERS)]
    done = checked(folder, *formats, "--no-suppressions", ".", colour="1")
    return Planted(folder, planter, {name: (top / name).read_text(encoding="utf-8") for name in REPORTERS}, done)


class TestCanaries:
    def test_are_in_the_programs(self, planted: Planted) -> None:
        """Each once; were one shown, it would be found."""
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in programs(planted.folder)]
        there = Counter(canary for text in texts for canary in CANARY.findall(text))
        assert len(there) > 1_500
        assert set(there.values()) == {1}
        # Some tokens are written in pieces.
        joined = re.sub(r"[\"'\s]+", "", "".join(texts))
        assert planted.planter.needles
        assert set(shown(planted.planter, joined)) == {*there, *planted.planter.needles}

    def test_leave_the_findings_as_they_were(self, planted: Planted) -> None:
        """So that nearly every message, trace and frame is looked at; of every check at least one."""
        before, after = (
            Counter(
                (found["location"]["path"], found["location"]["line"], found["code"])
                for found in json.loads(text)["findings"]
            )
            for text in (checked(ROOT, "--no-suppressions", "--format", "json", ".").out, planted.reports["json"])
        )
        assert (before & after).total() >= KEPT * before.total()
        assert {code for *_, code in after} == {code for *_, code in before}


@pytest.mark.parametrize("format", REPORTERS)
def test_not_in_a_report(format: str, planted: Planted) -> None:
    text = planted.reports[format]
    # Some formats escape, but nothing of what a canary is made of.
    assert re.search(r"JWT301|missing-exp", text)
    assert set(shown(planted.planter, text)) == set()


def test_not_on_the_screen(planted: Planted) -> None:
    """In colour, with notices, what `--verbose` tells, and errors."""
    assert "\x1b[" in planted.done.out
    assert "findings (" in planted.done.out + planted.done.err
    assert set(shown(planted.planter, planted.done.out + planted.done.err)) == set()


def test_not_among_what_is_suppressed(planted: Planted) -> None:
    """Of the programs that have comments for that."""
    paths = [path for path in programs(planted.folder) if re.search(rb"jwt-sast: ignore|noqa", path.read_bytes())]
    listed = checked(planted.folder, "--include-suppressed", "--format", "json", *map(str, paths)).out
    assert listed.count('"suppressed"') > 10
    assert set(shown(planted.planter, listed)) == set()


def test_not_in_a_baseline(planted: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor in what is told of its entries where they are all gone."""
    file = tmp_path / "known.json"
    monkeypatch.chdir(planted.folder)
    assert script("baseline", "--persona", "auditor", "--file", "known.json").status == 3
    shutil.move("known.json", file)
    monkeypatch.chdir(tmp_path)
    told = script("check", f"--baseline={file.name}").out
    assert told.count(": gone: ") > 200
    assert set(shown(planted.planter, file.read_text(encoding="utf-8") + told)) == set()


def test_not_in_flake8(planted: Planted) -> None:
    options = ("--isolated", "--select=JWT,E9", "--jwt-persona=auditor", "--disable-noqa")
    command = [sys.executable, "-m", "flake8", *options, "."]
    done = subprocess.run(command, cwd=planted.folder, capture_output=True, check=False)
    output = (done.stdout + done.stderr).decode()
    assert output.count("JWT") > 500
    assert set(shown(planted.planter, output)) == set()
