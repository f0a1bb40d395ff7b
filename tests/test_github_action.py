"""action.yml and docs/github.md: valid, safe by zizmor's judgement, and doing what they say when run as by GitHub."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from composite_actions import Outputs, Run, obeyed, perform, read_yaml
from documents import COMMIT, blocks, shell, table
from git_repositories import committed, repository
from ruamel.yaml import YAML
from tree_copy import ROOT, copied, sample_project

from jwt_sast._version import __version__
from samples import BAD, HARMLESS

PAGE = (ROOT / "docs" / "github.md").read_text(encoding="utf-8")
OURS = f"OWNER/jwt-sast@{COMMIT}"
BASE = "${{ github.event.pull_request.base.sha }}"
UPLOAD = "github/codeql-action/upload-sarif@"


@pytest.fixture(scope="module")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that GitHub has put the action's repository into."""
    return copied(tmp_path_factory.mktemp("action"))


@pytest.fixture(scope="module")
def installed(action: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outputs]:
    """The answers of the steps that install, run once: in a checkout that tries to get its own code run by them."""
    workspace = tmp_path_factory.mktemp("hostile")
    for module in ("pip", "venv", "secrets", "jwt_sast", "click"):
        (workspace / f"{module}.py").write_text("raise SystemExit('code under analysis is run')\n", encoding="utf-8")
    python = {"python": {"python-path": sys.executable}}
    run = perform(action, workspace, {}, python, tmp_path_factory.mktemp("runner"))
    assert run.succeeded, run.log
    assert f"\njwt-sast {__version__} (libcst " in f"\n{run.log}"
    return python | {"install": run.outputs["install"]}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A checkout with one finding, in a folder whose name has a space."""
    folder = tmp_path / "workspace"
    (folder / "the app").mkdir(parents=True)
    (folder / "pyproject.toml").touch()
    (folder / "the app" / "bad.py").write_text(BAD, encoding="utf-8")
    (folder / "good.py").write_text(HARMLESS, encoding="utf-8")
    return folder


class Runner:
    """Performs the action in `workspace` with inputs; an underscore in a name stands for a hyphen."""

    def __init__(self, action: Path, installed: dict[str, Outputs], workspace: Path, scratch: Path) -> None:
        self.workspace = workspace
        self._fixed = action, installed, scratch
        self._runs = 0

    def __call__(self, **inputs: str) -> Run:
        action, installed, scratch = self._fixed
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        self._runs += 1
        return perform(action, self.workspace, named, installed, scratch / str(self._runs))


@pytest.fixture
def runner(action: Path, installed: dict[str, Outputs], workspace: Path, tmp_path: Path) -> Runner:
    return Runner(action, installed, workspace, tmp_path / "runner")


def silent(check: str, folder: Path) -> None:
    """Asks that a checking program has nothing to say."""
    done = shell(check, folder)
    assert done.returncode == 0, done.stdout + done.stderr


def uploaded(run: Run) -> str | None:
    """The file that is handed to code scanning, if any is."""
    return next((given["sarif_file"] for name, given in run.used.items() if name.startswith(UPLOAD)), None)


class TestTheFile:
    def test_is_valid_and_safe(self) -> None:
        silent("check-jsonschema --builtin-schema vendor.github-actions action.yml", ROOT)
        silent("zizmor --offline --no-config --persona auditor action.yml", ROOT)

    def test_other_actions_are_named_by_commit_and_release(self) -> None:
        text = (ROOT / "action.yml").read_text(encoding="utf-8")
        lines = re.findall(r"^ +uses: (.*)$", text, re.MULTILINE)
        assert lines
        assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line) for line in lines)

    def test_python_is_one_that_the_project_supports(self) -> None:
        default = read_yaml(ROOT / "action.yml")["inputs"]["python-version"]["default"]
        assert f'"Programming Language :: Python :: {default}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


class TestChecking:
    def test_a_finding_fails_the_job_and_is_uploaded_before(self, runner: Runner) -> None:
        run = runner()
        assert not run.succeeded
        assert run.outputs["check"]["status"] == "1"
        assert "the app/bad.py:5" in run.log
        assert "JWT102" in run.summary
        path = uploaded(run)
        assert path == run.outputs["check"]["sarif"]
        results = json.loads(Path(path or "").read_text(encoding="utf-8"))["runs"][0]["results"]
        assert [result["ruleId"] for result in results] == ["JWT102"]

    def test_no_finding(self, runner: Runner) -> None:
        run = runner(paths="good.py")
        assert run.succeeded
        assert run.outputs["check"]["status"] == "0"
        assert uploaded(run)

    def test_paths_and_options_are_one_a_line(self, runner: Runner) -> None:
        run = runner(paths="good.py\nthe app/bad.py\n", args="--ignore\nJWT102\n--verbose")
        assert run.succeeded, run.log
        assert "2 files seen" in run.log

    def test_nothing_that_is_given_is_read_as_a_script(self, runner: Runner) -> None:
        run = runner(paths="$(touch here)\n`touch here`\n; touch here\n--exit-zero")
        assert run.outputs["check"]["status"] == "2"
        assert not list(runner.workspace.rglob("here"))

    def test_a_folder_to_work_in(self, runner: Runner) -> None:
        run = runner(working_directory="the app")
        assert not run.succeeded
        assert "\nbad.py:5" in run.log

    def test_a_mistake_in_the_options_is_told_and_nothing_uploaded(self, runner: Runner) -> None:
        run = runner(args="--min-severity=hihg")
        assert not run.succeeded
        assert run.outputs["check"] == {"status": "2"}
        assert "did you mean high?" in run.log
        assert uploaded(run) is None

    def test_a_file_that_cannot_be_analysed_fails_the_job(self, runner: Runner) -> None:
        (runner.workspace / "broken.py").write_text("import jwt\n)\n", encoding="utf-8")
        run = runner(paths="broken.py")
        assert not run.succeeded
        assert run.outputs["check"]["status"] == "3"
        assert uploaded(run)


class TestNarrowing:
    """Of the finding that is there already, and one in a file that a pull request brings."""

    @pytest.fixture
    def base(self, workspace: Path) -> str:
        repository(workspace)
        base = committed(folder=workspace)
        (workspace / "new.py").write_text(BAD, encoding="utf-8")
        committed(folder=workspace)
        return base

    def test_a_severity_that_fails(self, runner: Runner) -> None:
        settings = '[tool.jwt-sast]\nselect = ["JWT301"]\n'
        (runner.workspace / "pyproject.toml").write_text(settings, encoding="utf-8")
        (runner.workspace / "good.py").write_text("import jwt\njwt.encode({}, key, 'RS256')\n", encoding="utf-8")
        runs = {level: runner(fail_on=level) for level in ("", "high", "critical")}
        assert {level: run.succeeded for level, run in runs.items()} == {"": False, "high": False, "critical": True}
        assert all("good.py:2" in run.log for run in runs.values())

    def test_changed_lines(self, runner: Runner, base: str) -> None:
        run = runner(diff=base)
        assert run.outputs["check"]["status"] == "1", run.log
        assert "new.py:5" in run.log
        assert "the app" not in run.log

    @pytest.mark.parametrize(("file", "value"), [("jwt-sast-baseline.json", "true"), ("a b.json", "a b.json")])
    def test_a_baseline(self, file: str, value: str, runner: Runner, base: str) -> None:
        assert shell(f"jwt-sast baseline --file '{file}' 'the app'", runner.workspace).returncode == 0
        run = runner(baseline=value)
        assert run.outputs["check"]["status"] == "1", run.log
        assert "new.py:5" in run.log
        assert "the app" not in run.log
        assert runner(baseline=value, paths="the app").succeeded

    def test_a_commit_that_is_not_there(self, runner: Runner, base: str) -> None:
        assert runner(diff="0" * 40).outputs["check"] == {"status": "2"}


class TestShowing:
    def test_without_code_scanning(self, runner: Runner) -> None:
        run = runner(upload_sarif="false", annotate="true")
        assert uploaded(run) is None
        assert [line for line in obeyed(run.log) if line.startswith("::error file=the app/bad.py,line=5,")]

    def test_no_annotations_unless_told(self, runner: Runner) -> None:
        assert obeyed(runner().log) == []

    @pytest.mark.parametrize("command", ["::error::mine", "##[error]mine", "##[add-path]/tmp/mine"])
    def test_code_that_looks_like_a_command_is_none(self, command: str, runner: Runner) -> None:
        text = BAD.replace("False})", f'False, "{command}": 1}})')
        (runner.workspace / "the app" / "bad.py").write_text(text, encoding="utf-8")
        run = runner()
        assert command in run.log
        assert obeyed(run.log) == []


def workflow(block: str) -> str:
    """A workflow shown on the page, or one around the steps shown."""
    pinned = block.replace(COMMIT, "0" * 40)
    if pinned.startswith("name:"):
        return pinned
    (frame,) = (other for other in blocks("yaml", PAGE) if other.startswith("name:"))
    return frame.partition("      - uses: ")[0] + textwrap.indent(textwrap.dedent(pinned), " " * 6)


def steps() -> list[dict[str, Any]]:
    """Every step on the page that uses this action."""
    found = [YAML(typ="safe").load(block) for block in blocks("yaml", PAGE)]
    shown = [step for it in found for step in (it if isinstance(it, list) else it["jobs"]["jwt-sast"]["steps"])]
    return [step for step in shown if step.get("uses") == OURS]


class TestThePage:
    @pytest.mark.parametrize("block", blocks("yaml", PAGE), ids=lambda block: " ".join(block.split())[:60])
    def test_workflows_are_valid_and_safe(self, block: str, tmp_path: Path) -> None:
        path = tmp_path / ".github" / "workflows" / "jwt-sast.yml"
        path.parent.mkdir(parents=True)
        path.write_text(workflow(block), encoding="utf-8")
        silent("check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/jwt-sast.yml", tmp_path)
        silent("zizmor --offline --no-config .", tmp_path)

    @pytest.mark.parametrize("step", steps(), ids=lambda step: " ".join(step.get("with", ["bare"])))
    def test_each_use_of_the_action_finds_something(self, step: dict[str, Any], runner: Runner) -> None:
        """In a pull request that has brought the samples."""
        shutil.rmtree(runner.workspace)
        runner.workspace.mkdir()
        repository(runner.workspace)
        base = committed(folder=runner.workspace)
        (sample_project(runner.workspace) / "scripts").mkdir()
        assert shell("jwt-sast baseline scripts", runner.workspace).returncode == 0
        inputs = {name: text.replace(BASE, base) for name, text in step.get("with", {}).items()}
        run = runner(**inputs)
        assert run.outputs["check"]["status"] == "1", run.log
        assert "src/accounts.py:" in run.log

    def test_inputs(self) -> None:
        declared = read_yaml(ROOT / "action.yml")["inputs"]
        told = [(name.strip("`"), default.strip("`")) for name, default, _ in table("Input", PAGE)]
        assert told == [(name, one["default"]) for name, one in declared.items()]

    def test_outputs(self) -> None:
        for name in read_yaml(ROOT / "action.yml")["outputs"]:
            assert f"`{name}`" in PAGE

    def test_other_actions_are_those_that_the_action_uses(self) -> None:
        pins = set(re.findall(r"uses: (\S+@[0-9a-f]{40} # \S+)", PAGE))
        assert {pin for pin in pins if "checkout" not in pin} == set(
            re.findall(r"uses: (\S+@[0-9a-f]{40} # \S+)", (ROOT / "action.yml").read_text(encoding="utf-8"))
        )
