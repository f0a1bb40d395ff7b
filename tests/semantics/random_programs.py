"""A grammar of small programs about dicts, lists and scalars, walked by whoever chooses.

The names `d1 d2 d3` hold dicts, `l1 l2` lists, `s1 s2 s3` scalars, `o1 o2` objects; `p q r` are the unknown inputs.
Every program can be run: what goes wrong in it is a KeyError or the like, which ends the run, and every loop ticks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
Choose = Callable[[Sequence[T]], T]

DICTS = ("d1", "d2", "d3")
LISTS = ("l1", "l2")
SCALARS = ("s1", "s2", "s3")
OBJECTS = ("o1", "o2")
FLAGS = ("p", "q", "r")
KEYS = ("'a'", "'b'", "'c'")
CONSTANTS = ("1", "2", "None", "'a'", "'b'", "True", "''", "0")
MAX_DEPTH = 3

_START = """\
d1, d2, d3 = {}, {'a': 1}, {'b': 2}
l1, l2 = [], ['a']
s1, s2, s3 = None, 1, 'a'
o1, o2 = Box(1), Box('a')
"""

_BOX = """\
class Box:
    kind = 'box'
    def __init__(self, x, d=None):
        self.x = x
        self.d = {'a': x} if d is None else d
    def put(self, k, v):
        self.d[k] = v
        return self
    @property
    def both(self):
        return [self.x, self.kind]
"""


class Grammar:
    """Writes one program; `choose` picks one of several."""

    def __init__(self, choose: Callable[[Sequence[str]], str]) -> None:
        self.choose = choose
        self.depth = 0
        self.loops = 0
        self.helper = False

    def pick(self, *options: str) -> str:
        """One of `options`."""
        return self.choose(options)

    def program(self) -> str:
        """A module: a class, two helpers and `program`."""
        lines = ["import copy, functools", "from contextlib import suppress", *_BOX.splitlines()]
        for name in ("help1", "help2"):
            self.helper = True
            lines.append(f"def {name}(d1, s1, l1=None, d2=None):")
            lines += _indented([*"d2 = {} if d2 is None else d2|l1 = [1] if l1 is None else l1".split("|")])
            lines += _indented(["d3, l2, s2, s3, p, q, r, o1 = d1, l1, s1, 'b', s1, d1, l1, Box(s1)", "o2 = o1"])
            lines += _indented([*self.block(1, 3), self.pick("return d1", "return s1", "return d2", "return", "pass")])
            self.helper = False
        lines.append("def program(p, q, r):")
        lines += _indented([*_START.splitlines(), *self.nested(), *self.block(3, 9), *_probes()])
        return "\n".join(lines)

    def nested(self) -> list[str]:
        """Sometimes a function inside, which sees the program's names."""
        kind = self.pick("none", "none", "reads", "nonlocal")
        if kind == "none":
            return ["def inner(): return s1"]
        first = ["nonlocal s1"] if kind == "nonlocal" else []
        self.helper = True
        body = self.block(1, 2) if kind == "nonlocal" else [self.dict_write(), self.list_write()]
        self.helper = False
        if kind == "nonlocal":
            first = ["nonlocal d1, d2, d3, l1, l2, s1, s2, s3, o1, o2"]
        return ["def inner():", *_indented([*first, *body, "return s2"])]

    def block(self, fewest: int, most: int) -> list[str]:
        """Some statements."""
        count = int(self.choose([str(number) for number in range(fewest, most + 1)]))
        return [line for _ in range(count) for line in self.statement()]

    def statement(self) -> list[str]:
        """One statement, one or several lines."""
        simple = ("dict", "dict", "write", "write", "write", "scalar", "scalar", "list", "lwrite", "object", "probe")
        compound = ("if", "if", "if", "for", "while", "try", "with", "match")
        kinds = simple + compound if self.depth < MAX_DEPTH else simple
        if not self.helper:
            kinds += ("call", "inner")
        if self.depth:
            kinds += ("leave",)
        return getattr(self, f"do_{self.pick(*kinds)}")()

    def inside(self, *, loop: bool = False) -> list[str]:
        """The body of a compound statement."""
        self.depth += 1
        self.loops += loop
        body = _indented([*["tick()"] * loop, *self.block(1, 3)])
        self.loops -= loop
        self.depth -= 1
        return body

    # Expressions

    def d(self) -> str:
        return self.pick(*DICTS)

    def s(self) -> str:
        return self.pick(*SCALARS)

    def k(self) -> str:
        return self.pick(*KEYS, *KEYS, self.s())

    def v(self) -> str:
        return self.pick(*CONSTANTS, self.s(), self.s(), self.d())

    def dict_value(self) -> str:
        d, e, k, v = self.d(), self.d(), self.k(), self.v()
        return self.pick(
            "{}", f"{{{k}: {v}}}", f"{{**{d}, {k}: {v}}}", f"{{{k}: {v}, **{d}}}", f"dict({d})", f"dict({d}, a={v})",
            f"{d}.copy()", f"{d} | {e}", f"copy.deepcopy({d})", d, d, f"({d} if {self.flag()} else {e})",
            f"({d} or {e})", f"({d} and {e})", f"dict(a={v})", f"dict([({k}, {v})])", f"{{x: y for x, y in {d}.items()}}",
            f"{{x: y for x, y in {d}.items() if y}}", f"{{x: {v} for x in {d}}}", f"{{x: {v} for x in ('a', 'b') if {self.flag()}}}",
            f"dict.fromkeys(('a', {k}), {v})", f"dict({d}.items())", "o1.d", "o2.d", f"Box({v}, {d}).d",
            f"dict(**{d})", f"dict({d}, **{e})", f"(lambda x: x)({d})", f"functools.partial(dict, a={v})()", f"({{}} if {self.flag()} else {{{k}: {v}}})",
            f"(x := {d})",
        )  # fmt: skip

    def list_value(self) -> str:
        m, n, v, d = self.pick(*LISTS), self.pick(*LISTS), self.v(), self.d()
        return self.pick(
            "[]", f"[{v}]", f"[*{m}, {v}]", f"{m} + {n}", f"{m}[:]", f"list({m})", m, f"{m}[1:]", f"[{v}, {self.v()}]",
            f"list({d})", f"list({d}.values())", f"[x for x in {m}]", f"[x for x in {m} if x]", f"list({d}.keys())",
            f"[x for x in ('a', 'b') if {self.flag()}]", f"sorted({d})", f"[x for x, y in {d}.items()]", f"({m} if {self.flag()} else {n})",
            f"'a,b'.split({self.pick(repr(','), self.s())})", f"{m} * 2", f"o1.both", f"list(set({m}))", f"list(range(2))", f"[k for k in {d} if k in {m}]",
        )  # fmt: skip

    def scalar(self) -> str:
        s, d, k, v, m = self.s(), self.d(), self.k(), self.v(), self.pick(*LISTS)
        return self.pick(
            *CONSTANTS, s, f"{d}.get({k})", f"{d}.get({k}, {v})", f"{d}[{k}]", f"{d}.pop({k}, {v})", f"{d}.pop({k})", f"{d}.setdefault({k}, {v})",
            f"{m}[0]", f"{m}[-1]", f"len({m})", f"len({d})", f"({v} if {self.condition()} else {self.v()})", f"not {s}", f"({s} or {v})", f"({s} and {v})",
            f"{k} in {d}", f"{k} in {m}", f"{s} is {v}", f"{s} == {v}", f"{s} != {v}", f"f'{{{s}}}-{{{self.s()}}}'", f"'%s-%s' % ({s}, {self.s()})", f"'{{}}'.format({s})",
            f"str({s})", f"{s} + {s}", f"{s} + {v}", f"{s} * 2", f"bool({s})", f"o1.x", "o2.x", "o1.kind", "o2.kind", f"{m}.pop()", f"{d} is {self.d()}", f"{s} < {self.s()}",
            f"getattr(o1, 'x', {v})", f"(s3 := {v})", f"{d}.pop({k}, {v}) or {self.v()}", f"max({s}, 1)", f"','.join({m})", f"next(iter({m}), {v})", f"(lambda: {s})()", "'a' if s1 else s2",
            f"sum(1 for x in {m})", f"any({m})", f"isinstance({s}, str)", f"({d} or {{}}).get({k}, {v})", f"{s} in ('a', 'b')", f"{s} in {self.pick(*LISTS)}", "anything()",
        )  # fmt: skip

    def flag(self) -> str:
        return self.pick(*FLAGS, "not p", "not q")

    def condition(self) -> str:
        s, d, k, v, m = self.s(), self.d(), self.k(), self.v(), self.pick(*LISTS)
        return self.pick(
            *FLAGS, *FLAGS, "not p", "p and q", "p or q", "p and not q", f"{s} is None", f"{s} is not None", f"{s} == {v}", f"{s} != {v}",
            f"{s} in ('a', 'b')", f"{s} not in ('a', None)", f"{k} in {d}", f"{k} not in {d}", d, f"not {d}", m, f"not {m}", f"{d}.get({k})",
            f"{d}.get({k}) is None", f"{d}.get({k}, {v})", f"not {d}.get({k})", f"{d}.get({k}) == {v}", f"{d}.get({k}, {v}) == {self.v()}", f"{k} in {d} and {d}[{k}]", f"p and {s}", f"{s} or q",
            s, f"not {s}", f"({s} := {d}.get({k})) is None", f"(s2 := {s})", f"{s} in {m}", f"not ({s} and {d})", f"p or {k} in {d}", f"{k} in {d} or {k} in {self.d()}", f"{d}.pop({k}, None)",
            f"{d}.get({k}) and {d}.pop({k})", f"{s} and help1({d}, {s})" if not self.helper else "q", f"o1.x", "o1.x is None", f"o1.x == {v}", f"len({m}) > 1", f"{s} in {d}", "o1.d", f"{d} == {self.d()}", f"{d} is {self.d()}",
            "isinstance(s1, str)", f"bool({s})", f"p == q", f"{s} == {self.s()}", f"{s} is {self.s()}", f"all((p, {s}))", f"p is {self.pick('True', 'False', 'q')}", f"1 < len({d})", f"{s} == 1 == {self.s()}",
        )  # fmt: skip

    # Statements

    def do_probe(self) -> list[str]:
        return (
            [f"probe({self.pick(*DICTS, *LISTS, *SCALARS, 'o1.x', 'o1.d', 'o2.d', 'o2.x')})"]
            if not self.helper
            else ["pass"]
        )

    def do_dict(self) -> list[str]:
        return [f"{self.d()} = {self.dict_value()}"]

    def dict_write(self) -> str:
        d, k, v = self.d(), self.k(), self.v()
        return self.pick(
            f"{d}[{k}] = {v}", f"{d}[{k}] = {v}", f"{d}.update({self.d()})", f"{d}.update({{{k}: {v}}})", f"{d}.update(a={v})", f"{d} |= {self.d()}", f"del {d}[{k}]",
            f"{d}.pop({k}, None)", f"{d}.pop({k})", f"{d}.setdefault({k}, {v})", f"{d}.clear()", f"{d}['n'] = {self.d()}", f"{d}['n']['a'] = {v}", f"{d}.update([({k}, {v})])",
            f"{d}.update(**{self.d()})", f"{d}[{k}], {self.s()} = {v}, {self.v()}", f"{d}.popitem()", f"{d}['l'] = {self.pick(*LISTS)}", f"{d}.setdefault('l', []).append({v})", f"{d}.setdefault('n', {{}})[{k}] = {v}", f"({d} if {self.flag()} else {self.d()})[{k}] = {v}",
            f"{d}.__setitem__({k}, {v})", f"del {d}[{k}], {self.d()}[{self.k()}]", f"o1.d[{k}] = {v}", f"{d}[{k}] += 1", f"{d}.get('n', {d})[{k}] = {v}", f"({d}.update if {self.flag()} else {self.d()}.update)({{{k}: {v}}})",
        )  # fmt: skip

    def do_write(self) -> list[str]:
        return [self.dict_write()]

    def do_scalar(self) -> list[str]:
        s = self.s()
        return [
            self.pick(
                f"{s} = {self.scalar()}",
                f"{s} = {self.scalar()}",
                f"{s} = {self.scalar()}",
                f"{s} += {self.v()}",
                f"{s}, {self.s()} = {self.v()}, {self.v()}",
                f"{s}, *{self.pick(*LISTS)} = {self.pick(*LISTS)}",
                f"{s} = {self.s()} = {self.scalar()}",
                f"[{s}, {self.s()}] = {self.pick(*LISTS)}",
                f"for {s} in {self.pick(*LISTS)}: pass",
                f"({s}, {self.s()}), {self.s()} = ({self.v()}, {self.v()}), {self.v()}",
            )  # fmt: skip
        ]

    def do_list(self) -> list[str]:
        return [f"{self.pick(*LISTS)} = {self.list_value()}"]

    def list_write(self) -> str:
        m, v = self.pick(*LISTS), self.v()
        return self.pick(
            f"{m}.append({v})", f"{m}.append({v})", f"{m} += [{v}]", f"{m}.extend({self.pick(*LISTS)})", f"{m}.insert(0, {v})", f"{m}.pop()", f"{m}.clear()", f"{m}.reverse()", f"{m}[0] = {v}", f"del {m}[0]",
            f"{m} += {self.d()}", f"{m}.extend({self.d()})", f"{m}.sort()", f"{m}.remove({v})", f"{m}[:] = {self.pick(*LISTS)}", f"({m} if {self.flag()} else {self.pick(*LISTS)}).append({v})", f"del {m}[:]", f"{m}[-1] = {v}",
        )  # fmt: skip

    def do_lwrite(self) -> list[str]:
        return [self.list_write()]

    def do_object(self) -> list[str]:
        o, other = self.pick(*OBJECTS), self.pick(*OBJECTS)
        return [
            self.pick(
                f"{o}.x = {self.v()}",
                f"{o} = {other}",
                f"{o} = Box({self.v()})",
                f"{o} = Box({self.v()}, {self.d()})",
                f"{o}.put({self.k()}, {self.v()})",
                f"{o}.d = {self.d()}",
                f"{o}.kind = {self.v()}",
                f"{self.d()} = {o}.d",
                f"({o} if {self.flag()} else {other}).x = {self.v()}",
                f"{o} = copy.copy({other})",
                f"setattr({o}, 'x', {self.v()})",
                f"{o} = {other}.put({self.k()}, {self.v()})",
                f"del {o}.x",
                f"{o} = copy.deepcopy({other})",
                f"Box.kind = {self.v()}",
                f"{o}.x += 1",
            )  # fmt: skip
        ]

    def do_if(self) -> list[str]:
        lines = [f"if {self.condition()}:", *self.inside()]
        if self.pick("", "elif"):
            lines += [f"elif {self.condition()}:", *self.inside()]
        if self.pick("", "else"):
            lines += ["else:", *self.inside()]
        return lines

    def do_for(self) -> list[str]:
        m, d, s = self.pick(*LISTS), self.d(), self.s()
        head = self.pick(
            f"for {s} in ('a', 'b'):", f"for {s} in {m}:", f"for {s} in list({d}):", f"for {s} in {d}:", f"for {s}, {self.s()} in list({d}.items()):", f"for {s} in range(3):", f"for {s} in (1, 2) if {self.flag()} else ():", f"for {s} in list({m}):",
            f"for {s} in {d}.copy().values():", f"for {self.d()} in ({d}, {self.d()}):", f"for {s} in (x for x in {m}):", f"for {s} in reversed(list({m})):", f"for {s}, {self.s()} in enumerate(list({m})):", f"for {s}, {self.s()} in zip(list({m}), list({self.pick(*LISTS)})):", f"for {s} in {{'a', 'b'}}:",
        )  # fmt: skip
        lines = [head, *self.inside(loop=True)]
        return [*lines, "else:", *self.inside()] if self.pick("", "", "else") else lines

    def do_while(self) -> list[str]:
        head = self.pick(
            f"while {self.condition()}:", f"while len({self.pick(*LISTS)}) < 2:", "while True:", f"while {self.s()}:"
        )
        lines = [head, *self.inside(loop=True)]
        if head == "while True:":
            lines += _indented([f"if {self.condition()}: break"])
        return [*lines, "else:", *self.inside()] if self.pick("", "", "else") else lines

    def do_try(self) -> list[str]:
        lines = ["try:", *self.inside()]
        kind = self.pick("except", "except", "finally", "all")
        if kind != "finally":
            lines += [self.pick("except KeyError:", "except Exception:", "except Exception as error:"), *self.inside()]
        if kind == "all":
            lines += ["else:", *self.inside()]
        return [*lines, "finally:", *self.inside()] if kind != "except" else lines

    def do_with(self) -> list[str]:
        return [self.pick("with suppress(Exception):", "with suppress(KeyError):"), *self.inside()]

    def do_match(self) -> list[str]:
        lines = [f"match {self.pick(self.s(), self.d(), self.scalar(), self.pick(*LISTS))}:"]
        for _ in range(2):
            pattern = self.pick(
                "1",
                "'a' | None",
                "None",
                f"{{{self.pick(*KEYS)}: {self.s()}}}",
                "[s1, *l1]",
                "'a' as s2",
                "str()",
                f"'b' if {self.flag()}",
                "{'a': 1, **d3}",
                "[s2]",
                "True",
                "int() | str()",
                f"s3 if {self.condition()}",
            )
            lines += _indented([f"case {pattern}:", *self.inside()])
        if self.pick("", "rest"):
            lines += _indented([f"case {self.pick('_', 's1')}:", *self.inside()])
        return lines

    def do_call(self) -> list[str]:
        name, d, s = self.pick("help1", "help2"), self.d(), self.s()
        call = self.pick(f"{name}({d}, {s})", f"{name}({d}, {s}, {self.pick(*LISTS)}, {self.d()})", f"{name}(s1={s}, d1={d})", f"{name}(*({d}, {s}))", f"{name}({d}, {self.flag()}, d2={self.d()})", f"{name}(**dict(d1={d}, s1={s}))", f"(help1 if {self.flag()} else help2)({d}, {s})")  # fmt: skip
        return [self.pick(call, f"{self.s()} = {call}", f"{self.d()} = {call} or {{}}", f"{self.d()}['n'] = {call}")]

    def do_inner(self) -> list[str]:
        return [self.pick("inner()", f"{self.s()} = inner()")]

    def do_leave(self) -> list[str]:
        options = ["return", "raise KeyError", "raise ValueError('x')"]
        if self.loops:
            options += ["break", "continue"] * 2
        return [f"if {self.condition()}: {self.choose(options)}"]


def _indented(lines: list[str]) -> list[str]:
    return ["    " + line for line in lines]


def _probes() -> list[str]:
    return [f"probe({name})" for name in (*DICTS, *LISTS, *SCALARS, "o1.x", "o1.d", "o2.d", "o1.kind")]
