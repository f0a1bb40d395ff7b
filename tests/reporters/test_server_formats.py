"""The formats of CI servers: `gitlab` and `junit`."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from xml.etree import ElementTree as Xml

from sample_reports import EMPTY, FULL, MISSING

from jwt_sast.findings import Location, NotAnalysed, Report, Severity
from jwt_sast.reporters import REPORTERS
from jwt_sast.reporters.appearance import Appearance

LOCATED = replace(FULL, folder="/repo/my code", repository="/repo")


def rendered(name: str, report: Report) -> str:
    out = io.StringIO()
    assert REPORTERS[name].render(report, out, Appearance(colour=True)) == ()
    assert out.getvalue().isascii()
    return out.getvalue()


class TestGitlab:
    def test_everything(self) -> None:
        first, second, *errors = json.loads(rendered("gitlab", LOCATED))
        assert first == {
            "description": "JWT501 the key is written in the source",
            "check_name": "hardcoded-key",
            "fingerprint": "0123456789abcdef",
            "severity": "blocker",
            "location": {"path": "my code/src/app.py", "lines": {"begin": 112, "end": 112}},
        }
        assert second["severity"] == "critical"
        assert second["location"]["lines"] == {"begin": 4, "end": 6}
        assert [error["description"] for error in errors] == [
            "JWT900 not analysed: nested too deep",
            "JWT900 not analysed: invalid syntax",
        ]
        assert errors[1]["location"] == {"path": "my code/src/torn.py", "lines": {"begin": 3, "end": 3}}
        assert len({entry["fingerprint"] for entry in (first, second, *errors)}) == 4

    def test_an_error_that_moves_is_the_same(self) -> None:
        entries = [
            json.loads(rendered("gitlab", Report([], [NotAnalysed("x.py", line, "why")], 1, 0))) for line in (1, 9)
        ]
        assert entries[0][0]["fingerprint"] == entries[1][0]["fingerprint"]

    def test_nothing(self) -> None:
        assert rendered("gitlab", EMPTY) == "[]\n"

    def test_every_severity_has_its_own(self) -> None:
        report = replace(EMPTY, findings=[replace(MISSING, severity=severity) for severity in Severity])
        entries = json.loads(rendered("gitlab", report))
        assert [entry["severity"] for entry in entries] == ["minor", "major", "critical", "blocker"]


class TestJunit:
    def test_everything(self) -> None:
        root = Xml.fromstring(rendered("junit", FULL))
        [suite] = root
        counts = {"name": "jwt-sast", "tests": "4", "failures": "2", "errors": "2"}
        assert root.attrib == suite.attrib == counts
        assert [(case.get("name"), case.get("classname"), case[0].tag) for case in suite] == [
            ("JWT501 hardcoded-key at src/app.py:112:29", "src/app.py", "failure"),
            ("JWT301 missing-exp at src/other.py:4:5", "src/other.py", "failure"),
            ("JWT900 not-analysed at src/deep.py:1", "src/deep.py", "error"),
            ("JWT900 not-analysed at src/torn.py:3", "src/torn.py", "error"),
        ]
        failure = suite[0][0]
        assert failure.attrib == {"message": "the key is written in the source", "type": "JWT501 critical"}
        assert failure.text == (
            "src/app.py:112:29: the key is written in the source\n"
            "src/app.py:9:1: imported here\n"
            "settings.py:3:7: written here"
        )

    def test_a_clean_run_is_a_test_that_passes(self) -> None:
        [[case]] = Xml.fromstring(rendered("junit", EMPTY))
        assert (case.get("name"), len(case)) == ("no findings", 0)

    def test_what_xml_cannot_hold(self) -> None:
        odd = replace(MISSING, message="\x00<&\"'\ufffe\x1b", location=Location("é\udcff.py", 1, 1, 1, 2))
        [[case]] = Xml.fromstring(rendered("junit", replace(EMPTY, findings=[odd])))
        assert case.get("classname") == "é\\udcff.py"
        assert case[0].get("message") == "\\x00<&\"'\\ufffe\\x1b"
