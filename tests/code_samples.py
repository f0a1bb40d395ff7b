"""Real files and made-up texts that the tests of the syntax layer share."""

import importlib.util
import sysconfig
from collections.abc import Callable
from pathlib import Path

Maker = Callable[[int], str]
"""Makes a text of so many links."""

_STDLIB = """
    abc argparse ast base64 bisect calendar cmd code codecs colorsys contextlib copy csv dataclasses dis enum fnmatch
    functools getopt glob graphlib hashlib hmac keyword linecache netrc numbers operator pprint queue random reprlib
    sched secrets selectors shlex smtplib string tempfile textwrap timeit token tokenize traceback types typing uuid
    weakref
"""


def real_files() -> list[Path]:
    """A few dozen files of the standard library and of an installed package."""
    stdlib = Path(sysconfig.get_paths()["stdlib"])
    spec = importlib.util.find_spec("jwt")
    assert spec is not None
    assert spec.origin is not None
    found = [stdlib / f"{name}.py" for name in _STDLIB.split()] + sorted(Path(spec.origin).parent.glob("*.py"))
    return [path for path in found if path.exists()]


def around(opening: str, closing: str, middle: str = "1") -> Maker:
    """A maker of texts with so many of `opening` and `closing` around the middle."""
    return lambda count: f"x = {opening * count}{middle}{closing * count}\n"


def after(start: str, link: str) -> Maker:
    """A maker of texts with so many links after the start."""
    return lambda count: f"x = {start}{link * count}\n"


def blocks(count: int) -> str:
    """So many blocks within one another."""
    return "".join(" " * level + "if x:\n" for level in range(count)) + " " * count + "pass\n"


BRACKETS: dict[str, Maker] = {
    "parentheses": around("(", ")"),
    "lists": around("[", "]"),
    "dictionaries": around("{1: ", "}"),
    "calls": around("f(", ")"),
    "keyword arguments": around("f(a=", ")"),
    "subscripts": around("a[", "]"),
    "comprehensions": around("[", " for a in b]"),
    "generators": around("f(a for a in ", ")", "b"),
    "lambdas in dictionaries": around("{1: lambda: ", "}"),
    "conditions": around("(1 if 2 else ", ")"),
    "in an f-string": lambda count: "x = f'{" + "(" * count + "1" + ")" * count + "}'\n",
    "in a format specification": lambda count: "x = f'{a:" + "{" + "(" * count + "1" + ")" * count + "}}'\n",
}
CHAINS: dict[str, Maker] = {
    "additions": after("1", " + 1"),
    "powers": after("1", "**1"),
    "ands": after("a", " and a"),
    "ors": after("a", " or a"),
    "over lines": lambda count: "x = (a" + "\n  and a" * count + ")\n",
    "over continued lines": after("a", " \\\n or a"),
    "attributes": after("a", ".b"),
    "calls": after("a", "()"),
    "methods": after("a", ".b()"),
    "subscripts": after("a", "[1]"),
    "nots": lambda count: "x = " + "not " * count + "a\n",
    "minuses": lambda count: "x = " + "-" * count + "1\n",
    "lambdas": lambda count: "x = " + "lambda a, b: " * count + "1\n",
    "lambda defaults": lambda count: "x = " + "lambda a=" * count + "1" + ": 1" * count + "\n",
    "conditions": lambda count: "x = " + "1 if 2 else " * count + "3\n",
    "strings": lambda count: "x = " + "'a' " * count + "\n",
    "f-strings": lambda count: "x = " + "f'a' " * count + "\n",
    "bytes over lines": lambda count: "x = (" + "b'''a'''\n" * count + ")\n",
    "in an f-string": lambda count: "x = f'{a" + " and a" * count + "}'\n",
    "elifs": lambda count: "if a:\n  pass\n" + "elif b:\n  pass\n" * count,
    "nested elifs": lambda count: "if a:\n  if a:\n    pass\n" + "  elif (b\nor c):\n    if d: pass\n" * count,
}
PATTERNS: dict[str, Maker] = {
    "sequences": lambda count: "match x:\n  case " + "[" * count + "1" + "]" * count + ":\n    pass\n",
    "classes": lambda count: "match x:\n  case " + "A(" * count + "1" + ")" * count + ":\n    pass\n",
    "mappings": lambda count: "match x:\n  case " + "{1: " * count + "1" + "}" * count + ":\n    pass\n",
    "tuples": lambda count: "match x:\n  case " + "(" * count + "1" + ",)" * count + ":\n    pass\n",
}
