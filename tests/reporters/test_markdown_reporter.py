"""Markdown for a job summary."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from sample_reports import EMPTY, FULL, MISSING

from jwt_sast.findings import Location, NotAnalysed, Report, Severity
from jwt_sast.reporters import REPORTERS, markdown
from jwt_sast.reporters.appearance import Appearance


def rendered(report: Report) -> tuple[str, list[str]]:
    out = io.StringIO()
    notices = REPORTERS["markdown"].render(report, out, Appearance(colour=True))
    return out.getvalue(), list(notices)


def test_everything() -> None:
    mild = replace(MISSING, severity=Severity.LOW, location=Location("a.py", 1, 1, 1, 2))
    report = replace(FULL, findings=[mild, *FULL.findings], folder="/repo/src", repository="/repo")
    assert rendered(report) == (
        "## jwt-sast\n"
        "\n"
        "3 findings (1 critical, 1 high, 1 low); 120 files seen, 7 analysed, 2 not analysed.\n"
        "\n"
        "| Severity | Check | Place | Message |\n"
        "| --- | --- | --- | --- |\n"
        "| critical | JWT501 hardcoded-key | src/src/app.py:112 | the key is written in the source |\n"
        "| high | JWT301 missing-exp | src/src/other.py:4 | the claims carry no exp |\n"
        "| low | JWT301 missing-exp | src/a.py:1 | the claims carry no exp |\n"
        "\n"
        "| Not analysed | Why |\n"
        "| --- | --- |\n"
        "| src/src/deep.py:1 | JWT900 nested too deep |\n"
        "| src/src/torn.py:3 | JWT900 invalid syntax |\n",
        [],
    )


def test_nothing() -> None:
    text = "## jwt-sast\n\nNo findings; 0 files seen, 0 analysed, 0 not analysed.\n"
    assert rendered(EMPTY) == (text, [])


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("no `exp` in *claims*", "no `exp` in \\*claims\\*"),
        ("`a | b_c` or <b>", "`a \\| b_c` or \\<b\\>"),
        ("a lone ` and [x](y)", "a lone \\` and \\[x\\](y)"),
        ("two\nlines", "two\\\\nlines"),
    ],
)
def test_nothing_in_a_message_breaks_the_table(message: str, shown: str) -> None:
    text, _ = rendered(replace(EMPTY, findings=[replace(MISSING, message=message)]))
    assert f" | {shown} |\n" in text


def test_nothing_in_a_name_breaks_the_table() -> None:
    text, _ = rendered(Report([], [NotAnalysed("a|b`<i>_.py", 1, "why")], 1, 0))
    assert "| a\\|b\\`\\<i\\>\\_.py:1 | JWT900 why |\n" in text


def test_rows_without_room_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MOST_ROWS", 1)
    text, notices = rendered(FULL)
    assert text.count("JWT501") == 1
    assert "JWT301" not in text
    assert notices == [
        "Markdown: 1 of 2 findings are left out for want of room",
        "Markdown: 1 of 2 files are left out for want of room",
    ]
    assert all(f"\n{notice}.\n" in text for notice in notices)
