"""Markdown for a job summary: the findings as a table, the worst first."""

from __future__ import annotations

from typing import TextIO

from jwt_sast.findings import NOT_ANALYSED, Finding, NotAnalysed, Report
from jwt_sast.reporters import summary
from jwt_sast.reporters.appearance import Appearance
from jwt_sast.reporters.gfm import plain, prose
from jwt_sast.reporters.repository import inside

MOST_ROWS = 1_000
"""Of one table: GitHub takes a summary of 1 MiB at most, and shows none of a longer one."""


def render(report: Report, out: TextIO, appearance: Appearance) -> list[str]:
    """Writes one line that sums up, a table of active findings and a table of files that were not analysed.

    Paths are relative to the repository. Returns notices of the rows that had no room; they are in the text too.
    """
    findings = sorted(summary.active(report), key=lambda finding: -finding.severity)
    out.write(f"## jwt-sast\n\n{summary.line(report)}\n")
    notices = []
    for noun, head, rows in (
        (
            "findings",
            ("Severity", "Check", "Place", "Message"),
            [_finding(report, one, appearance) for one in findings],
        ),
        ("files", ("Not analysed", "Why"), [_error(report, error, appearance) for error in report.errors]),
    ):
        if rows:
            out.write("\n")
            out.writelines(map(_row, (head, ("---",) * len(head), *rows[:MOST_ROWS])))
        if len(rows) > MOST_ROWS:
            notices.append(f"Markdown: {len(rows) - MOST_ROWS} of {len(rows)} {noun} are left out for want of room")
            out.write(f"\n{notices[-1]}.\n")
    return notices


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _finding(report: Report, finding: Finding, appearance: Appearance) -> tuple[str, ...]:
    place = finding.location
    spot = appearance.printable(f"{inside(report, place.path)}:{place.line}")
    return (
        str(finding.severity),
        f"{finding.code} {finding.name}",
        plain(spot),
        prose(appearance.printable(finding.message), in_table=True),
    )


def _error(report: Report, error: NotAnalysed, appearance: Appearance) -> tuple[str, ...]:
    spot = appearance.printable(f"{inside(report, error.path)}:{error.line}")
    return plain(spot), plain(appearance.printable(f"{NOT_ANALYSED} {error.message}"))
