"""Input that breaks tools: one entry each with path and reason, and everything else is analysed."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samples import BAD, GOOD, UNFINISHED

FILES: dict[str, bytes] = {
    "brackets.py": b"import jwt\nx = " + b"(" * 10_000 + b")" * 10_000 + b"\n",
    "chain.py": b"import jwt\nx = " + b"1 + " * 20_000 + b"1\n",
    "encoding.py": b"# coding: no-such-encoding\nimport jwt\n",
    "line.py": b'import jwt\nx = "' + b"a" * 5_000_000 + b'"\n',
    "nul.py": b"import jwt\nx = '\0'\n",
    "syntax.py": UNFINISHED.encode(),
    "undecodable.py": b'import jwt\nx = "\xff"\n',
    "utf16.py": "import jwt\n".encode("utf-16"),
}
"""Files that cannot be analysed, each of which the gate has to let pass."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with every bad input in it, and one good file on either side of them."""
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / "gone.py").symlink_to("nothing.py")
    (tmp_path / "aa_good.py").write_text(GOOD)
    (tmp_path / "zz_good.py").write_text(GOOD)
    return tmp_path


def check(folder: Path, *args: str, limit: Callable[[], None] | None = None) -> tuple[int, dict[str, Any]]:
    """The exit status of `jwt-sast check --format json` in `folder`, and the report."""
    command = [sys.executable, "-m", "jwt_sast", "check", "--format", "json", *args]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize("jobs", ["1", "2"])
class TestCommandLine:
    def test_an_entry_each(self, project: Path, jobs: str) -> None:
        status, report = check(project, "--jobs", jobs, ".")
        assert status == 3
        assert [error["path"] for error in report["errors"]] == sorted([*FILES, "loop.py", "gone.py"])
        assert all(error["message"] and "\n" not in error["message"] for error in report["errors"])
        assert report["findings"] == []
        summary = report["summary"]
        assert (summary["files_seen"], summary["files_not_analysed"]) == (len(FILES) + 4, len(FILES) + 2)
        assert summary["files_analysed"] == 2

    def test_findings_count_more_than_errors(self, project: Path, jobs: str) -> None:
        (project / "bad.py").write_text(BAD)
        status, report = check(project, "--jobs", jobs, ".")
        assert status == 1
        assert [(finding["code"], finding["location"]["path"]) for finding in report["findings"]] == [
            ("JWT102", "bad.py")
        ]
        assert len(report["errors"]) == len(FILES) + 2


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_by_itself(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    status, report = check(tmp_path, name)
    assert status == 3
    assert [error["path"] for error in report["errors"]] == [name]


def test_the_line_of_a_syntax_error(tmp_path: Path) -> None:
    (tmp_path / "syntax.py").write_bytes(FILES["syntax.py"])
    _, report = check(tmp_path, ".")
    assert report["errors"][0]["line"] == 3


def test_an_error_quotes_nothing_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "syntax.py").write_text("import jwt\njwt.encode({}, 's3cret-key' 5)\n")
    (tmp_path / "decode.py").write_bytes(b"import jwt\nKEY = 's3cret-key\xff'\n")
    _, report = check(tmp_path, ".")
    assert len(report["errors"]) == 2
    assert "s3cret" not in json.dumps(report)


def drop_privileges() -> None:
    """Makes a process of the superuser subject to permissions, from its next program on (Linux only)."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        drop, override, read_search = 24, 1, 2
        libc = ctypes.CDLL(None)
        libc.prctl(drop, override, 0, 0, 0)
        libc.prctl(drop, read_search, 0, 0, 0)


def test_what_permissions_keep_from_us(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "closed.py").write_text(GOOD)
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "good.py").write_text(GOOD)
    (tmp_path / "closed.py").chmod(0)
    (tmp_path / "closed").chmod(0)
    listing = [sys.executable, "-c", "import os, sys; os.listdir(sys.argv[1])", str(tmp_path / "closed")]
    try:
        if subprocess.run(listing, capture_output=True, check=False, preexec_fn=drop_privileges).returncode == 0:
            pytest.skip("nothing is kept from this user")
        status, report = check(tmp_path, ".", limit=drop_privileges)
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert status == 3
    assert [(error["path"], error["message"]) for error in report["errors"]] == [
        ("closed", "cannot be read: Permission denied"),
        ("closed.py", "cannot be read: Permission denied"),
    ]
    assert report["summary"]["files_analysed"] == 1


@pytest.mark.parametrize("name", ["undecodable.py", "line.py", "brackets.py", "nul.py", "syntax.py"])
def test_flake8_goes_on(tmp_path: Path, name: str) -> None:
    """The chain is missing here: flake8 itself ends with a RecursionError there, with or without us."""
    (tmp_path / name).write_bytes(FILES[name])
    (tmp_path / "bad.py").write_text(BAD)
    command = [sys.executable, "-m", "flake8", "--select=JWT,E9", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("./bad.py:")] == ["JWT102"]
    assert [line for line in lines if line.startswith(f"./{name}:")] or name == "undecodable.py"
