"""Patterns for paths: what flake8 and Ruff take for a match."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwt_sast.config.globs import Glob

PARTS = st.lists(st.text("ab.c-_", min_size=1, max_size=4).filter(lambda part: part.strip(".")), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("app.py", "app.py", True),
        ("app.py", "src/app.py", True),
        ("app.py", "src/my_app.py", False),
        ("test_*.py", "tests/unit/test_login.py", True),
        ("tests/*", "tests/unit/login.py", True),
        ("tests/*.py", "tests/unit/login.py", True),
        ("tests/*", "src/tests/login.py", False),
        ("tests", "tests/login.py", False),
        ("tests/", "tests/unit/login.py", True),
        ("./tests/*", "tests/login.py", True),
        ("**/tests/*", "tests/login.py", True),
        ("**/tests/*", "src/tests/login.py", True),
        ("**/tests/*", "src/mytests/login.py", False),
        ("src/**/a.py", "src/a.py", True),
        ("src/**/a.py", "src/x/y/a.py", True),
        ("src/**/a.py", "src/xa.py", False),
        ("src/**", "src/x/y/a.py", True),
        ("**/{demo,legacy}/*", "src/legacy/a.py", True),
        ("**/{demo,legacy}/*", "src/current/a.py", False),
        ("{a,b{c,d}}.py", "bd.py", True),
        ("{a}.py", "a.py", True),
        ("[ab].py", "b.py", True),
        ("?.py", "ab.py", False),
        ("!src/*", "tests/a.py", True),
        ("!src/*", "src/a.py", False),
        ("App.py", "app.py", False),
        ("{.py", "{.py", True),
    ],
)
def test_matches(pattern: str, path: str, matches: bool) -> None:
    here = os.getcwd()
    assert Glob(pattern, here).matches(path) is matches
    assert Glob(pattern, here).matches(os.path.join(here, path)) is matches


def test_the_path_starts_from_the_folder_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "src").mkdir()
    monkeypatch.chdir(tmp_path / "src")
    glob = Glob("src/*", str(tmp_path))
    assert glob.matches("a.py")
    assert glob.matches("../src/a.py")
    assert not glob.matches("../other/a.py")
    assert Glob("../other/*", str(tmp_path / "src")).matches("../other/a.py")
    assert Glob(f"{tmp_path}/src/*", "/elsewhere").matches("a.py")


@given(PARTS)
def test_a_path_matches_itself_and_everything_above_it(parts: list[str]) -> None:
    path = "/".join(parts)
    folders = ["/".join(parts[:end]) for end in range(1, len(parts))]
    for pattern in (path, parts[-1], "*", "**", "**/*", f"**/{path}", *(f"{folder}/**" for folder in folders)):
        assert Glob(pattern, "/project").matches(f"/project/{path}")
        assert not Glob(f"!{pattern}", "/project").matches(f"/project/{path}")
