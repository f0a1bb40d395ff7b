"""What the tool says: findings, files it could not analyse, and the report that holds both.

Plain data without syntax nodes, because it crosses process borders. Lines and columns are 1-based, columns count
Unicode code points, and the end column is exclusive. No text in here ever holds a secret or a token.
"""

from __future__ import annotations

import enum
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

NOT_ANALYSED = "JWT900"
UNUSED_SUPPRESSION = "JWT901"
UNKNOWN_CODE = "JWT902"
SUPPRESSION_WITHOUT_REASON = "JWT903"
ABOUT_COMMENTS = frozenset({UNUSED_SUPPRESSION, UNKNOWN_CODE, SUPPRESSION_WITHOUT_REASON})


class Level(enum.IntEnum):
    """An ordered level that is spelled in lower case wherever a user meets it."""

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def named(cls, name: str) -> Self:
        """The level called `name`, in any letter case; KeyError if there is none."""
        return cls[name.upper()]


class Severity(Level):
    """How bad a defect is if it is real."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Confidence(Level):
    """How sure the tool is: by convention of names only, on some path, on all paths."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Persona(Level):
    """Who wants to read a finding: every team, or a reviewer who wants everything listed."""

    REGULAR = 1
    AUDITOR = 2


class Status(enum.StrEnum):
    """Whether a finding still stands."""

    ACTIVE = "active"
    SUPPRESSED = "suppressed"
    BASELINED = "baselined"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A span in a file. `path` is as given to the analyser, with `/` between its parts."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One place that the value came through on its way, and what happened there."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect at one place."""

    code: str
    name: str
    message: str
    severity: Severity
    confidence: Confidence
    persona: Persona
    location: Location
    trace: tuple[Step, ...] = ()
    """From where the value begins to the call that uses it."""
    fingerprint: str = ""
    scope: str = ""
    """The qualified name of the function or class that it is in; empty at the top of a module."""
    anchor: str = ""
    """What it stands on, whatever the line and the layout, as a digest: tells equal defects apart from moved ones."""
    status: Status = Status.ACTIVE
    reason: str = ""
    """Why it is not active, as far as somebody has written that down."""


@dataclass(frozen=True, slots=True, order=True)
class NotAnalysed:
    """A file, or a part of one, that the tool could not look at, and why."""

    path: str
    line: int
    message: str
    column: int = 1


@dataclass(frozen=True, slots=True)
class Answers:
    """What the callers of functions that only hand claims on do about them, as far as one file shows it.

    `left` are findings of this file that callers in others may answer: the code, the call in the function, and the
    place of the finding. `answered` are such calls in other files of which something here makes up for what they leave
    out, `unanswered` those where nothing does, and `complaints` those that a check has something to say about.
    """

    left: frozenset[tuple[str, Location, Location]] = frozenset()
    answered: frozenset[Location] = frozenset()
    unanswered: frozenset[Location] = frozenset()
    complaints: frozenset[tuple[str, Location]] = frozenset()


@dataclass(slots=True)
class FileReport:
    """What came out of one file. `analysed` is false where the gate turned the file away or an error stopped it."""

    path: str
    analysed: bool = False
    findings: list[Finding] = field(default_factory=list)
    passed_over: list[Finding] = field(default_factory=list)
    """What the settings of the run do not want: not shown, but a comment or a baseline may be about it all the same."""
    errors: list[NotAnalysed] = field(default_factory=list)
    excerpts: dict[tuple[str, int], str] = field(default_factory=dict)
    """Source lines for code frames by (path, line), literals that may be secrets masked; empty unless asked for."""
    asked_for: frozenset[str] = frozenset()
    """Functions and classes whose callers in other files would tell more."""
    answers: Answers = Answers()
    answered: frozenset[str] = frozenset()
    """Which of the tokens in the project's source were signed with a key in this file: hashes of their signatures."""
    stops: frozenset[tuple[str, str, str]] = frozenset()
    """The bounds that kept something from being looked at: in which file, in which function, and which."""


@dataclass(frozen=True, slots=True, order=True)
class KnownDefect:
    """One entry of a baseline: equal defects that a team knows of, by where they stand and not by line."""

    path: str
    code: str
    scope: str
    anchor: str
    count: int = 1
    reason: str = ""
    """Why it stays, for people."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the findings of a run compare with a baseline."""

    file: str
    """The path of the baseline, as the run names it."""
    known: Sequence[KnownDefect]
    """What of the baseline is still there or could not be looked at, as it is now."""
    stale: Sequence[KnownDefect] = ()
    """What of it is gone, with how often."""
    moved: Sequence[tuple[KnownDefect, str]] = ()
    """What has moved, and the path of the file that it is in now."""
    baselined: int = 0
    """How many findings it keeps quiet."""


@dataclass(slots=True)
class Report:
    """A finished run: everything that a reporter may show."""

    findings: list[Finding]
    errors: list[NotAnalysed]
    seen: int
    analysed: int
    excerpts: Mapping[tuple[str, int], str] = field(default_factory=dict)
    stops: Sequence[tuple[str, str, str]] = ()
    """The bounds that were reached, see FileReport, sorted."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """How severe findings are by their code, where it is not as their check says itself."""
    folder: str = ""
    """The absolute path of the folder that paths are relative to."""
    repository: str = ""
    """That of the repository around it, or of the folder itself."""
    line_hashes: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """GitHub's hashes of lines with findings by (path, line), see `reporters.line_hashes`; empty unless asked for."""
    passed_over: list[Finding] = field(default_factory=list)
    """As in FileReport."""
    complete: frozenset[str] = frozenset()
    """The files of which everything is known that there is to find, but for what is in `unsought`."""
    unsought: frozenset[str] = frozenset()
    """The codes that the run has not looked for."""
    comparison: Comparison | None = None
    """What a baseline has to do with it; None where none was asked for."""
    moment: int = 0
    """What a format that demands the time of the run gives for it, in seconds since 1970; from no clock, so that the
    same run gives the same bytes."""

    @classmethod
    def of(cls, files: Iterable[FileReport]) -> Report:
        """The files' reports as one, sorted, without what the callers in other files have answered."""
        files = list(files)
        answered = _answered([file.answers for file in files])
        findings: list[Finding] = []
        passed_over: list[Finding] = []
        errors: list[NotAnalysed] = []
        excerpts: dict[tuple[str, int], str] = {}
        stops: set[tuple[str, str, str]] = set()
        seen = analysed = 0
        for file in files:
            seen += 1
            analysed += file.analysed
            findings.extend(one for one in file.findings if (one.code, one.location) not in answered)
            passed_over.extend(file.passed_over)
            errors.extend(file.errors)
            excerpts.update(file.excerpts)
            stops |= file.stops
        report = cls(fingerprinted(merged(findings)), sorted(set(errors)), seen, analysed, excerpts, sorted(stops))
        told = {(finding.code, finding.location) for finding in report.findings}
        report.passed_over = [one for one in merged(passed_over) if (one.code, one.location) not in told]
        report.complete = frozenset(file.path for file in files) - {error.path for error in errors}
        return report

    @property
    def not_analysed(self) -> int:
        """How many files have an error; the others were analysed or could not matter."""
        return len({error.path for error in self.errors})


def anchored(text: str) -> str:
    """A digest of what a finding stands on, see `Finding.anchor`."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fingerprinted(findings: Iterable[Finding]) -> list[Finding]:
    """`findings`, in order, each with a name of 16 hex digits that survives moved lines and reformatting.

    Those of one check on equal text in one function are told apart by counting them.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    named = []
    for finding in findings:
        key = finding.code, finding.location.path, finding.scope, finding.anchor
        text = "\0".join((*key, str(seen[key])))
        named.append(replace(finding, fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16]))
        seen[key] += 1
    return named


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding per check and place, sorted: several files may lead to the same one. The surest speaks, and the ways
    of all are told.
    """
    groups: dict[tuple[Location, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.location, finding.code), []).append(finding)
    joined = []
    for key in sorted(groups):
        first, *others = sorted(groups[key], key=lambda one: (-one.confidence, one.message, one.trace))
        steps = dict.fromkeys(step for one in (first, *others) for step in one.trace)
        joined.append(replace(first, trace=tuple(steps)))
    return joined


def _answered(answers: Iterable[Answers]) -> set[tuple[str, Location]]:
    """The findings whose function is called from other files, all of which do what the function has left out."""
    answers = list(answers)
    calls = {call for one in answers for call in one.answered} - {call for one in answers for call in one.unanswered}
    complaints = {complaint for one in answers for complaint in one.complaints}
    left = (entry for one in answers for entry in one.left)
    return {(code, place) for code, call, place in left if call in calls and (code, call) not in complaints}
