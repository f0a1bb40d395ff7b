"""What gets installed: from a wheel, from an sdist, and from the tree as it stands."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from tree_copy import ROOT, copied

from jwt_sast._version import __version__


def run(*command: str | Path, cwd: Path) -> str:
    """What a program prints; a failure shows all it had to say."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, so that building leaves nothing in the real one."""
    return copied(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def archives(tree: Path) -> tuple[Path, Path]:
    """The sdist, and the wheel that was built from it."""
    run(sys.executable, "-m", "build", "--quiet", "--outdir", "archives", ".", cwd=tree)
    (sdist,) = (tree / "archives").glob("*.tar.gz")
    (wheel,) = (tree / "archives").glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty virtual environment: the folder that its programs lie in."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


def installed_sources() -> set[str]:
    """Every source file by the name under which it has to be installed."""
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "jwt_sast").rglob("*.py")}
    found |= {f"jwt_sast/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "checks").rglob("*.py")}
    return found


def test_the_wheel_holds_every_module_and_nothing_else(archives: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(archives[1]).namelist()
    assert {name for name in names if name.endswith(".py")} == installed_sources()
    assert {"py.typed", "examples.json", "config/schema.json", "tokens/well_known_keys.json"} <= {
        name.removeprefix("jwt_sast/") for name in names
    }
    assert {name.split("/")[0] for name in names} == {"jwt_sast", f"jwt_sast-{__version__}.dist-info"}
    assert any(name.endswith("/LICENSE") for name in names)


def test_the_sdist_holds_what_building_needs(archives: tuple[Path, Path]) -> None:
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml", "jwt_sast/py.typed"} <= names
    assert {f"{name}".removeprefix("jwt_sast/") for name in installed_sources() if "/checks/" in name} <= names


INSPECTION = """
import importlib.metadata, importlib.util
import jwt_sast.checks, jwt_sast.findings
assert importlib.util.find_spec("checks") is None, "there is a top-level package called checks"
for entry in importlib.metadata.distribution("jwt-sast").entry_points:
    entry.load()
    print(entry.group, entry.name)
"""


@pytest.mark.parametrize("editable", [False, True], ids=["wheel", "editable"])
def test_an_installation(
    archives: tuple[Path, Path], tree: Path, environment: Path, tmp_path: Path, editable: bool
) -> None:
    python = environment / "python"
    target = ["--editable", str(tree)] if editable else [str(archives[1])]
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *target, cwd=tmp_path)
    assert run(python, "-c", INSPECTION, cwd=tmp_path).splitlines() == [
        "console_scripts jwt-sast",
        "flake8.extension JWT",
        "jwt_sast.checks builtin",
    ]
    version = run(environment / "jwt-sast", "--version", cwd=tmp_path)
    assert version.startswith(f"jwt-sast {__version__} (libcst ")
    assert run(python, "-m", "jwt_sast", "--version", cwd=tmp_path) == version
    assert f"jwt-sast: {__version__}" in run(python, "-m", "flake8", "--version", cwd=tmp_path)
