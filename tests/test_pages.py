"""What is made from the checks is up to date, and is made again where it is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fixture_marks import expected
from tree_copy import ROOT, copied, environment_of_copy

from jwt_sast import documentation
from jwt_sast.check import Check, registered
from jwt_sast.findings import Severity
from tools import coverage


def pages(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.pages", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment_of_copy(folder), capture_output=True, text=True, check=False
    )


def test_everything_is_up_to_date() -> None:
    """Where this fails after a change to a check, run `python -m tools.pages`."""
    done = pages(ROOT, "--check")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_there_is_a_page_for_each_check_and_no_other() -> None:
    names = {path.name for path in (ROOT / "docs" / "checks").iterdir()}
    assert names == {f"{check.code}.md" for check in registered()}


def test_what_is_out_of_date_is_named_and_then_mended(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    changed = ["docs/checks/JWT301.md", "docs/coverage.md", "jwt_sast/config/schema.json", "README.md"]
    for name in changed:
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("JWT301", "JWT300"), encoding="utf-8")
    (folder / "docs" / "checks" / "JWT302.md").unlink()
    stale = [changed[0], "docs/checks/JWT302.md", *changed[1:]]
    checked = pages(folder, "--check")
    assert (checked.returncode, checked.stdout.split()) == (1, stale)
    written = pages(folder)
    assert (written.returncode, written.stdout.split()) == (0, stale)
    assert pages(folder, "--check").stdout == ""


class TestExamples:
    @pytest.mark.parametrize("check", registered(), ids=lambda check: str(check.code))
    def test_every_check_has_a_bad_and_a_good_one(self, check: type[Check]) -> None:
        bad, good = documentation.example_paths(check)
        assert check.code in {code for code, _ in expected(ROOT / bad)}
        assert not expected(ROOT / good)
        page = documentation.markdown(check)
        assert page.index(f"## Wrong\n\n`{bad}`") < page.index(f"## Right\n\n`{good}`")

    def test_they_are_the_programs(self) -> None:
        _, good = documentation.example_paths(documentation.named("JWT301"))
        assert f"```python\n{(ROOT / good).read_text()}```\n" in documentation.markdown(documentation.named("JWT301"))

    @pytest.mark.parametrize("code", ["JWT501", "JWT502", "JWT504", "JWT505"])
    def test_their_secrets_are_not_shown(self, code: str) -> None:
        check = documentation.named(code)
        bad, _ = documentation.example_paths(check)
        lines = (ROOT / bad).read_text().splitlines()
        (marked,) = (lines[line - 1] for _, line in expected(ROOT / bad))
        page = documentation.markdown(check)
        assert marked not in page
        assert "*****" in page


class TestCoverage:
    def test_every_requirement_has_checks_or_a_reason(self) -> None:
        assert coverage.mistakes(registered()) == []

    def test_mistakes(self) -> None:
        class Wrong(Check):
            code = "JWT999"
            name = "wrong"
            title = "Wrong"
            severity = Severity.LOW
            rfc8725 = ("3.4", "3.99")
            asvs = ("9.2.4",)

        found = coverage.mistakes([*registered(), Wrong])
        assert found == ["JWT999: 3.99", "2.5", "3.4", "9.2.4"]
        assert "9.1.1" in coverage.mistakes([])

    def test_it_says_what_cannot_be_decided(self) -> None:
        page = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
        rows = [line for line in page.splitlines() if line.startswith(("| 9.", "| ["))]
        assert len(rows) == len(coverage.RFC8725) + len(coverage.ASVS)
        assert all(("](checks/JWT" in row) != (coverage.NOT_DECIDABLE in row) for row in rows)
