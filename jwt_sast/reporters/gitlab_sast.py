"""GitLab's security report for SAST: what a merge request and the vulnerability report show.

The format is version 15 of https://gitlab.com/gitlab-org/security-products/security-report-schemas, whose minor
version 2 has a word for the way of a value. It demands the times of the scan; see `Report.moment`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TextIO
from uuid import NAMESPACE_URL, uuid5

from jwt_sast import documentation
from jwt_sast._version import __version__
from jwt_sast.check import Check, registered
from jwt_sast.findings import Finding, Location, NotAnalysed, Report, Step
from jwt_sast.reporters import summary
from jwt_sast.reporters.appearance import Appearance
from jwt_sast.reporters.gfm import plain, prose
from jwt_sast.reporters.repository import inside

VERSION = "15.2.1"
SCHEMA = (
    "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/"
    f"v{VERSION}/dist/sast-report-format.json"
)
LONGEST_NAME = 255
LONGEST_SOLUTION = 7_000
"""Characters."""

_PLAIN = Appearance()
_TOOL = {"id": "jwt-sast", "name": "jwt-sast", "version": __version__, "vendor": {"name": "jwt-sast"}}

Json = dict[str, Any]


def render(report: Report, out: TextIO, appearance: Appearance) -> None:
    """Writes active findings as vulnerabilities, and files that were not analysed as messages of the scan."""
    checks = {check.code: check for check in registered()}
    moment = datetime.fromtimestamp(report.moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    document = {
        "version": VERSION,
        "schema": SCHEMA,
        "scan": {
            "analyzer": _TOOL,
            "scanner": _TOOL,
            "type": "sast",
            "start_time": moment,
            "end_time": moment,
            "status": "success",
            "messages": [_message(report, error) for error in report.errors],
            "primary_identifiers": [_identifier(check) for check in checks.values()],
        },
        "vulnerabilities": [
            _vulnerability(report, finding, checks[finding.code]) for finding in summary.active(report)
        ],
    }
    json.dump(document, out, indent=2)
    out.write("\n")


def _message(report: Report, error: NotAnalysed) -> Json:
    return {"level": "warn", "value": f"{inside(report, error.path)}:{error.line}: not analysed: {error.message}"}


def _vulnerability(report: Report, finding: Finding, check: type[Check]) -> Json:
    solution = documentation.instead(check)
    return {
        # A UUID is recommended; this one is the same in every run.
        "id": str(uuid5(NAMESPACE_URL, f"jwt-sast:{finding.fingerprint}")),
        "name": check.title[:LONGEST_NAME],
        "description": _description(report, finding),
        "severity": str(finding.severity).capitalize(),
        **({"solution": solution[:LONGEST_SOLUTION]} if solution else {}),
        "identifiers": [_identifier(check), *_weaknesses(check)],
        "links": [{"name": name, "url": url} for name, url in documentation.references(check)],
        "location": _place(report, finding.location),
        "details": _details(report, finding),
        "tracking": _tracking(report, finding),
    }


def _identifier(check: type[Check]) -> Json:
    return {"type": "jwt_sast", "name": f"jwt-sast {check.code} {check.name}", "value": check.code}


def _weaknesses(check: type[Check]) -> Iterator[Json]:
    for number in check.cwe:
        yield {"type": "cwe", "name": f"CWE-{number}", "value": str(number), "url": documentation.weakness(number)}


def _description(report: Report, finding: Finding) -> str:
    """The message and the way of the value, as Markdown."""
    steps = [f"- {_spot(report, step.location)}: {_shown(step.message)}" for step in finding.trace]
    return "\n".join((_shown(finding.message), *([""] if steps else []), *steps))


def _spot(report: Report, location: Location) -> str:
    return plain(_PLAIN.printable(f"{inside(report, location.path)}:{location.line}"))


def _shown(message: str) -> str:
    return prose(_PLAIN.printable(message))


def _place(report: Report, location: Location) -> Json:
    return {"file": inside(report, location.path), "start_line": location.line, "end_line": location.end_line}


def _details(report: Report, finding: Finding) -> Json:
    details: Json = {"confidence": {"name": "Confidence", "type": "text", "value": str(finding.confidence)}}
    if finding.trace:
        way = list(_nodes(report, finding.trace))
        details["code_flows"] = {"name": "Way of the value", "type": "code-flows", "items": [way]}
    return details


def _nodes(report: Report, trace: tuple[Step, ...]) -> Iterator[Json]:
    kinds = ["source", *["propagation"] * (len(trace) - 2), "sink"][-len(trace) :]
    for kind, step in zip(kinds, trace, strict=True):
        place = step.location
        where = {
            "type": "file-location",
            "file_name": inside(report, place.path),
            "line_start": place.line,
            "line_end": place.end_line,
            "column_start": place.column,
            "column_end": place.end_column,
        }
        yield {"type": "code-flow-node", "node_type": kind, "file_location": where}


def _tracking(report: Report, finding: Finding) -> Json:
    """Our fingerprint, by which GitLab knows a finding again whose line has moved."""
    signature = {"algorithm": "hash", "value": finding.fingerprint}
    return {"type": "source", "items": [{**_place(report, finding.location), "signatures": [signature]}]}
