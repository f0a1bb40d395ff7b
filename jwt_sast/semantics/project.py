"""The modules around the analysed ones: parsed and run when something in them is needed.

Nothing is imported. What is kept between files changes no answer, so that the order of files and their distribution
over processes do not matter either.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jwt_sast.semantics.bounds import MAX_IMPORT_DEPTH, MAX_KEPT_STATEMENTS, MAX_PART
from jwt_sast.semantics.environment import Host, ModuleScope
from jwt_sast.semantics.interest import Interest
from jwt_sast.semantics.interpreter import Interpreter
from jwt_sast.semantics.leads import Leads
from jwt_sast.semantics.linking import LinkedWorld
from jwt_sast.semantics.locating import module_name
from jwt_sast.semantics.names import Names
from jwt_sast.semantics.outline import Statement
from jwt_sast.semantics.outlines import Outlines, read
from jwt_sast.semantics.parts import Parts
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


@dataclass(frozen=True, slots=True)
class Prospects:
    """The packages of interest that a module uses, whether what it calls in other modules may make requests, and the
    methods that are of interest whatever they belong to.
    """

    packages: frozenset[str]
    sends: bool
    methods: frozenset[str] = frozenset()


_Key = tuple[str, tuple[int, ...]]
"""A path, and the first lines of the statements that are looked at."""


class Project:
    """The modules of one project or several, as one process sees them. Paths are absolute.

    `silent` makes the host for a module's body that is run for its values only, `interest` says what a host has words
    for, and `spell` how a path is written in findings.
    """

    def __init__(self, silent: Callable[[str], Host], interest: Interest, spell: Callable[[str], str]) -> None:
        self.silent, self.interest = silent, interest
        self.outlines = Outlines(interest.packages)
        self.leads = Leads(self.outlines, interest)
        self.fillings: dict[object, Filling] = {}
        """What files put into settings, by source and path."""
        self._spell, self._parts = spell, Parts(spell)
        self._kept: OrderedDict[_Key, _Run] = OrderedDict()
        self._size = 0
        self._running: list[_Key] = []
        self._subjects: dict[tuple[str, str], tuple[Statement, ...]] = {}
        self._asked: dict[tuple[str, str], frozenset[str]] = {}

    def prospects(
        self, path: str, data: bytes, packages: Collection[str], methods: frozenset[str] = frozenset()
    ) -> Prospects | None:
        """What a file with these contents, which may use the `packages` and call the `methods`, is worth a look for;
        None if for nothing.
        """
        place = os.path.abspath(path)
        outline = self.outlines.read_from(place, data)
        if outline.imports_by_string:
            return Prospects(frozenset(packages), True, methods)
        imported = outline.every_import
        origins = {self.outlines.traced(name, place)[0] for name in imported}
        used = {name.partition(".")[0] for name in origins if self.interest.is_of(name, packages)}
        makers = used & self.interest.makers.keys()
        sends = any(self.leads.sends(name, place) for name in imported)
        alarming = (sends or used > makers) and self.leads.is_alarming(outline, place, data)
        found = Prospects(frozenset(used if alarming else makers), sends and alarming, methods)
        if found.packages or found.sends or methods or any(self.leads.leads(name, place) for name in imported):
            return found
        return found if any(word.encode() in data for word in self.interest.sought) else None

    def relevance(self, parsed: Parsed, prospects: Prospects) -> Relevance:
        """What of a module matters that is worth a look for the `prospects`."""
        path, leads = parsed.path, self.leads
        return relevant(
            parsed.names,
            self.interest,
            prospects.packages,
            lambda name: self.asks(name, path) or (prospects.sends and leads.sends(name, path)),
            lambda name: leads.words(name, path),
            prospects.methods,
        )

    def asks(self, name: str, importer: str) -> bool:
        """Whether what a qualified name stands for leads to a call that the host has words for, and who calls it may
        know more of that than what is seen in its own module.
        """
        if not self.leads.leads(name, importer):
            return False
        if self.leads.describes(name, importer):
            return True
        for path, rest in self.outlines.locate(*self.outlines.traced(name, importer)):
            if rest and self.outlines.of(path).binds(rest[0]):
                asked = self._asked_in(path, rest[0])
                return not asked.isdisjoint(rest[:2]) if len(rest) > 1 else bool(asked)
        return True

    def _asked_in(self, path: str, name: str) -> frozenset[str]:
        """What the functions and methods of one name of a module leave to their callers, by what they are called."""
        known = self._asked.get((path, name))
        if known is None:
            known = self._asked[path, name] = self._ask(path, name)
        return known

    def _ask(self, path: str, name: str) -> frozenset[str]:
        if any(one.runs for one in self.outlines.of(path).binding(name)):
            return frozenset({name})  # what is bound by the module's body may be anything
        try:
            parsed = self._part(path, self._about(path, name))
        except SourceError:
            return frozenset()
        found = relevant(
            parsed.names,
            self.interest,
            self.interest.packages,
            lambda name: self.leads.leads(name, path),
            lambda name: self.leads.words(name, path),
        )
        # What it needs of its own module is not in this part of it.
        found.ask(self.leads.own(path))
        return frozenset(Interpreter(self.silent(parsed.source.path), self, depth=1).run(parsed, found).asked)

    def parse(self, path: str, data: bytes | str) -> Parsed:
        """The whole module of a file with these contents, to be analysed. Raises SourceError."""
        place = os.path.abspath(path)
        return self.parsed(Source.parse(path, data, ast_checked=isinstance(data, str)), place)

    def parsed(self, source: Source, path: str) -> Parsed:
        """The whole module of a source that lies at the absolute `path`."""
        return Parsed(path, source, Names(source.module, module_name(path)))

    def whole(self, path: str) -> Parsed | None:
        """The whole module at `path`, to be run on behalf of another one; None where it cannot be parsed."""
        try:
            return self.parsed(Source.parse(self._spell(path), read(path)), path)
        except SourceError:
            return None

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
            known = self.outlines.of(path).about(name)
            lines = sum(one.last - one.first + 1 for one in known)
            known = self._subjects[path, name] = known if lines <= MAX_PART else ()
        return known

    def _part(self, path: str, statements: tuple[Statement, ...]) -> Parsed:
        source = self._parts.of(path, statements)
        return Parsed(path, source, Names(source.module, module_name(path)))

    def _run(self, key: _Key, parsed: Parsed, asker: LinkedWorld, depth: int) -> ModuleScope:
        self._running.append(key)
        try:
            scope, world = Interpreter(self.silent(parsed.source.path), self, depth).load(parsed)
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
