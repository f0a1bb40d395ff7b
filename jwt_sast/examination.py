"""Examines a file that has passed the gate: parses and interprets it, shows the events to the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from jwt_sast.check import Check, Draft, registered
from jwt_sast.config import Settings
from jwt_sast.drafts import findings_of
from jwt_sast.failures import reason_of
from jwt_sast.findings import FileReport, NotAnalysed
from jwt_sast.libraries.host import LibraryHost, packages
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.provenance import Place
from jwt_sast.syntax.source import Source, SourceError, collector_paused
from jwt_sast.syntax.visitor import traverse
from jwt_sast.tokens.events import Event


class Examiner:
    """Runs all checks over one file after another."""

    def __init__(self, settings: Settings, *, excerpts: bool = False) -> None:
        self._settings = settings
        self._excerpts = excerpts
        self._checks = registered()

    def examine(self, path: str, data: bytes | str) -> FileReport:
        """Everything that is wrong in a file, and what of it could not be analysed."""
        # Trees and values hold no cycles worth collecting before the file is done with.
        with collector_paused():
            return self._examine(path, data)

    def _examine(self, path: str, data: bytes | str) -> FileReport:
        try:
            source = Source.parse(path, data, ast_checked=isinstance(data, str))
        except SourceError as error:
            return FileReport(path, errors=[NotAnalysed(path, error.line, error.reason, error.column)])
        report = FileReport(path, analysed=True)
        host = LibraryHost(path)
        try:
            interpretation = Interpreter(host, packages()).run(source)
        except Exception as error:  # a defect of ours must cost one file and be seen
            report.errors.append(NotAnalysed(path, 1, reason_of(error)))
            return report
        for node, failure in interpretation.failures:
            line = 1 if node is source.module else source.location(node).line
            report.errors.append(NotAnalysed(path, line, reason_of(failure)))
        drafts = self._run_checks(source, host.settled(), report)
        report.findings = findings_of(drafts)
        if self._excerpts and report.findings:
            report.excerpts = _excerpts(source, report, host.secrets())
        return report

    def _run_checks(self, source: Source, events: Iterable[Event], report: FileReport) -> list[Draft]:
        """Shows every event, and the tree where a check asks for it, to each check."""
        drafts: list[Draft] = []
        checks = [check(self._settings, drafts.append) for check in self._checks]
        for event in events:
            for check in checks:
                visit: Callable[[Any], object] | None = getattr(check, f"visit_{type(event).__name__}", None)
                if visit is None:
                    continue
                before = len(drafts)
                try:
                    visit(event)
                except Exception as error:
                    reason = f"{check.code} failed: {reason_of(error)}"
                    report.errors.append(NotAnalysed(source.path, event.place.location.line, reason))
                drafts[before:] = [replace(draft, sink=event.where) for draft in drafts[before:]]
        for check in checks:
            if any(_visits_nodes(name) for name in dir(check)):
                self._walk(source, check, report)
        return drafts

    def _walk(self, source: Source, check: Check, report: FileReport) -> None:
        try:
            traverse(source.module, [check])
        except Exception as error:
            report.errors.append(NotAnalysed(source.path, 1, f"{check.code} failed: {reason_of(error)}"))


_EVENTS = frozenset(event.__name__ for event in Event.__subclasses__())


def _visits_nodes(name: str) -> bool:
    """Whether a method of this name looks at syntax."""
    kind, _, subject = name.partition("_")
    return kind in ("visit", "leave") and bool(subject) and subject not in _EVENTS


def _excerpts(source: Source, report: FileReport, secrets: Iterable[Place]) -> dict[tuple[str, int], str]:
    """The lines that code frames of this file show, with nothing in them that may be a secret."""
    from jwt_sast.syntax.excerpt import masked_lines

    lines: set[int] = set()
    for finding in report.findings:
        for place in (finding.location, *(step.location for step in finding.trace)):
            if place.path == source.path:
                lines.update(range(place.line, place.end_line + 1))
    spans = [
        (spot.line, spot.column, spot.end_line, spot.end_column)
        for spot in (place.location for place in secrets)
        if spot.path == source.path
    ]
    return {(source.path, line): text for line, text in masked_lines(source.text, lines, spans).items()}
