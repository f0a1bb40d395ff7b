"""Which lines have changed since a revision. Git is asked, by commands whose output no setting of the user alters.

Changed since REV means: since the commit where HEAD left the way to REV, as a pull request shows it, up to the files as
they lie on the disk.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from jwt_sast.discovery import UsageError
from jwt_sast.findings import Finding, Location
from jwt_sast.paths import printable, slashed

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_NEW_FILE = b"+++ "
_PREFIX = b"b/"
_REMARK = b"\\"
_SUBMODULE = b"160000 "
"""The mode of one in git's index."""

Lines = tuple[int, int]
"""The first and the last of some lines."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changed lines of a repository. Paths are relative to its root, with `/` between their parts."""

    root: str
    tracked: frozenset[str]
    """The files that git knows; every line of another is new, also where a link leads out of the repository."""
    submodules: frozenset[str]
    lines: Mapping[str, Sequence[Lines]]
    """Of the files and submodules that have changed, where."""

    def touch(self, finding: Finding) -> bool:
        """Whether `finding`, or a step of the way that leads to it, is on lines that have changed."""
        return any(map(self._touch, (finding.location, *(step.location for step in finding.trace))))

    def _touch(self, place: Location) -> bool:
        path = _inside(self.root, place.path)
        if path is None:
            return True
        for folder in map(str, PurePosixPath(path).parents):
            if folder in self.submodules:
                # Its files are another repository's; all that this one knows is which commit it has of them.
                return folder in self.lines
        if path not in self.tracked:
            return True
        return any(first <= place.end_line and place.line <= last for first, last in self.lines.get(path, ()))


def since(revision: str, paths: Iterable[str]) -> Changes:
    """The changes since `revision` in the repository around the working directory, which holds all of `paths`.

    Raises UsageError where there is no git, no repository, no such revision or no way from it to here, and for a path
    that lies outside.
    """
    root = os.path.realpath(os.fsdecode(_asked(".", "rev-parse", "--show-toplevel").rstrip(b"\n")))
    for path in paths:
        if _inside(root, path) is None:
            raise UsageError(f"--diff: {path} lies outside of the repository {slashed(root)}")
    base = _base(root, revision)
    known = [entry.partition(b"\t") for entry in _asked(root, "ls-files", "--stage", "-z").split(b"\0")]
    patch = _asked(
        root,
        *("diff-index", "--patch", "--unified=0", "--find-renames", "--text", "--no-color"),
        *("--no-ext-diff", "--no-textconv", "--submodule=short", "--ignore-submodules=dirty"),
        *("--src-prefix=a/", "--dst-prefix=b/", base, "--"),
    )
    return Changes(
        root,
        tracked=frozenset(_name(path) for _, _, path in known),
        submodules=frozenset(_name(path) for about, _, path in known if about.startswith(_SUBMODULE)),
        lines=_changed(patch),
    )


def _inside(root: str, path: str) -> str | None:
    """`path`, from the working directory, relative to `root`; None where it lies outside."""
    full = os.path.realpath(path)
    if full == root:
        return "."
    return slashed(os.path.relpath(full, root)) if full.startswith(root.rstrip(os.sep) + os.sep) else None


def _base(root: str, revision: str) -> str:
    """The commit from which on HEAD has gone its own way."""
    try:
        commit = _asked(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except UsageError:
        raise UsageError(f"--diff: git knows no revision {revision}; in CI it may have to be fetched first") from None
    try:
        return _asked(root, "merge-base", commit.decode().strip(), "HEAD").decode().strip()
    except UsageError:
        raise UsageError(
            f"--diff: {revision} and HEAD have no commit in common; a shallow clone has to be deepened first"
        ) from None


def _asked(folder: str, *command: str) -> bytes:
    """What git answers in `folder`. Raises UsageError with git's own words where it refuses."""
    # A monitor of the file system is a program that the repository names. Filters (Git LFS) are too, but without them
    # what lies on the disk cannot be compared.
    call = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=true", "-C", folder, *command]
    # GIT_DIFF_OPTS would win over the options.
    environment = os.environ | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_DIFF_OPTS": ""}
    try:
        done = subprocess.run(call, capture_output=True, env=environment, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise UsageError(f"--diff asks git, which cannot be run: {error.strerror}") from None
    if done.returncode:
        words = printable(os.fsdecode(done.stderr)).strip().partition("\n")[0]
        raise UsageError(f"--diff: git says: {words}")
    return done.stdout


def _changed(patch: bytes) -> dict[str, list[Lines]]:
    """The lines that a patch without context says have changed, as they are numbered after it."""
    changed: defaultdict[str, list[Lines]] = defaultdict(list)
    path = ""
    lines = iter(patch.split(b"\n"))
    for line in lines:
        if line.startswith(_NEW_FILE):
            path = _path(line.removeprefix(_NEW_FILE))
        elif (hunk := _HUNK.match(line)) is not None:
            removed, start, added = (1 if number is None else int(number) for number in hunk.groups())
            _skip(lines, removed + added)
            # Where lines are gone, their neighbours have changed: it is they that something is missing beside.
            changed[path].append((start, start + added - 1) if added else (start, start + 1))
    return dict(changed)


def _skip(lines: Iterator[bytes], count: int) -> None:
    """Passes over the lines of a hunk, which may look like anything, and git's remarks on their ends among them."""
    while count:
        count -= not next(lines).startswith(_REMARK)


def _path(written: bytes) -> str:
    """The name in the head of a patch: in quotes if there is something odd in it, else maybe with a tab behind it."""
    if written.startswith(b'"'):
        # C's escapes, which are Python's for bytes too; everything outside ASCII is escaped.
        written = ast.literal_eval(f"b{written.decode('ascii')}")
    return _name(written.removesuffix(b"\t").removeprefix(_PREFIX))


def _name(path: bytes) -> str:
    return printable(os.fsdecode(path))
