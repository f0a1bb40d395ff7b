"""From bytes to a tree, or to one line that says why not."""

import ast
import codecs
import contextlib
import gc
import subprocess
import sys
import threading
from pathlib import Path

import code_samples
import libcst as cst
import pytest

from jwt_sast.findings import Location
from jwt_sast.syntax.room import with_room
from jwt_sast.syntax.source import MAX_LINE_LENGTH, Source, SourceError

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"x = 1", "x = 1"),
        ("x = 'ü🔑'\n".encode(), "x = 'ü🔑'\n"),
        (codecs.BOM_UTF8 + "x = 'ü'\n".encode(), "x = 'ü'\n"),
        (codecs.BOM_UTF8 + b"# coding: utf-8\nx = 1\n", "# coding: utf-8\nx = 1\n"),
        (b"# -*- coding: latin-1 -*-\nx = '\xfc'\n", "# -*- coding: latin-1 -*-\nx = 'ü'\n"),
        (
            b"#!python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n",
            "#!python\n# vim: set fileencoding=cp1252 :\nx = '€'\n",
        ),
        (b"x = 1\r\ny = 2\r\n", "x = 1\r\ny = 2\r\n"),
        (b"x = 1\ry = 2\r", "x = 1\ry = 2\r"),
        (b"\x0cx = 1\n\x0c\ny = 2\n", "\x0cx = 1\n\x0c\ny = 2\n"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}x = 1\n", "x = 1\n"),
        ("# coding: latin-1\nx = 'ü'\n", "# coding: latin-1\nx = 'ü'\n"),
    ],
)
def test_text_is_decoded_as_python_decodes_it(data: bytes | str, text: str) -> None:
    source = Source.parse("a.py", data)
    assert source.text == text
    assert source.path == "a.py"
    assert ast.dump(ast.parse(source.module.code)) == ast.dump(ast.parse(text))
    if isinstance(data, bytes):
        assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(data))


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"x = 1\ny = '\xff'\n", 2, "not valid utf-8"),
        (b"x = '\xff'\n", 1, "not valid utf-8"),
        (b"# c\n# \xff\n", 2, "not valid utf-8"),
        (b"#\n#\n\ry = '\xff'\n", 4, "not valid utf-8"),
        (b"# coding: utf-32\nx = 1\n", 1, "not valid utf-32"),
        (b"# coding: hunter2\nx = 1\n", 1, "the encoding declared is unknown"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", 1, "not that of the byte order mark"),
        (b"# coding: hex\nx = 1\n", 1, "not one for source files"),
        (b"# coding: undefined\nx = 1\n", 1, "not one for source files"),
        ("x = 1\n".encode("utf-16"), 1, "UTF-16"),
        (b"x = 1\ny = '\0'\n", 2, "NUL byte"),
        ("x = '\ud800'\n", 1, "lone surrogates"),
        (
            b"x = 1\n" + b"y = '" + b"a" * MAX_LINE_LENGTH + b"'\n",
            2,
            f"a line of more than {MAX_LINE_LENGTH} characters",
        ),
        (code_samples.CHAINS["additions"](20_000), 1, "deep"),
        (code_samples.BRACKETS["parentheses"](10_000), 1, "brackets within one another"),
        (code_samples.CHAINS["elifs"](3_000), 5003, "elif"),
        (code_samples.blocks(150), 101, "too many levels of indentation"),
        ("import a" + ".b" * 2000, 1, "RecursionError"),
        (b"x = 1\nif x\n  pass\n", 2, "syntax error: expected ':'"),
        (b"def f(:\n", 1, "syntax error"),
        (b"try:\n  pass\nexcept A, B as c:\n  pass\nx = = 1", 3, "syntax error"),
    ],
)
def test_what_cannot_be_analysed_says_why_and_where(data: bytes | str, line: int, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        Source.parse("a.py", data)
    assert caught.value.line == line
    assert caught.value.column >= 1
    assert "\n" not in caught.value.reason
    assert SECRET not in caught.value.reason


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="later Pythons build deeper trees")
def test_a_chain_that_only_python_refuses() -> None:
    text = code_samples.CHAINS["lambda defaults"](1_200)
    with pytest.raises(SourceError, match="too deep for Python's own parser"):
        Source.parse("a.py", text)
    assert Source.parse("a.py", text, ast_checked=True).module.body


@pytest.mark.parametrize(
    "text",
    [
        "x = 'hunter2",
        "x = '''hunter2",
        "x = f'hunter2{'",
        "x = f'{hunter2 hunter2}'",
        "'hunter2' = 1",
        "x = 'hunter2' 1",
        "print 'hunter2'",
        "x = 1hunter2",
        "f(a='hunter2', 'hunter2')",
        "'hunter2' += 1",
        "del 'hunter2'",
        "for 'hunter2' in x: pass",
        "x = {'hunter2': }",
        "with x as 'hunter2': pass",
        "import 'hunter2'",
        "f('hunter2' for x in y, 1)",
        "from __future__ import hunter2 x",
    ],
)
def test_reasons_quote_no_literal(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        Source.parse("a.py", f"y = 1\n{text}\n")
    assert SECRET not in caught.value.reason
    assert caught.value.line >= 2


@pytest.mark.parametrize(
    "text",
    [
        "try:\n  pass\nexcept A, B:\n  pass\n",
        "x = t'{a} b'\n",
        "type X[T = int] = list[T]\n",
        "x = f'{d['a']}'\n",
        # What Python objects to in these is no syntax that LibCST looks at.
        "x = '\\x'\n",
        "x = b'ü'\n",
    ],
)
def test_what_only_python_refuses_is_analysed(text: str) -> None:
    source = Source.parse("a.py", "import a\n" + text)
    assert source.module.code == "import a\n" + text
    assert source.location(source.module.body[1]).line == 2


def test_what_only_libcst_refuses_is_its_own_error() -> None:
    with pytest.raises(SourceError, match="LibCST does not know") as caught:
        Source.parse("a.py", "x = 1\ny = = 2\n", ast_checked=True)
    assert caught.value.line == 2


def test_libcst_failing_otherwise_is_an_error_too() -> None:
    with pytest.raises(SourceError, match="UnicodeEncodeError"):
        Source.parse("a.py", "x = '\ud800'\n", ast_checked=True)


def test_text_that_was_checked_is_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(text: str) -> ast.Module:
        raise AssertionError(text)

    monkeypatch.setattr(ast, "parse", refused)
    assert Source.parse("a.py", "x = 1\n", ast_checked=True).module.body


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("text", ["x = 1\n", "x = = 1\n"])
def test_the_collector_is_left_as_it_was(enabled: bool, text: str) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with contextlib.suppress(SourceError):
            Source.parse("a.py", text)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_threads_started_later_have_the_stack_they_had() -> None:
    before = threading.stack_size()
    Source.parse("a.py", "x = 1\n")
    assert threading.stack_size() == before


def test_room_hands_errors_on_and_restores_the_limit() -> None:
    limit = sys.getrecursionlimit()

    def depth(count: int) -> int:
        return 1 + depth(count - 1) if count else 0

    assert with_room(lambda: depth(limit * 2), recursion_limit=limit * 3) == limit * 2
    with pytest.raises(RecursionError):
        with_room(lambda: depth(limit * 2))
    assert sys.getrecursionlimit() == limit


def test_warnings_of_the_parser_stay_inside() -> None:
    code = """
from jwt_sast.syntax.source import Source
source = Source.parse("a.py", b"x = '\\\\d' is 1\\n")
source.location(source.module.body[0])
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_location_counts_from_one_in_code_points() -> None:
    source = Source.parse("src/a.py", "# 🔑\nx = '🔑ü'; y = f(\n  2)\n".encode())
    statement = source.module.body[0]
    assert isinstance(statement, cst.SimpleStatementLine)
    assert source.location(statement.body[1]) == Location("src/a.py", 2, 11, 3, 5)


@pytest.mark.parametrize("path", code_samples.real_files(), ids=lambda path: path.name)
def test_real_files_come_back_unchanged(path: Path) -> None:
    data = path.read_bytes()
    assert Source.parse(path.as_posix(), data).module.bytes == data
