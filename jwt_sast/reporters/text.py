"""For people: each finding with its place in the source and the way its value came there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from jwt_sast.findings import NOT_ANALYSED, Finding, Location, NotAnalysed, Report
from jwt_sast.reporters import summary
from jwt_sast.reporters.appearance import Appearance
from jwt_sast.reporters.comparison import lines

Excerpts = Mapping[tuple[str, int], str]


def render(report: Report, out: TextIO, appearance: Appearance) -> None:
    """Writes the active findings, then the files that were not analysed, then what is no longer true of the baseline,
    then one line that sums up.
    """
    for finding in summary.active(report):
        picture = _Picture(finding, report.excerpts, appearance)
        out.writelines(f"{line}\n" for line in (*picture.lines(), ""))
    out.writelines(f"{_error(error, appearance)}\n" for error in report.errors)
    if report.errors:
        out.write("\n")
    told = lines(report.comparison)
    out.writelines(f"{appearance.printable(line)}\n" for line in told)
    if told:
        out.write("\n")
    out.write(f"{appearance.paint(summary.line(report), 'strong')}\n")


def _error(error: NotAnalysed, appearance: Appearance) -> str:
    place = appearance.paint(appearance.printable(f"{error.path}:{error.line}:"), "strong")
    return f"{place} {appearance.paint(NOT_ANALYSED, 'high')} not-analysed: {appearance.printable(error.message)}"


@dataclass(frozen=True, slots=True)
class _Picture:
    """One finding on paper: a headline, its code frame, and the trace with its own frames, along one gutter."""

    finding: Finding
    excerpts: Excerpts
    appearance: Appearance

    def lines(self) -> Iterator[str]:
        yield self._headline()
        bar = self._bar()
        if self._excerpt(self.finding.location) is not None:
            yield bar
        yield from self._frame(self.finding.location)
        for step in self.finding.trace:
            branch = self._gutter(" " * self._digits(), "├─" if self.appearance.boxes else "|-")
            yield f"{branch} {self._place(step.location)} {self.appearance.printable(step.message)}"
            yield from self._frame(step.location)

    def _headline(self) -> str:
        finding, paint = self.finding, self.appearance.paint
        place = paint(self._place(finding.location), "strong")
        code = paint(finding.code, str(finding.severity))
        sureness = f"({finding.severity}, {finding.confidence} confidence)"
        return f"{place} {code} {finding.name} {sureness}: {self.appearance.printable(finding.message)}"

    def _frame(self, location: Location) -> Iterator[str]:
        excerpt = self._excerpt(location)
        if excerpt is None:
            return
        # Rich comes with this one, and most runs have nothing to draw.
        from jwt_sast.reporters.frame import frame

        digits = self._digits()
        room = self.appearance.width - digits - len("  | ")
        code, marks = frame(excerpt, location, self.appearance, room)
        yield f"{self._gutter(str(location.line).rjust(digits), self._stroke())} {code}".rstrip()
        yield f"{self._bar()} {self.appearance.paint(marks, str(self.finding.severity))}"

    def _excerpt(self, location: Location) -> str | None:
        return self.excerpts.get((location.path, location.line))

    def _place(self, location: Location) -> str:
        return self.appearance.printable(f"{location.path}:{location.line}:{location.column}:")

    def _digits(self) -> int:
        places = (self.finding.location, *(step.location for step in self.finding.trace))
        return max(len(str(place.line)) for place in places)

    def _bar(self) -> str:
        return self._gutter(" " * self._digits(), self._stroke())

    def _stroke(self) -> str:
        return "│" if self.appearance.boxes else "|"

    def _gutter(self, number: str, stroke: str) -> str:
        return self.appearance.paint(f" {number} {stroke}", "gutter")
