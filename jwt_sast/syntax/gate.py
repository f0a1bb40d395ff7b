"""Decides from raw bytes whether a file can matter at all.

Nearly every file of a repository stops here, unread by any parser, so this module must not import one.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Gate:
    """An over-approximation: lets every file pass that could hold something, and some that do not.

    `marks` are alternatives; an alternative is a tuple of byte strings that must all occur in the file. The strings
    are meant to be ASCII: every encoding that Python accepts for source spells those as themselves.
    """

    def __init__(self, marks: Iterable[tuple[bytes, ...]]) -> None:
        groups: dict[bytes, set[tuple[bytes, ...]]] = {}
        for alternative in marks:
            # The longest string is the rarest and the quickest to be found missing; alternatives share the look for it.
            first, *rest = sorted(set(alternative), key=lambda mark: (-len(mark), mark))
            groups.setdefault(first, set()).add(tuple(rest))
        self._groups = tuple((first, tuple(sorted(groups[first]))) for first in sorted(groups))

    def lets_pass(self, data: bytes) -> bool:
        """Whether the file with these bytes has to be looked at.

        A file that is UTF-16, or text riddled with NUL bytes, cannot be Python. If it may hold a mark all the same it
        passes, so that it is reported as not analysed instead of being silently passed over.
        """
        if data.startswith(_UTF16_BOMS):
            return True
        if self._matches(data):
            return True
        return b"\0" in data and self._matches(data.replace(b"\0", b""))

    def _matches(self, data: bytes) -> bool:
        return any(
            first in data and any(all(mark in data for mark in rest) for rest in alternatives)
            for first, alternatives in self._groups
        )
