"""A source file that has been decoded and parsed."""

from __future__ import annotations

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from jwt_sast.findings import Location


class SourceError(Exception):
    """A file that cannot be analysed: where and why, in one line that quotes nothing of the source."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


class Source:
    """One module: its text, its tree, and the place of any node of the tree."""

    def __init__(self, path: str, text: str, module: cst.Module) -> None:
        self.path = path
        self.text = text
        self.module = module
        self._positions = None

    @classmethod
    def parse(cls, path: str, data: bytes | str, *, ast_checked: bool = False) -> Source:
        """Decodes and parses; raises SourceError."""
        try:
            module = cst.parse_module(data)
        except cst.ParserSyntaxError as error:
            raise SourceError(error.message, error.raw_line, error.raw_column + 1) from None
        return cls(path, module.code, module)

    def location(self, node: cst.CSTNode) -> Location:
        """Where `node` stands, without the whitespace around it."""
        if self._positions is None:
            self._positions = MetadataWrapper(self.module, unsafe_skip_copy=True).resolve(PositionProvider)
        found = self._positions[node]
        return Location(self.path, found.start.line, found.start.column + 1, found.end.line, found.end.column + 1)
