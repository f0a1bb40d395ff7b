"""The exit status of a command."""

from __future__ import annotations

from jwt_sast.findings import Report, Severity
from jwt_sast.reporters import summary

CLEAN, FINDINGS, INCOMPLETE = 0, 1, 3


def status(report: Report, fail_on: Severity, exit_zero: bool) -> int:
    """1 for an active finding of at least `fail_on` unless `exit_zero` is set, 3 for a file that was not analysed."""
    if not exit_zero and any(finding.severity >= fail_on for finding in summary.active(report)):
        return FINDINGS
    return INCOMPLETE if report.errors else CLEAN
