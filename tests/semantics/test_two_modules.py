"""Programs of two modules: what one shows of the other's values, run for real and compared."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest
from probing import BOOLEANS, HEAD, ProbeHost, contradictions, run

from jwt_sast.semantics.interest import Interest
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.project import Project

INTEREST = Interest(
    makers={"probes": frozenset({"probe", "anything", "tick"})},
    carriers={},
    matters=lambda data: b"probes" in data,
    makes=lambda data: b"probes" in data,
)

OTHER = """
    A = {"a": 1}
    B = [1]
    TEXT = "x"
    NUMBER = 3
    SWITCH = False
    def make(**more):
        return {"a": 1, **more}
    def put(d, key):
        d[key] = 2
        return d
    def twice(function):
        def inner(*args):
            return [function(*args), function(*args)]
        return inner
    class Box:
        kind = "box"
        def __init__(self, x):
            self.d = {"x": x}
        def put(self, key):
            self.d[key] = self.kind
            return self
        @property
        def first(self):
            return self.d["x"]
    box = Box(1)
"""

PROGRAMS = {
    "constants in operations": """
        from other import A, B, NUMBER, SWITCH, TEXT
        probe(NUMBER + 1)
        probe(-NUMBER)
        probe(TEXT + "y")
        probe({TEXT: NUMBER})
        probe({**A, "b": 2})
        probe([*B, 2])
        probe(A | {"b": 2})
        probe("%s-%s" % (TEXT, NUMBER))
        if SWITCH or p:
            probe(NUMBER)
        for key in A:
            probe(key)
        probe([one * 2 for one in B])
        probe(NUMBER == 3)
    """,
    "changes in place": """
        import other
        from other import A, B
        A["b"] = p
        probe(other.A)
        B.append(2)
        probe(other.B)
        if p:
            A.pop("a")
        probe(A)
        copy = dict(other.A)
        copy["c"] = 1
        probe(A)
        probe(copy)
    """,
    "calls": """
        from other import make, put
        d = make(b=p)
        probe(d)
        e = put(d, "c")
        probe(d)
        probe(e)
        d["d"] = 1
        probe(e)
        own = {"x": p}
        put(own, "y")
        probe(own)
    """,
    "objects": """
        from other import Box, box
        one = Box(p)
        probe(one.first)
        one.put("y")
        probe(one.d)
        probe(one.put("z").d)
        probe(box.kind)
        box.put("y")
        probe(box.d)
        box.kind = "other"
        probe(box.kind)
        probe(Box.kind)
    """,
    "inheritance and decorators": """
        from other import Box, twice
        class Mine(Box):
            kind = "mine"
            def third(self):
                return self.put("y").d
        @twice
        def f(x):
            return x
        probe(Mine(p).third())
        probe(Mine(1).kind)
        probe(f(2))
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_what_is_seen_is_admitted(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + "def program(p):\n" + textwrap.indent(textwrap.dedent(code).strip("\n"), "    ") + "\n"
    (tmp_path / "other.py").write_text(textwrap.dedent(OTHER))
    path = tmp_path / "program.py"
    path.write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    seen: dict[int, list[object]] = {}
    for value in BOOLEANS:
        sys.modules.pop("other", None)
        for line, values in run(text, [(value,)]).items():
            seen.setdefault(line, []).extend(values)
    sys.modules.pop("other", None)
    host = ProbeHost()
    project = Project(lambda path: ProbeHost(), INTEREST, str)
    interpretation = Interpreter(host, project).run(project.parse(str(path), text))
    assert interpretation.failures == []
    assert seen
    assert contradictions(seen, host.seen) == []


def test_a_wrong_answer_would_be_seen() -> None:
    host = ProbeHost()
    assert contradictions({1: [2]}, host.seen) == ["line 1: 2 is not in unreachable"]
