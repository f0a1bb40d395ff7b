"""The baseline as its users meet it: what it knows, what it leaves alone, and what is wrong with a broken one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import BAD, BROKEN, GOOD, enter, run, write
from hypothesis import given
from hypothesis import strategies as st

from jwt_sast import baseline_file
from jwt_sast.baseline import Baseline, compared, with_new
from jwt_sast.findings import Confidence, Finding, KnownDefect, Location, Persona, Report, Severity, Status

NAME = "jwt-sast-baseline.json"
TWO = BAD + "\n\ndef again(token):\n" + BAD.partition("def read(token):\n")[2]
TWICE = BAD.replace(
    "    return",
    '    if not token:\n        return jwt.decode("", options={"verify_signature": False})["sub"]\n    return',
)
ENTRY = {"path": "a.py", "code": "JWT102", "scope": "read", "anchor": "0123456789abcdef", "count": 1}
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a project of its own."""
    enter(tmp_path, monkeypatch)
    return tmp_path


def document(name: str = NAME) -> dict[str, Any]:
    """What a baseline says."""
    loaded: dict[str, Any] = json.loads(Path(name).read_text(encoding="utf-8"))
    return loaded


def known(name: str = NAME) -> list[tuple[str, str, int]]:
    """Of each entry of a baseline the path, the scope and the count."""
    return [(one["path"], one["scope"], one["count"]) for one in document(name)["findings"]]


def told(*options: str) -> dict[str, Any]:
    """What the JSON report says of the baseline."""
    found: dict[str, Any] = json.loads(run("check", "--baseline", "--format", "json", *options).out)["baseline"]
    return found


class TestFile:
    def test_is_the_same_for_the_same_code(self, folder: Path) -> None:
        write({"b.py": BAD, "a.py": TWO})
        run("baseline")
        first = Path(NAME).read_bytes()
        run("baseline", "--jobs", "1")
        assert Path(NAME).read_bytes() == first
        assert known() == [("a.py", "again", 1), ("a.py", "read", 1), ("b.py", "read", 1)]
        assert b"line" not in first

    def test_equal_defects_are_counted(self) -> None:
        write({"a.py": TWICE})
        run("baseline")
        assert known() == [("a.py", "read", 2)]

    def test_there_may_be_nothing_to_know(self) -> None:
        write({"a.py": GOOD})
        assert run("baseline").status == 0
        assert document() == {"version": 1, "tool": "jwt-sast", "findings": []}
        assert run("check", "--baseline").status == 0

    def test_what_comments_suppress_needs_no_entry(self) -> None:
        write({"a.py": BAD.replace("\n", "  # jwt-sast: ignore[JWT102] why\n") + "\n"})
        run("baseline", "--ignore", "JWT9")
        assert known() == []

    @pytest.mark.parametrize("here", [".", "src", "src/deep"])
    def test_is_found_from_below_and_has_paths_of_its_own(
        self, folder: Path, here: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write({"src/deep/a.py": BAD, "src/ümlaut #1.py": BAD})
        run("baseline")
        monkeypatch.chdir(here)
        assert run("check", "--baseline", str(folder)).status == 0
        assert run("baseline", "--update", str(folder)).status == 0
        monkeypatch.chdir(folder)
        assert known() == [("src/deep/a.py", "read", 1), ("src/ümlaut #1.py", "read", 1)]

    def test_of_another_name_and_place(self) -> None:
        write({"src/a.py": BAD, "etc/empty": ""})
        assert run("baseline", "--file", "etc/known.json").status == 0
        assert known("etc/known.json") == [("../src/a.py", "read", 1)]
        assert run("check", "--baseline", "etc/known.json", "src").status == 0
        assert run("check", "--baseline=etc/known.json", "src").status == 0
        assert run("baseline", "--update", "--file", "etc/known.json").status == 0

    def test_what_could_not_be_analysed_is_no_part_of_it(self) -> None:
        write({"a.py": BAD, "b.py": BROKEN})
        done = run("baseline")
        assert done.status == 3
        assert "b.py:2: JWT900 not-analysed: " in done.err
        assert run("check", "--baseline").status == 3

    def test_cannot_be_written(self, folder: Path) -> None:
        write({"a.py": BAD})
        done = run("baseline", "--file", "no/such/folder.json")
        assert done.status == 2
        assert "cannot be written to no/such/folder.json" in done.err


class TestCheck:
    def test_a_path_may_follow(self) -> None:
        """As under pre-commit, which puts its files behind all options."""
        write({"a.py": BAD, "b.py": GOOD})
        run("baseline")
        assert run("check", "--baseline", "a.py").out.startswith("No findings, 1 baselined; 1 file seen")
        assert run("check", "--baseline", "--", "b.py").out.startswith("No findings, 0 baselined; 1 file seen")

    def test_what_was_not_looked_at_is_not_stale(self) -> None:
        write({"a.py": BAD, "b.py": BAD, "c.py": BAD})
        run("baseline")
        write({"a.py": GOOD, "b.py": GOOD, "c.py": BROKEN})
        assert [one["path"] for one in told("a.py")["stale"]] == ["a.py"]
        assert [one["path"] for one in told()["stale"]] == ["a.py", "b.py"]
        run("baseline", "--update", "b.py")
        assert [path for path, _, _ in known()] == ["a.py", "c.py"]

    @pytest.mark.parametrize(
        "options",
        [["--select", "JWT3"], ["--ignore", "JWT102"], ["--min-confidence", "high", "--min-severity", "high"]],
    )
    def test_what_is_not_wanted_is_not_stale(self, options: list[str]) -> None:
        write({"a.py": BAD, "test_b.py": BAD.replace('"sub"]', '"sub"]  # jwt-sast: ignore[JWT8]')})
        run("baseline")
        assert len(known()) == 3
        assert told(*options)["stale"] == []

    def test_what_comments_are_wrong_about_is_not_stale_where_none_is_read(self) -> None:
        write({"a.py": "import jwt  # jwt-sast: ignore[JWT102, JWT10Z]\n"})
        run("baseline", "--require-suppression-reason")
        assert [one["code"] for one in document()["findings"]] == ["JWT901", "JWT902", "JWT903"]
        assert told("--no-suppressions")["stale"] == []
        assert run("check", "--baseline", "--require-suppression-reason").status == 0
        Path("a.py").unlink()
        assert len(told("--no-suppressions")["stale"]) == 3

    def test_more_of_a_moved_one_than_a_machine_could_count_to(self) -> None:
        write({"a.py": BAD})
        run("baseline")
        content = document()
        content["findings"][0]["count"] = 10**15
        write({NAME: json.dumps(content)})
        Path("a.py").rename("b.py")
        assert (told()["stale"][0]["count"], told()["moved"][0]["count"]) == (10**15 - 1, 1)

    def test_what_is_suppressed_by_now_is_stale(self) -> None:
        write({"a.py": BAD})
        run("baseline")
        write({"a.py": BAD.replace('"sub"]', '"sub"]  # jwt-sast: ignore[JWT102] the gateway verifies it')})
        assert [one["scope"] for one in told()["stale"]] == ["read"]

    def test_a_renamed_file_by_its_own_name_before_others(self, folder: Path) -> None:
        write({"one/a.py": BAD})
        run("baseline")
        Path("one/a.py").unlink()
        write({"a_copy.py": BAD, "two/a.py": BAD})
        assert [one["to"] for one in told()["moved"]] == ["two/a.py"]

    def test_the_text_report_tells_what_is_gone_how_often(self) -> None:
        write({"a.py": TWICE})
        run("baseline")
        write({"a.py": GOOD})
        done = run("check", "--baseline")
        assert done.out.splitlines() == [
            f"{NAME}: gone: a.py: JWT102 in read, 2 times",
            f"{NAME}: `jwt-sast baseline --update` brings it up to date.",
            "",
            "No findings, 0 baselined; 1 file seen, 0 analysed, 0 not analysed.",
        ]
        assert done.err == ""

    def test_what_is_known_is_listed_where_asked_for(self) -> None:
        write({"a.py": BAD})
        run("baseline")
        edited = document()
        edited["findings"][0]["reason"] = "the gateway verifies it; password: hunter2"
        Path(NAME).write_text(json.dumps(edited), encoding="utf-8")
        done = run("check", "--baseline", "--include-suppressed", "--format", "json")
        (finding,) = json.loads(done.out)["findings"]
        assert (done.status, finding["status"]) == (0, "baselined")
        assert finding["reason"] == "the gateway verifies it; password: *******"
        sarif = json.loads(run("check", "--baseline", "--include-suppressed", "--format", "sarif").out)
        (result,) = sarif["runs"][0]["results"]
        assert result["baselineState"] == "unchanged"
        assert result["suppressions"] == [{"kind": "external", "justification": finding["reason"]}]
        for format in ("json", "sarif"):
            assert "JWT102" not in run("check", "--baseline", "--format", format).out.partition('"results"')[2]

    def test_a_new_one_is_new_to_sarif_too(self) -> None:
        write({"a.py": GOOD})
        run("baseline")
        write({"a.py": BAD})
        (result,) = json.loads(run("check", "--baseline", "--format", "sarif").out)["runs"][0]["results"]
        assert (result["baselineState"], "suppressions" in result) == ("new", False)


class TestUpdate:
    def test_reasons_stay_and_go_along(self) -> None:
        write({"a.py": TWO, "b.py": BAD})
        run("baseline")
        edited = document()
        for one in edited["findings"]:
            one["reason"] = f"because of {one['path']} {one['scope']}"
        Path(NAME).write_text(json.dumps(edited), encoding="utf-8")
        write({"a.py": BAD, "c.py": BAD})
        Path("b.py").unlink()
        assert run("baseline", "--update").err.endswith(f"{NAME}: 2 kept, 1 dropped, 0 not taken in.\n")
        reasons = {one["path"]: one["reason"] for one in document()["findings"]}
        assert reasons == {"a.py": "because of a.py read", "c.py": "because of b.py read"}
        write({"d.py": BAD})
        run("baseline")
        assert {one["path"]: one.get("reason") for one in document()["findings"]} == {**reasons, "d.py": None}

    def test_a_token_in_a_reason_does_not_stay(self) -> None:
        write({"a.py": BAD})
        run("baseline")
        edited = document()
        edited["findings"][0]["reason"] = f"key: the one of {TOKEN}"
        Path(NAME).write_text(json.dumps(edited), encoding="utf-8")
        run("baseline", "--update")
        assert document()["findings"][0]["reason"] == "key: the one of " + "*" * len(TOKEN)

    def test_there_has_to_be_one(self) -> None:
        done = run("baseline", "--update")
        assert done.status == 2
        assert done.err == f"Error: no {NAME} here or in a folder above; `jwt-sast baseline` writes one\n"


class TestBroken:
    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            ('{"version": 1,\n<<<<<<< HEAD\n', "is not JSON: line 2: Expecting"),
            (b"\xff", "is not JSON"),
            ("[" * 200_000, "is not JSON"),
            ("[]", 'no object with a list of "findings"'),
            ({"version": 1, "findings": {}}, 'no object with a list of "findings"'),
            ({"version": 2, "findings": []}, 'its "version" is not 1'),
            ([1], "entry 1: must be an object"),
            ([ENTRY | {"reson": "x"}], 'entry 1: unknown key "reson"; did you mean "reason"?'),
            ([{"path": "a.py", "code": "JWT102", "scope": ""}], 'entry 1: "anchor" must be a text'),
            ([ENTRY | {"reason": None}], 'entry 1: "reason" must be a text'),
            ([ENTRY | {"path": ""}], 'entry 1: "path" and "code" must not be empty'),
            ([ENTRY | {"anchor": "secret"}], 'entry 1: "anchor" must be 16 hexadecimal digits'),
            ([ENTRY | {"count": 0}], 'entry 1: "count" must be a whole number from 1'),
            ([ENTRY | {"count": True}], 'entry 1: "count" must be a whole number from 1'),
            ([ENTRY, ENTRY | {"count": 2}], "entry 2: the same as an earlier one"),
        ],
    )
    @pytest.mark.parametrize("command", [("check", "--baseline"), ("baseline",), ("baseline", "--update")])
    def test_is_one_line_and_status_2(self, content: Any, problem: str, command: tuple[str, ...]) -> None:
        write({"a.py": BAD})
        if isinstance(content, list):
            content = {"version": 1, "findings": content}
        text = json.dumps(content) if isinstance(content, dict) else content
        before = text.encode() if isinstance(text, str) else text
        Path(NAME).write_bytes(before)
        done = run(*command)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(f"Error: {NAME}: ")
        assert problem in done.err
        assert done.err.count("\n") == 1
        assert Path(NAME).read_bytes() == before

    @pytest.mark.parametrize("file", ["none.json", "folder.json"])
    def test_cannot_be_read(self, file: str) -> None:
        write({"folder.json/a.py": BAD})
        done = run("check", "--baseline", file)
        assert done.status == 2
        assert done.err.startswith(f"Error: {file}: the baseline cannot be read: ")


_DEFECTS = st.builds(
    KnownDefect,
    path=st.sampled_from(["a.py", "b/a.py", "gone.py"]),
    code=st.sampled_from(["JWT501", "JWT102"]),
    scope=st.sampled_from(["", "f", "A.f"]),
    anchor=st.sampled_from(["0" * 16, "f" * 16]),
    count=st.integers(1, 3),
    reason=st.sampled_from(["", "so it is"]),
)


def unique(defects: list[KnownDefect]) -> list[KnownDefect]:
    """Without those that only their count or reason would tell apart."""
    return list({(one.path, one.code, one.scope, one.anchor): one for one in defects}.values())


@given(st.lists(_DEFECTS).map(unique))
def test_what_is_written_is_what_is_read(defects: list[KnownDefect]) -> None:
    Path(NAME).write_text(baseline_file.text(NAME, defects), encoding="utf-8")
    assert baseline_file.read(NAME).known == sorted(defects)


@given(st.lists(_DEFECTS).map(unique), st.lists(_DEFECTS))
def test_every_finding_is_known_or_new_and_every_entry_needed_or_stale(
    defects: list[KnownDefect], there: list[KnownDefect]
) -> None:
    found = [_finding(one, line) for line, one in enumerate(there, start=1)]
    files = frozenset(one.path for one in [*there, *defects])
    report = compared(Report(found, [], 1, 1, complete=files), Baseline(NAME, defects))
    comparison = report.comparison
    assert comparison is not None
    new = [one for one in report.findings if one.status is Status.ACTIVE]
    assert len(new) + comparison.baselined == len(found)
    assert sum(one.count for one in defects) == comparison.baselined + sum(one.count for one in comparison.stale)
    again = compared(Report(found, [], 1, 1, complete=files), Baseline(NAME, with_new(report)))
    assert again.comparison is not None
    assert (again.comparison.baselined, again.comparison.stale, again.comparison.moved) == (len(found), [], [])


def _finding(one: KnownDefect, line: int) -> Finding:
    levels = Severity.LOW, Confidence.HIGH, Persona.REGULAR
    place = Location(one.path, line, 1, line, 2)
    return Finding(one.code, "name", "message", *levels, place, scope=one.scope, anchor=one.anchor)
