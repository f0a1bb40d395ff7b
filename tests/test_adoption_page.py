"""docs/adoption.md tells the truth: its commands run one after the other, and print what it says."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from documents import shell
from git_repositories import committed, repository
from tree_copy import ROOT

FILE = ROOT / "docs" / "adoption.md"
PAGE = FILE.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(console|python|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bookshop under git, as somebody has it who begins."""
    for name, value in {"NAME": "A", "EMAIL": "a@example.com"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    (tmp_path / "pyproject.toml").touch()
    shutil.copytree(ROOT / "samples" / "bookshop", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    repository(tmp_path)
    committed("the shop", tmp_path)
    return tmp_path


def printed(block: str, folder: Path) -> str:
    """A block with what its commands print today, on both streams as on a terminal."""
    lines = []
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        lines += [f"$ {command}\n", shell(f"{command} 2>&1", folder).stdout]
    return "".join(lines)


def with_output(page: str, folder: Path) -> str:
    """The page as it would be today: what it says is done is done, from top to bottom."""
    for language, block in BLOCK.findall(page):
        if language == "console":
            page = page.replace(f"```console\n{block}```", f"```console\n{printed(block, folder)}```", 1)
        elif language == "python":
            with (folder / "src" / "accounts.py").open("a", encoding="utf-8") as file:
                file.write(f"\n\n{block}")
        else:
            (folder / "change.diff").write_text(block, encoding="utf-8")
            assert shell("git apply change.diff", folder).returncode == 0
    return page


def test_everything_shown_is_real(shop: Path) -> None:
    """Where this fails after a change, put what is printed into the page, and read what is said around it."""
    assert with_output(PAGE, shop) == PAGE


def test_it_tells_a_new_one_an_old_one_and_a_mended_one() -> None:
    assert "src/accounts.py:27:20: JWT301 missing-exp" in PAGE
    assert "jwt-sast-baseline.json: gone: src/accounts.py: JWT301 in reset_token\n" in PAGE
    assert "No findings, 6 baselined; " in PAGE


def test_the_entry_is_one_of_those(shop: Path) -> None:
    shell("jwt-sast baseline src", shop)
    (entry,) = re.findall(r"```json\n\{\n(.*?),\n  \"reason\"", PAGE, re.DOTALL)
    written = (shop / "jwt-sast-baseline.json").read_text(encoding="utf-8")
    assert re.sub(r"^  ", "      ", entry, flags=re.MULTILINE) in written
