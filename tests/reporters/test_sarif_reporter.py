"""SARIF: valid, complete as GitHub reads it, and within its limits."""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from command_line import script
from sample_reports import EMPTY, FULL, HARDCODED, MISSING, SILENCED
from sarif_pydantic import Sarif
from tree_copy import ROOT

from jwt_sast.check import registered
from jwt_sast.findings import Comparison, Report, Severity, Status, Step
from jwt_sast.reporters import REPORTERS, sarif, sarif_rules
from jwt_sast.reporters.appearance import Appearance
from jwt_sast.reporters.line_hashes import line_hashes

SCHEMA = ROOT.parent / "shared" / "reference" / "sarif-schema-2.1.0.json"
"""The official one, where it has been put beside this tree."""
LOCATED = replace(
    FULL, folder="/repo/my code", repository="/repo", line_hashes={("src/app.py", 112): "c129715d7a2bc9a3:1"}
)


def rendered(report: Report) -> tuple[Any, list[str]]:
    out = io.StringIO()
    notices = REPORTERS["sarif"].render(report, out, Appearance(colour=True))
    assert out.getvalue().isascii()
    return json.loads(out.getvalue()), list(notices)


def run_of(report: Report) -> Any:
    document, notices = rendered(report)
    assert notices == []
    [run] = document["runs"]
    return run


COMPARED = replace(
    FULL,
    findings=[HARDCODED, replace(MISSING, status=Status.BASELINED, reason="until May")],
    comparison=Comparison("jwt-sast-baseline.json", []),
)
REPORTS = (EMPTY, FULL, LOCATED, COMPARED)


@pytest.fixture(scope="module")
def of_fixtures() -> Any:
    """The document of a run over our own fixtures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        done = script("check", "--format", "sarif", "--persona", "auditor", "fixtures")
    assert done.status == 1
    return json.loads(done.out)


@pytest.mark.skipif(not SCHEMA.is_file(), reason=f"the official schema is not at {SCHEMA}")
def test_valid_by_the_official_schema(of_fixtures: Any) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    for document in (of_fixtures, *(rendered(report)[0] for report in REPORTS)):
        validator(schema, format_checker=validator.FORMAT_CHECKER).validate(document)


def test_a_run_over_the_fixtures(of_fixtures: Any) -> None:
    """Every result is on a line that is there, and has GitHub's hash of it."""
    [run] = Sarif.model_validate(of_fixtures).runs
    assert run.results
    assert run.invocations
    for result in run.results:
        [place] = [location.physical_location for location in result.locations or ()]
        assert place is not None
        path = ROOT / unquote(place.artifact_location.uri)
        hashes = line_hashes(path.read_text(encoding="utf-8", errors="replace"))
        assert result.partial_fingerprints["primaryLocationLineHash"] == hashes[place.region.start_line - 1]


@pytest.mark.parametrize("report", REPORTS, ids=["empty", "full", "located", "compared"])
def test_valid_by_models(report: Report) -> None:
    assert Sarif.model_validate(rendered(report)[0]).version == "2.1.0"


class TestRules:
    def test_every_check_every_time(self) -> None:
        codes = [check.code for check in registered()]
        for report in (EMPTY, FULL):
            assert [rule["id"] for rule in run_of(report)["tool"]["driver"]["rules"]] == codes

    def test_have_what_github_requires(self) -> None:
        for rule in run_of(EMPTY)["tool"]["driver"]["rules"]:
            texts = [rule[key]["text"] for key in ("shortDescription", "fullDescription", "help")]
            assert all(texts), rule["id"]
            assert max(map(len, texts[:2])) <= sarif_rules.LONGEST
            assert rule["help"]["markdown"].startswith(f"# {rule['id']} ")
            assert rule["helpUri"].startswith("https://")
            assert rule["properties"]["tags"][0] == "security"
            assert len(rule["properties"]["tags"]) <= sarif_rules.MOST_TAGS

    def test_of_one_check(self) -> None:
        [rule] = [rule for rule in run_of(EMPTY)["tool"]["driver"]["rules"] if rule["id"] == "JWT102"]
        assert rule["name"] == "signature-unverified"
        assert rule["defaultConfiguration"] == {"level": "error"}
        assert rule["properties"] == {
            "precision": "high",
            "security-severity": "9.5",
            "tags": ["security", "external/cwe/cwe-347"],
        }


class TestResults:
    def test_in_full(self) -> None:
        run = run_of(LOCATED)
        assert run["columnKind"] == "unicodeCodePoints"
        result = run["results"][0]
        assert run["tool"]["driver"]["rules"][result.pop("ruleIndex")]["id"] == "JWT501"
        place = {"startLine": 112, "startColumn": 29, "endLine": 112, "endColumn": 32}
        imported = {"startLine": 9, "startColumn": 1, "endLine": 9, "endColumn": 31}
        written = {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 15}
        steps = [
            {"physicalLocation": physical("src/app.py", imported), "message": {"text": "imported here"}},
            {"physicalLocation": physical("settings.py", written), "message": {"text": "written here"}},
        ]
        assert result == {
            "ruleId": "JWT501",
            "level": "error",
            "message": {"text": "the key is written in the source ([imported here](1))"},
            "locations": [{"physicalLocation": physical("src/app.py", place)}],
            "partialFingerprints": {
                "primaryLocationLineHash": "c129715d7a2bc9a3:1",
                "jwtSast/v1": "0123456789abcdef",
            },
            "properties": {"confidence": "high", "persona": "regular"},
            "codeFlows": [{"threadFlows": [{"locations": [{"location": step} for step in steps]}]}],
            "relatedLocations": [{"id": 1, **steps[0]}, {"id": 2, **steps[1]}],
        }

    def test_without_a_trace_or_a_line_hash(self) -> None:
        result = run_of(LOCATED)["results"][1]
        assert result["message"]["text"] == MISSING.message
        assert result["partialFingerprints"] == {"jwtSast/v1": MISSING.fingerprint}
        assert {"codeFlows", "relatedLocations"}.isdisjoint(result)

    def test_what_a_comment_keeps_quiet_is_marked(self) -> None:
        active, _, silenced = run_of(FULL)["results"]
        assert silenced["suppressions"] == [{"kind": "inSource"}]
        assert {"suppressions", "baselineState"}.isdisjoint(active)

    def test_what_a_baseline_knows_is_marked(self) -> None:
        known = replace(MISSING, status=Status.BASELINED, reason="until May")
        report = replace(EMPTY, findings=[HARDCODED, known, SILENCED], comparison=Comparison("known.json", []))
        results = run_of(report)["results"]
        assert [result.get("baselineState") for result in results] == ["new", "unchanged", None]
        assert results[1]["suppressions"] == [{"kind": "external", "justification": "until May"}]

    def test_brackets_do_not_end_a_link(self) -> None:
        step = replace(HARDCODED.trace[0], message="set in `KEYS[0]`")
        report = replace(EMPTY, findings=[replace(HARDCODED, trace=(step,))])
        assert run_of(report)["results"][0]["message"]["text"].endswith(r"([set in `KEYS\[0\]`](1))")


def physical(path: str, region: dict[str, int]) -> dict[str, Any]:
    return {"artifactLocation": {"uri": f"my%20code/{path}"}, "region": region}


def test_files_that_were_not_analysed_are_notifications() -> None:
    run = run_of(LOCATED)
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is True
    first, second = invocation["toolExecutionNotifications"]
    rules = run["tool"]["driver"]["rules"]
    assert rules[first["associatedRule"]["index"]]["id"] == first["associatedRule"]["id"] == "JWT900"
    assert first["message"] == {"text": "not analysed: nested too deep"}
    assert second["locations"] == [{"physicalLocation": physical("src/torn.py", {"startLine": 3})}]


class TestLimits:
    def test_the_worst_results_are_kept_and_the_rest_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
        low = replace(MISSING, severity=Severity.LOW)
        document, [notice] = rendered(replace(EMPTY, findings=[low, MISSING, low, HARDCODED]))
        [run] = document["runs"]
        assert [result["ruleId"] for result in run["results"]] == ["JWT301", "JWT501"]
        assert run["results"][0]["level"] == "error"
        assert "2 of 4 findings are left out" in notice
        [notification] = run["invocations"][0]["toolExecutionNotifications"]
        assert notification == {"level": "warning", "message": {"text": notice}}

    def test_what_still_stands_is_kept_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sarif, "MOST_RESULTS", 1)
        quiet = replace(HARDCODED, status=Status.BASELINED)
        document, _ = rendered(replace(EMPTY, findings=[quiet, MISSING]))
        assert [result["ruleId"] for result in document["runs"][0]["results"]] == ["JWT301"]

    def test_the_size_of_the_compressed_document(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sarif, "MOST_BYTES", 120_000)
        numbers = random.Random(0)
        many = [replace(MISSING, message=numbers.randbytes(1000).hex()) for _ in range(100)]
        document, [notice] = rendered(replace(EMPTY, findings=many))
        assert len(document["runs"][0]["results"]) == 50
        assert "50 of 100 findings are left out" in notice

    def test_the_steps_of_one_result(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sarif, "MOST_STEPS", 5)
        monkeypatch.setattr(sarif, "MOST_RELATED", 4)
        long = tuple(Step(MISSING.location, f"step {number}") for number in range(9))
        document, [notice] = rendered(replace(EMPTY, findings=[replace(MISSING, trace=long), MISSING]))
        [run] = document["runs"]
        result, _ = run["results"]
        assert notice == "SARIF: the way of a value is cut short after 3 steps (findings: 1)"
        [notification] = run["invocations"][0]["toolExecutionNotifications"]
        assert notification == {"level": "warning", "message": {"text": notice}}
        assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 5
        assert len(result["locations"] + result["relatedLocations"]) == 4


def test_two_documents_are_the_same() -> None:
    assert rendered(LOCATED) == rendered(LOCATED)
