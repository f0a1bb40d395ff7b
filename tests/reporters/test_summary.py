"""The counts: only what still stands, files with several errors once."""

from __future__ import annotations

from sample_reports import FULL, HARDCODED, MISSING, SILENCED

from jwt_sast.findings import Comparison, NotAnalysed, Report
from jwt_sast.reporters import summary


def test_only_active_findings_count() -> None:
    assert summary.active(FULL) == [HARDCODED, MISSING]
    assert summary.by_severity(Report([SILENCED], [], 1, 1)) == {"critical": 0, "high": 0, "medium": 0, "low": 0}


def test_severities_come_worst_first() -> None:
    assert list(summary.by_severity(FULL)) == ["critical", "high", "medium", "low"]


def test_a_file_with_two_errors_is_one_file() -> None:
    report = Report([SILENCED], [NotAnalysed("a.py", 1, "x"), NotAnalysed("a.py", 2, "y")], 1, 0)
    assert summary.line(report) == "No findings; 1 file seen, 0 analysed, 1 not analysed."


def test_what_a_baseline_keeps_quiet_is_counted() -> None:
    report = Report([], [], 1, 1, comparison=Comparison("known.json", [], baselined=40))
    assert summary.line(report) == "No findings, 40 baselined; 1 file seen, 1 analysed, 0 not analysed."
