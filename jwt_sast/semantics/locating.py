"""Where the modules of a project lie: between a path and a qualified name, by looking at folders and never at code.

Python finds modules on a search path that no source says. What every project has in common is taken instead: a package
is a folder, its topmost folder lies in a root, and roots are the folder that the importing package lies in, the folders
above it, and `src` in any of these. The nearest one wins, so that several projects in one repository keep apart.
"""

from __future__ import annotations

import os
from functools import cache

from jwt_sast.semantics.bounds import MAX_FOLDERS_UP

Located = tuple[str, tuple[str, ...]]
"""The absolute path of a module, and the names to look up in it one after another."""

_PACKAGE = "__init__.py"
_SOURCE_FOLDERS = ("", "src")


@cache
def _names_in(folder: str) -> frozenset[str]:
    """What a folder holds; nothing where it cannot be looked into."""
    try:
        return frozenset(os.listdir(folder))
    except (OSError, ValueError):
        return frozenset()


@cache
def module_name(path: str) -> str:
    """The qualified name of the module at the absolute `path`, as far up as its folders are packages.

    A package is called `name.__init__`, so that its relative imports are read like those of its other modules.
    """
    folder, file = os.path.split(path)
    parts = [os.path.splitext(file)[0]]
    while _PACKAGE in _names_in(folder):
        folder, name = os.path.split(folder)
        parts.append(name)
    return ".".join(reversed(parts))


@cache
def locate(name: str, importer: str) -> tuple[Located, ...]:
    """The files that the qualified name may lead to, seen from the module at the absolute path `importer`, and what of
    the name is left in each: `app.settings.KEY` gives `…/app/settings.py` and `("KEY",)`, and after that
    `…/app/__init__.py` and `("settings", "KEY")`. Empty where nothing in the project fits.
    """
    parts = tuple(name.split("."))
    for root in _roots(os.path.dirname(importer)):
        if found := _below(root, parts):
            return tuple(reversed(found))
    return ()


def _below(root: str, parts: tuple[str, ...]) -> list[Located]:
    """Goes down from a root, folder by folder, as far as the name leads."""
    found: list[Located] = []
    folder = root
    for index, part in enumerate(parts):
        names, rest = _names_in(folder), parts[index + 1 :]
        inner = os.path.join(folder, part)
        if part in names and _PACKAGE in _names_in(inner):
            found.append((os.path.join(inner, _PACKAGE), rest))
        elif f"{part}.py" in names:
            found.append((f"{inner}.py", rest))
            break
        elif part not in names:
            break
        folder = inner
    return found


@cache
def _roots(folder: str) -> tuple[str, ...]:
    """Folders that modules may be imported from, the nearest first."""
    while _PACKAGE in _names_in(folder):
        folder = os.path.dirname(folder)
    found = []
    for _ in range(MAX_FOLDERS_UP):
        found += [os.path.join(folder, source) if source else folder for source in _SOURCE_FOLDERS]
        parent = os.path.dirname(folder)
        if parent == folder or ".git" in _names_in(folder):
            break
        folder = parent
    return tuple(root for root in found if _names_in(root))


def forget() -> None:
    """Drops what is remembered of folders; for a process that outlives a change to them, such as a test."""
    for function in (_names_in, module_name, locate, _roots):
        function.cache_clear()
