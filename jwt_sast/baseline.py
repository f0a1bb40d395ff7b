"""What a team already knows of: which findings a baseline keeps quiet, and which of its entries nothing needs any more.

A defect is known by its check, its file, the function it is in and what it stands on there, and by how many equal ones
there are: a second copy of an old defect is a new one.
"""

from __future__ import annotations

import os
import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from jwt_sast.findings import Comparison, Finding, KnownDefect, Location, Report, Status
from jwt_sast.paths import shown
from jwt_sast.syntax.excerpt import masked_comment


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known defects, sorted, with paths as the run writes them; and the path of the file that they are from."""

    file: str
    known: Sequence[KnownDefect] = ()


def compared(report: Report, baseline: Baseline) -> Report:
    """`report` with the status of each finding that `baseline` knows, and with the comparison of the two.

    An entry is stale where its defect was looked for in its file and is not there, or where the file is gone. What is
    suppressed needs no entry. What the settings do not want still counts as there.
    """
    matching = _Matching(report, Counter({_key(known): known.count for known in baseline.known}))
    matching.in_place()
    matching.moved_away()
    reasons = {_key(known): known.reason for known in baseline.known}
    comparison = Comparison(
        baseline.file,
        known=_listed(matching.now, {**matching.reasons_of_moved(reasons), **reasons}),
        stale=[known for known in _listed(matching.left, reasons) if matching.looked_for(_key(known))],
        moved=[(_known(old, reasons), new) for old, new in matching.moved],
        baselined=sum(_identity(finding) in matching.quiet for finding in report.findings),
    )
    findings = [
        replace(finding, status=Status.BASELINED, reason=masked_comment(reasons[key]))
        if (key := matching.quiet.get(_identity(finding))) is not None
        else finding
        for finding in report.findings
    ]
    return replace(report, findings=findings, comparison=comparison)


def with_new(report: Report) -> list[KnownDefect]:
    """What the baseline of a report that has been compared knows, and every finding that still stands."""
    assert report.comparison is not None
    known = report.comparison.known
    new = Counter(_key(finding) for finding in report.findings if finding.status is Status.ACTIVE)
    return _listed(
        new + Counter({_key(one): one.count for one in known}),
        {_key(one): one.reason for one in known},
    )


_Key = tuple[str, str, str, str]
"""Path, code, scope, anchor."""


@dataclass(slots=True)
class _Matching:
    """Pairs what is known with what is there. `left` are the entries that nothing has been found for yet."""

    report: Report
    left: Counter[_Key]
    complete: frozenset[str] = field(init=False)
    """The files that are known through and through."""
    now: Counter[_Key] = field(default_factory=Counter)
    """What a baseline would say of what is known and still there."""
    quiet: dict[tuple[str, Location], _Key] = field(default_factory=dict)
    """The findings that are known, and by which entry."""
    moved: list[tuple[_Key, str]] = field(default_factory=list)
    """The entries whose defect is in another file now, and in which."""

    def __post_init__(self) -> None:
        self.complete = frozenset(map(_straight, self.report.complete))

    def in_place(self) -> None:
        """Pairs by all that an entry says, and leaves alone what this run cannot know."""
        for finding in self._standing():
            if self.left[_key(finding)]:
                self._pair(_key(finding), finding)
        for key, count in self.left.items():
            if not self.looked_for(key):
                self.now[key] += count

    def moved_away(self) -> None:
        """Pairs what is left of files that are gone by all but the path: a renamed file took its defects along.

        Of a file that is still there nobody can tell whether code was moved out of it, or mended here and copied there.
        """
        alike: defaultdict[tuple[str, ...], list[Finding]] = defaultdict(list)
        for finding in self._standing():
            alike[_key(finding)[1:]].append(finding)
        for old in sorted(+self.left):
            path, *rest = old
            if not (candidates := alike[tuple(rest)]) or _exists(path):
                continue
            # Of several, the file that only went to another folder.
            name = posixpath.basename(path)
            likeliest = sorted(candidates, key=lambda one: posixpath.basename(one.location.path) != name)
            for new in likeliest[: self.left[old]]:
                candidates.remove(new)
                self._pair(old, new)
                self.moved.append((old, new.location.path))

    def looked_for(self, key: _Key) -> bool:
        """Whether it is known how many of that there are now."""
        path, code, *_ = key
        return (path in self.complete and code not in self.report.unsought) or not _exists(path)

    def reasons_of_moved(self, reasons: dict[_Key, str]) -> dict[_Key, str]:
        """The reasons of what has moved, by what it is known as now."""
        return {(path, *old[1:]): reasons[old] for old, path in self.moved}

    def _standing(self) -> Iterator[Finding]:
        everything = (*self.report.findings, *self.report.passed_over)
        for finding in sorted(everything, key=lambda one: (one.location, one.code)):
            if finding.status is Status.ACTIVE and _identity(finding) not in self.quiet:
                yield finding

    def _pair(self, key: _Key, finding: Finding) -> None:
        self.left[key] -= 1
        self.now[_key(finding)] += 1
        self.quiet[_identity(finding)] = key


def _key(one: Finding | KnownDefect) -> _Key:
    path = one.location.path if isinstance(one, Finding) else one.path
    return _straight(path), one.code, one.scope, one.anchor


def _straight(path: str) -> str:
    """`path` without a detour: from within `src`, the files of `..` are called `../src/a.py`."""
    return shown(path, os.getcwd()) if path.startswith("..") else path


def _identity(finding: Finding) -> tuple[str, Location]:
    return finding.code, finding.location


def _known(key: _Key, reasons: dict[_Key, str], count: int = 1) -> KnownDefect:
    return KnownDefect(*key, count, reasons.get(key, ""))


def _listed(counts: Counter[_Key], reasons: dict[_Key, str]) -> list[KnownDefect]:
    return [_known(key, reasons, count) for key, count in sorted((+counts).items())]


def _exists(path: str) -> bool:
    return os.path.lexists(path)
