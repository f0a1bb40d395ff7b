"""docs/flake8.md tells the truth: its settings are taken, its options are all there are, its editors' lines work."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from documents import PLACEHOLDER, blocks, shell
from tree_copy import ROOT, sample_project

from jwt_sast.config import SETTINGS
from jwt_sast.config.kinds import Table

PAGE = (ROOT / "docs" / "flake8.md").read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return sample_project(tmp_path)


def test_settings(project: Path) -> None:
    (block,) = blocks("ini", PAGE)
    (project / ".flake8").write_text(block, encoding="utf-8")
    done = shell("flake8 src", project)
    assert done.stderr == ""
    assert " JWT301 " in done.stdout


def test_options(project: Path) -> None:
    assert "Every [setting](../README.md#settings) but the tables is an option of flake8 with `--jwt-` before" in PAGE
    settings = {f"--jwt-{name}" for name, one in SETTINGS.items() if not isinstance(one.kind, Table)}
    assert settings == set(re.findall(r"--jwt-[a-z-]+", shell("flake8 --help", project).stdout))
    assert settings > set(re.findall(r"(--jwt-\w[a-z-]+)", PAGE))


def test_a_selection_of_ones_own(project: Path) -> None:
    (line,) = re.findall(r"`(select = .*)`", PAGE)
    for selection, found in ((line, True), (line.replace(",JWT", ""), False)):
        (project / ".flake8").write_text(f"[flake8]\n{selection}\n", encoding="utf-8")
        assert ("JWT" in shell("flake8 src", project).stdout) == found


def test_pre_commit(tmp_path: Path) -> None:
    (block,) = blocks("yaml", PAGE)
    path = tmp_path / "config.yaml"
    path.write_text(block, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", str(path)], check=True)
    assert PLACEHOLDER in block


def test_ruff_leaves_our_codes_alone(tmp_path: Path) -> None:
    (block,) = blocks("toml", PAGE)
    source = "KEY = 'k'  # noqa: JWT501\n"
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    check = "ruff check --no-cache --quiet --select RUF100,RUF102 --fix app.py"
    (tmp_path / "pyproject.toml").write_text(block, encoding="utf-8")
    shell(check, tmp_path)
    assert (tmp_path / "app.py").read_text(encoding="utf-8") == source
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    shell(check, tmp_path)
    assert "JWT501" not in (tmp_path / "app.py").read_text(encoding="utf-8")


def test_what_an_editor_hands_over_is_checked_as_the_file_that_it_is(project: Path) -> None:
    """Editors pass what is typed by standard input, and the file's name beside it."""
    check = "flake8 --select JWT --stdin-display-name src/accounts.py - < src/accounts.py"
    assert shell(check, project).stdout == shell("flake8 --select JWT src/accounts.py", project).stdout != ""


@pytest.mark.parametrize("block", blocks("json", PAGE), ids=lambda block: block.split('"')[1])
def test_settings_of_editors_can_be_read(block: str) -> None:
    assert json.loads(block)


def test_vim_understands_the_lines(project: Path) -> None:
    """Its pattern says `file:line:column: message`."""
    (block,) = blocks("vim", PAGE)
    program, pattern = (line.partition("=")[2].replace("\\ ", " ") for line in block.splitlines())
    assert pattern == "%f:%l:%c: %m"
    lines = shell(program, project).stdout.splitlines()
    assert lines
    assert all(re.fullmatch(r"[^:]+:\d+:\d+: \S.*", line) for line in lines)
