"""Positions are those of LibCST's own provider, wherever they are worked out."""

from pathlib import Path

import code_samples
import libcst as cst
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from libcst.metadata import MetadataWrapper, PositionProvider

from jwt_sast.syntax import positions
from jwt_sast.syntax.positions import Positions
from jwt_sast.syntax.source import Source
from jwt_sast.syntax.visitor import walk


def assert_same_as_libcst(source: Source, nodes: list[cst.CSTNode]) -> None:
    wanted = MetadataWrapper(source.module, unsafe_skip_copy=True).resolve(PositionProvider)
    for node in nodes:
        place, expected = source.location(node), wanted[node]
        assert (place.line, place.column) == (expected.start.line, expected.start.column + 1), node
        assert (place.end_line, place.end_column) == (expected.end.line, expected.end.column + 1), node


def all_nodes(module: cst.Module) -> list[cst.CSTNode]:
    found: list[cst.CSTNode] = []

    class Collector(cst.CSTVisitor):
        def on_visit(self, node: cst.CSTNode) -> bool:
            found.append(node)
            return True

    module.visit(Collector())
    return found


@pytest.mark.parametrize("path", code_samples.real_files(), ids=lambda path: path.name)
def test_real_files(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source.parse(path.name, path.read_bytes())
    below = [node for statement in source.module.body for node in walk(statement)]
    with monkeypatch.context() as patch:
        # No statement of valid Python may need the whole module to be written out.
        patch.setattr(Positions, "_in_whole_module", None)
        assert_same_as_libcst(source, below)
    assert_same_as_libcst(source, [source.module])


@pytest.mark.parametrize("path", code_samples.real_files()[:4], ids=lambda path: path.name)
def test_whitespace_punctuation_and_operators_have_places_too(path: Path) -> None:
    source = Source.parse(path.name, path.read_bytes())
    assert_same_as_libcst(source, all_nodes(source.module))


LAYOUT = st.sampled_from(
    [
        "# comment\n",
        "\n",
        "  \n",
        "\x0c\n",
        "\t# tab\n",
        "x = 1\n",
        "\x0cx = 1\n",
        "a; b\n",
        "a; b;\n",
        "x = 1 \\\n  + 2\n",
        "(\n  a)\n",
        "( # c\n\na).b = 1\n",
        "'''a\n🔑\n'''\n",
        "x = '🔑', ü\n",
        "@d\n@e(\n 1)\n\n# c\ndef f(): pass\n",
        "@d\n# c\nclass A(B):\n\tx = 1\n\n\n\t# c\n\tdef f(self):\n\t\treturn '🔑', 1 # c\n",
        "if a:\n  b\n# c\nelse:\n  c\n",
        "async def f():\n  async with a as b, c: pass\n",
        "for a in b: pass\n",
        "try:\n  a\nexcept B as c:\n  d\nfinally: e\n",
        "match x:\n  case [1, *_]: pass\n",
        "x = f'''{a}\n{b!r:>{w}}'''\n",
        "while 1: a; b\n",
        "x = [ # c\n  1,\n\n  2]; y = 3\n",
        "import a; \\\n  import b\n",
        "with (a as b,\n  c): pass\n",
        "async \\\n  def f(): pass\n",
        "-1 # c\n",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(LAYOUT, max_size=8), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.booleans())
def test_layouts(parts: list[str], newline: str, end: bool, checked: bool) -> None:
    text = "".join(parts).replace("\n", newline)
    text = text if end else text.rstrip("\r\n")
    source = Source.parse("a.py", text, ast_checked=checked)
    # LibCST forgets a form feed before the first statement; its positions are wrong then.
    assume(source.module.code.rstrip() == text.rstrip())
    assert_same_as_libcst(source, all_nodes(source.module))


def test_lines_are_right_where_libcst_forgets_one() -> None:
    source = Source.parse("a.py", "\\\nx = 1\ny = 2\n")
    assert [source.location(statement).line for statement in source.module.body] == [2, 3]


def test_syntax_newer_than_this_python_falls_back_to_the_whole_module() -> None:
    source = Source.parse("a.py", "# c\ntry:\n  pass\nexcept A, B:\n  x = 1\n\ny = t'a'\n")
    assert_same_as_libcst(source, list(walk(source.module)))


def test_lines_that_do_not_fit_are_not_believed() -> None:
    text = "a; b\nc\n"
    module = cst.parse_module(text)
    for lines in ((1, 2), (1, 1, 2, 3), (7,)):
        assert Positions(module, text, lines).span(module.body[1]) == (2, 1, 2, 2)


def test_only_the_statement_asked_for_is_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source.parse("a.py", "a = 1\nb = 2\nc = 3\n")
    written: list[cst.CSTNode] = []
    real = positions._ranges_in

    def counted(module: cst.Module, node: cst.CSTNode) -> dict[cst.CSTNode, object]:
        written.append(node)
        return real(module, node)  # type: ignore[return-value]

    monkeypatch.setattr(positions, "_ranges_in", counted)
    for node in walk(source.module.body[1]):
        source.location(node)
    assert written == [source.module.body[1]]


@pytest.mark.parametrize("name", ["ands", "strings", "elifs", "additions"])
def test_depth_is_no_obstacle(name: str) -> None:
    source = Source.parse("a.py", code_samples.CHAINS[name](900))
    *_, last = walk(source.module)
    place = source.location(last)
    assert place.end_line == source.text.count("\n")


def test_a_node_of_another_module_has_no_place_here() -> None:
    source = Source.parse("a.py", "a = 1\n")
    with pytest.raises(KeyError):
        source.location(cst.Name("b"))
