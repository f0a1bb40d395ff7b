"""The Dockerfile and docs/docker.md, without Docker: what is copied suffices, what is run works, the user is not root.

Building the image needs Docker and its registry; these tests run the commands of the first stage in a folder that holds
what the instructions copy, and the entry point of the last one from there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from documents import blocks, shell
from tree_copy import ROOT, copied, sample_project

from samples import BAD

PAGE = (ROOT / "docs" / "docker.md").read_text(encoding="utf-8")
INSTALLED = "/opt/jwt-sast"


def instructions() -> list[tuple[str, str]]:
    """Every instruction of the Dockerfile: its name, and the rest of its line."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    return re.findall(r"^([A-Z]+) (.*)$", text, re.MULTILINE)


def stages() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The instructions of the two stages, each without its FROM."""
    begin = [number for number, (name, _) in enumerate(instructions()) if name == "FROM"]
    assert len(begin) == 2
    return instructions()[begin[0] + 1 : begin[1]], instructions()[begin[1] + 1 :]


def last(name: str) -> str:
    """What the last instruction of that name says."""
    return [rest for instruction, rest in instructions() if instruction == name][-1]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Docker is handed: the repository without what `.dockerignore` holds back."""
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert rules[1] == "*"
    tree, folder = copied(tmp_path_factory.mktemp("repository")), tmp_path_factory.mktemp("context")
    for rule in rules:
        if rule.startswith("!"):
            (tree / rule[1:]).rename(folder / rule[1:])
    return folder


@pytest.fixture(scope="module")
def image(context: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The virtual environment that the first stage makes."""
    folder, source = tmp_path_factory.mktemp("image") / "jwt-sast", tmp_path_factory.mktemp("source")
    python = os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"]))
    for name, rest in stages()[0]:
        if name == "COPY":
            *names, target = rest.split()
            for one in names:
                copy = shutil.copytree if (context / one).is_dir() else shutil.copy
                copy(context / one, source / target if (context / one).is_dir() else source / one)
        elif name == "RUN":
            command = rest.replace(INSTALLED, str(folder))
            subprocess.run(["sh", "-ec", command], cwd=source, env=os.environ | {"PATH": python}, check=True)
    return folder


def test_the_entry_point_checks_the_folder_it_is_started_in(image: Path, tmp_path: Path) -> None:
    assert f"--from=build {INSTALLED} {INSTALLED}" in [rest for name, rest in stages()[1] if name == "COPY"]
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "bad.py").write_text(BAD, encoding="utf-8")
    path = last("ENV").split()[0].removeprefix("PATH=").replace(INSTALLED, str(image))
    command = json.loads(last("ENTRYPOINT")) + json.loads(last("CMD"))
    environment = os.environ | {"PATH": path.replace("$PATH", os.environ["PATH"])}
    assert shutil.which(command[0], path=environment["PATH"]) == str(image / "bin" / "jwt-sast")
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    assert "bad.py:5" in done.stdout


def test_no_root() -> None:
    user, group = map(int, last("USER").split(":"))
    assert user > 0
    assert group > 0


def test_python_is_one_that_the_project_supports() -> None:
    images = {rest.split()[0] for name, rest in instructions() if name == "FROM"}
    (version,) = (image.removeprefix("python:").removesuffix("-alpine") for image in images)
    assert f'"Programming Language :: Python :: {version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_what_the_page_hands_to_the_image(tmp_path: Path) -> None:
    """Every `docker run` there, as far as it concerns the tool: what stands behind the image's name."""
    project = sample_project(tmp_path)
    commands = [line for block in blocks("console", PAGE) for line in block.splitlines()]
    assert all(line.startswith("$ docker ") for line in commands)
    runs = [line.partition(" jwt-sast ")[2] for line in commands if line.startswith("$ docker run ")]
    assert len(runs) == 2
    for arguments in runs:
        done = shell(f"jwt-sast {arguments}", project)
        assert done.returncode == 1, done.stderr
    assert (project / "jwt-sast.sarif").stat().st_size > 0
