"""Looking through the files of a project, unparsed, for those that can have to do with something.

What is found depends on what lies on disk alone, and is remembered for the life of the process.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache

from jwt_sast.semantics.bounds import MAX_FOLDERS_UP, MAX_MODULE, MAX_SEARCHED_BYTES, MAX_SEARCHED_FILES
from jwt_sast.syntax.test_code import is_test

_PACKAGE = "__init__.py"

_PROJECT_MARKS = (
    ".git", "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Pipfile", "tox.ini",
)  # fmt: skip
"""What lies in the topmost folder of a project."""

_FOREIGN = frozenset({"__pycache__", "node_modules", "site-packages", "pyvenv.cfg"})
"""Folders of other people's code, and the file that tells a virtual environment."""

_APART = frozenset({"demo", "demos", "doc", "docs", "example", "examples", "sample", "samples"})
"""Folders of programs that show how a project is used, and set up nothing in it."""


def read(path: str) -> bytes:
    """What is in a file; nothing where it cannot be read or is larger than any module that somebody wrote."""
    try:
        with open(path, "rb", buffering=0) as file:
            data = file.read(MAX_MODULE + 1)
    except (OSError, ValueError):
        return b""
    return data if len(data) <= MAX_MODULE else b""


@cache
def roots(folder: str) -> tuple[str, ...]:
    """The folders in which a project may begin that has code in the absolute `folder`, the innermost first.

    The first one holds the topmost package. Those above it count only if something marks one of them as a project.
    """
    while os.path.exists(os.path.join(folder, _PACKAGE)):
        folder = os.path.dirname(folder)
    found = [folder]
    for _ in range(MAX_FOLDERS_UP):
        if any(os.path.exists(os.path.join(folder, mark)) for mark in _PROJECT_MARKS):
            return tuple(found)
        parent = os.path.dirname(folder)
        if parent == folder:
            break
        folder = parent
        found.append(folder)
    return tuple(found[:1])


@cache
def files(root: str) -> tuple[str, ...] | None:
    """The Python files below `root` that are no tests, no examples and nobody else's, sorted; None for too many."""
    found = []
    for path in _walk(root):
        found.append(path)
        if len(found) > MAX_SEARCHED_FILES:
            return None
    return tuple(sorted(found))


def _walk(root: str) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        if folder != root and "pyvenv.cfg" in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if name not in _FOREIGN | _APART and name[0] != ".")
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith(".py") and not is_test(os.path.relpath(path, root)):
                yield path


@cache
def mentioning(root: str, pattern: re.Pattern[bytes]) -> tuple[str, ...] | None:
    """The files below `root` in whose bytes `pattern` is found, in order; None where they are too many to look at."""
    paths = files(root)
    found: list[str] = []
    size = 0
    for path in paths or ():
        data = read(path)
        size += len(data)
        if size > MAX_SEARCHED_BYTES:
            return None
        if pattern.search(data):
            found.append(path)
    return None if paths is None else tuple(found)


def mentions(path: str, pattern: re.Pattern[bytes]) -> bool:
    """Whether the project around the file `path` has `pattern` anywhere, or is too large to tell."""
    return mentioning(roots(os.path.dirname(os.path.abspath(path)))[-1], pattern) != ()


def forget() -> None:
    """Drops what is remembered; for a process that outlives a change on disk, such as a test."""
    for function in (roots, files, mentioning):
        function.cache_clear()
