"""What tells a moved or formatted place from another one."""

from __future__ import annotations

import libcst as cst
import pytest

from jwt_sast.syntax.anchor import anchor
from jwt_sast.syntax.visitor import walk


def anchored(text: str, part: str) -> tuple[str, str]:
    """The anchor of the only expression in `text` that is written like `part`, parentheses aside."""
    module = cst.parse_module(text)
    expressions = (node for node in walk(module) if isinstance(node, cst.BaseExpression))
    (found,) = (node for node in expressions if module.code_for_node(node).strip("()") == part)
    return anchor(module, found)


CALL = "def f(claims):\n    return jwt.encode(claims, 'k', algorithm=X)\n"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("import os\n\n\n" + CALL, id="moved down"),
        pytest.param(
            "def f(claims):\n    return jwt.encode(\n        claims,\n        'k',\n        algorithm=X,\n    )\n",
            id="broken",
        ),
        pytest.param("def f(claims): return (jwt.encode(claims, ('k'), algorithm=X))\n", id="on one line"),
        pytest.param(CALL.replace("return", "print(); return"), id="behind a semicolon"),
        pytest.param(
            "def f(claims):\n    # why\n    return jwt.encode(claims, 'k', algorithm=X)  # what\n", id="comments"
        ),
        pytest.param(
            "def f(claims):\n    if x:\n        return jwt.encode(claims, 'k', algorithm=X)\n", id="in a block"
        ),
        pytest.param(CALL.replace("claims, ", "other(), "), id="another argument"),
        pytest.param(CALL.replace("algorithm=X", "algorithm=Y, headers={}"), id="more arguments"),
        pytest.param("@decorated\n" + CALL.replace("(claims)", "(claims, x=1) -> str"), id="another signature"),
    ],
)
def test_the_same(other: str) -> None:
    assert anchored(other, "'k'") == anchored(CALL, "'k'")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(CALL.replace("f(", "g("), id="another function"),
        pytest.param("class A:\n    " + CALL.replace("\n ", "\n     "), id="a method"),
        pytest.param(CALL.replace("encode", "decode"), id="another call"),
        pytest.param(CALL.replace("'k'", "key='k'"), id="another parameter"),
        pytest.param(CALL.replace("return", "token ="), id="another statement"),
        pytest.param(CALL.replace("'k'", "['k']"), id="in a list"),
        pytest.param(CALL.replace("'k'", "x or 'k'"), id="a fallback"),
    ],
)
def test_another(other: str) -> None:
    assert anchored(other, "'k'") != anchored(CALL, "'k'")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KEY = 'k'\n", "OLD = 'k'\n"),
        ("self.key = 'k'\n", "self.salt = 'k'\n"),
        ("KEY: str = 'k'\n", "OLD: str = 'k'\n"),
        ("x += 'k'\n", "y += 'k'\n"),
        ("def f(key='k'): ...\n", "def f(old='k'): ...\n"),
        ("S = {'A': 'k'}\n", "S = {'B': 'k'}\n"),
        ("if (x := 'k'): ...\n", "if (y := 'k'): ...\n"),
    ],
)
def test_what_it_is_assigned_to(one: str, other: str) -> None:
    assert anchored(one, "'k'") != anchored(other, "'k'")


def test_what_a_dictionary_holds_tells_it_apart() -> None:
    same = anchored("f({'sub': a, 'iat': 1})", "{'sub': a, 'iat': 1}")
    assert anchored("f({\n'sub': a,\n'iat': 2,\n})", "{\n'sub': a,\n'iat': 2,\n}") == same
    assert anchored("f({'sub': a, 'exp': 1})", "{'sub': a, 'exp': 1}") != same
    assert anchored("f({'sub': b, 'iat': 1})", "{'sub': b, 'iat': 1}") != same


def test_a_key_of_another_kind_than_text() -> None:
    assert anchored("f({NAME: 'k'})", "'k'") == anchored("f({OTHER: 'k'})", "'k'")


def test_a_subscript_is_a_name() -> None:
    assert anchored("f(d['a'])", "d['a']") != anchored("f(d['b'])", "d['b']")


def test_pieces_of_a_text_are_one_text() -> None:
    assert anchored("f(\n'a'\n'b'\n)", "'a'\n'b'") == anchored("f('ab')", "'ab'")


def test_holds_no_secret() -> None:
    secret = "0123456789abcdef" * 4
    text = f"KEYS = {{'{secret}': f('hunter2', {{'x': 'hunter2'}})['{secret}']}}\n"
    module = cst.parse_module(text)
    told = " ".join(anchor(module, node)[1] for node in walk(module))
    assert secret not in told
    assert "hunter2" not in told
    assert "KEYS" in told


def test_a_block_is_no_part_of_what_holds_it() -> None:
    """Where a finding is about a whole function, what is written in it may change."""
    one, other = (cst.parse_module(f"def f(a):\n    return {value}\n") for value in ("1", "a + a"))
    assert anchor(one, one.body[0]) == anchor(other, other.body[0])


def test_a_node_that_no_walk_meets() -> None:
    module = cst.parse_module("x = 1  # why\n")
    line = cst.ensure_type(module.body[0], cst.SimpleStatementLine)
    assert anchor(module, line.trailing_whitespace) == ("", ": TrailingWhitespace")
