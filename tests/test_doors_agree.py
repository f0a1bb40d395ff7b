"""flake8, the command line and the pre-commit hook say the same of every file under `fixtures/`.

Left out are the files that Python's own parser refuses. flake8 answers for them itself, with an E999, or reads those
that it cannot decode as Latin-1 and goes on; where a plugin is asked at all, it is shown another text than the file's.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from fixture_marks import ROOT, expected, label, programs

from jwt_sast.check import registered
from jwt_sast.findings import UNUSED_SUPPRESSION, Persona

Found = list[tuple[str, int, int, str]]
"""Path inside `fixtures/`, line, column and code of every finding, sorted."""

SCRIPTS = Path(sysconfig.get_path("scripts"))
LINE = re.compile(r"(?m)^(?:\./)?([^\s:]+):(\d+):(\d+): (JWT\d{3}) ")
"""How both flake8 and the text report begin what they say of a finding."""
HOOK = re.compile(r"(?m)^- id: jwt-sast\n(?:  .*\n)*?  entry: (.*)$")
"""What the hook for staged files runs, the files' names behind it."""


def is_python(path: Path) -> bool:
    """Whether Python's parser takes the file as it lies on disk."""
    try:
        ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):  # the latter for a NUL byte, in Python 3.11.3 and earlier
        return False
    return True


def output(*command: str | Path) -> str:
    """What a command prints in `fixtures/`, where there is something to find."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    return done.stdout


def found(text: str) -> Found:
    """The findings in an output that has one on a line."""
    return sorted((path, int(line), int(column), code) for path, line, column, code in LINE.findall(text))


@pytest.fixture(scope="module")
def files() -> list[str]:
    """The paths inside `fixtures/` that every door is shown."""
    return [label(path) for path in programs() if is_python(path)]


@pytest.fixture(scope="module")
def command_line(files: list[str]) -> Found:
    """What the command line finds, in its JSON."""
    report = json.loads(output(sys.executable, "-m", "jwt_sast", "check", "--format", "json", *files))
    assert report["errors"] == []
    assert report["summary"]["files_seen"] == len(files)
    places = [(finding["location"], finding["code"]) for finding in report["findings"]]
    return sorted((place["path"], place["line"], place["column"], code) for place, code in places)


def test_the_command_line_finds_what_is_marked(command_line: Found, files: list[str]) -> None:
    listed = {check.code for check in registered() if check.persona is Persona.AUDITOR}
    marked = [
        (name, line, code) for name in files for code, line in expected(ROOT / name).elements() if code not in listed
    ]
    assert sorted((path, line, code) for path, line, _, code in command_line) == sorted(marked)


def test_flake8_finds_the_same(command_line: Found, files: list[str]) -> None:
    """All but unused comments: who sees one file at a time cannot know what another one makes of it."""
    known = [entry for entry in command_line if entry[-1] != UNUSED_SUPPRESSION]
    assert found(output(sys.executable, "-m", "flake8", "--isolated", "--select", "JWT", *files)) == known


def test_the_hook_finds_the_same(command_line: Found, files: list[str]) -> None:
    manifest = (ROOT.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (entry,) = HOOK.findall(manifest)
    program, *arguments = shlex.split(entry)
    assert found(output(SCRIPTS / program, *arguments, *files)) == command_line


def test_a_folder_is_no_different_from_its_files(command_line: Found, files: list[str]) -> None:
    """Discovery turns up all programs, and what cannot be analysed among them hides nothing of the others."""
    report = json.loads(output(sys.executable, "-m", "jwt_sast", "check", "--format", "json", "."))
    assert {error["path"] for error in report["errors"]} == {label(path) for path in programs()} - {*files}
    assert report["summary"]["files_seen"] == len(programs())
    assert len(report["findings"]) == len(command_line)
