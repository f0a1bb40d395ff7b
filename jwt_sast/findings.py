"""What the tool says: findings, files it could not analyse, and the report that holds both.

Plain data without syntax nodes, because it crosses process borders. Lines and columns are 1-based, columns count
Unicode code points, and the end column is exclusive. No text in here ever holds a secret or a token.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NOT_ANALYSED = "JWT900"


class _Level(enum.IntEnum):
    """An ordered level that is spelled in lower case wherever a user meets it."""

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def named(cls, name: str) -> _Level:
        """The level called `name`, in any letter case; KeyError if there is none."""
        return cls[name.upper()]


class Severity(_Level):
    """How bad a defect is if it is real."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Confidence(_Level):
    """How sure the tool is: by convention of names only, on some path, on all paths."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Persona(_Level):
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


@dataclass(frozen=True, slots=True)
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
    status: Status = Status.ACTIVE

    @property
    def sort_key(self) -> tuple[Location, str, str]:
        """Findings are shown in this order, always."""
        return (self.location, self.code, self.message)


@dataclass(frozen=True, slots=True, order=True)
class NotAnalysed:
    """A file, or a part of one, that the tool could not look at, and why."""

    path: str
    line: int
    message: str
    column: int = 1


@dataclass(slots=True)
class FileReport:
    """What came out of one file. `analysed` is false where the gate turned the file away or an error stopped it."""

    path: str
    analysed: bool = False
    findings: list[Finding] = field(default_factory=list)
    errors: list[NotAnalysed] = field(default_factory=list)
    excerpts: dict[tuple[str, int], str] = field(default_factory=dict)
    """Source lines for code frames by (path, line), literals that may be secrets masked; empty unless asked for."""


@dataclass(slots=True)
class Report:
    """A finished run: everything that a reporter may show."""

    findings: list[Finding]
    errors: list[NotAnalysed]
    seen: int
    analysed: int
    excerpts: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[FileReport]) -> Report:
        """The files' reports as one, sorted."""
        findings: list[Finding] = []
        errors: list[NotAnalysed] = []
        excerpts: dict[tuple[str, int], str] = {}
        seen = analysed = 0
        for file in files:
            seen += 1
            analysed += file.analysed
            findings.extend(file.findings)
            errors.extend(file.errors)
            excerpts.update(file.excerpts)
        findings.sort(key=lambda finding: finding.sort_key)
        return cls(findings, sorted(errors), seen, analysed, excerpts)

    @property
    def not_analysed(self) -> int:
        """How many files have an error; the others were analysed or could not matter."""
        return len({error.path for error in self.errors})


def fingerprint(code: str, path: str, anchor: str, occurrence: int) -> str:
    """A name for a finding that survives moved lines and reformatting: 16 hex digits.

    `anchor` is the normalised text of the statement with its literals masked, `occurrence` tells equal ones in a file
    apart, counted from 0.
    """
    return hashlib.sha256(f"{code}\0{path}\0{anchor}\0{occurrence}".encode()).hexdigest()[:16]
