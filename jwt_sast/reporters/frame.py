"""A line of source with a span marked beneath it."""

from __future__ import annotations

from rich.cells import cell_len

from jwt_sast.findings import Location
from jwt_sast.reporters.appearance import Appearance

_LEAST = 20


def frame(line: str, span: Location, appearance: Appearance, room: int) -> tuple[str, str]:
    """What to print of `line`, and the marks to print beneath it, for the part of `span` on that line.

    A line of more than `room` characters is cut around the start of the span. A span that goes on over further lines
    is marked to the end of this one and says where it ends.
    """
    start = min(span.column - 1, len(line))
    more = span.end_line > span.line
    end = len(line.rstrip()) if more else min(span.end_column - 1, len(line))
    dots = "…" if appearance.boxes else "..."
    low, high = _window(len(line), start, max(room, _LEAST), 2 * len(dots))
    head = (dots if low else "") + appearance.printable(line[low:start])
    marked = appearance.printable(line[start : min(end, high)])
    tail = appearance.printable(line[max(start, min(end, high)) : high]) + (dots if high < len(line) else "")
    # Cells, not characters: an East Asian wide character takes two columns and a combining one none.
    marks = " " * cell_len(head) + "^" * max(1, cell_len(marked))
    return (head + marked + tail).rstrip(), marks + (f" to line {span.end_line}" if more else "")


def _window(length: int, start: int, room: int, dots: int) -> tuple[int, int]:
    if length <= room:
        return 0, length
    shown = room - dots
    low = max(0, min(start - shown // 3, length - shown))
    return low, low + shown
