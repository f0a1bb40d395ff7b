"""Comments that keep findings quiet: flake8's `# noqa`, and our own `# jwt-sast: ignore[CODE] reason`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jwt_sast.config import Settings, code_of
from jwt_sast.findings import (
    SUPPRESSION_WITHOUT_REASON,
    UNKNOWN_CODE,
    UNUSED_SUPPRESSION,
    Confidence,
    Finding,
    Location,
    Status,
    anchored,
    fingerprinted,
    merged,
)
from jwt_sast.syntax.comments import Comment, Lines, lines_of
from jwt_sast.syntax.decoding import decode
from jwt_sast.syntax.errors import SourceError
from jwt_sast.syntax.excerpt import masked_comment

if TYPE_CHECKING:
    from jwt_sast.check import Check

_OWN_MARK = b"jwt-sast:"
"""Bytes without which no file holds a comment of our own."""

_OWN = re.compile(
    r"(?:^|(?<=\s))#\s*jwt-sast:\s*(?P<kind>ignore-file|ignore)\b(?!-)\s*(?:\[(?P<codes>[^\]]*)\])?"
    r"(?P<reason>(?:(?!\s#\s).)*)"
)
# As flake8 7 has them (defaults.py): any line that matches counts, also within a string.
_NOQA = re.compile(r"# noqa(?::\s?(?P<codes>(?:[A-Z]+[0-9]+(?:[,\s]+)?)+))?", re.IGNORECASE)
_NOQA_FILE = re.compile(r"\s*# flake8[:=]\s*noqa", re.IGNORECASE)
_NOQA_OF_OURS = re.compile(rb"# noqa:[^\r\n]*JWT\d", re.IGNORECASE)
_SEPARATORS = re.compile(r"[,\s]+")

_FAMILY = "JWT"
_OF_THE_TOOL = f"{_FAMILY}9"
"""What the tool says of itself; a comment about that is never called unused."""


@dataclass(frozen=True, slots=True)
class _Suppression:
    """One comment: the codes or prefixes that it names, where it stands, and the line it speaks of."""

    place: Location
    about: int
    codes: tuple[str, ...]
    written: tuple[str, ...] = ()
    """The codes as they are spelled, in the same order."""
    whole_file: bool = False
    of_flake8: bool = False
    reason: str = ""
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Suppressions:
    """What the comments of one file keep quiet."""

    path: str
    lines: Lines
    complete: bool = True
    """Whether all of the file was analysed, so that it is known what nobody needs."""
    skipped: bool = False
    """Whether flake8 would skip the whole file."""
    found: list[_Suppression] = field(default_factory=list)

    @classmethod
    def of(cls, path: str, source: bytes | str, complete: bool = True) -> Suppressions:
        """The comments of a file; none where it cannot be decoded."""
        try:
            lines = lines_of(decode(source))
        except SourceError:
            return cls(path, Lines([]), complete)
        suppressions = cls(path, lines, complete, any(map(_NOQA_FILE.match, lines.physical)))
        for comment in lines.comments:
            suppressions.found.extend(_own(comment, path))
            suppressions.found.extend(_noqa(comment, path))
        return suppressions

    def own_hide(self, code: str, line: int) -> bool:
        """Whether a comment of our own keeps a finding with `code` on `line` quiet."""
        return bool(self._own(code, line))

    def judge(self, finding: Finding) -> Finding:
        """`finding`, which lies in this file, suppressed where a comment of either kind keeps it quiet."""
        line = finding.location.line
        own = self._own(finding.code, line)
        if not (own or self.skipped or _noqa_hides(self.lines.line(line), finding.code)):
            return finding
        reason = "; ".join(dict.fromkeys(masked_comment(one.reason) for one in own if one.reason))
        return replace(finding, status=Status.SUPPRESSED, reason=reason)

    def mistakes(self, settings: Settings) -> Iterator[Finding]:
        """Codes that do not exist and, where settings ask for it, reasons that are missing."""
        for one in self.found:
            if one.problems:
                yield self._finding(settings, UNKNOWN_CODE, one, "; ".join(one.problems))
            if settings.require_suppression_reason and not one.of_flake8 and not one.reason:
                message = "the comment gives no reason: say why it is right"
                yield self._finding(settings, SUPPRESSION_WITHOUT_REASON, one, message)

    def unused(self, settings: Settings, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The comments that none of `findings`, those of a whole run, has any use for.

        Of a finding in another file the steps in this one count: flake8, which sees one file at a time, reports it at
        one of them.
        """
        if self.skipped or not self.complete:
            return
        places = {(finding.code, place.line) for finding in findings for place in _places(finding, self.path)}
        for one in self.found:
            idle = [
                written
                for code, written in zip(one.codes, one.written, strict=True)
                if not code.startswith(_OF_THE_TOOL)
                and not any(self._speaks_of(replace(one, codes=(code,)), found, line) for found, line in places)
            ]
            if idle:
                message = f"there is no {', '.join(idle)} to suppress here: remove that, or move the comment"
                yield self._finding(settings, UNUSED_SUPPRESSION, one, message)

    def _own(self, code: str, line: int) -> list[_Suppression]:
        return [one for one in self.found if not one.of_flake8 and self._speaks_of(one, code, line)]

    def _speaks_of(self, one: _Suppression, code: str, line: int) -> bool:
        if not code.startswith(one.codes):
            return False
        if one.of_flake8:
            return self.lines.are_one(line, one.about)
        return one.whole_file or one.about in (line, self.lines.starts.get(line))

    def _finding(self, settings: Settings, code: str, one: _Suppression, message: str) -> Finding:
        check = next(check for check in _checks() if check.code == code)
        anchor = anchored(",".join((code, *one.written)))
        severity = settings.severity_of(code, check.severity)
        return Finding(code, check.name, message, severity, Confidence.HIGH, check.persona, one.place, anchor=anchor)


def holds_comments(data: bytes) -> bool:
    """Whether a file with these bytes may hold a comment that can be unused or mistaken."""
    return _OWN_MARK in data or (b"noqa" in data.lower() and _NOQA_OF_OURS.search(data) is not None)


def judged(
    findings: Sequence[Finding], everything: Sequence[Finding], files: Iterable[Suppressions], settings: Settings
) -> list[Finding]:
    """`findings` with their status, and what there is to say of the comments of `files`, whether or not `settings`
    want it told.

    `everything` are the findings that a comment may be about although the run does not tell them.
    """
    by_path = {file.path: file for file in files}
    of_comments = [
        finding
        for file in by_path.values()
        for finding in (*file.mistakes(settings), *file.unused(settings, everything))
    ]
    judged = [
        file.judge(finding) if (file := by_path.get(finding.location.path)) is not None else finding
        for finding in (*findings, *of_comments)
    ]
    return fingerprinted(merged(judged))


def _checks() -> tuple[type[Check], ...]:
    # Only now: loading the checks costs more than the rest, and most comments name nothing of ours.
    from jwt_sast.check import registered

    return registered()


def _places(finding: Finding, path: str) -> list[Location]:
    """Where in the file `path` a finding may be reported."""
    if finding.location.path == path:
        return [finding.location]
    return [step.location for step in finding.trace if step.location.path == path]


def _noqa_hides(line: str, code: str) -> bool:
    match = _NOQA.search(line)
    if match is None:
        return False
    # Without a list of codes that flake8 recognises, it holds for all.
    return match["codes"] is None or code.startswith(tuple(filter(None, _SEPARATORS.split(match["codes"]))))


def _own(comment: Comment, path: str) -> Iterator[_Suppression]:
    for match in _OWN.finditer(comment.text):
        words = [word.strip() for word in (match["codes"] or "").split(",") if word.strip()]
        codes, written, problems = _resolved(words)
        if not words:
            problems = ("the comment names no code: write ignore[CODE] or ignore-file[CODE]",)
        yield _Suppression(
            _place(comment, match, path),
            comment.about,
            codes,
            written,
            whole_file=match["kind"] == "ignore-file",
            reason=match["reason"].strip(" \t:-"),
            problems=problems,
        )


def _noqa(comment: Comment, path: str) -> Iterator[_Suppression]:
    """The comment as far as it names codes of ours; what else it does is for flake8 to judge."""
    match = _NOQA.search(comment.text)
    if match is None or match["codes"] is None:
        return
    words = [word for word in _SEPARATORS.split(match["codes"]) if word.upper().startswith(_FAMILY)]
    if words:
        codes, written, problems = _resolved(words)
        place = _place(comment, match, path)
        yield _Suppression(place, comment.line, codes, written, of_flake8=True, problems=problems)


def _resolved(words: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The codes that `words` mean, the words that mean one, and what is wrong with the others."""
    known = {check.name: check.code for check in _checks()}
    codes, written, problems = [], [], []
    for word in words:
        try:
            codes.append(code_of(word, known))
            written.append(word)
        except ValueError as problem:
            problems.append(str(problem))
    return tuple(codes), tuple(written), tuple(problems)


def _place(comment: Comment, match: re.Match[str], path: str) -> Location:
    end = match.start() + len(match[0].rstrip())
    return Location(path, comment.line, comment.column + match.start(), comment.line, comment.column + end)
