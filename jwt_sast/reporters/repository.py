"""Where a report's files lie in their repository: what programs that show findings beside its code ask for."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote

from jwt_sast.findings import Report

_DRIVE = re.compile(r"[A-Za-z]:/")


def inside(report: Report, path: str) -> str:
    """`path` relative to the root of the repository, with `/` between its parts; absolute if it lies elsewhere."""
    if not report.folder:
        return path
    full = path if _DRIVE.match(path) else posixpath.join(report.folder, path)
    full = posixpath.normpath(full)
    root = report.repository.rstrip("/") + "/"
    return full.removeprefix(root)


def uri(report: Report, path: str) -> str:
    """`inside` as a URI reference (RFC 3986): relative, or with the scheme `file` for what lies elsewhere."""
    there = inside(report, path)
    if _DRIVE.match(there):
        return f"file:///{there[:2]}{_quoted(there[2:])}"
    return f"file://{_quoted(there)}" if there.startswith("/") else _quoted(there)


def _quoted(path: str) -> str:
    return quote(path, errors="surrogateescape")
