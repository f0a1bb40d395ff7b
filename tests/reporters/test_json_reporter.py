"""The JSON report: the contract that other programs read."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

from sample_reports import EMPTY, FULL, MISSING

from jwt_sast._version import __version__
from jwt_sast.findings import Comparison, KnownDefect, NotAnalysed, Report, Status
from jwt_sast.reporters import REPORTERS
from jwt_sast.reporters.appearance import Appearance

HEAD: dict[str, Any] = {"version": 1, "tool": {"name": "jwt-sast", "version": __version__}}
ZEROS = {"critical": 0, "high": 0, "medium": 0, "low": 0}


def rendered(report: Report) -> str:
    out = io.StringIO()
    REPORTERS["json"].render(report, out, Appearance(colour=True))
    return out.getvalue()


def test_nothing_found() -> None:
    summary = {"files_seen": 0, "files_analysed": 0, "files_not_analysed": 0, "findings": ZEROS}
    assert rendered(EMPTY) == json.dumps({**HEAD, "findings": [], "errors": [], "summary": summary}, indent=2) + "\n"


def test_everything() -> None:
    """Compared as text, because the order of the keys belongs to what is promised."""
    hardcoded = {
        "code": "JWT501",
        "name": "hardcoded-key",
        "message": "the key is written in the source",
        "severity": "critical",
        "confidence": "high",
        "persona": "regular",
        "location": {"path": "src/app.py", "line": 112, "column": 29, "end_line": 112, "end_column": 32},
        "trace": [
            {
                "path": "src/app.py",
                "line": 9,
                "column": 1,
                "end_line": 9,
                "end_column": 31,
                "message": "imported here",
            },
            {
                "path": "settings.py",
                "line": 3,
                "column": 7,
                "end_line": 3,
                "end_column": 15,
                "message": "written here",
            },
        ],
        "fingerprint": "0123456789abcdef",
        "status": "active",
    }
    missing = {
        "code": "JWT301",
        "name": "missing-exp",
        "message": "the claims carry no exp",
        "severity": "high",
        "confidence": "medium",
        "persona": "auditor",
        "location": {"path": "src/other.py", "line": 4, "column": 5, "end_line": 6, "end_column": 2},
        "trace": [],
        "fingerprint": "fedcba9876543210",
        "status": "active",
    }
    expected = {
        **HEAD,
        "findings": [hardcoded, missing, {**missing, "message": "silenced", "status": "suppressed"}],
        "errors": [
            {"path": "src/deep.py", "line": 1, "message": "nested too deep"},
            {"path": "src/torn.py", "line": 3, "message": "invalid syntax"},
        ],
        "summary": {
            "files_seen": 120,
            "files_analysed": 7,
            "files_not_analysed": 2,
            "findings": {**ZEROS, "critical": 1, "high": 1},
        },
    }
    assert rendered(FULL) == json.dumps(expected, indent=2) + "\n"


def test_what_a_baseline_has_to_do_with_it() -> None:
    gone = KnownDefect("src/app.py", "JWT501", "Shop.sign", "0123456789abcdef", 2, "until May")
    comparison = Comparison("known.json", [], stale=[gone], moved=[(gone, "src/new.py")], baselined=1)
    known = replace(MISSING, status=Status.BASELINED, reason="until May")
    document = json.loads(rendered(replace(EMPTY, findings=[known], comparison=comparison)))
    entry = {"path": "src/app.py", "code": "JWT501", "scope": "Shop.sign", "count": 2}
    assert document["baseline"] == {
        "path": "known.json",
        "baselined": 1,
        "stale": [entry],
        "moved": [{**entry, "to": "src/new.py"}],
    }
    (finding,) = document["findings"]
    assert (finding["status"], finding["reason"]) == ("baselined", "until May")
    assert document["summary"]["findings"] == ZEROS


def test_what_is_not_ascii_is_escaped_and_comes_back() -> None:
    name = "日\udcff.py"
    location = replace(MISSING.location, path=name)
    text = rendered(Report([replace(MISSING, location=location)], [NotAnalysed(name, 1, "é")], 1, 0))
    assert text.isascii()
    document = json.loads(text)
    assert document["findings"][0]["location"]["path"] == document["errors"][0]["path"] == name
    assert document["errors"][0]["message"] == "é"
