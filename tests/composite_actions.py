"""What GitHub's runner does with a composite action, as far as ours needs it.

Steps that run a script are run, by the very command line that GitHub documents for `shell: bash`. Steps that use
another action are only noted down, since those are programs for GitHub's servers; what they would answer is given by
the test.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Outputs = dict[str, str]


@dataclass
class Run:
    """What came of an action: whether the job goes on, what its log shows, which other actions were used with what."""

    succeeded: bool = True
    log: str = ""
    summary: str = ""
    outputs: dict[str, Outputs] = field(default_factory=dict)
    """Of each step that has an id."""
    used: dict[str, dict[str, str]] = field(default_factory=dict)


def read_yaml(path: Path) -> Any:
    """The document in a file, by the rules of YAML 1.2: `on` is a word."""
    return YAML(typ="safe").load(path)


def perform(
    action: Path, workspace: Path, inputs: Mapping[str, str], answers: Mapping[str, Outputs], scratch: Path
) -> Run:
    """Runs the action in the folder `action` on the checkout in `workspace`.

    `answers` are the outputs of steps, by id, that are not to be run. `scratch` is an empty folder.
    """
    document = read_yaml(action / "action.yml")
    assert inputs.keys() <= document["inputs"].keys()
    values = {name: declared["default"] for name, declared in document["inputs"].items()} | dict(inputs)
    run = Run(outputs=dict(answers))
    for number, step in enumerate(document["runs"]["steps"]):
        known = {"github.action_path": str(action)} | {f"inputs.{name}": value for name, value in values.items()}
        known |= {f"steps.{name}.outputs.{key}": it for name, out in run.outputs.items() for key, it in out.items()}
        if not run.succeeded or not _holds(step.get("if", ""), known):
            continue
        if "uses" in step:
            run.used[step["uses"]] = {name: _filled(text, known) for name, text in step["with"].items()}
        elif step.get("id") not in answers:
            _script(step, known, workspace, scratch / str(number), run)
    return run


def _script(step: Mapping[str, Any], known: Mapping[str, str], workspace: Path, scratch: Path, run: Run) -> None:
    assert step["shell"] == "bash"
    assert "${{" not in step["run"], "a script that takes in what somebody else has written is theirs"
    temporary = scratch / "temp"
    temporary.mkdir(parents=True)
    script, output, summary = (scratch / name for name in ("script.sh", "output", "summary"))
    script.write_text(step["run"], encoding="utf-8")
    output.touch()
    summary.touch()
    environment = {
        "RUNNER_TEMP": str(temporary),
        "RUNNER_OS": "Linux",
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_WORKSPACE": str(workspace),
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=workspace / _filled(step.get("working-directory", "."), known),
        env=os.environ | environment | {name: _filled(text, known) for name, text in step.get("env", {}).items()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    run.log += done.stdout
    run.succeeded = done.returncode == 0
    run.summary += summary.read_text(encoding="utf-8")
    lines = output.read_text(encoding="utf-8").splitlines()
    run.outputs[step.get("id", "")] = {name: value for name, _, value in (line.partition("=") for line in lines)}


def _filled(text: Any, known: Mapping[str, str]) -> str:
    """`text` with its expressions replaced by their values: an output that was never set is empty, as on GitHub."""
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: known.get(match[1], ""), str(text))


def _holds(condition: str, known: Mapping[str, str]) -> bool:
    """Whether a condition of comparisons with texts, all of which have to hold, does."""
    for comparison in condition.removeprefix("${{ ").removesuffix(" }}").split(" && ") if condition else ():
        name, operator, text = comparison.split(" ")
        if (known.get(name, "") == text.strip("'")) != (operator == "=="):
            return False
    return True


def obeyed(log: str) -> list[str]:
    """The lines of a log that the runner takes for commands, in either of its two spellings."""
    found, token = [], None
    for line in log.splitlines():
        if token is not None:
            token = None if line == f"::{token}::" else token
        elif stop := re.fullmatch(r"::stop-commands::(.+)", line):
            token = stop[1]
        elif re.match(r"\s*::[a-z-]+( .*)?::", line) or re.search(r"##\[[a-z-]+( .*)?\]", line):
            found.append(line)
    return found
