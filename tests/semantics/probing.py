"""The oracle: runs a program for real and in the interpreter, and compares what `probe(x)` sees in each.

Programs import from a package `probes` that exists here only:

    probe(x)     records x; at most one on a line
    anything(x)  gives x, or None; the interpreter knows nothing of it
    tick()       ends the run after a dozen turns, so that every loop ends

What stands in front of `def program(` is the module; without that line, everything is the body of `program` and
`p`, `q`, `r` are its parameters.
"""

from __future__ import annotations

import copy
import itertools
import os
import re
import sys
import textwrap
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from admission import admits, written

from jwt_sast.semantics.calls import Arguments, Call
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.interpreter import Interpretation, Interpreter
from jwt_sast.semantics.names import Names
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Known, Object, Reference, Unknown, Value
from jwt_sast.syntax.source import Source

HEAD = "from probes import probe, anything, tick\n"
UNREACHABLE = "unreachable"
MAX_TICKS = 12
BOOLEANS = (False, True)

Inputs = Iterable[tuple[Any, ...]]
Concrete = dict[int, list[Any]]
Abstract = dict[int, list[Value]]


class _RunTooLongError(BaseException):
    """The program has used up its ticks; no handler of its own catches this."""


class ProbeHost:
    """A host that knows the package `probes` and nothing else."""

    def __init__(self) -> None:
        self.seen: Abstract = defaultdict(list)
        self.calls = 0

    def call(self, call: Call) -> Value | None:
        """Records the argument of `probe` where it is called from the program itself."""
        self.calls += 1
        if call.function == "probes.probe":
            if _of_the_program(call.frame):
                self.seen[call.place.location.line].append(call.state.resolve(call.first()))
            return Known(None)
        if call.function == "probes.tick":
            return Known(None)
        return Unknown("anything", call.place.node) if call.function == "probes.anything" else None

    def use(self, value: Value, how: str, place: Place, state: State) -> None:
        """Nothing is done with uses; but a value that is told of must be one that the state knows."""
        if isinstance(value, Reference):
            assert state.look(value) is not None, "a reference to nothing"
        assert not isinstance(value, Object), "an object outside of the heap"

    @property
    def described(self) -> frozenset[str]:
        return frozenset()

    def has_method(self, name: str) -> bool:
        return False

    def accepts(self, function: str, arguments: Arguments) -> bool:
        """Whether a handed on function is one of these."""
        return function == "probes.probe" and len(arguments) == 1

    def constant(self, name: str) -> None:
        """The package has no constants."""

    def exports(self, module: str) -> tuple[str, ...]:
        """What `from probes import *` binds."""
        return ("probe", "anything", "tick") if module == "probes" else ()

    def setting(self, value: Value) -> None:
        """No framework has settings here."""

    def finish(self, state: State, value: Value) -> None:
        """Nothing is done with ends."""

    def body_ran(self, frame: Frame, state: State) -> None:
        """Nothing is done with modules."""

    def reached(self, bound: str, path: str, function: str) -> None:
        """Nothing is done with bounds."""

    def asked(self, names: Names, function: str, given: Sequence[Value]) -> frozenset[str]:
        """Every function is run in any case."""
        return frozenset()


def _of_the_program(frame: Frame) -> bool:
    entry = frame.entry
    return entry.is_module or entry.function_name == "program"


def whole(code: str) -> str:
    """The module that `code` stands for."""
    code = textwrap.dedent(code).strip("\n")
    if "def program(" not in code:
        code = "def program(p, q, r):\n" + textwrap.indent(code, "    ")
    return HEAD + code + "\n"


def interpret(text: str) -> tuple[Interpretation, ProbeHost]:
    """Interprets a module; a failure inside the interpreter is raised."""
    host = ProbeHost()
    interpretation = Interpreter(host).run(Source.parse("program.py", text))
    for _, failure in interpretation.failures:
        raise failure
    return interpretation, host


def run(text: str, inputs: Inputs) -> Concrete:
    """Runs a module, then its `program` once per tuple of `inputs`; what each line's probe has seen."""
    seen: Concrete = defaultdict(list)
    with warnings.catch_warnings():
        # `1 is 1` and the like.
        warnings.simplefilter("ignore", SyntaxWarning)
        code = compile(text, "program.py", "exec")
    for arguments in inputs:
        ticks = itertools.count()

        def tick(ticks: Iterator[int] = ticks) -> None:
            if next(ticks) > MAX_TICKS:
                raise _RunTooLongError

        with _package(seen, tick):
            try:
                exec(code, vars(sys.modules["program"]))
                sys.modules["program"].program(*copy.deepcopy(arguments))
            except (Exception, _RunTooLongError, SystemExit):
                continue
    return seen


@contextmanager
def _package(seen: Concrete, tick: Any) -> Iterator[None]:
    package = ModuleType("probes")

    def probe(value: Any) -> None:
        seen[sys._getframe(1).f_lineno].append(_copied(value))

    vars(package).update(probe=probe, tick=tick, anything=lambda value=None: value)
    sys.modules.update(probes=package, program=ModuleType("program"))
    environment = dict(os.environ)
    try:
        yield
    finally:
        del sys.modules["probes"], sys.modules["program"]
        os.environ.clear()
        os.environ.update(environment)


def _copied(value: Any) -> Any:
    try:
        return copy.deepcopy(value)
    except TypeError:  # a module, a generator
        return value


def all_booleans(count: int) -> list[tuple[bool, ...]]:
    """Every combination of `count` truth values."""
    return list(itertools.product(BOOLEANS, repeat=count))


def unsound(text: str, inputs: Inputs) -> list[str]:
    """What a run of the module `text` has shown that its interpretation does not admit; empty where it is sound."""
    concrete = run(text, inputs)
    _, host = interpret(text)
    return contradictions(concrete, host.seen)


def contradictions(concrete: Concrete, abstract: Abstract) -> list[str]:
    """Each value seen that none of the answers for its line admits."""
    wrong: list[str] = []
    for line, values in sorted(concrete.items()):
        answers = abstract.get(line, [])
        for value in values:
            if not any(admits(answer, value) for answer in answers):
                said = "; ".join(map(written, answers)) or UNREACHABLE
                wrong.append(f"line {line}: {value!r} is not in {said}")
    return list(dict.fromkeys(wrong))


_PARAMETER = re.compile(r"\b[pqr]\b")
_EXPECTED = re.compile(r"#= (.*)$")


def check(code: str, inputs: Inputs = ()) -> None:
    """Asserts that the interpretation of `code` is sound, and on lines with `#= answer` that it is just that answer.

    Without `inputs` the program is run with every combination of truth values.
    """
    text = whole(code)
    given = list(inputs) or all_booleans(len(_PARAMETER.findall(text[text.index("def program(") :].split(")")[0])))
    reached = run(text, given)
    assert unsound(text, given) == []
    _, host = interpret(text)
    for number, line in enumerate(text.splitlines(), start=1):
        if expected := _EXPECTED.search(line):
            said = "; ".join(dict.fromkeys(map(written, host.seen[number]))) or UNREACHABLE
            assert said == expected[1].strip(), line.strip()
            assert number in reached or said == UNREACHABLE, f"never run: {line.strip()}"
