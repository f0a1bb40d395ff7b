"""Runs the analyser over small web projects of several files, with the expected findings marked in them."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

from shape_programs import marked

from jwt_sast.config import Settings
from jwt_sast.findings import Finding
from jwt_sast.scanner import scan

Files = Mapping[str, str]
"""The text of each file by its path; texts are dedented."""


def findings(files: Files, folder: Path) -> list[Finding]:
    """What is found in a project of these files; nothing in it may go unanalysed."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
    with chdir(folder):
        report = scan(["."], Settings(), jobs=1)
    assert not report.errors
    return list(report.findings)


def verify(files: Files, folder: Path) -> None:
    """Asserts that exactly the marked findings are found, each in its file and on its line."""
    expected = Counter(
        (name, path, line) for path, text in files.items() for name, line in marked(textwrap.dedent(text))
    )
    found = Counter((one.code, one.location.path, one.location.line) for one in findings(files, folder))
    assert sorted(found.elements()) == sorted(expected.elements())
