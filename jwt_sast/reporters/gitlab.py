"""GitLab's Code Quality report: what a merge request shows of a change.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format names the keys, all of which are required.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, TextIO

from jwt_sast.findings import NOT_ANALYSED, Finding, NotAnalysed, Report, Severity
from jwt_sast.reporters import summary
from jwt_sast.reporters.appearance import Appearance
from jwt_sast.reporters.repository import inside

_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
}


def render(report: Report, out: TextIO, appearance: Appearance) -> None:
    """Writes active findings and files that were not analysed as one JSON array, paths relative to the repository."""
    entries = [_finding(report, finding) for finding in summary.active(report)]
    entries += [_error(report, error) for error in report.errors]
    json.dump(entries, out, indent=2)
    out.write("\n")


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    place = finding.location
    return {
        "description": f"{finding.code} {finding.message}",
        "check_name": finding.name,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": inside(report, place.path), "lines": {"begin": place.line, "end": place.end_line}},
    }


def _error(report: Report, error: NotAnalysed) -> dict[str, Any]:
    path = inside(report, error.path)
    # Without the line, as ours: an edit above it makes no new one.
    name = "\0".join((NOT_ANALYSED, path, error.message)).encode("utf-8", "surrogatepass")
    return {
        "description": f"{NOT_ANALYSED} not analysed: {error.message}",
        "check_name": "not-analysed",
        "fingerprint": hashlib.sha256(name).hexdigest()[:16],
        "severity": _SEVERITIES[Severity.HIGH],
        "location": {"path": path, "lines": {"begin": error.line, "end": error.line}},
    }
