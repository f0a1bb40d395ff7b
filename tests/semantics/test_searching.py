"""Looking through a project's files: whose they are, and how far up a project reaches."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from jwt_sast.semantics import bounds, searching


def lay(folder: Path, *paths: str) -> None:
    """Writes files that say where they lie."""
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"WORD = {path!r}\n")


def below(root: Path) -> list[str]:
    """The files that are looked through, relative to the root."""
    return [Path(path).relative_to(root).as_posix() for path in searching.files(str(root)) or ()]


def test_files_are_given_in_order(tmp_path: Path) -> None:
    lay(tmp_path, "b.py", "a/z.py", "a.py", "c/d.py")
    assert below(tmp_path) == ["a.py", "a/z.py", "b.py", "c/d.py"]


@pytest.mark.parametrize(
    "path",
    [
        "tests/helper.py",
        "test_app.py",
        "conftest.py",
        "examples/app.py",
        "docs/conf.py",
        ".hidden/app.py",
        "lib/site-packages/app.py",
        "node_modules/app.py",
        "app.txt",
    ],
)
def test_tests_examples_and_what_others_wrote_are_left_out(path: str, tmp_path: Path) -> None:
    lay(tmp_path, "app.py", path)
    assert below(tmp_path) == ["app.py"]


def test_a_virtual_environment_is_left_out_by_its_mark(tmp_path: Path) -> None:
    lay(tmp_path, "app.py", "env/pyvenv.cfg", "env/lib/app.py")
    assert below(tmp_path) == ["app.py"]


def test_a_project_that_is_itself_called_like_an_example_is_looked_through(tmp_path: Path) -> None:
    lay(tmp_path, "examples/app.py")
    assert below(tmp_path / "examples") == ["app.py"]


def test_a_pattern_is_looked_for_in_whole_words_only_where_it_says_so(tmp_path: Path) -> None:
    lay(tmp_path, "a.py")
    (tmp_path / "b.py").write_text("PASSWORD = 1\n")
    found = searching.mentioning(str(tmp_path), re.compile(rb"\bWORD\b"))
    assert found == (os.path.join(tmp_path, "a.py"),)


class TestRoots:
    def test_the_folder_of_the_topmost_package_comes_first(self, tmp_path: Path) -> None:
        lay(tmp_path, "pyproject.toml", "back/app/__init__.py", "back/app/inner/__init__.py")
        assert searching.roots(str(tmp_path / "back/app/inner")) == (str(tmp_path / "back"), str(tmp_path))

    def test_nothing_above_counts_unless_something_marks_a_project(self, tmp_path: Path) -> None:
        lay(tmp_path, "one/two/app.py")
        assert searching.roots(str(tmp_path / "one/two")) == (str(tmp_path / "one/two"),)

    def test_a_project_ends_at_its_own_mark(self, tmp_path: Path) -> None:
        lay(tmp_path, "pyproject.toml", "service/setup.py", "service/app.py")
        assert searching.roots(str(tmp_path / "service")) == (str(tmp_path / "service"),)


def test_a_tree_of_too_many_files_is_not_looked_through(tmp_path: Path) -> None:
    for number in range(bounds.MAX_SEARCHED_FILES + 1):
        (tmp_path / f"m{number}.py").touch()
    assert searching.files(str(tmp_path)) is None
    assert searching.mentioning(str(tmp_path), re.compile(b"WORD")) is None
