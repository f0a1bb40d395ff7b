"""The tests that need environments of their own are complete, run by nox, and left alone by everything else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tree_copy import ROOT

APART = ROOT / "tests" / "apart"
FOLDERS = sorted(path for path in APART.iterdir() if path.is_dir() and path.name != "__pycache__")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_folder_says_what_to_install_and_has_a_contract(folder: Path) -> None:
    assert (folder / "requirements.txt").read_text().strip()
    assert list(folder.glob("test_*_contract.py"))


def test_nox_has_a_session_for_each_folder() -> None:
    command = [sys.executable, "-m", "nox", "--list", "--session", "apart"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    sessions = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("* apart")}
    assert sessions == {f"apart({folder.name})" for folder in FOLDERS}


def test_the_main_run_collects_none_of_them() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "--quiet", "tests"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "tests/test_apart.py::" in done.stdout
    assert "tests/apart/" not in done.stdout
