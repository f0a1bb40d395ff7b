"""The walk sees what LibCST's own walk sees, less what carries no meaning."""

from pathlib import Path

import code_samples
import libcst as cst
import pytest

from jwt_sast.syntax.source import Source
from jwt_sast.syntax.visitor import child_fields, children, traverse, walk

WITHOUT_MEANING = (
    cst.BaseParenthesizableWhitespace,
    cst.TrailingWhitespace,
    cst.EmptyLine,
    cst.Newline,
    cst.Comment,
    cst.Comma,
    cst.Semicolon,
    cst.Colon,
    cst.Dot,
    cst.AssignEqual,
    cst.Asynchronous,
    cst.LeftParen,
    cst.RightParen,
    cst.LeftSquareBracket,
    cst.RightSquareBracket,
    cst.LeftCurlyBrace,
    cst.RightCurlyBrace,
    cst.BaseBinaryOp,
    cst.BaseUnaryOp,
    cst.BaseBooleanOp,
    cst.BaseCompOp,
    cst.BaseAugOp,
)

EVERYTHING = """
@decorated(a, *b, c=d, **e)
async def f[T: int, *U, **V](a, /, b: int = 1, *c, d=2, **e) -> list[int]:
    global g; nonlocal h
    async for i, *j in k: break
    else: continue
    async with (l as m, n): yield from o
    return await p, lambda q, *, r=1: (q if r else -q)
class A[T](B, metaclass=C): x: int = 1; y: str
def g(a, *, b): pass
try: assert a, b
except A as b: raise c from d
except B: raise
else: del a, b
finally: pass
try: pass
except* A: pass
while not a < b <= c is not d: a @= b ** c and d or e
with a, b as (c, d): pass
x = y = {**a, b: c}, {d, *e}, [f for g in h if i async for j in k], {l: m for n in o}, {p for q in r}, (s for t in u)
x[1:2:3, ..., *y] = f"{a!r:>{b}} {c=}" "d" b'' 1 2.0 3j if (z := 1) else None
import a.b as c, d
from ...e import f as g, h
from i import *
match x:
    case [1, *_, "a"] | {"k": v, **rest} if a: pass
    case A(b, c=d) as e: pass
    case None: pass
    case (f.g, -1): pass
type X[T] = list[T]
""".replace(" b'' 1 2.0 3j", "").replace("x[1:2:3", "1, 2.0, 3j\nx[1:2:3")


def seen_by_libcst(module: cst.Module) -> list[cst.CSTNode]:
    seen: list[cst.CSTNode] = []

    class Collector(cst.CSTVisitor):
        def on_visit(self, node: cst.CSTNode) -> bool:
            seen.append(node)
            return True

    module.visit(Collector())
    return [node for node in seen if not isinstance(node, WITHOUT_MEANING)]


@pytest.mark.parametrize("path", code_samples.real_files(), ids=lambda path: path.name)
def test_real_files_are_walked_completely_in_source_order(path: Path) -> None:
    module = Source.parse(path.name, path.read_bytes()).module
    walked = list(walk(module))
    assert len({id(node) for node in walked}) == len(walked)
    assert all(a is b for a, b in zip(walked, seen_by_libcst(module), strict=True))


def test_every_kind_of_node_is_walked_in_source_order() -> None:
    module = cst.parse_module(EVERYTHING)
    walked = list(walk(module))
    assert all(a is b for a, b in zip(walked, seen_by_libcst(module), strict=True))
    leaves = {cst.Module, cst.SimpleStatementSuite}
    assert len({type(node) for node in walked} - leaves) > 85


def test_fields_without_meaning_are_left_out() -> None:
    assert child_fields(cst.Call) == ("func", "args")
    assert child_fields(cst.BinaryOperation) == ("left", "right")
    assert child_fields(cst.Name) == ()
    assert child_fields(cst.IfExp) == ("body", "test", "orelse")
    assert child_fields(cst.FormattedStringExpression) == ("expression", "format_spec")


def test_children_of_a_node_that_has_none() -> None:
    assert children(cst.Name("a")) == []
    assert [type(node) for node in children(cst.parse_expression("f(a)"))] == [cst.Name, cst.Arg]


def test_depth_is_no_limit() -> None:
    deep: cst.BaseExpression = cst.Name("a")
    for _ in range(50_000):
        deep = cst.UnaryOperation(cst.Not(), deep)
    assert sum(1 for _ in walk(deep)) == 50_001


class Recorder:
    """Notes what is shown to it; skips the children of functions with `skipped` names."""

    def __init__(self, *skipped: str) -> None:
        self.skipped = skipped
        self.notes: list[str] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        self.notes.append(f"def {node.name.value}")
        return node.name.value not in self.skipped

    def leave_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.notes.append(f"end {node.name.value}")

    def visit_Call(self, node: cst.Call) -> None:
        self.notes.append(f"call {cst.ensure_type(node.func, cst.Name).value}")

    def leave_Module(self, node: cst.Module) -> None:
        self.notes.append("end")


NESTED = cst.parse_module("a()\ndef f():\n  b()\n  def g(): c()\n  d(e())\nh()\n")


def test_visitors_are_called_before_and_after_the_children() -> None:
    recorder = Recorder()
    traverse(NESTED, [recorder])
    assert recorder.notes == [
        "call a", "def f", "call b", "def g", "call c", "end g", "call d", "call e", "end f", "call h", "end"
    ]  # fmt: skip


def test_one_that_skips_does_so_for_itself_only() -> None:
    everything, no_f, no_g, nothing = Recorder(), Recorder("f"), Recorder("g"), object()
    traverse(NESTED, [no_f, everything, no_g, nothing])
    alone = Recorder()
    traverse(NESTED, [alone])
    assert everything.notes == alone.notes
    assert no_f.notes == ["call a", "def f", "end f", "call h", "end"]
    assert no_g.notes == [note for note in alone.notes if note != "call c"]


def test_all_that_skip_together_come_back_together() -> None:
    first, second = Recorder("f"), Recorder("f", "g")
    traverse(NESTED, [first, second])
    assert first.notes == second.notes == ["call a", "def f", "end f", "call h", "end"]


def test_visitors_are_called_in_the_order_given() -> None:
    order: list[str] = []

    class Named:
        def __init__(self, name: str) -> None:
            self.name = name

        def visit_Name(self, node: cst.Name) -> None:
            order.append(self.name)

    traverse(cst.Name("a"), [Named("second"), Named("first")])
    assert order == ["second", "first"]
