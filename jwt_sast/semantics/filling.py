"""What a file puts into the settings of a framework.

Its body is run, and then the functions that touch such settings: a factory, or an extension that is handed the
application. What they hold by then is what counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from jwt_sast.semantics import functions
from jwt_sast.semantics.fallbacks import settled_value
from jwt_sast.semantics.filled_settings import Filled, Filling
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Function, Known, Object, Symbol, Value
from jwt_sast.syntax.visitor import walk

if TYPE_CHECKING:
    from jwt_sast.semantics.project import Parsed, Project


class Filler(Interpreter):
    """Runs a file for what it puts into the settings of `source`."""

    def __init__(self, project: Project, parsed: Parsed, source: Filled) -> None:
        super().__init__(project.silent(parsed.source.path), project, depth=1)
        self._parsed, self._source = parsed, source
        self._found: dict[str, list[Value]] = {}

    def run_all(self) -> Filling:
        """Runs the module's body, then each function that touches settings and has not been called by then."""
        scope, names = self._begin(self._parsed, False)
        self._world.fills = True
        try:
            body = self._run_body(scope, names)
            self._collect(self._end)
            for function in body.definitions:
                inner = names.scopes.get(function.node)
                if inner and function.node not in body.entered and not inner.mentions.isdisjoint(self._words()):
                    self._run_touching(function)
        except Exception:
            # The file is analysed for itself as well where it matters, and then says what is wrong.
            return Filling({}, {})
        return Filling(self._found, self._world.heap)

    def _words(self) -> set[str]:
        return {self._source.attribute, *self._source.aliases.values()}

    def _run_touching(self, function: Function) -> None:
        owner = function.scope.owners.get(function.node)
        frame = self._frame(function)
        state = State(self._world)
        if owner is not None and "staticmethod" not in function.decorators:
            receiver, state = self._received(frame, function, owner, {})
            function = frame.function = replace(function, receiver=receiver)
        state.names = functions.entry_names(frame, state, function)
        for name in _with_attribute(function.node, self._words()):
            if name in state.names and state.names[name] is not function.receiver:
                state.names[name] = self._source.application(state, frame.origin(function.node))
        after, _ = functions.run(frame, state)
        if after is not None:
            self._world.heap.update((a, c) for a, c in after.heap.items() if a not in self._world.heap)
            self._collect(after)

    def _collect(self, state: State) -> None:
        """Takes note of what settings hold by now, without what has been turned away."""
        for content in list(state.heap.values()):
            if isinstance(content, Object) and self._holds(content.of):
                for name, value in content.attributes.items():
                    if name.isupper():
                        self._note(name, settled_value(value, state))
            elif isinstance(content, Object) and self._source.attribute in content.attributes:
                for name, alias in self._source.aliases.items():
                    if alias in content.attributes:
                        self._note(name, settled_value(content.attributes[alias], state))

    def _note(self, name: str, value: Value) -> None:
        values = self._found.setdefault(name, [])
        # Equal literals in two places are two things to report.
        if isinstance(value, Known) or value not in values:
            values.append(value)

    def _holds(self, of: Value | None) -> bool:
        return isinstance(of, Symbol) and of.name in self._source.holders


def _with_attribute(node: cst.CSTNode, words: Collection[str]) -> Iterator[str]:
    """The names of which one of the attributes `words` is taken."""
    for inner in walk(node):
        match inner:
            case cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value=text)) if text in words:
                yield name
