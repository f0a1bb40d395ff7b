"""A copy of this repository to build in, so that nothing is left in the real one."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent

_LEFT_OUT = (".*_cache", ".git", ".hypothesis", ".nox", ".venv", "*.egg-info", "__pycache__", "build", "dist")


def copied(folder: Path) -> Path:
    """Copies what belongs to the repository into a new folder `jwt-sast` in `folder`, and gives that one."""
    return Path(shutil.copytree(ROOT, folder / "jwt-sast", ignore=shutil.ignore_patterns(*_LEFT_OUT)))
