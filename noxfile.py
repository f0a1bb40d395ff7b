"""Tests of libraries that cannot be installed beside the others, each in an environment of its own.

Two packages may bear the same import name, or want an old release of what another one wants new. The contract tests of
such a library lie in a folder of their own, `tests/apart/NAME/`, beside a `requirements.txt` that says what to install.
`nox -s apart` runs all of them, `nox -s 'apart(NAME)'` runs one.
"""

from __future__ import annotations

from pathlib import Path

import nox

APART = Path("tests/apart")
FOLDERS = sorted(path.parent for path in APART.glob("*/requirements.txt"))

nox.options.sessions = ["apart"]
# What comes with Python is enough, and nothing else has to be there.
nox.options.default_venv_backend = "venv"


@nox.session
@nox.parametrize("folder", [nox.param(folder, id=folder.name) for folder in FOLDERS])
def apart(session: nox.Session, folder: Path) -> None:
    """Runs the tests in one folder of tests/apart with what its requirements.txt asks for."""
    session.install("--requirement", str(folder / "requirements.txt"), "pytest>=8")
    session.run("pytest", *(session.posargs or ["-q"]), str(folder))
