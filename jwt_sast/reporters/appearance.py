"""What a stream can show: colours, characters, and how many to a line."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

PIPED_WIDTH = 160
"""Columns of a code frame where no terminal sets a limit: enough for any line that a person wrote."""
TAB = " " * 4

_BOX = "│├─…"
_JOINERS = "\u200c\u200d"
_STYLES = {
    "critical": "1;31",
    "high": "31",
    "medium": "33",
    "low": "36",
    "strong": "1",
    "gutter": "2",
}


@dataclass(frozen=True, slots=True)
class Appearance:
    """How text is to be written to one stream. `width` is in terminal columns."""

    colour: bool = False
    encoding: str = "utf-8"
    width: int = PIPED_WIDTH

    @classmethod
    def of(cls, stream: TextIO, environ: Mapping[str, str]) -> Appearance:
        """What suits `stream` under the environment variables NO_COLOR, FORCE_COLOR and TERM.

        NO_COLOR and FORCE_COLOR count when they are not empty (no-color.org, force-color.org); NO_COLOR wins.
        """
        terminal = stream.isatty()
        if environ.get("NO_COLOR"):
            colour = False
        else:
            colour = bool(environ.get("FORCE_COLOR")) or (terminal and environ.get("TERM") != "dumb")
        width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns if terminal else PIPED_WIDTH
        return cls(colour, stream.encoding or "utf-8", width)

    @property
    def boxes(self) -> bool:
        """Whether line-drawing characters can be written; otherwise ASCII stands in for them."""
        return self._can_write(_BOX)

    def paint(self, text: str, style: str) -> str:
        """`text` in the style of that name (a severity, `strong` or `gutter`) where there are colours."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour else text

    def printable(self, text: str) -> str:
        """`text` as one line that the stream can write and that cannot steer a terminal.

        Tabs become spaces; control, bidirectional and unencodable characters become backslash escapes.
        """
        if text.isascii() and text.isprintable():
            return text
        return "".join(map(self._shown, text))

    def _shown(self, char: str) -> str:
        if char == "\t":
            return TAB
        harmless = char.isprintable() or char in _JOINERS or unicodedata.category(char) == "Zs"
        return char if harmless and self._can_write(char) else char.encode("unicode_escape").decode("ascii")

    def _can_write(self, text: str) -> bool:
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True
