"""The guard before the parser: what is turned away, and that the rest does no harm."""

import subprocess
import sys
from pathlib import Path

import code_samples
import pytest

from jwt_sast.syntax import nesting
from jwt_sast.syntax.nesting import TooDeepError, check_nesting


def deepest(make: code_samples.Maker, bound: int) -> int:
    """The largest count below `bound` that passes."""
    low = 0
    while bound - low > 1:
        middle = (low + bound) // 2
        try:
            check_nesting(make(middle))
            low = middle
        except TooDeepError:
            bound = middle
    return low


@pytest.mark.parametrize("make", code_samples.BRACKETS.values(), ids=code_samples.BRACKETS)
def test_brackets_are_limited_as_python_limits_them(make: code_samples.Maker) -> None:
    with pytest.raises(TooDeepError, match="brackets within one another"):
        check_nesting(make(nesting.MAX_BRACKETS + 1))
    assert nesting.MAX_BRACKETS - 2 <= deepest(make, 1000) <= nesting.MAX_BRACKETS


@pytest.mark.parametrize("make", code_samples.CHAINS.values(), ids=code_samples.CHAINS)
def test_chains_are_limited(make: code_samples.Maker) -> None:
    with pytest.raises(TooDeepError):
        check_nesting(make(nesting.MAX_NESTING + 1))
    assert deepest(make, 10_000) >= nesting.MAX_NESTING // 3


@pytest.mark.parametrize("make", code_samples.PATTERNS.values(), ids=code_samples.PATTERNS)
def test_patterns_are_limited(make: code_samples.Maker) -> None:
    assert deepest(make, 100) == nesting.MAX_PATTERN_BRACKETS


def test_a_guard_and_the_body_of_a_case_are_no_pattern() -> None:
    deep = code_samples.BRACKETS["parentheses"](50)
    check_nesting(f"match x:\n  case y if {deep[4:-1]}: {deep}")


def test_what_lies_side_by_side_is_not_nested() -> None:
    many = nesting.MAX_NESTING * 2
    check_nesting("x = [" + "-1, " * many + "]\n")
    check_nesting("x = {" + "'a': (b.c() + 1),\n" * many + "}\n")
    check_nesting("x = a.b\n" * many)
    check_nesting("x = a.b; " * many)
    check_nesting("f = [" + "lambda a, b=1: a,\n" * many + "]\n")
    check_nesting("x = f'" + "{a} " * many + "'\n")
    check_nesting("if a: pass\nelif b: pass\n" * many)
    check_nesting("if a:\n  if b: pass\n  elif c: pass\n" * many)


@pytest.mark.parametrize(
    "harmless",
    [
        "# ((((((",
        "'((((((' '\\'(((('",
        '"(((\\\n((("',
        "'''\n((((\n'\n''\n(((''' \"\"\"((((\"\"\"",
        "rb'((((\\'(((' Rb\"(((\"",
        "f'(((( {{(((' rf'\\{a}((('",
        "f'''\n((({a\n}(((\n'''",
        "f\"{d['(((']:({w}>((}((\"",
        "f'{a!r:>{w}}' f'{x:%H(((}'",
        "\\\n1",
    ],
)
def test_brackets_in_strings_and_comments_do_not_count(harmless: str) -> None:
    for newline in ("\n", "\r\n", "\r"):
        text = f"x = [{harmless}\n]\n".replace("\n", newline)
        check_nesting(text * nesting.MAX_BRACKETS)


@pytest.mark.parametrize(
    "broken",
    [
        "'abc",
        '"""abc',
        "f'{a",
        "f'{a:b'",
        "f'{a:b\n",
        "f'a\n",
        ")))",
        "x = (]",
        "lambda",
        "(lambda)",
        "f'{",
        "elif",
        "'''\\",
    ],
)
def test_broken_text_is_counted_as_far_as_it_goes(broken: str) -> None:
    check_nesting(broken)
    with pytest.raises(TooDeepError):
        check_nesting(code_samples.CHAINS["ands"](5000) + broken)


def test_the_line_is_told() -> None:
    with pytest.raises(TooDeepError) as caught:
        check_nesting("a = 1\r\nb = 2\rc = 3\n" + code_samples.BRACKETS["lists"](300))
    assert caught.value.line == 4


def test_a_file_of_too_many_tokens_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nesting, "MAX_TOKENS", 10)
    check_nesting("a()\n" * 3)
    with pytest.raises(TooDeepError, match="in one file"):
        check_nesting("a()\n" * 4)


@pytest.mark.parametrize("path", code_samples.real_files(), ids=lambda path: path.name)
def test_real_code_passes(path: Path) -> None:
    check_nesting(path.read_text("utf-8"))


_PARSE_ALL = """
import sys
sys.path[:0] = sys.argv[1:]
import code_samples
from test_nesting import deepest
from jwt_sast.syntax.source import Source
from jwt_sast.syntax.visitor import walk
for make in (*code_samples.BRACKETS.values(), *code_samples.CHAINS.values(), *code_samples.PATTERNS.values()):
    source = Source.parse("a.py", make(deepest(make, 3000)), ast_checked=True)
    *_, last = walk(source.module)
    source.location(last)
Source.parse("a.py", code_samples.blocks(99))
"""


def test_what_passes_does_not_kill_the_process() -> None:
    """In a process of its own: a stack overflow in native code would take this one along."""
    paths = [str(Path(module).parent) for module in (__file__, code_samples.__file__)]
    done = subprocess.run([sys.executable, "-c", _PARSE_ALL, *paths], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
