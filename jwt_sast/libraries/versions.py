"""Which release of a distribution a project uses, as far as the files around its sources say.

What a library does depends on its release, so a library model asks here before it speaks. Only text is read: nothing
is imported, run or asked of the environment that this program happens to be installed in.

The nearest folder that declares the distribution decides. Within it

1. a lock file beats everything else, since it says what is really installed; of several lock files the first in
   `LOCKS` is taken, of several entries in one (a resolution that forks) the oldest;
2. otherwise an exact version (`==2.8.0`) beats a range;
3. otherwise the declaration whose newest release is the oldest decides. All of them are meant to hold at once, and the
   installed release cannot be newer than the strictest of them allows.

Names are compared as PEP 503 normalises them. Includes (`-r`, `-c`), URLs and version control references are not
followed.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator, Sequence
from functools import cache
from glob import glob

from jwt_sast.libraries.declarations import LOCKS, OTHERS, Declaration, Kinds

LEVELS = 24
"""How many folders are searched, from the source file's own upwards."""
LARGEST = 20_000_000
"""A file with more bytes than this is passed over."""


def declared(distribution: str, path: str, releases: Sequence[str]) -> str:
    """The release of `distribution` that the project around the source file `path` uses.

    `releases` are the versions that a library model tells apart, oldest first and at least one. The answer is the
    newest of them that the nearest declaration admits; for a version between two of them the older, for one below all
    the oldest, for one above all the newest. It is the newest too where nothing is declared or `path` is not on disk.
    """
    if not os.path.exists(path):
        return releases[-1]
    # Not realpath: a symlinked file belongs to the project that links to it.
    return _release(os.path.dirname(os.path.abspath(path)), distribution, tuple(releases))


def release_of(version: str, releases: Sequence[str]) -> str:
    """The one of `releases`, oldest first, that stands for `version`: the newest up to it, or else the oldest."""
    from packaging.specifiers import SpecifierSet

    return releases[Declaration((SpecifierSet(f"=={version}"),)).newest(releases)]


def forget() -> None:
    """Drops what was remembered of the files on disk; for a process that outlives a change to them, such as a test."""
    for function in (_release, _in_folder, _sources):
        function.cache_clear()


@cache
def _release(folder: str, distribution: str, releases: tuple[str, ...]) -> str:
    for place in _upwards(folder):
        found = _in_folder(place, distribution)
        if found:
            applicable = [declaration for declaration in found if declaration.applies()] or found
            exact = [declaration for declaration in applicable if declaration.exact()] or applicable
            return releases[min(declaration.newest(releases) for declaration in exact)]
    return releases[-1]


def _upwards(folder: str) -> Iterator[str]:
    """The folders to search: up to the repository's root, the file system's root, or LEVELS of them."""
    for _ in range(LEVELS):
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder or os.path.lexists(os.path.join(folder, ".git")):
            return
        folder = parent


@cache
def _in_folder(folder: str, distribution: str) -> Sequence[Declaration]:
    """What the first lock file in `folder` that names the distribution says, or all the other files together."""
    words = re.split(r"[-_.]+", distribution.lower())
    # The name in any spelling that PEP 503 holds equal.
    name = rf"(?i:{'[-_.]+'.join(map(re.escape, words))}(?![\w.-]))"
    locks, others = _sources(folder)
    for group in (*((lock,) for lock in locks), others):
        found: list[Declaration] = []
        for path, read in group:
            text = _text(path)
            # Most files do not name the distribution, and looking for its words is much quicker than reading.
            lowered = text.lower()
            if all(word in lowered for word in words):
                found.extend(declaration for declaration in read(text, name) if declaration)
        if found:
            return found
    return ()


def _text(path: str) -> str:
    """What the file holds, with Unix line ends; nothing if it is too large, not a file, or cannot be read."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return ""
        with open(path, "rb") as file:
            data = file.read()
        # A redirection in Windows PowerShell writes UTF-16, and so come many lists of frozen requirements.
        utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return data.decode("utf-16" if utf16 else "utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError):
        return ""


@cache
def _sources(folder: str) -> tuple[Kinds, Kinds]:
    """The paths of a folder's lock files in the order of LOCKS, and of its other declarations."""

    def present(kinds: Kinds) -> Kinds:
        found = ((name, read) for pattern, read in kinds for name in sorted(glob(pattern, root_dir=folder)))
        return [(os.path.join(folder, name), read) for name, read in found]

    return present(LOCKS), present(OTHERS)
