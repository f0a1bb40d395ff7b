"""Both hooks, run by the real pre-commit in a scratch repository that takes them from a copy of this one.

So are the configurations on docs/pre-commit.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from documents import addressed, blocks, table
from git_repositories import committed, git, repository
from ruamel.yaml import YAML
from tree_copy import ROOT, copied

from samples import BAD, HARMLESS

PAGE = (ROOT / "docs" / "pre-commit.md").read_text(encoding="utf-8")


def clean() -> dict[str, str]:
    """The environment without what git tells a hook, in case these tests run in one."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Path]:
    """A repository with the hooks, its commit, and a home for pre-commit, which keeps what it has installed there."""
    folder = copied(tmp_path_factory.mktemp("hooks"))
    repository(folder)
    return folder, committed(folder=folder), tmp_path_factory.mktemp("pre-commit-home")


@pytest.fixture
def project(tmp_path: Path, hooks: tuple[Path, str, Path]) -> Path:
    """A repository that uses both hooks, with one clean file."""
    lines = ["repos:", f"  - repo: {hooks[0].as_posix()}", f"    rev: {hooks[1]}", "    hooks:"]
    lines += ["      - id: jwt-sast", "      - id: jwt-sast-project", ""]
    (tmp_path / ".pre-commit-config.yaml").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "clean.py").write_text(HARMLESS, encoding="utf-8")
    repository(tmp_path)
    committed(folder=tmp_path)
    return tmp_path


def pre_commit(project: Path, hooks: tuple[Path, str, Path], *args: str) -> tuple[int, str]:
    """The exit status of `pre-commit run`, and what it prints."""
    command = [sys.executable, "-m", "pre_commit", "run", "--color=never", *args]
    environment = clean() | {"PRE_COMMIT_HOME": str(hooks[2])}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert "An unexpected error" not in done.stdout, done.stdout + done.stderr
    return done.returncode, done.stdout


def test_a_clean_tree_passes(project: Path, hooks: tuple[Path, str, Path]) -> None:
    status, output = pre_commit(project, hooks, "--all-files")
    assert status == 0, output
    assert output.count("Passed") == 2


def test_a_staged_file_with_a_finding_fails(project: Path, hooks: tuple[Path, str, Path]) -> None:
    (project / "sub").mkdir()
    (project / "sub" / "bad.py").write_text(BAD, encoding="utf-8")
    git("add", "sub/bad.py", folder=project)
    status, output = pre_commit(project, hooks, "jwt-sast")
    assert status == 1
    assert "- exit code: 1" in output
    assert "sub/bad.py:5" in output
    assert "JWT102" in output


def test_a_finding_elsewhere_fails_the_hook_for_the_project_only(project: Path, hooks: tuple[Path, str, Path]) -> None:
    (project / "bad.py").write_text(BAD, encoding="utf-8")
    git("add", "--all", folder=project)
    git("commit", "--quiet", "--no-verify", "--message", "bad", folder=project)
    (project / "clean.py").write_text(HARMLESS + HARMLESS, encoding="utf-8")
    git("add", "clean.py", folder=project)
    assert pre_commit(project, hooks, "jwt-sast")[0] == 0
    status, output = pre_commit(project, hooks, "jwt-sast-project")
    assert status == 1
    assert "bad.py:5" in output


def test_options_come_before_the_files(project: Path, hooks: tuple[Path, str, Path]) -> None:
    config = project / ".pre-commit-config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("id: jwt-sast\n", "id: jwt-sast\n        args: [--ignore, JWT102]\n"), encoding="utf-8"
    )
    (project / "bad.py").write_text(BAD, encoding="utf-8")
    git("add", "--all", folder=project)
    status, output = pre_commit(project, hooks, "jwt-sast")
    assert status == 0, output


@pytest.mark.parametrize(
    ("command", "file"),
    [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", ".pre-commit-config.yaml")],
)
def test_our_own_files_are_valid(command: str, file: str) -> None:
    subprocess.run([sys.executable, "-m", "pre_commit", command, file], cwd=ROOT, check=True)


@pytest.mark.parametrize("block", blocks("yaml", PAGE), ids=["simple", "both"])
def test_a_configuration_of_the_page(block: str, project: Path, hooks: tuple[Path, str, Path]) -> None:
    config = addressed(block, *hooks[:2])
    (project / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    (project / "src").mkdir()
    (project / "src" / "bad.py").write_text(BAD, encoding="utf-8")
    git("add", "--all", folder=project)
    for hook in YAML(typ="safe").load(config)["repos"][0]["hooks"]:
        stage = hook.get("stages", ["pre-commit"])[0]
        status, output = pre_commit(project, hooks, hook["id"], "--all-files", "--hook-stage", stage)
        assert status == 1
        assert "src/bad.py:5" in output


def test_the_page_has_every_hook() -> None:
    manifest = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [row[0] for row in table("Hook", PAGE)] == [f"`{hook['id']}`" for hook in manifest]
