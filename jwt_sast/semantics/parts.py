"""Parts of modules: some of their top-level statements, each of which is parsed once for all parts that it is in."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import lru_cache

import libcst as cst

from jwt_sast.semantics.bounds import MAX_KEPT_SOURCE
from jwt_sast.semantics.outline import Statement
from jwt_sast.semantics.outlines import read
from jwt_sast.syntax.decoding import decode
from jwt_sast.syntax.source import Source, lines_of

_Key = tuple[str, int]
"""A path, and the first line of a statement."""


class Parts:
    """Keeps what was parsed last, up to MAX_KEPT_SOURCE. `spell` is how a path is written in findings."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        self._spell = spell
        self._kept: OrderedDict[_Key, tuple[cst.Module, int]] = OrderedDict()
        self._size = 0

    def of(self, path: str, statements: Sequence[Statement]) -> Source:
        """Some statements of the module at the absolute `path`. Raises SourceError."""
        text, lines = _text_and_lines(path)
        trees = [self._parsed(path, one, lines) for one in statements]
        return Source.joined(self._spell(path), text, trees, [line for one in statements for line in one.heads])

    def _parsed(self, path: str, statement: Statement, lines: Sequence[str]) -> cst.Module:
        key = path, statement.first
        known = self._kept.get(key)
        if known is None:
            code = "".join(lines[statement.first - 1 : statement.last])
            known = self._kept[key] = Source.parse(self._spell(path), code).module, len(code)
            self._size += len(code)
            while self._size > MAX_KEPT_SOURCE and len(self._kept) > 1:
                _, (_, size) = self._kept.popitem(last=False)
                self._size -= size
        self._kept.move_to_end(key)
        return known[0]


@lru_cache(maxsize=64)
def _text_and_lines(path: str) -> tuple[str, tuple[str, ...]]:
    text = decode(read(path))
    return text, lines_of(text)
