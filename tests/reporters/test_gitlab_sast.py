"""GitLab's security report: valid by its schema, and with what GitLab makes use of."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command_line import BAD, BROKEN, enter, run, script, write
from gitlab_schema import SAST_REPORT, VERSION
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from sample_reports import EMPTY, FULL, HARDCODED, MISSING
from tree_copy import ROOT

from jwt_sast.check import registered
from jwt_sast.documentation import instead
from jwt_sast.findings import NotAnalysed, Report, Severity, Step
from jwt_sast.reporters import REPORTERS, gitlab_sast
from jwt_sast.reporters.appearance import Appearance

VALIDATOR = Draft202012Validator(SAST_REPORT)
LOCATED = replace(FULL, folder="/repo/my code", repository="/repo")


def rendered(report: Report) -> Any:
    out = io.StringIO()
    assert REPORTERS["gitlab-sast"].render(report, out, Appearance(colour=True)) == ()
    assert out.getvalue().isascii()
    document = json.loads(out.getvalue())
    VALIDATOR.validate(document)
    return document


def vulnerabilities(report: Report) -> Any:
    return rendered(report)["vulnerabilities"]


class TestSchema:
    def test_is_one(self) -> None:
        Draft202012Validator.check_schema(SAST_REPORT)

    @pytest.mark.parametrize("key", ["version", "scan", "vulnerabilities"])
    def test_refuses_a_report_without(self, key: str) -> None:
        document = rendered(FULL)
        del document[key]
        with pytest.raises(ValidationError):
            VALIDATOR.validate(document)

    def test_of_a_run_over_the_fixtures(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        done = script("check", "--format", "gitlab-sast", "--persona", "auditor", "fixtures")
        document = json.loads(done.out)
        VALIDATOR.validate(document)
        found = document["vulnerabilities"]
        assert {one["identifiers"][0]["value"] for one in found} >= {"JWT102", "JWT301", "JWT501"}
        assert len({one["id"] for one in found}) == len(found)
        assert all((ROOT / one["location"]["file"]).is_file() for one in found)


class TestScan:
    def test_says_who_and_when_and_how(self) -> None:
        document = rendered(EMPTY)
        scan = document["scan"]
        assert (document["version"], VERSION in document["schema"]) == (VERSION, True)
        assert scan["analyzer"] == scan["scanner"]
        assert (scan["scanner"]["id"], scan["status"]) == ("jwt-sast", "success")
        assert scan["start_time"] == scan["end_time"] == "1970-01-01T00:00:00"
        assert rendered(replace(EMPTY, moment=1_700_000_000))["scan"]["end_time"] == "2023-11-14T22:13:20"

    def test_names_every_check(self) -> None:
        named = [one["value"] for one in rendered(EMPTY)["scan"]["primary_identifiers"]]
        assert named == [check.code for check in registered()]

    def test_tells_of_files_that_were_not_analysed(self) -> None:
        assert rendered(LOCATED)["scan"]["messages"] == [
            {"level": "warn", "value": "my code/src/deep.py:1: not analysed: nested too deep"},
            {"level": "warn", "value": "my code/src/torn.py:3: not analysed: invalid syntax"},
        ]


class TestVulnerability:
    def test_in_full(self) -> None:
        first, second = vulnerabilities(LOCATED)
        place = {"file": "my code/src/app.py", "start_line": 112, "end_line": 112}
        [check] = [check for check in registered() if check.code == "JWT501"]
        assert first == {
            "id": first["id"],
            "name": check.title,
            "description": (
                "the key is written in the source\n\n"
                "- my code/src/app.py:9: imported here\n"
                "- my code/settings.py:3: written here"
            ),
            "severity": "Critical",
            "solution": instead(check),
            "identifiers": [
                {"type": "jwt_sast", "name": "jwt-sast JWT501 hardcoded-key", "value": "JWT501"},
                {
                    "type": "cwe",
                    "name": "CWE-798",
                    "value": "798",
                    "url": "https://cwe.mitre.org/data/definitions/798.html",
                },
                *first["identifiers"][2:],
            ],
            "links": first["links"],
            "location": place,
            "details": {
                "confidence": {"name": "Confidence", "type": "text", "value": "high"},
                "code_flows": {
                    "name": "Way of the value",
                    "type": "code-flows",
                    "items": [
                        [
                            node("source", "my code/src/app.py", (9, 1), (9, 31)),
                            node("sink", "my code/settings.py", (3, 7), (3, 15)),
                        ]
                    ],
                },
            },
            "tracking": {
                "type": "source",
                "items": [{**place, "signatures": [{"algorithm": "hash", "value": "0123456789abcdef"}]}],
            },
        }
        assert first["links"][0] == {"name": "CWE-798", "url": first["identifiers"][1]["url"]}
        assert (second["description"], list(second["details"])) == (MISSING.message, ["confidence"])

    @pytest.mark.parametrize(
        ("steps", "kinds"),
        [
            (1, ["sink"]),
            (2, ["source", "sink"]),
            (4, ["source", "propagation", "propagation", "sink"]),
        ],
    )
    def test_the_way_has_a_beginning_and_an_end(self, steps: int, kinds: list[str]) -> None:
        trace = (Step(MISSING.location, "here"),) * steps
        [found] = vulnerabilities(replace(EMPTY, findings=[replace(MISSING, trace=trace)]))
        [way] = found["details"]["code_flows"]["items"]
        assert [one["node_type"] for one in way] == kinds

    def test_every_severity_has_its_own(self) -> None:
        report = replace(EMPTY, findings=[replace(MISSING, severity=severity) for severity in Severity])
        assert [one["severity"] for one in vulnerabilities(report)] == ["Low", "Medium", "High", "Critical"]

    def test_the_same_finding_has_the_same_id_wherever_it_moves(self) -> None:
        moved = replace(HARDCODED, location=replace(HARDCODED.location, line=7, end_line=7))
        here, there, other = vulnerabilities(replace(EMPTY, findings=[HARDCODED, moved, MISSING]))
        assert here["id"] == there["id"] != other["id"]

    def test_a_message_is_no_markup(self) -> None:
        odd = replace(MISSING, message="a <b> of `x|y` #1", trace=(Step(MISSING.location, "_set_"),))
        [found] = vulnerabilities(replace(EMPTY, findings=[odd]))
        assert found["description"] == "a \\<b\\> of `x|y` \\#1\n\n- src/other.py:4: \\_set\\_"

    def test_texts_keep_to_their_lengths(self) -> None:
        for check in registered():
            assert len(check.title) <= gitlab_sast.LONGEST_NAME
            assert len(instead(check)) <= gitlab_sast.LONGEST_SOLUTION


def node(kind: str, path: str, start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    where = {
        "type": "file-location",
        "file_name": path,
        "line_start": start[0],
        "line_end": end[0],
        "column_start": start[1],
        "column_end": end[1],
    }
    return {"type": "code-flow-node", "node_type": kind, "file_location": where}


def test_paths_that_no_encoding_takes() -> None:
    assert rendered(Report([], [NotAnalysed("odd\\xff.py", 1, "gone")], 1, 0))["scan"]["messages"]


class TestMoment:
    @pytest.fixture(autouse=True)
    def _project(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        enter(tmp_path, monkeypatch)
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        write({"a.py": BAD, "b.py": BROKEN})

    def test_two_runs_are_the_same(self) -> None:
        first, second = (script("check", "--format", "gitlab-sast") for _ in range(2))
        assert first == second
        assert '"start_time": "1970-01-01T00:00:00"' in first.out

    def test_the_build_says_which(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        done = run("check", "--format", "gitlab-sast")
        assert json.loads(done.out)["scan"]["start_time"] == "2023-11-14T22:13:20"

    @pytest.mark.parametrize("text", ["", "yesterday", "-1", "1.5", "253402300800", "9" * 5000, "٣"])
    def test_what_is_no_time_is_refused(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
        done = run("check", "--format", "gitlab-sast")
        assert (done.status, done.out) == (2, "")
        assert "SOURCE_DATE_EPOCH is not a number of seconds since 1970" in done.err
        assert run("check", "--format", "json").status == 1
