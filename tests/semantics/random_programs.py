"""A grammar of small programs about dicts, lists, scalars and objects, walked by whoever chooses.

Every program can be run: what goes wrong in it is a KeyError or the like, which ends the run, and every loop ticks.
In the templates a `$` and a letter stand for something that is chosen anew each time:

    $d $l $s $o   a name of a dict, a list, a scalar, an object       $k $v   a key, a value
    $D $L $S      an expression that gives a dict, a list, a scalar   $f $c   an unknown input, a condition
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from program_templates import (
    CALLS,
    CONDITIONS,
    DICT_WRITES,
    DICTS,
    HELPER,
    LIST_WRITES,
    LISTS,
    LOOPS,
    MODULE,
    NAMES,
    PATTERNS,
    PROBED,
    SCALARS,
    SIMPLE,
    START,
)

Choose = Callable[[Sequence[str]], str]

MAX_DEPTH = 3

_PLACE = re.compile(r"\$(\w)")


class Grammar:
    """Writes one program; `choose` picks one of several."""

    def __init__(self, choose: Choose) -> None:
        self._choose = choose
        self._depth = 0
        self._loops = 0
        self._in_helper = False
        self._kinds: dict[str, Sequence[str]] = {
            **NAMES,
            "D": DICTS,
            "L": LISTS,
            "S": SCALARS,
            "c": CONDITIONS,
            "h": ("help1", "help2"),
        }

    def program(self) -> str:
        """A module: a class, two helpers and `program` with the inputs `p`, `q`, `r`."""
        lines = MODULE.splitlines()
        self._in_helper = True
        for name in ("help1", "help2"):
            returned = self._choose(("return d1", "return s1", "return d2", "return", "pass"))
            lines += [f"def {name}(d1, s1, l1=None, d2=None):", *_indented(HELPER.splitlines())]
            lines += _indented([*self._block(1, 3), returned])
        inner = self._inner()
        self._in_helper = False
        body = [*START.splitlines(), *inner, *self._block(3, 9), *(f"probe({name})" for name in PROBED)]
        return "\n".join([*lines, "def program(p, q, r):", *_indented(body)]) + "\n"

    def _filled(self, templates: Sequence[str]) -> str:
        """One of `templates` with all its places filled."""
        return _PLACE.sub(lambda match: self._filled(self._kinds[match[1]]), self._choose(templates))

    def _inner(self) -> list[str]:
        """A function inside `program` that sees its names, and may bind them anew."""
        if self._choose(("reads", "binds")) == "reads":
            return [
                "def inner():",
                *_indented([self._filled(DICT_WRITES[:3]), self._filled(LIST_WRITES[:3]), "return s1"]),
            ]
        outer = "nonlocal d1, d2, d3, l1, l2, s1, s2, s3, o1, o2"
        return ["def inner():", *_indented([outer, *self._block(1, 2), "return s2"])]

    def _block(self, fewest: int, most: int) -> list[str]:
        count = int(self._choose([str(number) for number in range(fewest, most + 1)]))
        return [line for _ in range(count) for line in self._statement()]

    def _statement(self) -> list[str]:
        simple = ["w", "w", "x", "a", "a", "a", "b"]
        compound = [self._if, self._if, self._loop, self._try, self._with, self._match]
        kinds = simple + [str(number) for number in range(len(compound))] * (self._depth < MAX_DEPTH)
        kinds += [] if self._in_helper else ["call", "probe"]
        kinds += ["leave"] * (self._depth > 0)
        kind = self._choose(kinds)
        if kind.isdigit():
            return compound[int(kind)]()
        if kind == "call":
            return [self._filled(CALLS)]
        if kind == "probe":
            return [f"probe({self._choose(PROBED)})"]
        if kind == "leave":
            ways = [
                "return",
                "raise KeyError",
                "raise ValueError('x')",
                *["break", "continue"] * (2 * (self._loops > 0)),
            ]
            return [f"if {self._filled(CONDITIONS)}: {self._choose(ways)}"]
        return [self._filled(SIMPLE[kind])]

    def _inside(self, *, loop: bool = False) -> list[str]:
        """The body of a compound statement."""
        self._depth += 1
        self._loops += loop
        body = _indented([*["tick()"] * loop, *self._block(1, 3)])
        self._loops -= loop
        self._depth -= 1
        return body

    def _perhaps(self, head: str) -> list[str]:
        return [head, *self._inside()] if self._choose(("", head)) else []

    def _if(self) -> list[str]:
        lines = [f"if {self._filled(CONDITIONS)}:", *self._inside()]
        return [*lines, *self._perhaps(f"elif {self._filled(CONDITIONS)}:"), *self._perhaps("else:")]

    def _loop(self) -> list[str]:
        return [self._filled(LOOPS), *self._inside(loop=True), *self._perhaps("else:")]

    def _try(self) -> list[str]:
        handler = self._choose(("except KeyError:", "except Exception:", "except Exception as error:", ""))
        lines = ["try:", *self._inside()]
        if not handler:
            return [*lines, "finally:", *self._inside()]
        return [*lines, handler, *self._inside(), *self._perhaps("else:"), *self._perhaps("finally:")]

    def _with(self) -> list[str]:
        return [self._choose(("with suppress(Exception):", "with suppress(KeyError):")), *self._inside()]

    def _match(self) -> list[str]:
        lines = [f"match {self._filled(('$s', '$d', '$l', '$S'))}:"]
        for _ in range(2):
            lines += _indented([f"case {self._filled(PATTERNS)}:", *self._inside()])
        last = self._choose(("", "case _:", "case s1:"))
        return [*lines, *(_indented([last, *self._inside()]) if last else [])]


def _indented(lines: list[str]) -> list[str]:
    return ["    " + line for line in lines]
