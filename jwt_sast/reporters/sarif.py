"""SARIF 2.1.0 (OASIS), with what GitHub code scanning reads and within what it accepts.

https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
says which properties it shows and how large a document may be. It opens alerts for findings that are marked as
suppressed or baselined, so these are in the document only where a report still has them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any, TextIO

from jwt_sast._version import __version__
from jwt_sast.check import registered
from jwt_sast.findings import NOT_ANALYSED, Finding, Location, NotAnalysed, Report, Status, Step
from jwt_sast.reporters.appearance import Appearance
from jwt_sast.reporters.repository import uri
from jwt_sast.reporters.sarif_rules import LEVELS, rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
MOST_RELATED = 1_000
"""Locations of one result."""
MOST_STEPS = 10_000
"""Locations of the thread flow of one result."""
MOST_BYTES = 10_000_000
"""Of the document when it is compressed with gzip."""

Json = dict[str, Any]


def render(report: Report, out: TextIO, appearance: Appearance) -> Sequence[str]:
    """Writes `report` as one SARIF document; how the stream looks makes no difference to it.

    Returns notices of what was left out because GitHub would not take so much; they are in the document too.
    """
    findings = report.findings
    room = min(len(findings), MOST_RESULTS)
    while True:
        kept = _worst(findings, room)
        notices = [*_left_out(len(findings), room), *_cut_short(kept)]
        text = json.dumps(_document(report, kept, notices), indent=2)
        if room == 0 or len(text) <= MOST_BYTES or len(gzip.compress(text.encode(), mtime=0)) <= MOST_BYTES:
            break
        room //= 2
    out.write(f"{text}\n")
    return notices


def _worst(findings: list[Finding], count: int) -> list[Finding]:
    """The `count` most severe of `findings`, those that still stand before others, in their order."""
    if count == len(findings):
        return findings
    ranks = sorted(range(len(findings)), key=lambda index: _rank(findings[index]))
    return [findings[index] for index in sorted(ranks[:count])]


def _rank(finding: Finding) -> tuple[bool, int]:
    return finding.status is not Status.ACTIVE, -finding.severity


def _left_out(found: int, kept: int) -> list[str]:
    if found == kept:
        return []
    return [
        f"SARIF: {found - kept} of {found} findings are left out, the least severe, because code scanning takes "
        f"{MOST_RESULTS} results and {MOST_BYTES} bytes at most"
    ]


def _cut_short(findings: list[Finding]) -> list[str]:
    longest = min(MOST_STEPS, MOST_RELATED - 1)
    cut = sum(len(finding.trace) > longest for finding in findings)
    return [f"SARIF: the way of a value is cut short after {longest} steps (findings: {cut})"] if cut else []


def _document(report: Report, findings: list[Finding], notices: list[str]) -> Json:
    checks = registered()
    places = {check.code: index for index, check in enumerate(checks)}
    rules = [rule(check, report.severities.get(check.code, check.severity)) for check in checks]
    driver = {"name": "jwt-sast", "semanticVersion": __version__, "rules": rules}
    notifications = [_notification(report, error, places[NOT_ANALYSED]) for error in report.errors]
    notifications += [{"level": "warning", "message": {"text": notice}} for notice in notices]
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "jwt-sast/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
        "results": [_result(report, finding, places[finding.code]) for finding in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _notification(report: Report, error: NotAnalysed, index: int) -> Json:
    where = {"artifactLocation": {"uri": uri(report, error.path)}, "region": {"startLine": error.line}}
    return {
        "level": "error",
        "message": {"text": f"not analysed: {error.message}"},
        "associatedRule": {"id": NOT_ANALYSED, "index": index},
        "locations": [{"physicalLocation": where}],
    }


def _result(report: Report, finding: Finding, index: int) -> Json:
    prints = {"jwtSast/v1": finding.fingerprint}
    if line_hash := report.line_hashes.get((finding.location.path, finding.location.line)):
        prints = {"primaryLocationLineHash": line_hash, **prints}
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": _linked(finding)},
        "locations": [{"physicalLocation": _physical(report, finding.location)}],
        "partialFingerprints": prints,
        "properties": {"confidence": str(finding.confidence), "persona": str(finding.persona)},
        **_standing(report, finding),
    }
    if finding.trace:
        way = [{"location": _step(report, step)} for step in finding.trace[:MOST_STEPS]]
        result["codeFlows"] = [{"threadFlows": [{"locations": way}]}]
        steps = enumerate(finding.trace[: MOST_RELATED - 1], start=1)
        result["relatedLocations"] = [{"id": number, **_step(report, step)} for number, step in steps]
    return result


def _standing(report: Report, finding: Finding) -> Json:
    """Whether it is new (SARIF 2.1.0, section 3.27.24) and what keeps it quiet (sections 3.27.23 and 3.35)."""
    standing: Json = {}
    if report.comparison is not None and finding.status is not Status.SUPPRESSED:
        standing["baselineState"] = "unchanged" if finding.status is Status.BASELINED else "new"
    if finding.status is not Status.ACTIVE:
        kind = "inSource" if finding.status is Status.SUPPRESSED else "external"
        reason = {"justification": finding.reason} if finding.reason else {}
        standing["suppressions"] = [{"kind": kind, **reason}]
    return standing


def _linked(finding: Finding) -> str:
    """The message, with a link to where the value begins: GitHub shows the related locations that a link leads to."""
    if not finding.trace:
        return finding.message
    text = finding.trace[0].message.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"{finding.message} ([{text}](1))"


def _step(report: Report, step: Step) -> Json:
    return {"physicalLocation": _physical(report, step.location), "message": {"text": step.message}}


def _physical(report: Report, location: Location) -> Json:
    return {
        "artifactLocation": {"uri": uri(report, location.path)},
        "region": {
            "startLine": location.line,
            "startColumn": location.column,
            "endLine": location.end_line,
            "endColumn": location.end_column,
        },
    }
