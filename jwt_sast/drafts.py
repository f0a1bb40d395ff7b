"""Turns what checks report into findings: places become positions, and one defect becomes one finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from jwt_sast.check import Check, Draft
from jwt_sast.findings import Confidence, Finding, Location, Step, fingerprint
from jwt_sast.semantics.provenance import Place

_LITERAL = re.compile(r"""(['"])(?:\\.|(?!\1).)*\1|\d+""")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Defect:
    """All reports of one check at one place."""

    check: type[Check]
    place: Place
    message: str
    confidence: Confidence
    steps: dict[Step, None] = field(default_factory=dict)


def findings_of(drafts: Iterable[Draft]) -> list[Finding]:
    """The findings behind `drafts`, sorted: the surest report speaks, the traces of all are joined."""
    defects: dict[tuple[str, Location], _Defect] = {}
    for draft in drafts:
        location = draft.place.location
        defect = defects.get((draft.check.code, location))
        if defect is None:
            defect = _Defect(draft.check, draft.place, draft.message, draft.confidence)
            defects[draft.check.code, location] = defect
        elif draft.confidence > defect.confidence:
            defect.message, defect.confidence = draft.message, draft.confidence
        for place, message in draft.trace:
            step = Step(place.location, message)
            if step.location != location:
                defect.steps.setdefault(step)
    seen: Counter[tuple[str, str]] = Counter()
    findings = []
    for (code, location), defect in sorted(defects.items(), key=lambda item: (item[0][1], item[0][0])):
        anchor = _anchor(defect.place, location)
        findings.append(_finding(defect, location, anchor, seen[code, anchor]))
        seen[code, anchor] += 1
    return findings


def _finding(defect: _Defect, location: Location, anchor: str, occurrence: int) -> Finding:
    check = defect.check
    return Finding(
        check.code,
        check.name,
        defect.message,
        check.severity,
        defect.confidence,
        check.persona,
        location,
        tuple(sorted(defect.steps, key=lambda step: (step.location, step.message))),
        fingerprint(check.code, location.path, anchor, occurrence),
    )


def _anchor(place: Place, location: Location) -> str:
    """The line that a finding is on, without spaces, literals and numbers: it outlives reformatting, and tells nothing."""
    lines = place.source.text.splitlines()
    line = lines[location.line - 1] if location.line <= len(lines) else ""
    return _SPACE.sub("", _LITERAL.sub("_", line))
