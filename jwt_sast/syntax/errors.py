"""Why a source file cannot be analysed."""

from __future__ import annotations


class SourceError(Exception):
    """A file that cannot be analysed: why (`reason`, one line that quotes nothing of the source) and where.

    `line` and `column` are counted from 1.
    """

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
