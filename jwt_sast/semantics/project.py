"""The modules around the analysed ones: found on disk, parsed and run when something in them is needed.

Nothing is imported. What is kept between files changes no answer, so that the order of files and their distribution
over processes do not matter either.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jwt_sast.semantics import searching
from jwt_sast.semantics.bounds import (
    MAX_GLANCED_AT,
    MAX_HOPS,
    MAX_IMPORT_DEPTH,
    MAX_KEPT_STATEMENTS,
    MAX_LEADS,
    MAX_PART,
)
from jwt_sast.semantics.environment import Host, ModuleScope
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.linking import LinkedWorld
from jwt_sast.semantics.locating import Located, locate, module_name
from jwt_sast.semantics.names import Names
from jwt_sast.semantics.outline import Outline, Statement
from jwt_sast.semantics.relevance import Relevance, relevant
from jwt_sast.syntax.source import Source, SourceError

if TYPE_CHECKING:
    from jwt_sast.semantics.filled_settings import Filling


@dataclass(slots=True)
class Parsed:
    """A module, or a part of one: its source and names, and at which absolute path it lies."""

    path: str
    source: Source
    names: Names


@dataclass(slots=True)
class _Run:
    """A module whose body has been run, of `size` simple statements. `height` tells how many others were run for it one
    inside the other.
    """

    scope: ModuleScope
    height: int
    size: int


_Key = tuple[str, tuple[int, ...]]
"""A path, and the first lines of the statements that are looked at."""


_read = lru_cache(maxsize=64)(searching.read)


def _defines(data: bytes, name: str) -> bool:
    """Whether a module visibly defines a name itself: most do, and need no parser to say so. Who looks for hundreds of
    names in a large one is better off with its outline.
    """
    if len(data) > MAX_GLANCED_AT:
        return False
    word = name.encode()
    forms = (b"\ndef %s(", b"\nasync def %s(", b"\nclass %s(", b"\nclass %s:", b"\n%s =", b"\n%s:")
    return any(form % word in data for form in forms)


class Project:
    """The modules of one project or several, as one process sees them. Paths are absolute.

    `silent` makes the host for a module's body that is run for its values only. `roots` are the packages whose calls
    the host has words for, `carriers` those whose calls are not looked for in functions of other modules: too many
    functions make a request. `matters` tells from a file's bytes whether it can hold such calls. `spell` is how a path
    is written in findings. `sought` are functions and classes whose callers are looked for.
    """

    def __init__(
        self,
        silent: Callable[[str], Host],
        roots: Collection[str],
        carriers: Collection[str],
        matters: Callable[[bytes], bool],
        spell: Callable[[str], str],
        sought: Collection[str] = (),
    ) -> None:
        self.roots = roots
        self.sought = frozenset(sought)
        self.silent = silent
        self.fillings: dict[object, Filling] = {}
        """What files put into settings, by source and path."""
        self._carriers, self._makers = frozenset(carriers), frozenset(roots) - frozenset(carriers)
        self._matters, self._spell = matters, spell
        self._kept: OrderedDict[_Key, _Run] = OrderedDict()
        self._size = 0
        self._running: list[_Key] = []
        self._subjects: dict[tuple[str, str], tuple[Statement, ...]] = {}
        self._marked: dict[str, bool] = {}
        self._known_leads: dict[tuple[str, str, int], bool] = {}
        self._outlines: dict[str, Outline] = {}
        self._known_senders: dict[str, frozenset[str]] = {}
        self._leading_names: dict[tuple[str, int], frozenset[str]] = {}

    def locate(self, name: str, importer: str) -> tuple[Located, ...]:
        """The modules that a name may lead to, seen from the file `importer`, and what is left of the name."""
        return locate(name, os.path.abspath(importer)) if name else ()

    def leads(self, name: str, importer: str, depth: int = MAX_LEADS) -> bool:
        """Whether what a qualified name stands for may come to a call that the host has words for."""
        known = self._known_leads.get(key := (name, os.path.dirname(importer), depth))
        if known is None:
            known = self._known_leads[key] = any(
                self._leads(path, rest, depth) for path, rest in self.locate(name, importer)
            )
        return known

    def _leads(self, path: str, rest: tuple[str, ...], depth: int) -> bool:
        if not rest:
            return self._is_marked(path) and self.outline(path).mentions(self._makers)
        if depth == 0:
            return False
        if rest[0].encode() not in _read(path):
            return any(self.leads(".".join((star, *rest)), path, depth - 1) for star in self._stars(path))
        if self._is_marked(path):
            leading = self._leading(path, depth - 1)
            if len(rest) == 2 and f"{rest[0]}.{rest[1]}" in self.outline(path).own:
                return f"{rest[0]}.{rest[1]}" in leading
            if rest[0] in leading:
                return True
        # All that it can do besides is to pass the name on.
        if path not in self._outlines and _defines(_read(path), rest[0]):
            return False
        passed_on = self.outline(path).imports.get(rest[0])
        return passed_on is not None and self.leads(".".join((passed_on, *rest[1:])), path, depth - 1)

    def _leading(self, path: str, depth: int) -> frozenset[str]:
        """The names of a module that lead to something of interest, through `depth` other modules at most."""
        known = self._leading_names.get((path, depth))
        if known is None:
            known = self._leading_names[path, depth] = self.outline(path).leading(
                self._makers, self._carriers, lambda name: depth > 0 and self.leads(name, path, depth)
            )
        return known

    def lends(self, name: str, importer: str) -> bool:
        """Whether a qualified name is one that a module has only imported from a package that makes or reads tokens."""
        name, importer = self._traced(name, importer)
        return name.partition(".")[0] in self._makers and not self.locate(name, importer)

    def collects(self, name: str, importer: str) -> bool:
        """Whether a qualified name is one of a function that takes any keyword, or of a class with such a method."""
        located = self.locate(*self._traced(name, importer))
        return any(not self.outline(path).collectors.isdisjoint(rest[:1]) for path, rest in located)

    def sends(self, name: str, importer: str) -> bool:
        """Whether a qualified name is that of a function or class that makes requests itself and may carry a token.

        Those that have another one make them do not count: in a large project, half of all functions do.
        """
        return any(rest and rest[0] in self._senders(path) for path, rest in self.locate(name, importer))

    def _senders(self, path: str) -> frozenset[str]:
        known = self._known_senders.get(path)
        if known is None:
            lines = _read(path).splitlines(keepends=True) if self._is_marked(path) else []
            users = self.outline(path).users(self._carriers) if lines else []
            sending = [one for one in users if self._matters(b"".join(lines[one.first - 1 : one.last]))]
            known = self._known_senders[path] = frozenset(name for one in sending for name in one.bound)
        return known

    def _traced(self, name: str, importer: str) -> tuple[str, str]:
        """What a qualified name is called where the imports of modules have it from, and the last module on the way."""
        for _ in range(MAX_HOPS):
            for path, rest in self.locate(name, importer):
                if rest and (imported := self.outline(path).imports.get(rest[0])):
                    name, importer = ".".join((imported, *rest[1:])), path
                    break
            else:
                break
        return name, importer

    def outline(self, path: str) -> Outline:
        """The module at `path` from afar."""
        known = self._outlines.get(path)
        if known is None:
            known = self._outlines[path] = Outline.of(_read(path), module_name(path), frozenset(self.roots))
        return known

    def _is_marked(self, path: str) -> bool:
        known = self._marked.get(path)
        if known is None:
            known = self._marked[path] = self._matters(_read(path))
        return known

    def mentions(self, module: str, importer: str, name: str) -> bool:
        """Whether the text of a module, by its qualified name, or of one all of whose names it imports, holds an
        identifier: only then can it bind it.
        """
        word = name.encode()
        return any(word in _read(path) for path in self._with_stars(module, importer))

    def binds(self, module: str, importer: str, name: str) -> bool:
        """Whether a module, or one all of whose names it imports, is seen to bind a name."""
        word = name.encode()
        return any(
            word in _read(path) and self.outline(path).binds(name) for path in self._with_stars(module, importer)
        )

    def has(self, path: str, name: str) -> bool:
        """Whether the module at `path` has a top-level name of its own."""
        return self.outline(os.path.abspath(path)).binds(name)

    def names(self, path: str, below: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The top-level names of the module at `path`, those that its stars bring in before its own.

        `below` are the modules that wait for the answer.
        """
        outline, below = self.outline(path), below | {path}
        located = (self.locate(star, path)[:1] for star in outline.stars)
        inner = [module for found in located for module, rest in found if not rest and module not in below]
        return (*(name for module in inner for name in self.names(module, below)), *outline.bound())

    def _with_stars(self, module: str, importer: str) -> Iterator[str]:
        """The module's file, and those of the modules that it has names of by `from … import *`."""
        pending, seen = [(module, importer)], set[str]()
        while pending and len(seen) < MAX_HOPS:
            for path, rest in self.locate(*pending.pop()):
                if not rest and path not in seen:
                    seen.add(path)
                    yield path
                    pending += [(star, path) for star in self._stars(path)]

    def _stars(self, path: str) -> tuple[str, ...]:
        return self.outline(path).stars if b"*" in _read(path) else ()

    def relevance(self, parsed: Parsed, roots: Collection[str], methods: Collection[str] = ()) -> Relevance:
        """What of a module matters that may use the packages `roots`, or call these `methods`."""
        path = parsed.path
        sought = self.sought.union(methods)
        return relevant(parsed.names, roots, lambda name: self.leads(name, path) or self.sends(name, path), sought)

    def parse(self, path: str, data: bytes | str) -> Parsed:
        """The whole module of a file with these contents, to be analysed. Raises SourceError."""
        place = os.path.abspath(path)
        source = Source.parse(path, data, ast_checked=isinstance(data, str))
        return Parsed(place, source, Names(source.module, module_name(place)))

    def whole(self, path: str) -> Parsed | None:
        """The whole module at `path`, to be run on behalf of another one; None where it cannot be parsed."""
        try:
            source = Source.parse(self._spell(path), _read(path))
        except SourceError:
            return None
        return Parsed(path, source, Names(source.module, module_name(path)))

    def module(self, path: str, name: str, asker: LinkedWorld) -> ModuleScope | None:
        """As much of the module at `path` as has to do with a name in it, after its body has run."""
        depth = asker.depth + 1
        key = path, tuple(one.first for one in self._about(path, name))
        kept = self._kept.get(key)
        if kept is not None and depth + kept.height <= MAX_IMPORT_DEPTH:
            asker.height = max(asker.height, kept.height + 1)
            self._kept.move_to_end(key)
            return kept.scope
        if not key[1] or key in self._running or depth > MAX_IMPORT_DEPTH:
            asker.cut_short |= bool(key[1])
            return None
        try:
            parsed = self._part(path, self._about(path, name))
        except SourceError:
            return None
        return self._run(key, parsed, asker, depth)

    def _about(self, path: str, name: str) -> tuple[Statement, ...]:
        known = self._subjects.get((path, name))
        if known is None:
            known = self.outline(path).about(name)
            lines = sum(one.last - one.first + 1 for one in known)
            known = self._subjects[path, name] = known if lines <= MAX_PART else ()
        return known

    def _part(self, path: str, statements: tuple[Statement, ...]) -> Parsed:
        lines = [(one.first, one.last) for one in statements]
        heads = [line for one in statements for line in one.heads]
        source = Source.part(self._spell(path), _read(path), lines, heads)
        return Parsed(path, source, Names(source.module, module_name(path)))

    def _run(self, key: _Key, parsed: Parsed, asker: LinkedWorld, depth: int) -> ModuleScope:
        self._running.append(key)
        try:
            scope, world = Interpreter(self.silent(parsed.source.path), self.roots, self, depth).load(parsed)
        finally:
            self._running.pop()
        asker.height = max(asker.height, world.height + 1)
        asker.cut_short |= world.cut_short
        if not world.cut_short:
            # What was cut short may turn out otherwise for another asker.
            self._keep(key, _Run(scope, world.height, parsed.names.statements))
        return scope

    def _keep(self, key: _Key, run: _Run) -> None:
        """Keeps a module for whoever needs it next, and drops those that nobody has asked for in the longest time."""
        self._kept[key] = run
        self._size += run.size
        while self._size > MAX_KEPT_STATEMENTS and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._size -= dropped.size
