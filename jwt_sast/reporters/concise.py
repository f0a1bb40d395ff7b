"""One line per finding, as flake8 prints it: for editors and everything else that reads linters' output."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from jwt_sast.findings import NOT_ANALYSED, Report
from jwt_sast.reporters import summary
from jwt_sast.reporters.appearance import Appearance


def render(report: Report, out: TextIO, appearance: Appearance) -> None:
    """Writes active findings and files that were not analysed as `path:line:column: CODE message`, by place."""
    for path, line, column, text in sorted(_entries(report)):
        place = appearance.paint(appearance.printable(f"{path}:{line}:{column}:"), "strong")
        out.write(f"{place} {appearance.printable(' '.join(text.split()))}\n")


def _entries(report: Report) -> Iterator[tuple[str, int, int, str]]:
    for finding in summary.active(report):
        place = finding.location
        yield place.path, place.line, place.column, f"{finding.code} {finding.message}"
    for error in report.errors:
        yield error.path, error.line, error.column, f"{NOT_ANALYSED} not analysed: {error.message}"
