"""The text report, whole."""

from __future__ import annotations

import io
from dataclasses import replace

from sample_reports import EMPTY, FULL, HARDCODED, MISSING

from jwt_sast.findings import NotAnalysed, Report
from jwt_sast.reporters import REPORTERS
from jwt_sast.reporters.appearance import Appearance


def rendered(report: Report, appearance: Appearance | None = None) -> str:
    out = io.StringIO()
    REPORTERS["text"].render(report, out, appearance or Appearance())
    return out.getvalue()


def test_nothing_found() -> None:
    assert rendered(EMPTY) == "No findings; 0 files seen, 0 analysed, 0 not analysed.\n"


def test_everything() -> None:
    assert rendered(FULL) == (
        "src/app.py:112:29: JWT501 hardcoded-key (critical, high confidence): the key is written in the source\n"
        "     │\n"
        ' 112 │     return jwt.encode(data, KEY, algorithm="HS256")\n'
        "     │                             ^^^\n"
        "     ├─ src/app.py:9:1: imported here\n"
        "   9 │ from settings import SIGN_KEY as KEY\n"
        "     │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "     ├─ settings.py:3:7: written here\n"
        '   3 │ KEY = "******"\n'
        "     │       ^^^^^^^^\n"
        "\n"
        "src/other.py:4:5: JWT301 missing-exp (high, medium confidence): the claims carry no exp\n"
        "\n"
        "src/deep.py:1: JWT900 not-analysed: nested too deep\n"
        "src/torn.py:3: JWT900 not-analysed: invalid syntax\n"
        "\n"
        "2 findings (1 critical, 1 high); 120 files seen, 7 analysed, 2 not analysed.\n"
    )


def test_where_there_are_no_excerpts_the_trace_stands_alone() -> None:
    assert rendered(Report([HARDCODED], [], 1, 1)) == (
        "src/app.py:112:29: JWT501 hardcoded-key (critical, high confidence): the key is written in the source\n"
        "     ├─ src/app.py:9:1: imported here\n"
        "     ├─ settings.py:3:7: written here\n"
        "\n"
        "1 finding (1 critical); 1 file seen, 1 analysed, 0 not analysed.\n"
    )


def test_in_ascii() -> None:
    report = Report([replace(HARDCODED, message="the key 日")], [], 1, 1, FULL.excerpts)
    assert rendered(report, Appearance(encoding="ascii")) == (
        "src/app.py:112:29: JWT501 hardcoded-key (critical, high confidence): the key \\u65e5\n"
        "     |\n"
        ' 112 |     return jwt.encode(data, KEY, algorithm="HS256")\n'
        "     |                             ^^^\n"
        "     |- src/app.py:9:1: imported here\n"
        "   9 | from settings import SIGN_KEY as KEY\n"
        "     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "     |- settings.py:3:7: written here\n"
        '   3 | KEY = "******"\n'
        "     |       ^^^^^^^^\n"
        "\n"
        "1 finding (1 critical); 1 file seen, 1 analysed, 0 not analysed.\n"
    )


def test_in_colour() -> None:
    report = Report([MISSING], [NotAnalysed("a.py", 1, "gone")], 2, 1, {("src/other.py", 4): "enc({"})
    assert rendered(report, Appearance(colour=True)) == (
        "\x1b[1msrc/other.py:4:5:\x1b[0m \x1b[31mJWT301\x1b[0m missing-exp (high, medium confidence): "
        "the claims carry no exp\n"
        "\x1b[2m   │\x1b[0m\n"
        "\x1b[2m 4 │\x1b[0m enc({\n"
        "\x1b[2m   │\x1b[0m \x1b[31m    ^ to line 6\x1b[0m\n"
        "\n"
        "\x1b[1ma.py:1:\x1b[0m \x1b[31mJWT900\x1b[0m not-analysed: gone\n"
        "\n"
        "\x1b[1m1 finding (1 high); 2 files seen, 1 analysed, 1 not analysed.\x1b[0m\n"
    )


def test_a_long_line_fits_the_width() -> None:
    report = Report([MISSING], [], 1, 1, {("src/other.py", 4): "x" * 1000})
    lines = rendered(report, Appearance(width=40)).splitlines()
    assert [len(line) for line in lines[1:3]] == [4, 39]


def test_an_empty_line_leaves_no_trailing_space() -> None:
    report = Report([MISSING], [], 1, 1, {("src/other.py", 4): ""})
    assert rendered(report).splitlines()[1:4] == ["   │", " 4 │", "   │ ^ to line 6"]


def test_a_hostile_path_or_message_cannot_steer_the_terminal() -> None:
    location = replace(MISSING.location, path="a\x1b[2J.py")
    report = Report([replace(MISSING, location=location, message="a\nb")], [NotAnalysed("\r", 1, "\x07")], 1, 1)
    text = rendered(report)
    assert "\x1b" not in text
    assert text.startswith("a\\x1b[2J.py:4:5: JWT301 missing-exp (high, medium confidence): a\\nb\n")
    assert "\\r:1: JWT900 not-analysed: \\x07\n" in text
