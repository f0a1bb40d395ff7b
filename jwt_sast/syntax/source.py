"""A source file that has been decoded, checked and parsed."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence

import libcst as cst

from jwt_sast.findings import Location
from jwt_sast.syntax.collector import collector_paused
from jwt_sast.syntax.decoding import decode
from jwt_sast.syntax.errors import SourceError
from jwt_sast.syntax.nesting import TooDeepError, check_nesting, line_at
from jwt_sast.syntax.positions import Positions, statement_lines
from jwt_sast.syntax.room import with_room

__all__ = ["MAX_LINE_LENGTH", "Source", "SourceError"]

MAX_LINE_LENGTH = 500_000
"""Code points. CPython 3.11 takes the square of a line's length for f-strings, 7 s for this many and half a minute for
twice as many; LibCST's tree of a line this long may take more than a gigabyte."""

_LONG_LINE = re.compile(r"[^\r\n]{%d}" % (MAX_LINE_LENGTH + 1))  # noqa: UP031 - braces are the pattern's own
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_PLACE_IN_MESSAGE = re.compile(r"error at (\d+):(\d+)")


class Source:
    """One module: its path, its text, its tree, and the place of any node of the tree."""

    def __init__(self, path: str, text: str, module: cst.Module, lines: tuple[int, ...] | None = None) -> None:
        """`lines` are where the top-level statements begin, see `positions.statement_lines`, if that is known."""
        self.path = path
        self.text = text
        self.module = module
        self._positions = Positions(module, text, lines)

    @classmethod
    def parse(cls, path: str, data: bytes | str, *, ast_checked: bool = False) -> Source:
        """Reads `data`, the source of the file `path`. Raises SourceError for what cannot be analysed.

        `ast_checked` says that the caller has had `ast` parse the same text. Text that `ast` refuses for its syntax is
        analysed if LibCST knows that syntax: the source may be newer than the Python that runs us.
        """
        text = decode(data)
        nesting = _refuse_unfit(text)
        with collector_paused():
            module, lines = with_room(lambda: _parsed(text, ast_checked), nesting=nesting)
        return cls(path, text, module, lines)

    @classmethod
    def joined(cls, path: str, text: str, parts: Sequence[cst.Module], heads: Sequence[int]) -> Source:
        """Some top-level statements of a file with this `text`, each of which was parsed by itself. `heads` are the
        lines on which they begin, see `positions.statement_lines`. Raises SourceError where they do not fit together.
        """
        indents = {part.default_indent for part in parts if not isinstance(part.body[0], cst.SimpleStatementLine)}
        if len(indents) > 1:
            return cls(path, text, cls.parse(path, "".join(part.code for part in parts)).module, tuple(heads))
        body = [statement for part in parts for statement in part.body]
        return cls(path, text, cst.Module(body, default_indent=next(iter(indents), "    ")), tuple(heads))

    def location(self, node: cst.CSTNode) -> Location:
        """Where `node` stands, without the whitespace around it. Raises KeyError for a node of another module."""
        return Location(self.path, *self._positions.span(node))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text as Python counts them, each with what ends it."""
    return tuple(_LINE.findall(text))


def _refuse_unfit(text: str) -> int:
    """How deep the text nests. Raises SourceError for what a parser must not even see."""
    nul = text.find("\0")
    if nul >= 0:
        raise SourceError("NUL byte in the source", line_at(text, nul))
    long = _LONG_LINE.search(text)
    if long is not None:
        raise SourceError(f"a line of more than {MAX_LINE_LENGTH} characters", line_at(text, long.start()))
    try:
        return check_nesting(text)
    except TooDeepError as error:
        raise SourceError(error.reason, error.line) from None


def _parsed(text: str, ast_checked: bool) -> tuple[cst.Module, tuple[int, ...] | None]:
    """The tree, and on which lines its statements begin unless `ast` was not asked or refused."""
    lines: tuple[int, ...] | None = None
    complaint: SourceError | None = None
    if not ast_checked:
        try:
            lines = _lines_by_ast(text)
        except SyntaxError as error:
            complaint = _in_words(error)
    try:
        return _parsed_by_libcst(text), lines
    except SourceError as error:
        raise complaint or error from None


def _lines_by_ast(text: str) -> tuple[int, ...]:
    """Has Python's own parser look at the text. Raises its SyntaxError; SourceError where it fails otherwise."""
    with warnings.catch_warnings():
        # Invalid escapes and the like are of no concern here and must not reach standard error.
        warnings.simplefilter("ignore")
        try:
            return statement_lines(ast.parse(text))
        except (RecursionError, MemoryError):
            raise SourceError("nested or chained too deep for Python's own parser") from None
        except ValueError:
            raise SourceError("characters that no encoding can hold (lone surrogates)") from None


def _parsed_by_libcst(text: str) -> cst.Module:
    try:
        return cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        place = _PLACE_IN_MESSAGE.search(error.message)
        line, column = (int(place[1]), int(place[2]) + 1) if place else (1, 1)
        raise SourceError("syntax that the installed LibCST does not know", line, column) from None
    except BaseException as error:
        # A panic of the native parser is no Exception. KeyboardInterrupt and SystemExit do not come here: this runs in
        # a thread of its own.
        raise SourceError(f"LibCST failed on it: {type(error).__name__}") from None


def _in_words(error: SyntaxError) -> SourceError:
    # Only `msg`: the exception's text and attributes quote the line.
    return SourceError(f"syntax error: {error.msg}", max(1, error.lineno or 1), max(1, error.offset or 1))
