"""Which files a run takes, which it leaves out, and what it says of those it cannot get at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jwt_sast.discovery import UsageError, discover


def plant(root: Path, *names: str, **texts: str) -> None:
    """Makes files below `root`; a name that ends in `/` makes a folder."""
    for name in names:
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n", encoding="utf-8")


def ignore(folder: Path, *lines: str) -> None:
    """Writes the ignore file of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8")


def files(root: Path, *paths: str) -> list[str]:
    """The files found from `root`, where nothing may go wrong."""
    found = discover(paths or (".",), str(root))
    assert found.errors == []
    return found.files


class TestNames:
    def test_sources_that_run_in_order(self, tmp_path: Path) -> None:
        plant(tmp_path, "b.py", "a/z.py", "a/gui.pyw", "a/stub.pyi", "a/notes.txt", "script")
        assert files(tmp_path) == ["a/gui.pyw", "a/z.py", "b.py"]

    def test_a_named_file_is_taken_whatever_it_is_called(self, tmp_path: Path) -> None:
        plant(tmp_path, "script", "stub.pyi", "venv/lib/site-packages/x.py")
        ignore(tmp_path, "*")
        named = ["script", "stub.pyi", "venv/lib/site-packages/x.py"]
        assert files(tmp_path, *named) == named

    def test_each_file_once(self, tmp_path: Path) -> None:
        plant(tmp_path, "a/x.py")
        assert files(tmp_path, ".", "a", "a/x.py", str(tmp_path / "a" / "x.py"), "a/../a/x.py") == ["a/x.py"]

    def test_paths_are_relative_to_the_working_directory(self, tmp_path: Path) -> None:
        plant(tmp_path, "here/x.py", "there/y.py")
        assert files(tmp_path / "here", str(tmp_path / "here"), "../there") == ["../there/y.py", "x.py"]

    def test_a_folder_with_the_name_of_a_source_file_is_walked(self, tmp_path: Path) -> None:
        plant(tmp_path, "odd.py/x.py")
        assert files(tmp_path) == ["odd.py/x.py"]

    def test_a_path_that_does_not_exist(self, tmp_path: Path) -> None:
        plant(tmp_path, "x.py")
        with pytest.raises(UsageError, match=r"^nowhere/at\.all: no such file or folder$"):
            discover(["x.py", "nowhere/at.all"], str(tmp_path))
        with pytest.raises(UsageError, match=r"^x\.py/below"):
            discover(["x.py/below"], str(tmp_path))


class TestLeftOut:
    @pytest.mark.parametrize(
        "folder",
        [
            ".venv",
            ".git",
            ".tox",
            ".nox",
            "__pycache__",
            "node_modules",
            "pkg.egg-info",
            "lib/site-packages",
            "build",
            "dist",
        ],
    )
    def test_folders_that_hold_nobodys_own_source(self, tmp_path: Path, folder: str) -> None:
        plant(tmp_path, "own.py", f"{folder}/deep/other.py", f"sub/{folder}/other.py")
        assert files(tmp_path) == ["own.py"]
        assert files(tmp_path, folder) == [f"{folder}/deep/other.py"]

    def test_a_virtual_environment_under_any_name(self, tmp_path: Path) -> None:
        plant(tmp_path, "own.py", "env311/pyvenv.cfg", "env311/lib/other.py", "venv/own.py")
        assert files(tmp_path) == ["own.py", "venv/own.py"]
        assert files(tmp_path, "env311") == ["env311/lib/other.py"]

    def test_a_package_called_build_is_source(self, tmp_path: Path) -> None:
        plant(tmp_path, "src/build/__init__.py", "src/build/env.py", "build/lib/copy.py")
        assert files(tmp_path) == ["src/build/__init__.py", "src/build/env.py"]


class TestGitignore:
    def test_patterns(self, tmp_path: Path) -> None:
        plant(tmp_path, "a.py", "gen_a.py", "sub/gen_b.py", "sub/only/c.py", "only/c.py", "old/d.py", "sub/old/e.py")
        ignore(tmp_path, "# made by hand", "gen_*.py", "/only", "old/")
        assert files(tmp_path) == ["a.py", "sub/only/c.py"]

    def test_a_pattern_for_folders_spares_files(self, tmp_path: Path) -> None:
        plant(tmp_path, "x.py", "sub/x.py/y.py")
        ignore(tmp_path, "x.py/")
        assert files(tmp_path) == ["x.py"]

    def test_the_last_match_decides(self, tmp_path: Path) -> None:
        plant(tmp_path, "gen_a.py", "gen_keep.py", "sub/gen_keep.py", "out/x.py")
        ignore(tmp_path, "gen_*.py", "!gen_keep.py", "sub/gen_keep.py", "out/", "!out/x.py")
        assert files(tmp_path) == ["gen_keep.py"]

    def test_a_nested_file_overrules_the_outer_one(self, tmp_path: Path) -> None:
        plant(tmp_path, "x.py", "sub/x.py", "sub/y.py", "sub/deep/y.py")
        ignore(tmp_path, "x.py")
        ignore(tmp_path / "sub", "!x.py", "/y.py")
        assert files(tmp_path) == ["sub/deep/y.py", "sub/x.py"]

    def test_the_repository_above_the_named_folder_counts(self, tmp_path: Path) -> None:
        plant(tmp_path, ".git/", "src/app/x.py", "src/app/gen.py", "src/app/local.py", "src/app/skip.py")
        plant(tmp_path, ".git/info/")
        (tmp_path / ".git" / "info" / "exclude").write_text("local.py\nskip.py\n", encoding="utf-8")
        ignore(tmp_path, "gen.py")
        ignore(tmp_path / "src", "!skip.py")
        assert files(tmp_path, "src/app") == ["src/app/skip.py", "src/app/x.py"]
        assert files(tmp_path / "src" / "app") == ["skip.py", "x.py"]
        assert files(tmp_path) == ["src/app/skip.py", "src/app/x.py"]

    def test_what_lies_above_a_repository_does_not_count(self, tmp_path: Path) -> None:
        plant(tmp_path, "repo/.git/", "repo/x.py", "plain/x.py")
        ignore(tmp_path, "x.py")
        assert files(tmp_path, "repo", "plain") == ["plain/x.py", "repo/x.py"]
        assert files(tmp_path) == ["repo/x.py"]

    def test_an_ignored_folder_that_is_named_is_walked(self, tmp_path: Path) -> None:
        plant(tmp_path, ".git/", "gen/x.py", "gen/deep/y.py")
        ignore(tmp_path, "gen/")
        assert files(tmp_path) == []
        assert files(tmp_path, "gen") == ["gen/deep/y.py", "gen/x.py"]
        assert files(tmp_path, "gen/deep") == ["gen/deep/y.py"]

    def test_what_git_says(self, tmp_path: Path) -> None:
        """Every pattern of the file at once, and git itself as the judge."""
        plant(
            tmp_path,
            "a.py",
            "b/a.py",
            "b/c/a.py",
            "b/c/d/e.py",
            "f/g.py",
            "f/h/g.py",
            "é.py",
            "sp ace.py",
            "#x.py",
            "t.py ",
        )
        plant(tmp_path, "k/l/m.py", "k/n/l/m.py", "!bang.py", "q1.py", "q2.py", "q22.py")
        ignore(
            tmp_path,
            "/b/*",
            "!/b/c",
            "b/**/e.py",
            "f/**",
            "!f/h/",
            "k/**/l",
            "é.py",
            "\\#x.py",
            "\\!bang.py",
            "q[!2].py",
            "q2?.py",
            "",
            "!",
            "  ",
        )
        subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
        listing = ["git", "-c", "core.excludesFile=", "ls-files", "--others", "--exclude-standard", "-z"]
        output = subprocess.run(listing, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
        assert files(tmp_path) == sorted(name for name in output.split("\0") if name.endswith(".py"))

    @pytest.mark.parametrize(
        "text", [b"\xef\xbb\xbfgen.py\n", b"*.log\r\ngen.py\r\n", b"gen.py", b"\xff\xfe\n!\ngen.py\n"]
    )
    def test_odd_bytes(self, tmp_path: Path, text: bytes) -> None:
        plant(tmp_path, "gen.py", "own.py")
        (tmp_path / ".gitignore").write_bytes(text)
        assert files(tmp_path) == ["own.py"]

    def test_an_ignore_file_that_cannot_be_read_ignores_nothing(self, tmp_path: Path) -> None:
        plant(tmp_path, "own.py", ".gitignore/x.py")
        assert files(tmp_path) == [".gitignore/x.py", "own.py"]

    def test_its_library_is_loaded_for_an_ignore_file_only(self, tmp_path: Path) -> None:
        plant(tmp_path, "without/x.py", "with/x.py")
        ignore(tmp_path / "with", "y.py")
        program = (
            "import sys; from jwt_sast.discovery import discover\n"
            "for name in 'without', 'with':\n"
            "    discover([name], sys.argv[1]); print('pathspec' in sys.modules)\n"
        )
        command = [sys.executable, "-c", program, str(tmp_path)]
        assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() == ["False", "True"]


class TestLinks:
    def test_a_linked_file_is_taken_and_a_linked_folder_is_not_entered(self, tmp_path: Path) -> None:
        plant(tmp_path, "real/x.py", "tree/own.py")
        (tmp_path / "tree" / "x.py").symlink_to(tmp_path / "real" / "x.py")
        (tmp_path / "tree" / "away").symlink_to(tmp_path / "real")
        (tmp_path / "tree" / "around").symlink_to(tmp_path / "tree")
        (tmp_path / "tree" / "folder.py").symlink_to(tmp_path / "real")
        assert files(tmp_path, "tree") == ["tree/own.py", "tree/x.py"]
        assert files(tmp_path, "tree/away") == ["tree/away/x.py"]

    def test_links_that_lead_nowhere_are_errors(self, tmp_path: Path) -> None:
        plant(tmp_path, "own.py")
        (tmp_path / "loop.py").symlink_to("loop.py")
        (tmp_path / "gone.py").symlink_to("nothing.py")
        for paths in (["."], ["loop.py", "gone.py", "own.py"]):
            found = discover(paths, str(tmp_path))
            assert found.files == ["own.py"]
            assert [(error.path, error.line, error.message) for error in found.errors] == [
                ("gone.py", 1, "cannot be read: No such file or directory"),
                ("loop.py", 1, "cannot be read: symbolic link loop"),
            ]

    def test_an_editors_lock_is_no_file(self, tmp_path: Path) -> None:
        plant(tmp_path, "own.py")
        (tmp_path / ".#own.py").symlink_to("somebody@somewhere.1234")
        assert files(tmp_path) == ["own.py"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_passed_over_unless_it_is_named(tmp_path: Path) -> None:
    plant(tmp_path, "own.py")
    os.mkfifo(tmp_path / "pipe.py")
    assert files(tmp_path) == ["own.py"]
    found = discover(["pipe.py", "own.py"], str(tmp_path))
    assert found.files == ["own.py"]
    assert [(error.path, error.message) for error in found.errors] == [
        ("pipe.py", "cannot be read: not a regular file")
    ]


def test_a_folder_that_cannot_be_listed_is_an_error_and_the_walk_goes_on(tmp_path: Path) -> None:
    """By way of a path too long for the system, since a test may run as a user whom no permission stops."""
    plant(tmp_path, "z/own.py")
    home = os.open(tmp_path, os.O_RDONLY)
    depth = os.pathconf(tmp_path, "PC_PATH_MAX") // 200 + 1
    try:
        for _ in range(depth):
            folder = os.open(".", os.O_RDONLY, dir_fd=home)
            os.mkdir("d" * 200, dir_fd=folder)
            inner = os.open("d" * 200, os.O_RDONLY, dir_fd=folder)
            os.close(folder)
            os.close(home)
            home = inner
    finally:
        os.close(home)
    found = discover(["."], str(tmp_path))
    assert found.files == ["z/own.py"]
    assert [error.message for error in found.errors] == ["cannot be read: File name too long"]


def test_a_name_that_is_not_utf8_can_be_printed_in_an_error(tmp_path: Path) -> None:
    link = os.fsencode(tmp_path) + b"/caf\xe9.py"
    try:
        os.symlink(b"nothing", link)
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    assert [error.path for error in discover(["."], str(tmp_path)).errors] == ["caf\\xe9.py"]
