"""The stable contract that other programs read, version 1.

A key is never renamed, removed or given another meaning within a version; new keys may be added. Everything outside
ASCII is escaped, so that no stream's encoding and no undecodable file name can break the document.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from jwt_sast._version import __version__
from jwt_sast.findings import Comparison, Finding, KnownDefect, Location, NotAnalysed, Report
from jwt_sast.reporters import summary
from jwt_sast.reporters.appearance import Appearance

VERSION = 1
TOOL = {"name": "jwt-sast", "version": __version__}


def render(report: Report, out: TextIO, appearance: Appearance) -> None:
    """Writes `report` as one JSON document; how the stream looks makes no difference to it."""
    baseline = {"baseline": _comparison(report.comparison)} if report.comparison else {}
    write(
        {
            "findings": [_finding(finding) for finding in report.findings],
            "errors": [_error(error) for error in report.errors],
            **baseline,
            "summary": {
                "files_seen": report.seen,
                "files_analysed": report.analysed,
                "files_not_analysed": report.not_analysed,
                "findings": summary.by_severity(report),
            },
        },
        out,
    )


def write(content: dict[str, Any], out: TextIO) -> None:
    """Writes `content` behind the head that every document of ours begins with."""
    json.dump({"version": VERSION, "tool": TOOL, **content}, out, indent=2)
    out.write("\n")


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "persona": str(finding.persona),
        "location": _location(finding.location),
        "trace": [{**_location(step.location), "message": step.message} for step in finding.trace],
        "fingerprint": finding.fingerprint,
        "status": str(finding.status),
        **({"reason": finding.reason} if finding.reason else {}),
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }


def _error(error: NotAnalysed) -> dict[str, Any]:
    return {"path": error.path, "line": error.line, "message": error.message}


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "path": comparison.file,
        "baselined": comparison.baselined,
        "stale": [_known(known) for known in comparison.stale],
        "moved": [{**_known(known), "to": path} for known, path in comparison.moved],
    }


def _known(known: KnownDefect) -> dict[str, Any]:
    return {"path": known.path, "code": known.code, "scope": known.scope, "count": known.count}
