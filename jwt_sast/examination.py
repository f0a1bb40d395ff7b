"""Examines a file that has passed the gate: parses and interprets it, shows the events to the checks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

from jwt_sast.check import Check, Draft, registered
from jwt_sast.config import Settings
from jwt_sast.drafts import at_home, findings_of
from jwt_sast.failures import reason_of
from jwt_sast.findings import Answers, FileReport, NotAnalysed
from jwt_sast.libraries.host import LibraryHost
from jwt_sast.libraries.mentions import actors_of, interest, methods_in, packages_in
from jwt_sast.libraries.tables import tables_of
from jwt_sast.paths import printable, shown
from jwt_sast.scope import Scope
from jwt_sast.semantics.environment import ModuleScope
from jwt_sast.semantics.interpreter import Interpretation, Interpreter
from jwt_sast.semantics.project import Parsed, Project, Prospects
from jwt_sast.semantics.provenance import Place
from jwt_sast.syntax.collector import Sweeper, collector_paused
from jwt_sast.syntax.excerpt import masked_lines
from jwt_sast.syntax.source import Source, SourceError
from jwt_sast.syntax.visitor import traverse
from jwt_sast.tokens.events import Event, KeyUsed, Verification
from jwt_sast.tokens.open_ends import callers_answer, is_answered
from jwt_sast.tokens.pairs import pair
from jwt_sast.tokens.token_literals import token_literals
from jwt_sast.tokens.written_tokens import may_hold_token


class Examiner:
    """Runs all checks over one file after another."""

    def __init__(
        self,
        settings: Settings,
        matters: Callable[[bytes], bool],
        scope: Scope,
        excerpts: bool = False,
    ) -> None:
        """`matters` tells from a file's bytes whether a modelled library may be used in it."""
        self._settings = settings
        self._scope = scope
        self._tables = tables_of(settings.wrappers)
        self._host = partial(LibraryHost, tables=self._tables, assumed=dict(settings.assume_versions))
        self._project = Project(self._host, interest(self._tables, matters, scope.sought), _spelled)
        self._excerpts = excerpts
        self._checks = registered()
        self._sweeper = Sweeper()
        self._keep_values = any(map(_looks_at_nodes, self._checks))

    def examine(self, path: str, data: bytes | str) -> FileReport:
        """Everything that is wrong in a file, and what of it could not be analysed. Raises what a defect of ours raises
        before the functions are looked at one by one; the analyzer makes an error of the file of that.
        """
        # Trees and values hold no cycles worth collecting before the file is done with.
        with collector_paused():
            report = self._examine(path, data)
        self._sweeper.analysed(len(data))
        return report

    def _examine(self, path: str, data: bytes | str) -> FileReport:
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        prospects = self._project.prospects(path, raw, packages_in(raw, self._tables), methods_in(raw, self._tables))
        if prospects is None and not self._keep_values and not may_hold_token(raw):
            return FileReport(path)
        try:
            parsed = self._project.parse(path, data)
        except SourceError as error:
            return FileReport(path, errors=[NotAnalysed(path, error.line, error.reason, error.column)])
        report, source = FileReport(path, analysed=True), parsed.source
        host = self._host(path)
        interpretation = self._interpreted(parsed, host, prospects)
        for node, failure in interpretation.failures:
            line = 1 if node is source.module else source.location(node).line
            report.errors.append(NotAnalysed(path, line, reason_of(failure)))
        report.errors += [_mistake(problem, place) for problem, place in host.mistakes.items()]
        events = [*host.settled(), *(token_literals(source) if may_hold_token(raw) else ())]
        report.answered = pair(events, self._scope.challenges, self._scope.answered)
        drafts = self._run_checks(interpretation, events, report)
        report.findings = findings_of(at_home(drafts, path, self._scope.files), self._settings)
        report.answers = _answers(host.events, drafts, path)
        report.stops = frozenset((place, function, bound) for bound, place, function in host.stops)
        report.asked_for = host.asked_for | actors_of(interpretation.scope, self._tables)
        if self._excerpts and report.findings:
            report.excerpts = _excerpts(_sources(source, drafts), report, host.secrets())
        return report

    def _interpreted(self, parsed: Parsed, host: LibraryHost, prospects: Prospects | None) -> Interpretation:
        """A file without prospects is here for its literals alone and is not run, unless somebody asks for the value of
        any expression: then every function matters.
        """
        if self._keep_values:
            return Interpreter(host, self._project).run(parsed, None, keep_values=True)
        if prospects is None:
            scope = ModuleScope(parsed.source, parsed.names.module_name, symbols=parsed.names)
            return Interpretation(scope, parsed.names)
        return Interpreter(host, self._project).run(parsed, self._project.relevance(parsed, prospects))

    def _run_checks(self, interpretation: Interpretation, events: Iterable[Event], report: FileReport) -> list[Draft]:
        """Shows every event to each check, and the tree to those that ask for it, in one walk."""
        drafts: list[Draft] = []
        checks = [_Guarded(check(self._settings, drafts.append, interpretation), report) for check in self._checks]
        for event in events:
            for guarded in checks:
                before = len(drafts)
                for kind in _kinds(type(event)):
                    guarded.show(f"visit_{kind.__name__}", event, event.place)
                drafts[before:] = [replace(draft, sink=event.where, use=_use(event)) for draft in drafts[before:]]
        source = interpretation.scope.source
        traverse(source.module, [guarded.visitor(source) for guarded in checks if guarded.looks_at_nodes])
        return drafts


def _mistake(problem: str, place: Place) -> NotAnalysed:
    """A call that was not looked at as it should have been, since the settings are wrong about the function."""
    return NotAnalysed(place.location.path, place.location.line, f"as the settings have it, {problem}")


def _use(event: Event) -> Place:
    """Where an event uses the value that findings are mostly about."""
    return event.key.place if isinstance(event, KeyUsed) else event.place


def _answers(events: Sequence[Event], drafts: Iterable[Draft], path: str) -> Answers:
    """What the analysis of the file `path` tells of functions of other files, and leaves to others of its own."""
    handing = {id(event.where) for event in events if callers_answer(event)}
    calls = [one for one in events if isinstance(one, Verification) and one.where.is_elsewhere(path)]
    # What another module does may be worked out several times on the way through one function.
    answered = {(call.where.entry, call.place) for call in calls if is_answered(call)}
    told = [(draft, draft.sink) for draft in drafts if draft.sink is not None]
    return Answers(
        left=frozenset(
            (one.check.code, at.place.location, one.place.location) for one, at in told if id(at) in handing
        ),
        answered=frozenset(place.location for _, place in answered),
        unanswered=frozenset(call.place.location for call in calls if (call.where.entry, call.place) not in answered),
        complaints=frozenset((one.check.code, at.place.location) for one, at in told if at.is_elsewhere(path)),
    )


def _sources(own: Source, drafts: Iterable[Draft]) -> dict[str, Source]:
    """The files that findings lead to, by path."""
    found = {own.path: own}
    for draft in drafts:
        for place in (draft.place, *(place for place, _ in draft.trace)):
            found.setdefault(place.source.path, place.source)
    return found


def _spelled(path: str) -> str:
    """How findings write the absolute `path`: as they would if it had been given by the folder that we run in."""
    return printable(shown(path, os.getcwd()))


@dataclass(slots=True)
class _Guarded:
    """A check whose failures become errors of the file instead of ending the run."""

    check: Check
    report: FileReport

    @property
    def looks_at_nodes(self) -> bool:
        return _looks_at_nodes(type(self.check))

    def show(self, method: str, subject: Any, place: Place) -> object:
        """Calls a method of the check if it has it; gives what it gives, None where it fails."""
        visit: Callable[[Any], object] | None = getattr(self.check, method, None)
        if visit is None:
            return None
        try:
            return visit(subject)
        except Exception as error:
            location = place.location
            message = f"{self.check.code} failed: {reason_of(error)}"
            self.report.errors.append(NotAnalysed(location.path, location.line, message))
            return None

    def visitor(self, source: Source) -> object:
        """An object with the check's methods for nodes, for the shared walk."""

        def method(name: str) -> Callable[[Any], object]:
            return lambda node: self.show(name, node, Place(source, node))

        return SimpleNamespace(**{name: method(name) for name in dir(self.check) if _is_about_a_node(name)})


def _kinds(event: type[Event]) -> tuple[type[Event], ...]:
    """What an event is, from the special to the general."""
    return tuple(kind for kind in event.__mro__ if issubclass(kind, Event))


def _every(event: type[Event]) -> Iterator[str]:
    yield event.__name__
    for special in event.__subclasses__():
        yield from _every(special)


_EVENTS = frozenset(_every(Event))


def _looks_at_nodes(check: type[Check]) -> bool:
    """Whether a check has methods for nodes of the tree."""
    return any(map(_is_about_a_node, dir(check)))


def _is_about_a_node(name: str) -> bool:
    """Whether a method of this name looks at syntax."""
    kind, _, subject = name.partition("_")
    return kind in ("visit", "leave") and bool(subject) and subject not in _EVENTS


def _excerpts(
    sources: Mapping[str, Source], report: FileReport, secrets: Iterable[Place]
) -> dict[tuple[str, int], str]:
    """The lines that code frames show, with nothing in them that may be a secret."""
    lines: dict[str, set[int]] = {}
    for finding in report.findings:
        for place in (finding.location, *(step.location for step in finding.trace)):
            lines.setdefault(place.path, set()).update(range(place.line, place.end_line + 1))
    spans: dict[str, list[tuple[int, int, int, int]]] = {}
    for spot in (place.location for place in secrets):
        spans.setdefault(spot.path, []).append((spot.line, spot.column, spot.end_line, spot.end_column))
    return {
        (path, line): text
        for path, wanted in lines.items()
        if path in sources
        for line, text in masked_lines(sources[path].text, wanted, spans.get(path, [])).items()
    }
