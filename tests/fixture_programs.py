"""Runs a test with every bad, or every good, program of one check; settings of Django are run by tests of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture_marks import ROOT, label, programs


def bad(folder: str) -> pytest.MarkDecorator:
    """Runs a test with every bad program in `folder`, as `path`."""
    return _each(folder, "bad_*.py")


def good(folder: str) -> pytest.MarkDecorator:
    """Runs a test with every good program in `folder`, as `path`."""
    return _each(folder, "good_*.py")


FRAMEWORKS = "frameworks"
"""Below a check's folder: programs that set up a framework, which the contract tests of its model run."""


def framework(folder: str, package: str) -> pytest.MarkDecorator:
    """Runs a test with the programs for one framework in `folder`, bad and good, as `path`."""
    return _parametrized([path for path in programs(ROOT / folder / FRAMEWORKS) if path.match(f"*_{package}.py")])


def _each(folder: str, pattern: str) -> pytest.MarkDecorator:
    found = [path for path in programs(ROOT / folder) if path.match(pattern) and not is_settings(path)]
    return _parametrized([path for path in found if path.parent.name != FRAMEWORKS])


def _parametrized(paths: list[Path]) -> pytest.MarkDecorator:
    assert paths
    return pytest.mark.parametrize("path", paths, ids=label)


def is_settings(path: Path) -> bool:
    """Whether a program is the settings module of a Django project."""
    return b"\nINSTALLED_APPS = " in path.read_bytes()
