"""README.md and CONTRIBUTING.md tell the truth: commands run, output and tables are the tool's own, quotes are real.

The commands of the pages in docs/ are run here as well, and so is what those behind README.md show of a terminal; what
else a page says is for the tests of what it is about.

Of the two set-up commands the first is run here as it stands, in a copy of the tree. The second one runs these very
tests, so here it is only compared with `.ci/run`, which takes it out of README.md and runs it.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
from documents import addressed, anchors, blocks, shell, table
from git_repositories import committed, repository
from tree_copy import ROOT, copied, sample_project

from jwt_sast.check import registered
from jwt_sast.config import load
from jwt_sast.findings import Persona
from jwt_sast.libraries.registry import known
from jwt_sast.reporters import REPORTERS

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SET_UP = "python3.11 -m venv .venv && "
INSTALL = "pip install "
DETAILS = [
    (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("command-line", "formats", "settings", "suppressions")
]
"""The pages that README.md leaves details to."""
SUPPRESSIONS = DETAILS[-1]
PAGES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))]


def shell_lines(text: str) -> list[str]:
    """Every command in a `sh` block."""
    return [line for block in blocks("sh", text) for line in block.splitlines()]


def commands() -> list[str]:
    """What a user is told to run once a clone is set up, the steps of workflows among it."""
    lines = [line for text in (README, *PAGES) for line in shell_lines(text) if not line.startswith(SET_UP)]
    steps = [step for text in PAGES for block in blocks("yaml", text) for step in re.findall(r"- run: (.*)", block)]
    return list(dict.fromkeys(lines + steps))


def installing() -> list[str]:
    """The commands that install from our address."""
    return [command for command in commands() if command.startswith(INSTALL)]


def console() -> list[str]:
    """What README.md and the pages behind it show of a terminal."""
    return [block for text in (README, *DETAILS) for block in blocks("console", text)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return sample_project(tmp_path)


class TestSetUp:
    def test_there_are_two_commands(self) -> None:
        assert len([line for line in shell_lines(README) if line.startswith(SET_UP)]) == 2

    def test_the_first_installs_and_shows_findings(self, tmp_path: Path) -> None:
        command = next(line for line in shell_lines(README) if line.startswith(SET_UP))
        done = shell(command.replace("python3.11", f'"{sys.executable}"'), copied(tmp_path))
        assert done.returncode == 1, done.stderr
        assert "\n6 findings (" in done.stdout
        assert "six findings" in README

    def test_the_second_is_the_one_that_ci_runs(self) -> None:
        """It has to install every program that `.ci/run` goes on to call."""
        script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
        pattern = re.search(r"grep --max-count=1 '(.+)' README\.md", script)
        assert pattern is not None
        (command,) = (line for line in README.splitlines() if re.search(pattern[1], line))
        extra = re.search(r"pip install --editable '\.\[(\w+)\]' ", command)
        assert extra is not None
        with (ROOT / "pyproject.toml").open("rb") as file:
            needed = tomllib.load(file)["project"]["optional-dependencies"][extra[1]]
        installed = {re.split(r"[^\w-]", item)[0] for item in needed}
        assert {"pytest", "pytest-cov", "ruff", "mypy"} <= installed


class TestCommands:
    @pytest.mark.parametrize("command", installing())
    def test_installs(self, command: str, tmp_path: Path) -> None:
        """Into a folder, and without the name that old pips do not take before an address on this disk."""
        source = copied(tmp_path)
        repository(source)
        there = addressed(command, source, committed(folder=source)).replace("jwt-sast @ ", "")
        done = shell(f"{there} --quiet --no-deps --target installed", tmp_path)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "installed" / "jwt_sast" / "checks" / "__init__.py").exists()

    @pytest.mark.parametrize("command", [command for command in commands() if command not in installing()])
    def test_runs(self, command: str, project: Path) -> None:
        done = shell(command, project)
        finds = command.startswith(("flake8", "jwt-sast check")) and "--exit-zero" not in command
        assert done.returncode == (1 if finds else 0), done.stderr
        if "--output" not in command:
            assert re.search(r"\bJWT\d{3}\b", done.stdout)

    @pytest.mark.parametrize("block", console(), ids=lambda block: block.splitlines()[0])
    def test_shown_output_is_real(self, block: str, project: Path) -> None:
        command, _, output = block.partition("\n")
        assert command.startswith("$ ")
        assert shell(command.removeprefix("$ "), project).stdout == output

    def test_the_first_one_shown_is_a_finding(self) -> None:
        assert re.search(r"^samples/\S+:\d+:\d+: JWT\d{3} ", blocks("console", README)[0], re.MULTILINE)


class TestConfiguration:
    def test_settings_that_are_shown_can_be_used(self, tmp_path: Path) -> None:
        (block,) = (block for block in blocks("toml", README) if "[tool.jwt-sast]" in block)
        (tmp_path / "pyproject.toml").write_text(block, encoding="utf-8")
        settings = load(tmp_path)
        assert settings.min_key_bytes == 48
        assert settings.assume_versions == (("pyjwt", "1.7.1"),)


def test_the_table_of_checks_is_the_registry() -> None:
    """Where this fails after a change to a check, `python -m tools.pages` helps."""
    assert table("Code", README) == [
        (f"[{check.code}](docs/checks/{check.code}.md)", check.name, check.title, str(check.severity))
        for check in registered()
    ]


def test_the_table_of_formats_is_that_of_the_reporters() -> None:
    assert [row[0] for row in table("Format", README)] == [f"`{name}`" for name in REPORTERS]


def test_the_table_of_libraries_is_that_of_the_models() -> None:
    """Where this fails after a change to a model, put what it expects into README.md."""
    assert table("Library", README) == [(library.name, library.versions) for library in known() if library.versions]


def test_every_library_that_declares_a_distribution_tells_its_releases() -> None:
    untold = {library.name for library in known() if library.distribution and not library.versions}
    assert untold == {"key generators"}  # what it models is a small part of several


def test_what_only_a_reviewer_is_shown() -> None:
    (sentence,) = re.findall(r"(?s)\n\n((?:JWT\d{3}, )+.*?)list what only a reviewer wants", README)
    listed = [check.code for check in registered() if check.persona is Persona.AUDITOR]
    assert re.findall(r"JWT\d{3}", sentence) == listed


def test_noqa(tmp_path: Path) -> None:
    """Each comment behind a line that has JWT102 and one more code, E704."""
    comments = [row[0].strip("`") for row in table("Comment", SUPPRESSIONS)]
    code = 'def f(t): return jwt.decode(t, options={"verify_signature": False})["sub"]'
    source = "import jwt\n" + "".join(f"{code}  {comment}\n" for comment in comments)
    (tmp_path / "commented.py").write_text(source, encoding="utf-8")
    output = shell("flake8 --isolated --select=JWT,E704 commented.py", tmp_path).stdout
    found = set(re.findall(r"^commented\.py:(\d+):\d+: (\w+) ", output, re.MULTILINE))
    checked = shell("jwt-sast check --extend-select JWT102 commented.py", tmp_path).stdout
    ours = set(re.findall(r"^commented\.py:(\d+):\d+: (JWT102) ", checked, re.MULTILINE))
    assert ours == {entry for entry in found if entry[1] == "JWT102"}
    told = [
        (f"`{comment}`", *("shown" if (str(line), code) in found else "hidden" for code in ("JWT102", "E704")))
        for line, comment in enumerate(comments, start=2)
    ]
    assert told == table("Comment", SUPPRESSIONS)


def test_the_sample_shows_every_family(project: Path) -> None:
    report = json.loads(shell("jwt-sast check --format json samples", project).stdout)
    codes = [finding["code"] for finding in report["findings"]]
    assert {code[3] for code in codes} == set("12345")
    assert report["errors"] == []


LINK = re.compile(r"\]\((?!https://)([^)]+)\)")
"""A link to a place in the repository."""


def linking() -> list[str]:
    """Every document that holds a link."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [path.relative_to(ROOT).as_posix() for path in pages if LINK.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", linking())
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    for target in targets:
        file, _, heading = target.partition("#")
        there = path.parent / file if file else path
        assert there.exists(), target
        assert not heading or heading in anchors(there.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("block", blocks("python", CONTRIBUTING), ids=lambda block: block.splitlines()[0])
def test_quoted_code_is_in_the_tree(block: str) -> None:
    """Where this fails after a change to what is quoted, bring CONTRIBUTING.md up to date."""
    sources = [path for folder in ("checks", "fixtures", "jwt_sast", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert any(block in path.read_text(encoding="utf-8", errors="replace") for path in sources)


def test_files_named_in_contributing_exist() -> None:
    named = set(re.findall(r"`((?:benchmarks|checks|docs|fixtures|jwt_sast|tests)/[\w./-]*)`", CONTRIBUTING))
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()
