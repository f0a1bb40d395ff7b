"""Positions of nodes, worked out only when somebody asks.

LibCST's PositionProvider writes the whole module out again to see where everything comes to stand, which takes longer
than parsing it. Findings are few, so only the top-level statement that holds the node is written out, with LibCST's
own code; its place in the file is known from `ast`, whose tree says on which line each statement begins.
"""

from __future__ import annotations

import ast
import warnings
from typing import Any, cast

import libcst as cst
from libcst.metadata import CodeRange
from libcst.metadata.position_provider import PositionProvidingCodegenState

from jwt_sast.syntax.room import with_room
from jwt_sast.syntax.visitor import walk

Span = tuple[int, int, int, int]
"""Line, column, end line, end column: counted from 1, columns in code points, the end column exclusive."""

# Writing out takes five calls of Python functions per level; the nesting of a source is bounded by `nesting.py`.
_RECURSION_LIMIT = 50_000

_Ranges = dict[cst.CSTNode, CodeRange]


def statement_lines(tree: ast.Module) -> tuple[int, ...]:
    """On which line each top-level statement begins; for decorated ones the line of `def` or `class`."""
    return tuple(statement.lineno for statement in tree.body)


class Positions:
    """The positions of the nodes of one module."""

    def __init__(self, module: cst.Module, text: str, lines: tuple[int, ...] | None = None) -> None:
        """`text` is what `module` was parsed from; `lines` its `statement_lines`, if they are known already."""
        self._module = module
        self._text = text
        self._lines = lines
        self._owners: dict[int, int] | None = None
        """The id of a node to the index of the top-level statement that holds it."""
        self._starts: tuple[int, ...] | None = None
        self._statements: dict[int, tuple[int, _Ranges]] = {}
        """By index of a top-level statement: what to add to its line numbers, and the ranges of its nodes."""
        self._whole: _Ranges | None = None

    def span(self, node: cst.CSTNode) -> Span:
        """Where `node` stands, without the whitespace around it. Raises KeyError for a node of another module."""
        if self._owners is None:
            self._owners = _owners(self._module)
            self._starts = _aligned(self._module, self._lines or _lines_of(self._text))
        index = self._owners.get(id(node))
        if index is None or self._starts is None:
            return self._in_whole_module(node)
        if index not in self._statements:
            self._statements[index] = self._statement(index, self._starts[index])
        offset, ranges = self._statements[index]
        return _span(ranges[node], offset)

    def _in_whole_module(self, node: cst.CSTNode) -> Span:
        """The dear way: for the module itself, comments, punctuation, and where `ast` does not know the syntax."""
        if self._whole is None:
            self._whole = _ranges_in(self._module, self._module)
        return _span(self._whole[node], 0)

    def _statement(self, index: int, start: int) -> tuple[int, _Ranges]:
        statement = self._module.body[index]
        ranges = _ranges_in(self._module, statement)
        first = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else statement
        return start - ranges[first].start.line, ranges


def _owners(module: cst.Module) -> dict[int, int]:
    return {id(node): index for index, statement in enumerate(module.body) for node in walk(statement)}


def _aligned(module: cst.Module, lines: tuple[int, ...]) -> tuple[int, ...] | None:
    """Where each statement of the module begins; None if `lines` does not fit.

    `a; b` is one statement with two parts to LibCST, and two statements to `ast`.
    """
    starts: list[int] = []
    seen = 0
    for statement in module.body:
        starts.append(lines[seen] if seen < len(lines) else 0)
        seen += len(statement.body) if isinstance(statement, cst.SimpleStatementLine) else 1
    return tuple(starts) if seen == len(lines) else None


def _lines_of(text: str) -> tuple[int, ...]:
    """`statement_lines` of a text; none where this Python's `ast` does not know its syntax."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return statement_lines(ast.parse(text))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ()


class _Recorder:
    """Stands in for LibCST's provider: the state writes into `_computed`."""

    def __init__(self) -> None:
        self._computed: _Ranges = {}

    def ranges(self, module: cst.Module, node: cst.CSTNode) -> _Ranges:
        state = PositionProvidingCodegenState(
            default_indent=module.default_indent,
            default_newline=module.default_newline,
            provider=cast(Any, self),
        )
        node._codegen(state)
        return self._computed


def _ranges_in(module: cst.Module, node: cst.CSTNode) -> _Ranges:
    """The ranges of `node` and all nodes in it, as if `node` began on line 1."""
    # Always with room: on its way out of LibCST a RecursionError turns into a chain of KeyErrors.
    return with_room(lambda: _Recorder().ranges(module, node), recursion_limit=_RECURSION_LIMIT)


def _span(found: CodeRange, offset: int) -> Span:
    start, end = found.start, found.end
    return start.line + offset, start.column + 1, end.line + offset, end.column + 1
