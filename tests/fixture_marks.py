"""Reads what a fixture says is wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent / "fixtures"

# Bytes, because some fixtures are files that no decoder takes.
_MARK = re.compile(rb"#\s*((?:JWT\d{3}\s*)+)$")


def folders() -> list[Path]:
    """The folders of the checks, sorted."""
    return sorted(path for path in ROOT.iterdir() if path.is_dir())


def programs(folder: Path = ROOT) -> list[Path]:
    """Every program in `folder` and below it, sorted."""
    return sorted(folder.rglob("*.py"))


def label(path: Path) -> str:
    """How a fixture is called in a test's name: its path inside `fixtures/`, the same on every system."""
    return path.relative_to(ROOT).as_posix()


def expected(path: Path) -> Counter[tuple[str, int]]:
    """How often each (code, line) has to be reported in the file at `path`; lines count from 1."""
    marks: Counter[tuple[str, int]] = Counter()
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if match := _MARK.search(line):
            marks.update((code.decode(), number) for code in match[1].split())
    return marks
