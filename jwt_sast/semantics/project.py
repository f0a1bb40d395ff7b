"""The modules around the analysed ones: found on disk, parsed and run when something in them is needed.

Nothing is imported. What is kept between files changes no answer, so that the order of files and their distribution
over processes do not matter either.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jwt_sast.semantics import searching
from jwt_sast.semantics.bounds import MAX_IMPORT_DEPTH, MAX_KEPT_SOURCE, MAX_LEADS
from jwt_sast.semantics.environment import Host, ModuleScope
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.linking import LinkedWorld
from jwt_sast.semantics.locating import Located, locate, module_name
from jwt_sast.semantics.names import Names
from jwt_sast.semantics.outline import Outline
from jwt_sast.semantics.relevance import Relevance, relevant
from jwt_sast.syntax.source import Source, SourceError

if TYPE_CHECKING:
    from jwt_sast.semantics.filled_settings import Filling


@dataclass(slots=True)
class Parsed:
    """A module's source and names; `data` is what was parsed, `path` where it lies."""

    path: str
    source: Source
    names: Names
    data: bytes | str


@dataclass(slots=True)
class _Run:
    """A module whose body has been run. `height` tells how many others were run one inside the other for it."""

    scope: ModuleScope
    height: int


_read = lru_cache(maxsize=64)(searching.read)


class Project:
    """The modules of one project or several, as one process sees them. Paths are absolute.

    `silent` makes the host for a module's body that is run for its values only. `roots` are the packages whose calls
    the host has words for; `matters` tells from a file's bytes whether it can hold such calls. `spell` is how a path
    is written in findings.
    """

    def __init__(
        self,
        silent: Callable[[str], Host],
        roots: Collection[str],
        matters: Callable[[bytes], bool],
        spell: Callable[[str], str],
    ) -> None:
        self.roots = roots
        self.silent = silent
        self.fillings: dict[object, Filling] = {}
        """What files put into settings, by source and path."""
        self._matters, self._spell = matters, spell
        self._parsed: OrderedDict[str, Parsed] = OrderedDict()
        self._size = 0
        self._runs: dict[str, _Run] = {}
        self._running: list[str] = []
        self._marked: dict[str, bool] = {}
        self._known_leads: dict[tuple[str, str, int], bool] = {}
        self._outlines: dict[str, Outline] = {}
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
            return self._is_marked(path)
        if depth == 0 or rest[0].encode() not in _read(path):
            return False
        if self._is_marked(path):
            return rest[0] in self._leading(path, depth - 1)
        # All that it can do is to pass the name on.
        passed_on = self._outline(path).imports.get(rest[0])
        return passed_on is not None and self.leads(".".join((passed_on, *rest[1:])), path, depth - 1)

    def _leading(self, path: str, depth: int) -> frozenset[str]:
        """The names of a module that lead to something of interest, through `depth` other modules at most."""
        known = self._leading_names.get((path, depth))
        if known is None:
            known = self._leading_names[path, depth] = self._outline(path).leading(
                self.roots, lambda name: depth > 0 and self.leads(name, path, depth)
            )
        return known

    def _outline(self, path: str) -> Outline:
        known = self._outlines.get(path)
        if known is None:
            known = self._outlines[path] = Outline.of(_read(path), module_name(path))
        return known

    def _is_marked(self, path: str) -> bool:
        known = self._marked.get(path)
        if known is None:
            known = self._marked[path] = self._matters(_read(path))
        return known

    def mentions(self, module: str, importer: str, name: str) -> bool:
        """Whether the text of a module, by its qualified name, holds an identifier: only then can it bind it."""
        word = name.encode()
        return any(not rest and word in _read(path) for path, rest in self.locate(module, importer))

    def relevance(self, parsed: Parsed) -> Relevance:
        """What of a module matters."""
        return relevant(parsed.names, self.roots, lambda name: self.leads(name, parsed.path))

    def parsed(self, path: str) -> Parsed | None:
        """The module at `path`, None where it cannot be analysed."""
        data = _read(path)
        try:
            return self.parse(path, data) if data else None
        except SourceError:
            return None

    def parse(self, path: str, data: bytes | str, spelling: str = "") -> Parsed:
        """The module at `path` with these contents. Raises SourceError. `spelling` is how findings write the path."""
        kept = self._parsed.get(path)
        if kept is not None and kept.data == data and spelling in ("", kept.source.path):
            self._parsed.move_to_end(path)
            return kept
        source = Source.parse(spelling or self._spell(path), data, ast_checked=isinstance(data, str))
        parsed = Parsed(path, source, Names(source.module, module_name(path)), data)
        self._keep(parsed)
        return parsed

    def _keep(self, parsed: Parsed) -> None:
        """Keeps a module for whoever needs it next, and drops those that nobody has asked for in the longest time."""
        self._drop(parsed.path)
        self._parsed[parsed.path] = parsed
        self._size += len(parsed.data)
        while self._size > MAX_KEPT_SOURCE and len(self._parsed) > 1:
            self._drop(next(iter(self._parsed)))

    def _drop(self, path: str) -> None:
        dropped = self._parsed.pop(path, None)
        self._runs.pop(path, None)
        if dropped is not None:
            self._size -= len(dropped.data)

    def module(self, path: str, asker: LinkedWorld) -> ModuleScope | None:
        """The module at `path` after its body has run, on behalf of another one."""
        depth = asker.depth + 1
        kept = self._runs.get(path)
        if kept is not None and depth + kept.height <= MAX_IMPORT_DEPTH:
            asker.height = max(asker.height, kept.height + 1)
            self._parsed.move_to_end(path)
            return kept.scope
        if path in self._running or depth > MAX_IMPORT_DEPTH:
            asker.cut_short = True
            return None
        parsed = self.parsed(path)
        return None if parsed is None else self._run(parsed, asker, depth)

    def _run(self, parsed: Parsed, asker: LinkedWorld, depth: int) -> ModuleScope:
        self._running.append(parsed.path)
        try:
            scope, world = Interpreter(self.silent(parsed.source.path), self.roots, self, depth).load(parsed)
        finally:
            self._running.pop()
        asker.height = max(asker.height, world.height + 1)
        asker.cut_short |= world.cut_short
        if not world.cut_short and parsed.path in self._parsed:
            # What was cut short may turn out otherwise for another asker.
            self._runs[parsed.path] = _Run(scope, world.height)
        return scope
