"""Runs the analyser over small projects of several files, with the expected findings marked in them."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

from shape_programs import marked

from jwt_sast.config import Settings
from jwt_sast.findings import Finding, Report
from jwt_sast.scanner import scan

Files = Mapping[str, str]
"""The text of each file by its path; texts are dedented."""

SHOWN = Settings()


def settle(files: Files, folder: Path) -> None:
    """Writes the files of a project below `folder`, and makes it a repository of its own."""
    (folder / ".git").mkdir(exist_ok=True)
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))


def packaged(files: Files) -> Files:
    """`files` with an `__init__.py` in every folder."""
    folders = {parent for path in files for parent in Path(path).parents if parent != Path(".")}
    return {**{f"{folder.as_posix()}/__init__.py": "" for folder in sorted(folders)}, **files}


def report(files: Files, folder: Path) -> Report:
    """What a scan of the whole project says."""
    settle(files, folder)
    with chdir(folder):
        return scan(["."], SHOWN, jobs=1)


def findings(files: Files, folder: Path) -> list[Finding]:
    """What is found in the project; nothing in it may go unanalysed."""
    found = report(files, folder)
    assert found.errors == []
    return found.findings


def verify(files: Files, folder: Path) -> None:
    """Asserts that exactly the marked findings are found, each in its file and on its line."""
    expected = Counter(
        (name, path, line) for path, text in files.items() for name, line in marked(textwrap.dedent(text))
    )
    found = Counter((one.code, one.location.path, one.location.line) for one in findings(files, folder))
    assert sorted(found.elements()) == sorted(expected.elements())


def confidences(files: Files, folder: Path, name: str) -> list[str]:
    """How sure each finding of the check `name` is."""
    return [str(one.confidence) for one in findings(files, folder) if one.code == name]
