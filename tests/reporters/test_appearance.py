"""What a stream is taken to show, and what is kept from it."""

from __future__ import annotations

import io
import os
import pty
from collections.abc import Iterator
from typing import TextIO

import pytest

from jwt_sast.reporters.appearance import PIPED_WIDTH, Appearance


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    """A stream that really is one end of a terminal."""
    theirs, ours = pty.openpty()
    with os.fdopen(ours, "w", encoding="utf-8") as stream:
        yield stream
    os.close(theirs)


class TestColour:
    @pytest.mark.parametrize(
        ("environ", "colour"),
        [
            ({}, True),
            ({"TERM": "xterm"}, True),
            ({"TERM": "dumb"}, False),
            ({"NO_COLOR": "1"}, False),
            ({"NO_COLOR": ""}, True),
            ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
            ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ],
    )
    def test_on_a_terminal(self, terminal: TextIO, environ: dict[str, str], colour: bool) -> None:
        assert Appearance.of(terminal, environ).colour is colour

    @pytest.mark.parametrize(
        ("environ", "colour"), [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": ""}, False)]
    )
    def test_in_a_pipe(self, environ: dict[str, str], colour: bool) -> None:
        assert Appearance.of(io.StringIO(), environ).colour is colour

    def test_paint(self) -> None:
        assert Appearance(colour=True).paint("x", "critical") == "\x1b[1;31mx\x1b[0m"
        assert Appearance(colour=False).paint("x", "critical") == "x"


class TestWidth:
    def test_a_pipe_has_one_of_its_own(self) -> None:
        assert Appearance.of(io.StringIO(), {}).width == PIPED_WIDTH

    def test_a_terminal_says_its_own(self, terminal: TextIO, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "77")
        assert Appearance.of(terminal, {}).width == 77


class TestEncoding:
    @pytest.mark.parametrize(
        ("encoding", "boxes"),
        [("utf-8", True), ("ascii", False), ("latin-1", False), ("cp1252", False), ("no-such", False)],
    )
    def test_boxes(self, encoding: str, boxes: bool) -> None:
        assert Appearance.of(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), {}).boxes
        assert Appearance(encoding=encoding).boxes is boxes

    def test_a_stream_without_one_gets_utf8(self) -> None:
        assert Appearance.of(io.StringIO(), {}).encoding == "utf-8"


class TestPrintable:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("plain text", "plain text"),
            ("a\tb", "a    b"),
            ("日本 é", "日本 é"),
            ("a\u00a0b\u3000c", "a\u00a0b\u3000c"),
            ("\x1b[2J", "\\x1b[2J"),
            ("one\ntwo\r", "one\\ntwo\\r"),
            ("\u202eevil", "\\u202eevil"),
            ("zero\u200bwidth", "zero\\u200bwidth"),
            ("👩\u200d👧", "👩\u200d👧"),
            ("name\udcff", "name\\udcff"),
        ],
    )
    def test_in_utf8(self, text: str, shown: str) -> None:
        assert Appearance().printable(text) == shown

    def test_what_the_stream_cannot_encode(self) -> None:
        assert Appearance(encoding="latin-1").printable("é日") == "é\\u65e5"
