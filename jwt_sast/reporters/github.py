"""Annotations of a GitHub workflow: commands in the log that put a finding beside its line in the pull request.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions has the syntax. A step shows ten
errors, ten warnings and ten notices and no more, so the worst come first.
"""

from __future__ import annotations

from typing import TextIO

from jwt_sast.findings import NOT_ANALYSED, Finding, NotAnalysed, Report, Severity
from jwt_sast.reporters import summary
from jwt_sast.reporters.appearance import Appearance
from jwt_sast.reporters.repository import inside

_COMMANDS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "notice"}


def render(report: Report, out: TextIO, appearance: Appearance) -> None:
    """Writes one command per active finding, the most severe first, and one per file that was not analysed.

    Paths are relative to the root of the repository. Nothing is coloured: GitHub reads it.
    """
    for finding in sorted(summary.active(report), key=lambda finding: -finding.severity):
        out.write(_annotation(report, finding, appearance))
    for error in report.errors:
        out.write(_error(report, error, appearance))


def _annotation(report: Report, finding: Finding, appearance: Appearance) -> str:
    place = finding.location
    properties: dict[str, object] = {"file": inside(report, place.path), "line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:
        # Columns of a span of several lines are refused.
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = f"{finding.code} {finding.name} ({finding.severity})"
    way = [
        f"{inside(report, step.location.path)}:{step.location.line}:{step.location.column}: {step.message}"
        for step in finding.trace
    ]
    return _command(_COMMANDS[finding.severity], properties, [finding.message, *way], appearance)


def _error(report: Report, error: NotAnalysed, appearance: Appearance) -> str:
    properties = {"file": inside(report, error.path), "line": error.line, "title": f"{NOT_ANALYSED} not-analysed"}
    return _command("error", properties, [f"not analysed: {error.message}"], appearance)


def _command(name: str, properties: dict[str, object], lines: list[str], appearance: Appearance) -> str:
    listed = ",".join(
        f"{key}={_escaped(appearance.printable(str(value))).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
    )
    message = "\n".join(map(appearance.printable, lines))
    return f"::{name} {listed}::{_escaped(message)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
