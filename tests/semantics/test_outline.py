"""Modules from afar: statements told apart without a parser, and where their names lead."""

from __future__ import annotations

import ast
import sysconfig
import textwrap
import warnings
from pathlib import Path

import pytest

from jwt_sast.semantics.chunks import chunks
from jwt_sast.semantics.interest import Interest
from jwt_sast.semantics.leads import Leads
from jwt_sast.semantics.outline import Outline
from jwt_sast.semantics.outlines import Outlines

LIBRARY = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))[::4]
INTEREST = Interest(
    makers={"jwt": frozenset({"encode", "decode"})},
    carriers={"requests": frozenset({"get", "Session"})},
    matters=lambda data: b"jwt" in data or b"requests" in data,
    makes=lambda data: b"jwt" in data,
    alarms=(rb"http://", rb"\bverify\s*=\s*False"),
)


def outline(code: str) -> Outline:
    return Outline.of(textwrap.dedent(code).encode(), "app.tokens", frozenset({"jwt", "requests"}))


def by_ast(text: str) -> list[tuple[int, str]]:
    """The lines on which top-level statements begin and the names of functions and classes; of those that share a line
    the first.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        body = ast.parse(text).body
    found: dict[int, str] = {}
    last = 0
    for node in body:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        if first > last:
            found[first] = getattr(node, "name", "")
        last = node.end_lineno or first
    return list(found.items())


class TestChunks:
    @pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.name)
    def test_statements_are_those_of_the_parser(self, path: Path) -> None:
        data = path.read_bytes()
        statements = Outline.of(data, "x", frozenset()).statements
        assert [(one.first, "" if one.runs else one.bound[0]) for one in statements] == by_ast(data.decode())

    def test_nothing_is_lost(self) -> None:
        for path in LIBRARY:
            data = path.read_bytes()
            found = list(chunks(data))
            assert b"".join(one.code for one in found) == data[data.index(found[0].code[:20]) :]

    @pytest.mark.parametrize(
        ("code", "lines"),
        [
            ('A = """\ndef f(): pass\n"""\nB = 1\n', [1, 4]),
            ("A = [\n1,\n'x',\n]\nB = 1\n", [1, 5]),
            ("@a\n@b(\nc)\ndef f():\n    pass\nB = 1\n", [1, 6]),
            (
                "try:\n    import a\nexcept ImportError:\n    a = 1\nelse:\n    b = 1\nfinally:\n    c = 1\nd = 1\n",
                [1, 9],
            ),
            ("if x:\n    a = 1\nelif y:\n    a = 2\n# a comment\nb = 3\n", [1, 6]),
            ("a = 1 + \\\n2\nb = 3\n", [1, 3]),
            ('a = "(" # )\nb = f"{x!r}"\n', [1, 2]),
            ("\f\nclass A:\n    pass\n\fclass B:\n    pass\n", [2, 4]),
            ("# only a comment\n", []),
            ("", []),
        ],
    )
    def test_where_statements_begin(self, code: str, lines: list[int]) -> None:
        assert [one.first for one in chunks(code.encode())] == lines

    def test_the_head_of_a_decorated_statement(self) -> None:
        (one,) = chunks(b"@a\n@b\ndef f():\n    pass\n")
        assert (one.first, one.heads, one.last) == (1, [3], 4)

    def test_lines_end_in_every_way(self) -> None:
        found = outline("a = 1\r\ndef f():\r    pass\rb = 2\n")
        assert [(one.first, one.bound) for one in found.statements] == [(1, ("a",)), (2, ("f",)), (4, ("b",))]


class TestOutline:
    def test_names_that_are_bound(self) -> None:
        found = outline("""
            import os.path, a.b as c
            from . import d
            from .e import *
            A = B = 1
            (C, [D, *E]) = x
            F: int = 1
            G.h = 1
            I["x"] = 1
            J.update(x=1)
            for K in x: L = 1
            with x as M: pass
            try: N = 1
            except E: O = 1
            del P
            lambda: 1
            async def q(): pass
            @x
            class R:
                def s(self): pass
                class T: pass
        """)
        assert found.bound() == (
            "os", "c", "d", "A", "B", "C", "D", "E", "F", "G", "I", "J", "K", "L", "M", "N", "O", "P", "q", "R",
        )  # fmt: skip
        assert found.imports == {"os": "os", "c": "a.b", "d": "app.d"}
        assert found.stars == ("app.e",)
        assert "R.s" in found.own
        assert "R.T" not in found.own

    def test_every_import_is_seen(self) -> None:
        found = outline("""
            import a
            def f():
                from b.c import (d,
                                 e as g)
                import h.i
        """)
        assert found.every_import == {"a", "b.c.d", "b.c.e", "h"}

    def test_statements_about_a_name(self) -> None:
        found = outline("""
            import os
            import unused
            BASE = os.environ["X"]
            KEY = BASE + "y"
            OTHER = 1
            def f(): return KEY
            def g():
                global KEY
                KEY = 1
        """)
        assert [one.first for one in found.about("KEY")] == [2, 4, 5, 8]
        assert found.about("MISSING") == ()

    @pytest.mark.parametrize(
        ("code", "names"),
        [
            ("import jwt\ndef make(): return jwt.encode(1)\ndef other(): return 1\n", {"make"}),
            ("import jwt\ndef read():\n    try: pass\n    except jwt.PyJWTError: pass\n", set()),
            ("from jwt import PyJWTError\ndef read(): raise PyJWTError\n", set()),
            ("from jwt import encode as e\ndef make(): return e(1)\ndef outer(): return make()\n", {"make", "outer"}),
            ("def make():\n    import jwt\n    return jwt.encode(1)\n", {"make"}),
            ("def make(): return 'jwt encode'  # jwt.encode\n", set()),
            ("import jwt\nencode = jwt.encode\n", {"encode"}),
            ("import requests\ndef send(): return requests.get('')\n", set()),
            ("import requests\nsession = requests.Session()\n", {"session"}),
            (
                "import jwt\nclass A:\n    def make(self): return jwt.encode(1)\n    def other(self): return 1\n",
                {"A", "A.make"},
            ),
        ],
    )
    def test_names_that_lead_somewhere(self, code: str, names: set[str]) -> None:
        assert outline(code).leading(INTEREST, lambda name: False) == names


class TestLeads:
    @pytest.fixture
    def leads(self) -> Leads:
        return Leads(Outlines(INTEREST.packages), INTEREST)

    def files(self, folder: Path, **files: str) -> str:
        package = folder / "app"
        package.mkdir()
        for name, code in {"__init__": "", **files}.items():
            (package / f"{name}.py").write_text(code)
        return str(package / "__init__.py")

    def test_through_a_module_that_passes_it_on(self, tmp_path: Path, leads: Leads) -> None:
        importer = self.files(
            tmp_path,
            tokens="import jwt\ndef make(): return jwt.encode(1)\n",
            api="from .tokens import *\n",
            front="from app.api import make as m\nm2 = 1\n",
        )
        assert leads.leads("app.front.m", importer)
        assert not leads.leads("app.front.m2", importer)

    def test_through_calls_of_one_more_module(self, tmp_path: Path, leads: Leads) -> None:
        importer = self.files(
            tmp_path,
            tokens="import jwt\ndef make(): return jwt.encode(1)\n",
            near="# jwt\nfrom app.tokens import make\ndef near(): return make()\n",
            far="# jwt\nfrom app.near import near\ndef far(): return near()\n",
        )
        assert leads.leads("app.near.near", importer)
        assert not leads.leads("app.far.far", importer)

    def test_modules_that_import_one_another(self, tmp_path: Path, leads: Leads) -> None:
        importer = self.files(
            tmp_path, a="from app.b import *\nfrom app.b import x\n", b="from app.a import *\nfrom app.a import x\n"
        )
        assert not leads.leads("app.a.x", importer)
        assert not leads.leads("app.a.y", importer)

    def test_a_package_that_is_lent(self, tmp_path: Path, leads: Leads) -> None:
        importer = self.files(tmp_path, compat="try:\n    import jwt\nexcept ImportError:\n    jwt = None\n")
        assert leads.leads("app.compat.jwt", importer)
        assert leads.lends("app.compat.jwt", importer)

    @pytest.mark.parametrize(
        ("code", "settings", "answer"),
        [
            ("from app.settings import URL\n", 'URL = "http://x"\n', True),
            ("from app.settings import URL\n", 'OTHER = "http://x"\nURL = "https://x"\n', False),
            ("from app.settings import url\n", 'HOST = "http://x"\ndef url(): return HOST\n', True),
            ("from app.settings import URL\n", '# http://x\nURL = "https://x"\n', False),
            ("from app import settings\n", 'URL = "http://x"\n', True),
            ('import requests\nrequests.get("http://x")\n', "", True),
            ('import requests\nrequests.get("https://x")\n', "", False),
            ("def f(session): session.get(verify=False)\n", "", True),
        ],
    )
    def test_what_could_be_said_about_a_carrier(
        self, code: str, settings: str, answer: bool, tmp_path: Path, leads: Leads
    ) -> None:
        importer = self.files(tmp_path, settings=settings)
        assert leads.is_alarming(outline(code), importer, code.encode()) is answer
