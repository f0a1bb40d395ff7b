"""The GitLab template and its page: valid, and the script, run as a job would, leaves the reports that it declares."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
from composite_actions import read_yaml
from documents import blocks, shell, table
from ruamel.yaml import YAML
from tree_copy import ROOT, copied

from samples import BAD, HARMLESS

TEMPLATE = ROOT / "templates" / "jwt-sast.gitlab-ci.yml"
PAGE = (ROOT / "docs" / "gitlab.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the job finds in its image: a Python of its own, and this repository in place of its address."""
    folder = tmp_path_factory.mktemp("image")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    path = os.pathsep.join((str(programs), os.environ["PATH"]))
    return {"PATH": path, "JWT_SAST_REQUIREMENT": str(copied(tmp_path_factory.mktemp("repository")))}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "bad.py").write_text(BAD, encoding="utf-8")
    (tmp_path / "good.py").write_text(HARMLESS, encoding="utf-8")
    return tmp_path


def job() -> Any:
    return read_yaml(TEMPLATE)["jwt-sast"]


def run(project: Path, environment: dict[str, str], **variables: str) -> tuple[int, str]:
    """The exit status and the log of the job's script in a checkout, with variables as a project may set them."""
    given = os.environ | job()["variables"] | environment | variables
    script = "\n".join(job()["script"])
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=project, env=given, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("text", [TEMPLATE.read_text(encoding="utf-8"), *blocks("yaml", PAGE)])
def test_is_valid(text: str, tmp_path: Path) -> None:
    (tmp_path / ".gitlab-ci.yml").write_text(text, encoding="utf-8")
    done = shell("check-jsonschema --builtin-schema vendor.gitlab-ci .gitlab-ci.yml", tmp_path)
    assert done.returncode == 0, done.stdout


def test_the_page_has_every_variable_and_no_other() -> None:
    told = {name.strip("`"): default.strip("`") for name, default, _ in table("Variable", PAGE)}
    assert told == {name: value for name, value in job()["variables"].items() if name.startswith("JWT_SAST_")}
    used = [YAML(typ="safe").load(block)["jwt-sast"]["variables"] for block in blocks("yaml", PAGE)]
    assert {name for variables in used for name in variables} <= told.keys()


def test_the_page_names_the_reports() -> None:
    assert set(re.findall(r"`(gl-[\w-]+\.json)`", PAGE)) == set(job()["artifacts"]["reports"].values())


def test_a_finding_fails_the_job_and_is_in_every_report(project: Path, environment: dict[str, str]) -> None:
    status, log = run(project, environment)
    assert status == 1, log
    assert "app/bad.py:5" in log
    reports = job()["artifacts"]["reports"]
    assert job()["artifacts"]["when"] == "always"
    (quality,) = json.loads((project / reports["codequality"]).read_text(encoding="utf-8"))
    assert quality["location"]["path"] == "app/bad.py"
    security = json.loads((project / reports["sast"]).read_text(encoding="utf-8"))
    assert [one["location"]["file"] for one in security["vulnerabilities"]] == ["app/bad.py"]
    assert not security["scan"]["start_time"].startswith("1970")


def test_paths_and_options_of_the_project(project: Path) -> None:
    """With the jwt-sast that is here: what the job installs, which is there already, is in the test above."""
    here = {
        "PATH": os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"])),
        "JWT_SAST_REQUIREMENT": "pip",
    }
    status, log = run(project, here, JWT_SAST_PATHS="good.py app", JWT_SAST_ARGS="--ignore JWT102 --verbose")
    assert status == 0, log
    assert "2 files seen" in log
