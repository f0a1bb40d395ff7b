"""The benchmark runs and says what it has measured. How fast anything is, is not asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest
from tree_copy import ROOT

from samples import BAD, GOOD, HARMLESS, UNFINISHED


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs the benchmark as CONTRIBUTING.md says, from the root of the repository."""
    command = [sys.executable, "-m", "benchmarks.analysis", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two files to measure, one that the gate turns away and one that has no tree."""
    for name, text in {"bad": BAD, "good": GOOD, "harmless": HARMLESS, "unfinished": UNFINISHED}.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_table_shows_what_was_measured(tree: Path) -> None:
    done = run(tree)
    assert done.returncode == 0, done.stderr
    lines = len(f"{BAD}{GOOD}".splitlines())
    size = len(f"{BAD}{GOOD}".encode())
    assert done.stdout.splitlines()[0] == f"2 of 4 files measured, {lines} lines, {size} bytes"
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["left", "out,", "cannot", "be", "parsed:"] in [row[:-1] for row in rows]
    assert {row[0] for row in rows if row} >= {"parse", "analysis", "ratio", "peak"}
    shown = [Path(row[-1]).name for row in rows if row and row[-1].endswith(".py")]
    assert sorted(shown[-2:]) == ["bad.py", "good.py"]
    assert "harmless.py" not in shown


def test_json_holds_every_pass_and_what_follows_from_them(tree: Path) -> None:
    rounds = 4
    done = run(tree, "--json", "--rounds", str(rounds))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["files_seen"], report["files_measured"], report["files_with_errors"]) == (4, 2, [])
    assert [Path(path).name for path in report["files_left_out"]] == ["unfinished.py"]
    for kind in ("parse_seconds", "analysis_seconds"):
        assert len(report[kind]) == rounds
        assert min(report[kind]) > 0
    assert report["ratio"] == median(report["analysis_seconds"]) / median(report["parse_seconds"])
    assert report["peak_memory_bytes"] is None or report["peak_memory_bytes"] > 0
    ratios = [one["ratio"] for one in report["highest_ratios"]]
    assert ratios == sorted(ratios, reverse=True)
    assert ratios == [one["analysis_seconds"] / one["parse_seconds"] for one in report["highest_ratios"]]
    assert {Path(one["path"]).name for one in report["highest_ratios"]} == {"bad.py", "good.py"}


def test_the_ten_highest_ratios_are_shown(tree: Path) -> None:
    for number in range(9):
        (tree / f"another_{number}.py").write_text(GOOD, encoding="utf-8")
    report = json.loads(run(tree, "--json").stdout)
    assert report["files_measured"] == 11
    assert len(report["highest_ratios"]) == 10


def test_contributing_tells_how_to_run_it() -> None:
    assert "python -m benchmarks.analysis path/to/project" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_nothing_to_measure_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "harmless.py").write_text(HARMLESS, encoding="utf-8")
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "none of 1 files passes the gate" in done.stderr


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such file or folder" in done.stderr


def test_fewer_rounds_than_a_median_needs_are_refused(tree: Path) -> None:
    done = run(tree, "--rounds", "2")
    assert done.returncode == 2
    assert "at least 3" in done.stderr
