"""Turns what checks report into findings: places become positions, and one defect becomes one finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from jwt_sast.check import Check, Draft
from jwt_sast.config import Settings
from jwt_sast.findings import Confidence, Finding, Location, Step, anchored, fingerprinted
from jwt_sast.semantics.provenance import Place
from jwt_sast.syntax.anchor import anchor
from jwt_sast.syntax.test_code import is_test


@dataclass(slots=True)
class _Defect:
    """All reports of one check at one place."""

    check: type[Check]
    place: Place
    message: str
    confidence: Confidence
    steps: dict[Step, None] = field(default_factory=dict)


def findings_of(drafts: Iterable[Draft], settings: Settings) -> list[Finding]:
    """The findings behind `drafts`, sorted: the surest report speaks, the traces of all are joined.

    `settings` tell how severe they are.
    """
    defects: dict[object, _Defect] = {}
    for draft in drafts:
        defect = defects.get(key := _identity(draft))
        if defect is None:
            defect = defects[key] = _Defect(draft.check, draft.place, draft.message, draft.confidence)
        elif draft.confidence > defect.confidence:
            defect.message, defect.confidence = draft.message, draft.confidence
        defect.steps.update(dict.fromkeys(Step(place.location, message) for place, message in draft.trace))
        defect.steps.setdefault(Step(draft.place.location, "also here"))
    ordered = sorted(_by_place(defects.values()), key=lambda one: (one.place.location, one.check.code))
    return fingerprinted(_finding(defect, settings) for defect in ordered)


def at_home(drafts: Iterable[Draft], path: str, files: Collection[str]) -> Iterator[Draft]:
    """Those of `drafts` that are for the report on the file `path` to tell, where `files` are analysed besides.

    What lies in one of these stays there. Of another file nobody reads the report, so that what has to do with this one
    is told at its use here. What happens in another file, and is wrong there, is told when that is analysed.
    """
    for draft in drafts:
        at, sink = draft.place.source.path, draft.sink.place.source.path if draft.sink is not None else path
        if at == path or (at in files and (sink == path or sink != at)):
            yield draft
        elif sink == path:
            use = draft.use if draft.use is not None and draft.use.source.path == path else None
            here = use or (draft.sink.place if draft.sink is not None else draft.place)
            yield replace(draft, place=here, trace=((draft.place, "it is written here"), *draft.trace))


def _identity(draft: Draft) -> object:
    """What makes two drafts one defect.

    A place that is reached from several callers which pass on the same offending value is one defect, not one per
    caller.
    """
    if draft.sink is not None and draft.sink.nested and draft.cause is not None:
        return draft.check.code, draft.sink.place, draft.cause
    return draft.check.code, draft.place.location


def _by_place(defects: Iterable[_Defect]) -> list[_Defect]:
    """`defects` with those of one check at one place joined."""
    kept: dict[tuple[str, Location], _Defect] = {}
    for defect in defects:
        first = kept.setdefault((defect.check.code, defect.place.location), defect)
        if first is not defect:
            first.steps.update(defect.steps)
            if defect.confidence > first.confidence:
                first.message, first.confidence = defect.message, defect.confidence
    return list(kept.values())


def _finding(defect: _Defect, settings: Settings) -> Finding:
    check, location = defect.check, defect.place.location
    # Test code is written to break rules: it is listed, but nobody should be stopped by it.
    confidence = Confidence.LOW if is_test(location.path) else defect.confidence
    steps = _told_once(step for step in defect.steps if step.location != location)
    scope, text = anchor(defect.place.source.module, defect.place.node)
    return Finding(
        check.code,
        check.name,
        defect.message,
        settings.severity_of(check.code, check.severity),
        confidence,
        check.persona,
        location,
        tuple(steps),
        scope=scope,
        anchor=anchored(text),
    )


def _told_once(steps: Iterable[Step]) -> list[Step]:
    """`steps` in the order of the value's way, the first thing that is said of each place."""
    kept: dict[Location, Step] = {}
    for step in steps:
        kept.setdefault(step.location, step)
    return list(kept.values())
