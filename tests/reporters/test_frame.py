"""Code frames: the marks stand under the span whatever the line is made of."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from jwt_sast.findings import Location
from jwt_sast.reporters.appearance import Appearance
from jwt_sast.reporters.frame import frame

PLAIN = Appearance()
ROOM = 80


def span(line: str, part: str) -> Location:
    """Where `part` stands in `line`."""
    column = line.index(part) + 1
    return Location("app.py", 7, column, 7, column + len(part))


@pytest.mark.parametrize(
    "line",
    [
        "jwt.encode(KEY)",
        "\tjwt.encode(\tKEY)",
        "f('日本語', KEY)",
        "f('e\u0301', KEY)",
        "f('\x1b[0m', KEY)",
        "f('\u202e', KEY)",
        "f('👩\u200d👧', KEY)",
    ],
)
@pytest.mark.parametrize("appearance", [PLAIN, Appearance(encoding="ascii")])
def test_the_marks_stand_under_the_span(line: str, appearance: Appearance) -> None:
    code, marks = frame(line, span(line, "KEY"), appearance, ROOM)
    assert cell_len(code[: code.index("KEY")]) == marks.index("^")
    assert marks.lstrip() == "^^^"


def test_a_wide_span_has_wide_marks() -> None:
    assert frame("f('日本')", span("f('日本')", "日本"), PLAIN, ROOM) == ("f('日本')", "   ^^^^")


def test_tabs_become_spaces() -> None:
    assert frame("\tx = 1", span("\tx = 1", "x"), PLAIN, ROOM) == ("    x = 1", "    ^")


def test_a_span_over_several_lines_says_where_it_ends() -> None:
    code, marks = frame("f({  ", Location("app.py", 7, 3, 9, 2), PLAIN, ROOM)
    assert (code, marks) == ("f({", "  ^ to line 9")


@pytest.mark.parametrize("place", [Location("app.py", 7, 4, 7, 4), Location("app.py", 7, 9, 7, 12)])
def test_an_empty_span_or_one_beyond_the_line_still_has_a_mark(place: Location) -> None:
    assert frame("abc", place, PLAIN, ROOM) == ("abc", "   ^")


class TestLongLines:
    LINE = "a" * 500 + "KEY" + "b" * 500

    def test_one_that_just_fits_is_whole(self) -> None:
        assert frame("x" * 30, Location("a", 1, 30, 1, 31), PLAIN, 30) == ("x" * 30, " " * 29 + "^")

    def test_cut_on_both_sides(self) -> None:
        code, marks = frame(self.LINE, span(self.LINE, "KEY"), PLAIN, 30)
        assert code == "…" + "a" * 9 + "KEY" + "b" * 16 + "…"
        assert marks == " " * 10 + "^^^"

    def test_cut_in_ascii(self) -> None:
        code, marks = frame(self.LINE, span(self.LINE, "KEY"), Appearance(encoding="ascii"), 30)
        assert code == "..." + "a" * 8 + "KEY" + "b" * 13 + "..."
        assert marks == " " * 11 + "^^^"

    def test_a_span_at_the_start(self) -> None:
        assert frame("KEY" + "b" * 100, Location("a", 1, 1, 1, 4), PLAIN, 30) == ("KEY" + "b" * 25 + "…", "^^^")

    def test_a_span_at_the_end(self) -> None:
        line = "a" * 100 + "KEY"
        assert frame(line, span(line, "KEY"), PLAIN, 30) == ("…" + "a" * 25 + "KEY", " " * 26 + "^^^")

    def test_a_span_longer_than_there_is_room(self) -> None:
        code, marks = frame("x" * 100, Location("a", 1, 1, 1, 101), PLAIN, 30)
        assert (code, marks) == ("x" * 28 + "…", "^" * 28)

    def test_a_narrow_terminal_still_shows_something(self) -> None:
        assert frame("x" * 100, Location("a", 1, 1, 1, 2), PLAIN, -5) == ("x" * 18 + "…", "^")
