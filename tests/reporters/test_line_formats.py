"""The formats of one line per finding: `concise` and `github`."""

from __future__ import annotations

import io
from dataclasses import replace

from sample_reports import EMPTY, FULL, HARDCODED, MISSING

from jwt_sast.findings import Location, NotAnalysed, Report, Severity
from jwt_sast.reporters import REPORTERS
from jwt_sast.reporters.appearance import Appearance

PLAIN = Appearance()
LOCATED = replace(FULL, folder="/repo/my code", repository="/repo")
ODD = replace(MISSING, message="50%\nof it\x1b[0m", location=Location("a,b:c%.py", 1, 2, 1, 3))


def rendered(name: str, report: Report, appearance: Appearance = PLAIN) -> list[str]:
    out = io.StringIO()
    assert REPORTERS[name].render(report, out, appearance) == ()
    return out.getvalue().splitlines()


class TestConcise:
    def test_by_place(self) -> None:
        assert rendered("concise", FULL) == [
            "src/app.py:112:29: JWT501 the key is written in the source",
            "src/deep.py:1:1: JWT900 not analysed: nested too deep",
            "src/other.py:4:5: JWT301 the claims carry no exp",
            "src/torn.py:3:1: JWT900 not analysed: invalid syntax",
        ]

    def test_nothing(self) -> None:
        assert rendered("concise", EMPTY) == []

    def test_in_one_line_that_steers_no_terminal(self) -> None:
        assert rendered("concise", replace(EMPTY, findings=[ODD])) == [r"a,b:c%.py:1:2: JWT301 50% of it\x1b[0m"]

    def test_only_the_place_is_painted(self) -> None:
        [line] = rendered("concise", replace(EMPTY, findings=[MISSING]), Appearance(colour=True))
        assert line == "\x1b[1msrc/other.py:4:5:\x1b[0m JWT301 the claims carry no exp"


class TestGithub:
    def test_everything(self) -> None:
        assert rendered("github", LOCATED, Appearance(colour=True)) == [
            "::error file=my code/src/app.py,line=112,endLine=112,col=29,endColumn=32,"
            "title=JWT501 hardcoded-key (critical)::the key is written in the source"
            "%0Amy code/src/app.py:9:1: imported here%0Amy code/settings.py:3:7: written here",
            "::error file=my code/src/other.py,line=4,endLine=6,"
            "title=JWT301 missing-exp (high)::the claims carry no exp",
            "::error file=my code/src/deep.py,line=1,title=JWT900 not-analysed::not analysed: nested too deep",
            "::error file=my code/src/torn.py,line=3,title=JWT900 not-analysed::not analysed: invalid syntax",
        ]

    def test_the_worst_come_first(self) -> None:
        grades = (Severity.LOW, Severity.MEDIUM, Severity.CRITICAL, Severity.HIGH)
        lines = rendered("github", replace(EMPTY, findings=[replace(HARDCODED, severity=grade) for grade in grades]))
        assert [line.partition(" ")[0] for line in lines] == ["::error", "::error", "::warning", "::notice"]
        assert "(critical)" in lines[0]

    def test_nothing_in_a_name_or_message_ends_the_command(self) -> None:
        report = Report([ODD], [NotAnalysed("x\ny.py", 1, "a::b")], 2, 1)
        finding, error = rendered("github", report)
        assert "file=a%2Cb%3Ac%25.py,line=1," in finding
        assert finding.endswith(r"::50%25\nof it\x1b[0m")
        assert error == r"::error file=x\ny.py,line=1,title=JWT900 not-analysed::not analysed: a::b"
