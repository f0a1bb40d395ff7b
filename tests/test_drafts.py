"""From drafts to findings: one defect, one finding."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from jwt_sast.check import Check, Draft
from jwt_sast.config import Settings
from jwt_sast.drafts import findings_of
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.provenance import Place
from jwt_sast.syntax.source import Source
from jwt_sast.syntax.visitor import walk
from jwt_sast.tokens.events import Where


class Rule(Check):
    """A check."""

    code = "JWT899"
    name = "rule"
    title = "Rule"
    severity = Severity.LOW


def places(path: str = "app.py", text: str = "a = 1\nb = 2\nc = 3\n") -> list[Place]:
    """The names on each line."""
    source = Source.parse(path, text)
    lines = [line for line in source.module.body if isinstance(line, cst.SimpleStatementLine)]
    assigned = [line.body[0] for line in lines]
    return [Place(source, one.targets[0].target) for one in assigned if isinstance(one, cst.Assign)]


def draft(place: Place, message: str = "wrong", confidence: Confidence = Confidence.HIGH) -> Draft:
    return Draft(Rule, place, message, confidence)


def test_the_surest_report_at_a_place_speaks() -> None:
    a, b, _ = places()
    weak = replace(draft(a, "perhaps", Confidence.LOW), trace=((b, "here"),))
    (finding,) = findings_of([weak, draft(a, "surely"), draft(a, "maybe", Confidence.MEDIUM)], Settings())
    assert (finding.message, finding.confidence) == ("surely", Confidence.HIGH)
    assert [(step.location.line, step.message) for step in finding.trace] == [(2, "here")]


def test_callers_that_pass_on_the_same_value_are_one_defect() -> None:
    a, b, c = places()
    reached = Where(c, "jwt.decode", nested=True)
    first = replace(draft(a, "perhaps", Confidence.MEDIUM), sink=reached, cause=c)
    second = replace(draft(b, "surely"), sink=reached, cause=c)
    (finding,) = findings_of([first, second], Settings())
    assert finding.location.line == 1
    assert finding.message == "surely"
    assert [step.location.line for step in finding.trace] == [2]


def test_callers_that_pass_values_of_their_own_are_several() -> None:
    a, b, c = places()
    reached = Where(c, "jwt.decode", nested=True)
    drafts = [replace(draft(place), sink=reached, cause=place) for place in (b, a)]
    assert [finding.location.line for finding in findings_of(drafts, Settings())] == [1, 2]


def test_a_defect_known_from_two_sides_is_one_finding() -> None:
    a, b, c = places()
    direct = draft(a, "perhaps", Confidence.LOW)
    by_way = replace(draft(a, "surely"), sink=Where(c, "jwt.decode", nested=True), cause=b, trace=((b, "here"),))
    (finding,) = findings_of([direct, by_way], Settings())
    assert (finding.message, finding.confidence) == ("surely", Confidence.HIGH)
    assert [step.location.line for step in finding.trace] == [2]


def test_test_code_is_of_low_confidence() -> None:
    (place, *_) = places("tests/test_app.py")
    (finding,) = findings_of([draft(place)], Settings())
    assert finding.confidence is Confidence.LOW


class TestFingerprint:
    def fingerprints(self, text: str) -> list[str]:
        return [finding.fingerprint for finding in findings_of(map(draft, places(text=text)), Settings())]

    def test_survives_moved_lines_and_other_spacing(self) -> None:
        assert self.fingerprints("a = f(x, 1)\n") == self.fingerprints("# moved\n\na=f( x,1 )\n")

    def test_does_not_depend_on_literals(self) -> None:
        assert self.fingerprints("a = 's3cr3t'\n") == self.fingerprints("a = 'other'\n")

    def test_tells_equal_lines_apart(self) -> None:
        first, second = self.fingerprints("a = 1\na = 1\n")
        assert first != second
        assert self.fingerprints("a = 1\n") == [first]

    def test_tells_code_apart(self) -> None:
        assert self.fingerprints("a = f(x)\n") != self.fingerprints("b = f(x)\n")

    def test_tells_functions_apart(self) -> None:
        """So a new copy elsewhere in the file does not change those that are there."""
        source = Source.parse("app.py", "def f():\n    a = 1\n\n\ndef g():\n    a = 1\n")
        names = [node for node in walk(source.module) if isinstance(node, cst.AssignTarget)]
        both = [one.fingerprint for one in findings_of((draft(Place(source, node)) for node in names), Settings())]
        (second,) = [one.fingerprint for one in findings_of([draft(Place(source, names[1]))], Settings())]
        assert both[1] == second != both[0]
