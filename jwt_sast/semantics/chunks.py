"""The statements of a module or block told apart without a parser: where each begins and ends, and its words.

One regular expression steps over strings and comments and stops where a line begins at a given indentation. That takes
a small part of the time that Python's own parser would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

_WORD = re.compile(rb"[^\W\d]\w*")

_STRING = rb"""
      \"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]++|\\.|'(?!''))*+'''
    | "(?:[^"\\\n]++|\\.)*+"                 | '(?:[^'\\\n]++|\\.)*+'
"""
_COMMENT = rb"[#][^\n]*+"
_PASSED_OVER = _STRING + rb"|" + _COMMENT + rb"| \\."

_NO_CODE = re.compile(rb"(?<![fFtT])(?<![fFtT][rR])(?:" + _STRING + rb") |" + _COMMENT, re.VERBOSE | re.DOTALL)
"""Strings and comments, but not the strings that may hold code."""
_BRACKET = re.compile(_PASSED_OVER + rb"| ([(\[{]) | ([)\]}])", re.VERBOSE | re.DOTALL)
_PAIRS = (b"()", b"[]", b"{}")
_GOES_ON = re.compile(rb"\s*+(?:else|elif|except|finally)\b")
_DECORATES = re.compile(rb"\s*+@")


@lru_cache(maxsize=16)
def _line_starts(indentation: bytes) -> re.Pattern[bytes]:
    """Where a line begins that is indented like this; closing brackets and comments begin none."""
    begins = rb"| \n()(?=\f?" + re.escape(indentation) + rb"[^\s)\]}#])"
    return re.compile(_PASSED_OVER + begins, re.VERBOSE | re.DOTALL)


@dataclass
class Chunk:
    """A statement as text: its bytes, the line on which it begins, from 1, and those on which its keyword may stand,
    which is behind any decorators.
    """

    code: bytes
    first: int
    heads: list[int] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Its last line."""
        return self.first + self.code.rstrip().count(b"\n")

    @property
    def head(self) -> bytes:
        """Its text from the keyword on."""
        lines = self.code.split(b"\n", self.heads[-1] - self.first)
        return lines[-1]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in it, those of strings and comments too."""
        return _words(self.code)

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """The words outside of its strings and comments."""
        return _words(_NO_CODE.sub(b" ", self.code))


def chunks(data: bytes, indentation: bytes = b"", line: int = 1) -> Iterator[Chunk]:
    """The statements of a module, or with `indentation` those of a block; `line` is where `data` begins. Lines end in
    line feeds.
    """
    data = b"\n" + data
    starts = [match.start(1) for match in _line_starts(indentation).finditer(data) if match.start(1) >= 0]
    statement: Chunk | None = None
    end = 1
    for start, stop in zip(starts, [*starts[1:], len(data)], strict=False):
        piece = data[start:stop]
        line += data.count(b"\n", end, start)
        end = start
        if statement is None:
            statement = Chunk(piece, line, [line])
        elif _DECORATES.match(statement.head):
            statement.code += piece
            statement.heads = [line]
        elif _GOES_ON.match(piece) or not _is_balanced(statement.code):
            statement.code += piece
        else:
            yield statement
            statement = Chunk(piece, line, [line])
    if statement is not None:
        yield statement


def _is_balanced(code: bytes) -> bool:
    """Whether every bracket is closed. Brackets in strings are rare enough to look closer only where numbers differ."""
    if all(code.count(pair[:1]) == code.count(pair[1:]) for pair in _PAIRS):
        return True
    depth = 0
    for match in _BRACKET.finditer(code):
        depth += (match[1] is not None) - (match[2] is not None)
    return depth <= 0


def _words(code: bytes) -> frozenset[str]:
    return frozenset(word.decode("utf-8", "replace") for word in set(_WORD.findall(code)))
