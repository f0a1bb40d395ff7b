"""Patterns for paths, as the `per-file-ignores` of flake8 and Ruff have them.

Not pathspec, which reads patterns as git does: there `tests/*.py` leaves `tests/unit/test_login.py` out, here it does
not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from jwt_sast.paths import slashed

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern, and the absolute folder that it starts from.

    `*` and `?` stand for any characters, slashes among them, `**/` also for no folder at all, `{a,b}` for either, and
    `!` in front for all files that do not match. It is the path from the folder that has to match, or the file's name.
    """

    pattern: str
    folder: str

    def matches(self, path: str) -> bool:
        """Whether a file at `path`, which is relative to the working directory, is meant."""
        place = os.path.abspath(path)
        try:
            below = slashed(os.path.relpath(place, self.folder))
        except ValueError:  # on different drives
            below = slashed(place)
        names = (below, slashed(place), os.path.basename(place))
        wanted = self.pattern.removeprefix("!")
        return any(fnmatchcase(name, one) for one in _plain(wanted) for name in names) != (wanted != self.pattern)


@lru_cache
def _plain(pattern: str) -> tuple[str, ...]:
    """The patterns without braces that stand for it; a folder stands for all that is in it."""
    whole = f"{pattern}**" if pattern.endswith("/") else pattern
    return tuple(_expanded(whole.removeprefix("./").replace("**/", "{**/,}")))


def _expanded(pattern: str) -> Iterator[str]:
    braces = _BRACES.search(pattern)
    if braces is None:
        yield pattern
        return
    for choice in braces[1].split(","):
        yield from _expanded(pattern[: braces.start()] + choice + pattern[braces.end() :])
