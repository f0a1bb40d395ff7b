"""docs/interpreter.md tells the truth: its example prints what it says, its tables name everything there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documents import blocks, shell, table
from tree_copy import ROOT

from jwt_sast.semantics import bounds
from jwt_sast.semantics.environment import Host

PAGE = (ROOT / "docs" / "interpreter.md").read_text(encoding="utf-8")
SEMANTICS = ROOT / "jwt_sast" / "semantics"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A project of the programs on the page; each says in its first line where it lies."""
    (tmp_path / "pyproject.toml").touch()
    for program in blocks("python", PAGE):
        path = tmp_path / program.partition("\n")[0].removeprefix("# ")
        path.parent.mkdir(exist_ok=True)
        path.write_text(program, encoding="utf-8")
    (tmp_path / "app" / "__init__.py").touch()
    return tmp_path


@pytest.mark.parametrize("block", blocks("console", PAGE), ids=lambda block: block.splitlines()[0])
def test_shown_output_is_real(block: str, example: Path) -> None:
    """Where this fails after a change, put what is printed into the page, and see that the steps still hold."""
    command, _, output = block.partition("\n")
    done = shell(command.removeprefix("$ "), example)
    assert done.stderr == ""
    assert done.stdout == output
    assert output


def test_lines_that_the_steps_name_are_in_the_program() -> None:
    (program,) = (block for block in blocks("python", PAGE) if block.startswith("# app/login.py"))
    steps = dict(re.findall(r"^\d\. \*\*Line (\d+)\.?\*\*(.*?)(?=^\d\. |^[A-Z])", PAGE, re.MULTILINE | re.DOTALL))
    lines = program.splitlines()
    said = {
        "8": "claims_for(user)",
        "9": "if not remember",
        "10": '["exp"]',
        "11": "_signed(claims)",
        "15": "jwt.encode",
    }
    assert steps.keys() == said.keys()
    for number, text in said.items():
        assert text in lines[int(number) - 1]


def test_every_bound_is_in_the_table_with_its_value() -> None:
    """Where this fails after a change to a bound, bring the page up to date."""
    rows = table("Bound", PAGE)
    assert all(len(row) == 3 and row[2] for row in rows)
    told = [(name, value) for name, value, _ in rows]
    assert told == [(f"`{name}`", f"{value:,}") for name, value in vars(bounds).items() if name.startswith("MAX_")]


def test_every_module_is_named() -> None:
    """Where this fails after a module has come or gone, bring the table at the end of the page up to date."""
    there = {path.relative_to(SEMANTICS).as_posix() for path in SEMANTICS.rglob("*.py") if path.stem != "__init__"}
    named = [name for row in table("Idea", PAGE) for name in re.findall(r"`([\w/]+\.py)`", row[1])]
    assert sorted(named) == sorted(there)
    assert set(re.findall(r"`((?:stdlib/)?\w+\.py)`", PAGE)) - {"__init__.py"} <= there


def test_everything_that_a_host_is_asked_is_in_the_table() -> None:
    asked = [name for name in vars(Host) if not name.startswith("_")]
    assert [row[0] for row in table("It is asked or told", PAGE)] == [f"`{name}`" for name in asked]


def test_files_named_on_the_page_exist() -> None:
    named = set(re.findall(r"`((?:checks|jwt_sast|tests)/[\w./-]*)`", PAGE))
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()
