"""The gate: which files are looked at."""

import subprocess
import sys

import pytest

from jwt_sast.syntax.gate import Gate

GATE = Gate([(b"jwt",), (b"requests", b"Bearer"), (b"Bearer", b"requests")])


@pytest.mark.parametrize(
    ("data", "passes"),
    [
        (b"import jwt\n", True),
        (b"import os\n", False),
        (b"", False),
        (b"import requests\n", False),
        (b"import requests\nh = 'Bearer x'\n", True),
        (b"Bearer then requests", True),
    ],
)
def test_a_file_passes_if_it_holds_all_marks_of_one_alternative(data: bytes, passes: bool) -> None:
    assert GATE.lets_pass(data) is passes


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_wide_text_passes_so_that_it_is_reported(encoding: str) -> None:
    assert GATE.lets_pass("import jwt\n".encode(encoding))


def test_a_utf16_mark_passes_whatever_follows() -> None:
    assert GATE.lets_pass(b"\xff\xfeo\0s\0")
    assert GATE.lets_pass(b"\xfe\xff\0o\0s")


def test_nul_bytes_alone_do_not_pass() -> None:
    assert not GATE.lets_pass(b"import os\0")


def test_a_gate_without_marks_lets_nothing_pass() -> None:
    assert not Gate([]).lets_pass(b"import jwt\n")


def test_the_gate_needs_no_parser() -> None:
    code = "import sys, jwt_sast.syntax.gate; sys.exit('libcst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
