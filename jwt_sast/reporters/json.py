"""The stable contract that other programs read, version 1.

A key is never renamed, removed or given another meaning within a version; new keys may be added. Everything outside
ASCII is escaped, so that no stream's encoding and no undecodable file name can break the document.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from jwt_sast._version import __version__
from jwt_sast.findings import Finding, Location, NotAnalysed, Report
from jwt_sast.reporters import summary
from jwt_sast.reporters.appearance import Appearance

VERSION = 1
TOOL = {"name": "jwt-sast", "version": __version__}


def render(report: Report, out: TextIO, appearance: Appearance) -> None:
    """Writes `report` as one JSON document; how the stream looks makes no difference to it."""
    write(
        {
            "findings": [_finding(finding) for finding in report.findings],
            "errors": [_error(error) for error in report.errors],
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
