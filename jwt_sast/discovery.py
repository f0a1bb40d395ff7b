"""Which files a run looks at."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field

from jwt_sast.failures import unreadable
from jwt_sast.findings import NotAnalysed
from jwt_sast.gitignore import IGNORE_FILE, REPOSITORY, IgnoreFile, Rules, ignored, rules_above, rules_of_repository
from jwt_sast.paths import printable, shown, slashed

SUFFIXES = (".py", ".pyw")
"""Source that runs. Stubs (`.pyi`) hold no statement that signs or verifies anything."""

LEFT_OUT = frozenset(
    {
        ".direnv",
        ".eggs",
        ".git",
        ".hg",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        "__pycache__",
        "__pypackages__",
        "node_modules",
        "site-packages",
    }
)
"""Folders that hold nobody's own source."""

OUTPUT_FOLDERS = frozenset({"build", "dist"})
"""Folders that hold copies of the source, unless they are packages themselves."""

_ENVIRONMENT_MARK = "pyvenv.cfg"
_PACKAGE_MARK = "__init__.py"
# Emacs marks a file that is being edited with a dangling link of this name.
_EDITOR_LOCK = ".#"


class UsageError(Exception):
    """The user asked for something that cannot be done, such as a path that does not exist."""


@dataclass(slots=True)
class Found:
    """Files to read, and places that could not be looked into; paths as in findings, sorted."""

    files: list[str] = field(default_factory=list)
    errors: list[NotAnalysed] = field(default_factory=list)


def discover(paths: Iterable[str], cwd: str) -> Found:
    """The Python files that `paths` stand for, each once; a path is relative to the absolute folder `cwd`.

    A file that is named is taken whatever it is called and wherever it lies, a folder that is named likewise. Below
    it, a walk leaves out what git ignores, virtual environments, caches, build output and installed packages. It does
    not enter linked folders, as git and Ruff do not: what they lead to is seen under its own name, and no walk goes in
    circles. Raises UsageError for a path that does not exist.
    """
    walk = _Walk(slashed(cwd))
    for path in paths:
        walk.add(path)
    return Found(sorted(set(walk.files)), sorted(set(walk.errors)))


class _Walk:
    """Collects files and errors, path by path."""

    def __init__(self, cwd: str) -> None:
        self.cwd = cwd
        self.files: list[str] = []
        self.errors: list[NotAnalysed] = []

    def add(self, path: str) -> None:
        """Takes what a user named."""
        name = shown(path, self.cwd)
        absolute = slashed(os.path.normpath(os.path.join(self.cwd, path)))
        try:
            mode = os.stat(absolute).st_mode
        except (FileNotFoundError, NotADirectoryError) as error:
            if not os.path.islink(absolute):
                raise UsageError(f"{path}: no such file or folder") from None
            self._failed(name, error)
        except OSError as error:
            self._failed(name, error)
        else:
            if stat.S_ISDIR(mode):
                self._folder(absolute, name)
            elif stat.S_ISREG(mode):
                self.files.append(name)
            else:
                self.errors.append(NotAnalysed(printable(name), 1, "cannot be read: not a regular file"))

    def _failed(self, name: str, error: OSError) -> None:
        self.errors.append(unreadable(printable(name), error))

    def _folder(self, root: str, name: str) -> None:
        """Walks down from a named folder. Paths are put together by hand: `os.path` would take half of the time."""
        root = root.rstrip("/")
        prefix = "" if name == "." else f"{name}/"
        pending = [(root, prefix, rules_above(root))]
        while pending:
            folder, prefix, rules = pending.pop()
            try:
                with os.scandir(folder or "/") as listing:
                    entries = list(listing)
            except OSError as error:
                self._failed(prefix.rstrip("/") or name, error)
                continue
            names = {entry.name for entry in entries}
            if folder != root and _foreign(folder, names):
                continue
            rules = _rules_in(folder, names, rules)
            for entry in entries:
                if self._is_ours(entry, folder, prefix, rules):
                    pending.append((f"{folder}/{entry.name}", f"{prefix}{entry.name}/", rules))

    def _is_ours(self, entry: os.DirEntry[str], folder: str, prefix: str, rules: Rules) -> bool:
        """Takes `entry` if it is a file to read; true if it is a folder to enter."""
        name = entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                if name in LEFT_OUT or name.endswith(".egg-info"):
                    return False
                return not (rules and ignored(rules, f"{folder}/{name}/", f"{name}/"))
            if not name.endswith(SUFFIXES) or (rules and ignored(rules, f"{folder}/{name}", name)):
                return False
            if entry.is_file(follow_symlinks=False) or _leads_to_file(entry):
                self.files.append(prefix + name)
        except OSError as error:
            self._failed(prefix + name, error)
        return False


def _leads_to_file(entry: os.DirEntry[str]) -> bool:
    """Whether a link leads to a regular file. Raises OSError where it leads nowhere or around in a circle."""
    if not entry.is_symlink() or entry.name.startswith(_EDITOR_LOCK):
        return False
    return stat.S_ISREG(os.stat(entry.path).st_mode)


def _foreign(folder: str, names: set[str]) -> bool:
    """Whether a folder met on the way, with these names in it, is a virtual environment or build output."""
    if _ENVIRONMENT_MARK in names:
        return True
    return folder.rpartition("/")[2] in OUTPUT_FOLDERS and _PACKAGE_MARK not in names


def _rules_in(folder: str, names: set[str], rules: Rules) -> Rules:
    """The rules for what lies in `folder`, given those that hold for the folder itself."""
    if REPOSITORY in names:
        rules = rules_of_repository(folder)
    if IGNORE_FILE in names:
        own = IgnoreFile.read(f"{folder}/{IGNORE_FILE}", folder)
        if own:
            return (*rules, own)
    return rules
