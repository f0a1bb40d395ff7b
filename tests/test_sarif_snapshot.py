"""The SARIF report as a whole: it stays as it is kept, two runs give the same, and odd paths come out right."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import sarif_snapshot
from command_line import BAD, enter, run, script
from tree_copy import ROOT

ODD = (
    "with spaces/two words.py",
    "hash#1/a#b.py",
    "100%/%41.py",
    "grüße/äöüß.py",
    "question?/a&b=c.py",
    "[brackets]/a;b,c.py",
    "日本/é.py",
)


def test_is_as_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a change is meant: `python tests/sarif_snapshot.py`."""
    monkeypatch.chdir(ROOT)
    assert sarif_snapshot.taken() == sarif_snapshot.KEPT.read_text(encoding="utf-8")


def test_what_is_kept_has_something_of_each_kind() -> None:
    [kept] = json.loads(sarif_snapshot.KEPT.read_text(encoding="utf-8"))["runs"]
    assert [rule["id"] for rule in kept["tool"]["driver"]["rules"]] == sarif_snapshot.CODES
    # What was not analysed is no result.
    assert {result["ruleIndex"] for result in kept["results"]} == {*sarif_snapshot.CODES} - {"JWT900"}
    assert kept["invocations"][0]["toolExecutionNotifications"]


def test_two_runs_are_identical(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    runs = [
        script("check", "--format", "sarif", "--persona", "auditor", "fixtures", PYTHONHASHSEED=seed)
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert (runs[0].status, "JWT501" in runs[0].out) == (1, True)


class TestPaths:
    @pytest.fixture(autouse=True)
    def _project(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        enter(tmp_path, monkeypatch)
        for name in ODD:
            path = Path(name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(BAD, encoding="utf-8")

    def uris(self) -> list[str]:
        [tool_run] = json.loads(run("check", "--format", "sarif").out)["runs"]
        places = [result["locations"][0]["physicalLocation"] for result in tool_run["results"]]
        return [place["artifactLocation"]["uri"] for place in places]

    def test_lead_to_their_files(self) -> None:
        """As whoever reads the report resolves them."""
        parts = [urlsplit(uri) for uri in self.uris()]
        assert {unquote(part.path) for part in parts} == {*ODD}
        assert all(not (part.scheme or part.netloc or part.query or part.fragment) for part in parts)

    def test_are_percent_encoded(self) -> None:
        assert set(self.uris()) >= {
            "with%20spaces/two%20words.py",
            "hash%231/a%23b.py",
            "100%25/%2541.py",
            "gr%C3%BC%C3%9Fe/%C3%A4%C3%B6%C3%BC%C3%9F.py",
        }
