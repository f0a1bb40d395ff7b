"""Copies of this repository and of its samples to work in, so that nothing is left in the real ones."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent

_LEFT_OUT = (".*_cache", ".git", ".hypothesis", ".nox", ".venv", "*.egg-info", "__pycache__", "build", "dist")


def copied(folder: Path) -> Path:
    """Copies what belongs to the repository into a new folder `jwt-sast` in `folder`, and gives that one."""
    return Path(shutil.copytree(ROOT, folder / "jwt-sast", ignore=shutil.ignore_patterns(*_LEFT_OUT)))


def environment_of_copy(folder: Path) -> dict[str, str]:
    """Our environment for a process that runs a copy in `folder`: what it runs is no part of the coverage of ours, and
    pytest is given no options of ours.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST_"))}
    return ours | {"PYTHONPATH": str(folder)}


def sample_project(folder: Path) -> Path:
    """Makes `folder` a project whose `samples/` is ours and whose `src/` is the application in it, and gives it."""
    (folder / "pyproject.toml").touch()
    shutil.copytree(ROOT / "samples", folder / "samples")
    shutil.copytree(ROOT / "samples" / "bookshop", folder / "src")
    return folder
