"""GitHub's name for a line: what code scanning tells old alerts from new ones by.

The values are those that GitHub's own upload action works out where `primaryLocationLineHash` is missing, and compares
where it is not; another value under that name would make every alert a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

_WINDOW = 100
_BASE = 37
_MODULUS = 1 << 64
_LEAVES = pow(_BASE, _WINDOW, _MODULUS)
"""What the unit that falls out of the window has been multiplied with by then."""
_END = 65535
_BLANKS = frozenset(b" \t")
_LF = ord("\n")


def line_hashes(text: str) -> list[str]:
    r"""The hash of each line of `text`, of which there is one more than line ends: `\n`, `\r` or `\r\n`.

    A line's hash is that of the next 100 UTF-16 code units from its start, spaces and tabs left out, line ends as
    `\n`, an end mark and zeros behind the last one; then a colon and how often it has come up so far.
    """
    units, starts = _units(text)
    units += [_END, *[0] * _WINDOW]
    rolling = list(_rolling(units))
    seen: Counter[int] = Counter()
    hashes = []
    for start in starts:
        value = rolling[start]
        seen[value] += 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes


def _units(text: str) -> tuple[list[int], list[int]]:
    """What of `text` counts, and where in it each line starts."""
    data = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-16-le", "surrogatepass")
    units: list[int] = []
    starts = [0]
    for unit in memoryview(data).cast("H") if data else ():
        if unit in _BLANKS:
            continue
        units.append(unit)
        if unit == _LF:
            starts.append(len(units))
    return units, starts


def _rolling(units: list[int]) -> Iterator[int]:
    """The hash of the window that begins at each place which a whole window follows."""
    value = 0
    for unit in units[:_WINDOW]:
        value = (value * _BASE + unit) % _MODULUS
    yield value
    for gone, unit in zip(units, units[_WINDOW:], strict=False):
        value = (value * _BASE + unit - gone * _LEAVES) % _MODULUS
        yield value
