"""Checks of other packages come in by the same door as ours, and need only what `jwt_sast` itself exports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import jwt_sast

PLUGIN = '''
import libcst as cst
from jwt_sast import Check, Confidence, Known, Severity, Signing, alternatives


class HouseAlgorithm(Check):
    """Tokens are signed with ES256 in this house."""

    code = "JWT801"
    name = "house-algorithm"
    title = "Not the algorithm of the house"
    severity = Severity.LOW

    def visit_Signing(self, event: Signing) -> None:
        for one in alternatives(event.algorithm.value):
            if isinstance(one, Known) and one.constant != "ES256":
                self.report(event.algorithm.place, f"{one.constant} is used, and the house uses ES256")


class HousePort(Check):
    """Nobody listens on port 1."""

    code = "JWT802"
    name = "house-port"
    title = "Port 1"
    severity = Severity.LOW

    def visit_Call(self, node: cst.Call) -> None:
        if "socket.create_server" in self.module.qualified_names(node.func):
            value = self.module.value_of(node.args[0].value)
            if value == Known(1):
                self.report(node.args[0].value, "port 1", confidence=Confidence.MEDIUM)


class Broken(Check):
    """A check with a defect of its own."""

    code = "JWT803"
    name = "broken"
    title = "Breaks"
    severity = Severity.LOW

    def visit_Signing(self, event: Signing) -> None:
        raise ValueError("s3cr3t")

    def visit_Lambda(self, node: cst.Lambda) -> None:
        raise KeyError("s3cr3t")
'''

PROGRAM = """\
import jwt, os, socket
PORT = 1
def f(claims):
    socket.create_server(PORT)
    return jwt.encode(claims, os.environ["KEY"], algorithm="HS256")
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment in which the plugin is installed."""
    site = tmp_path / "site"
    info = site / "house-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "house_checks.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[jwt_sast.checks]\nhouse = house_checks\n")
    return {**os.environ, "PYTHONPATH": str(site)}


def run(environment: dict[str, str], folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jwt_sast", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_checks_of_another_package_run(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "app.py").write_text(PROGRAM)
    report = json.loads(run(environment, tmp_path, "check", "--format", "json", "app.py").stdout)
    found = [(one["code"], one["location"]["line"], one["location"]["column"]) for one in report["findings"]]
    assert found == [("JWT802", 4, 26), ("JWT801", 5, 60)]


def test_a_check_that_fails_is_an_error_of_the_file_and_leaves_the_others_alone(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "app.py").write_text(PROGRAM + "g = lambda: 1\n")
    done = run(environment, tmp_path, "check", "--format", "json", "app.py")
    report = json.loads(done.stdout)
    assert [(error["line"], error["message"].partition(" at ")[0]) for error in report["errors"]] == [
        (5, "JWT803 failed: internal error: ValueError"),
        (6, "JWT803 failed: internal error: KeyError"),
    ]
    assert len(report["findings"]) == 2
    assert done.returncode == 1
    assert "s3cr3t" not in done.stdout + done.stderr


def test_their_rules_are_listed(tmp_path: Path, environment: dict[str, str]) -> None:
    rules = run(environment, tmp_path, "rules", "--format", "json").stdout
    assert "house-algorithm" in rules
    assert "Tokens are signed with ES256 in this house." in run(environment, tmp_path, "explain", "JWT801").stdout


def test_two_checks_with_one_code_are_refused(tmp_path: Path, environment: dict[str, str]) -> None:
    module = tmp_path / "site" / "house_checks.py"
    module.write_text(PLUGIN.replace("JWT801", "JWT301"))
    (tmp_path / "app.py").write_text(PROGRAM)
    done = run(environment, tmp_path, "check", "app.py")
    assert done.returncode == 2
    assert "JWT301 is the code of both" in done.stderr


def test_a_package_that_cannot_be_loaded_is_refused(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "site" / "house_checks.py").write_text("raise RuntimeError('s3cr3t')\n")
    (tmp_path / "app.py").write_text(PROGRAM)
    done = run(environment, tmp_path, "check", "app.py")
    assert done.returncode == 2
    assert "house_checks" in done.stderr
    assert "s3cr3t" not in done.stderr


def test_every_public_name_can_be_had() -> None:
    assert all(getattr(jwt_sast, name) is not None for name in jwt_sast.__all__)


def test_other_names_cannot() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        jwt_sast.nonsense  # noqa: B018 - looking is the point


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, jwt_sast; print(sorted(name for name in sys.modules if name.startswith('jwt_sast')))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "['jwt_sast', 'jwt_sast._version']"
