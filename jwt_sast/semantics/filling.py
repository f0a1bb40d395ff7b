"""Settings that code puts into an object of a framework: `app.config["KEY"] = …`, in whatever module that is done.

Files that may do so are found by their bytes. Their bodies are run, and then the functions that touch such an object: a
factory, or an extension that is handed the application. What has been put into the object by then is what counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from collections.abc import Mapping as ReadOnlyDict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

import libcst as cst

from jwt_sast.semantics import functions, searching
from jwt_sast.semantics.bounds import MAX_FILLERS
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.state import HeapObject, State
from jwt_sast.semantics.values import Function, Object, Symbol, Value
from jwt_sast.syntax.visitor import walk

if TYPE_CHECKING:
    from jwt_sast.semantics.linking import LinkedWorld
    from jwt_sast.semantics.project import Parsed, Project


@dataclass(frozen=True, slots=True)
class Filling:
    """What a file puts into settings: by name, a value for each way that it can be run, and what they refer to."""

    values: ReadOnlyDict[str, Sequence[Value]]
    heap: ReadOnlyDict[int, HeapObject]


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """A source of settings that are filled by code.

    `holders` are the qualified names of the classes whose objects hold settings, as their attributes; `attribute` is
    where an application has such an object, and `application` makes one of which nothing is known. `aliases` are other
    attributes of an application that stand for a setting. `layers` is found in files that take over a whole class or
    module of settings, in whose text the setting's name does not occur.
    """

    holders: Collection[str]
    attribute: str
    application: Callable[[State, Origin], Value]
    layers: re.Pattern[bytes]
    aliases: ReadOnlyDict[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> re.Pattern[bytes]:
        """What a file has that touches the settings of an application."""
        words = "|".join(map(re.escape, (self.attribute, *self.aliases.values())))
        return re.compile(rf"\.(?:{words})\b".encode())

    def find(self, world: LinkedWorld, state: State, name: str, importer: str) -> Sequence[Value]:
        """What the setting is set to: in the project of `importer`, or the nearest one around it that sets it."""
        for root in searching.roots(os.path.dirname(importer)):
            found = [self._filling(world, path) for path in self._fillers(root, name)]
            if setting := [one for one in found if name in one.values]:
                for one in setting:
                    world.adopt(one.heap)
                return [value for one in setting for value in one.values[name]]
        return ()

    def _fillers(self, root: str, name: str) -> Sequence[str]:
        """The files that may set it; none where they are too many."""
        touching = searching.mentioning(root, self.marks)
        # What no file at all says is not set by taking over a class or module either.
        if not touching or not searching.mentioning(root, _writes(name)):
            return ()
        spellings = [_writes(one) for one in (name, self.aliases.get(name)) if one]
        found = [path for path in touching if _matches(searching.read(path), (*spellings, self.layers))]
        return found if len(found) <= MAX_FILLERS else ()

    def _filling(self, world: LinkedWorld, path: str) -> Filling:
        remembered: dict[object, Filling] = world.project.fillings
        known = remembered.get(key := (self, path))
        if known is None:
            parsed = world.project.parsed(path)
            known = Filling({}, {}) if parsed is None else Filler(world.project, parsed, self).run_all()
            remembered[key] = known
        return known


@cache
def _writes(name: str) -> re.Pattern[bytes]:
    """What a file has in it that sets `name`: by an item, a keyword, an attribute, a dict or an assignment."""
    word = re.escape(name)
    return re.compile(rf"""\b{word}\b["']?\s*\]?\s*(?:=(?!=)|:)|\bsetdefault\(\s*["']{word}["']""".encode())


def _matches(data: bytes, patterns: Collection[re.Pattern[bytes]]) -> bool:
    return any(pattern.search(data) for pattern in patterns)


class Filler(Interpreter):
    """Runs a file for what it puts into the settings of `source`."""

    def __init__(self, project: Project, parsed: Parsed, source: Filled) -> None:
        super().__init__(project.silent(parsed.source.path), project.roots, project, depth=1)
        self._parsed, self._source = parsed, source
        self._found: dict[str, list[Value]] = {}

    def run_all(self) -> Filling:
        """Runs the module's body, then each function that touches settings and has not been called by then."""
        scope, names = self._begin(self._parsed, False)
        self._world.fills = True
        try:
            body = self._run_body(scope, names)
            self._collect(self._world.heap)
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
            self._collect(after.heap)

    def _collect(self, heap: ReadOnlyDict[int, HeapObject]) -> None:
        """Takes note of what settings hold by now."""
        for content in list(heap.values()):
            if isinstance(content, Object) and self._holds(content.of):
                for name, value in content.attributes.items():
                    if name.isupper():
                        self._note(name, value)
            elif isinstance(content, Object) and self._source.attribute in content.attributes:
                for name, alias in self._source.aliases.items():
                    if alias in content.attributes:
                        self._note(name, content.attributes[alias])

    def _note(self, name: str, value: Value) -> None:
        values = self._found.setdefault(name, [])
        if value not in values:
            values.append(value)

    def _holds(self, of: Value | None) -> bool:
        return isinstance(of, Symbol) and of.name in self._source.holders


def _with_attribute(node: cst.CSTNode, words: Collection[str]) -> Iterator[str]:
    """The names of which one of the attributes `words` is taken."""
    for inner in walk(node):
        match inner:
            case cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value=text)) if text in words:
                yield name
