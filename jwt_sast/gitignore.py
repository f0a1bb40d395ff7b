"""What git would ignore: patterns as gitignore(5) has them, asked about one path at a time while a walk goes down.

A user's global excludes file (`core.excludesFile`) is left aside on purpose: a run gives the same findings on every
machine.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".gitignore"
REPOSITORY = ".git"


class IgnoreFile:
    """The patterns of one ignore file, which hold for everything below the folder `base` (absolute, `/`-separated)."""

    def __init__(self, base: str, lines: Sequence[str]) -> None:
        self._start = len(base.rstrip("/")) + 1
        self._all = _spec(lines)
        # A pattern without a slash looks at a file's own name only, and a large project has far fewer names than
        # files: remembering the answers by name makes a walk several times faster.
        self._by_name = _spec([line for line in lines if "/" not in line.strip().rstrip("/")])
        self._by_path = _spec([line for line in lines if "/" in line.strip().rstrip("/")])
        self._named: dict[str, bool] = {}

    @classmethod
    def read(cls, path: str, base: str) -> Self | None:
        """The rules in the file at `path`; None if it cannot be read, since nothing is ignored then."""
        try:
            with open(path, "rb") as file:
                text = file.read().decode("utf-8-sig", "surrogateescape")
        except OSError:
            return None
        return cls(base, [line.removesuffix("\r") for line in text.split("\n")])

    def verdict(self, path: str, name: str) -> bool | None:
        """Whether the absolute `path`, of which `name` is the last part, is ignored; None if no pattern matches it.

        A folder's path and name end in `/`. Its parents count as not ignored, or the walk would not be here.
        """
        hit = self._named.get(name)
        if hit is None:
            hit = self._named[name] = self._by_name.check_file(name).include is not None
        below = path[self._start :]
        if not hit and not any(pattern.match_file(below) for pattern in self._by_path.patterns):
            return None
        return self._all.check_file(below).include

    def covers(self, folder: str) -> bool:
        """Whether the folder at this absolute path is ignored, be it by way of one of its parents."""
        return bool(self._all.check_file(folder[self._start :] + "/").include)


Rules = tuple[IgnoreFile, ...]
"""Ignore files from the outermost to the innermost; a later one overrules an earlier one."""


def ignored(rules: Rules, path: str, name: str) -> bool:
    """Whether the rules leave out the absolute `path`; the arguments are those of `IgnoreFile.verdict`."""
    for file in reversed(rules):
        verdict = file.verdict(path, name)
        if verdict is not None:
            return verdict
    return False


def rules_of_repository(folder: str) -> Rules:
    """The rules that a repository with this root folder starts from: its own `.git/info/exclude`."""
    exclude = IgnoreFile.read(f"{folder}/{REPOSITORY}/info/exclude", folder)
    return (exclude,) if exclude else ()


def repository_of(folder: str) -> str | None:
    """The root of the repository that `folder`, an absolute path, lies in."""
    while not os.path.lexists(os.path.join(folder, REPOSITORY)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def rules_above(folder: str) -> Rules:
    """The rules that hold for `folder` by way of the repository around it; none if they would ignore the folder itself.

    Somebody who names an ignored folder wants to see what is in it.
    """
    root = repository_of(folder)
    if root is None or root == folder:
        return ()
    parents: list[str] = []
    current = folder
    while current != root:
        current = os.path.dirname(current)
        parents.append(current)
    own = (IgnoreFile.read(f"{parent}/{IGNORE_FILE}", parent) for parent in reversed(parents))
    rules = rules_of_repository(current) + tuple(file for file in own if file)
    return () if any(file.covers(folder) for file in rules) else rules


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    """The patterns in these lines; one that is not valid matches nothing, as in git."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _valid(line)])


def _valid(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
