"""How paths are written in everything that a user reads."""

from __future__ import annotations

import os


def shown(path: str, cwd: str) -> str:
    """`path` as findings name it: relative to `cwd` with `/` between its parts; absolute on another drive."""
    try:
        return slashed(os.path.relpath(os.path.join(cwd, path), cwd))
    except ValueError:
        return slashed(os.path.abspath(path))


def printable(path: str) -> str:
    """`path` without the surrogates that stand for bytes that are not UTF-8: no encoding can write those."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def slashed(path: str) -> str:
    """`path` with `/` between its parts, whatever the system has there."""
    return path.replace(os.sep, "/")
