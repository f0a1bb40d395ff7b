"""The same input gives the same output, byte for byte, however the work is shared out."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from command_line import Done, script
from tree_copy import ROOT

FORMATS = ("json", "sarif")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of all fixtures side by side, some of which share names, in a project of several packages."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "fixtures", folder / "app", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def files(project: Path) -> list[str]:
    return sorted(str(path.relative_to(project)) for path in project.rglob("*.py"))


def checked(project: Path, monkeypatch: pytest.MonkeyPatch, *args: str) -> Done:
    monkeypatch.chdir(project)
    return script("check", *args)


@pytest.mark.parametrize("form", FORMATS)
def test_with_any_number_of_processes(project: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, shared = (checked(project, monkeypatch, "--jobs", jobs, "--format", form, ".") for jobs in ("1", "4"))
    assert alone == shared
    assert (alone.status, "JWT501" in alone.out) == (1, True)


def test_with_files_in_any_order(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = files(project)
    shuffled = random.Random(1).sample(paths, len(paths))
    first, second = (checked(project, monkeypatch, "--format", "json", *given) for given in (paths, shuffled))
    assert first == second
    assert "JWT501" in first.out
