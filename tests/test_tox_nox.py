"""docs/tox-nox.md: both snippets are run by the real tools, in a project of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from documents import addressed, blocks
from git_repositories import committed, repository
from tree_copy import ROOT, copied, sample_project

PAGE = (ROOT / "docs" / "tox-nox.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This repository as one can install it from, and its commit."""
    folder = copied(tmp_path_factory.mktemp("source"))
    repository(folder)
    return folder, committed(folder=folder)


@pytest.fixture(scope="module")
def tox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """tox in an environment of its own: beside the libraries that the other tests need there is no room for it."""
    folder = tmp_path_factory.mktemp("tox")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", "tox>=4"], check=True)
    return programs / "tox"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return sample_project(tmp_path)


def run(*command: Path | str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a tool that is not told of a run around it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TOX", "NOX"))}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


class TestBoth:
    """Each as the page says it is called, and a second time, in the environment that is there by then, with options."""

    def test_tox(self, tox: Path, project: Path, source: tuple[Path, str]) -> None:
        (block,) = blocks("ini", PAGE)
        (project / "tox.ini").write_text(addressed(block, *source), encoding="utf-8")
        self.finds("src/accounts.py:", run(tox, "-e", "jwt-sast", cwd=project))
        self.finds("samples/", run(tox, "-e", "jwt-sast", "--", "--verbose", "samples", cwd=project))

    def test_nox(self, project: Path, source: tuple[Path, str]) -> None:
        (block,) = blocks("python", PAGE)
        (project / "noxfile.py").write_text(addressed(block, *source), encoding="utf-8")
        nox = (sys.executable, "-m", "nox")
        self.finds("src/accounts.py:", run(*nox, "-s", "jwt-sast", cwd=project))
        self.finds("samples/", run(*nox, "-R", "-s", "jwt-sast", "--", "--verbose", "samples", cwd=project))

    @staticmethod
    def finds(told: str, done: subprocess.CompletedProcess[str]) -> None:
        assert done.returncode == 1, done.stderr
        assert any(line.startswith(told) for line in done.stdout.splitlines())
