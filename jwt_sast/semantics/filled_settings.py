"""Settings that code puts into an object of a framework: `app.config["KEY"] = …`, in whatever module that is done.

Files that may do so are found by their bytes. What each of them puts there is found by running it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Sequence
from collections.abc import Mapping as ReadOnlyDict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from jwt_sast.semantics import searching
from jwt_sast.semantics.bounds import MAX_FILLERS, MAX_KEPT_FILLINGS
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.state import HeapObject, State
from jwt_sast.semantics.values import Known, Value

if TYPE_CHECKING:
    from jwt_sast.semantics.linking import LinkedWorld
    from jwt_sast.semantics.project import Parsed


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
    module of settings, in whose text the setting's name does not occur, `makes` in those that make an application.
    """

    holders: Collection[str]
    attribute: str
    application: Callable[[State, Origin], Value]
    layers: re.Pattern[bytes]
    makes: re.Pattern[bytes]
    aliases: ReadOnlyDict[str, str] = field(default_factory=dict)
    others: str = "(ANY OTHER)"
    """The name under which a file notes that it takes over settings that are not in the source."""

    @property
    def marks(self) -> re.Pattern[bytes]:
        """What a file has that touches the settings of an application."""
        words = "|".join(map(re.escape, (self.attribute, *self.aliases.values())))
        return re.compile(rf"\.(?:{words})\b".encode())

    def find(self, world: LinkedWorld, state: State, name: str, importer: str) -> Sequence[Value]:
        """What the setting is set to: in the project of `importer`, or the nearest one around it that sets it."""
        return self._search(world, name, importer, lambda path: True)

    def nearest(self, world: LinkedWorld, name: str, importer: str) -> Sequence[Value]:
        """What `importer` itself sets the setting to, or else its project, where that is about the same application."""
        own = os.path.abspath(world.source.path) == importer
        filling = self._in_module_of(world, importer) if own else self._filling(world, importer)
        if name in filling.values:
            world.adopt(filling.heap)
            return filling.values[name]
        return self._search(world, name, importer, self._same_application(importer))

    def is_open(self, world: LinkedWorld, importer: str) -> bool:
        """Whether the project of `importer` may have settings that nobody sees: from outside, or in too many files."""
        root = searching.roots(os.path.dirname(importer))[-1]
        layered = sorted(filter(self._same_application(importer), _layered(self, root)))
        unseen = searching.mentioning(root, self.marks) is None or len(layered) > MAX_FILLERS
        if unseen or not os.path.exists(importer):
            return True
        return any(self.others in self._filling(world, path).values for path in layered)

    def _search(self, world: LinkedWorld, name: str, importer: str, belongs: Callable[[str], bool]) -> Sequence[Value]:
        """What the files that belong to the project of `importer` set the setting to.

        What does not lie on disk, such as what an editor pipes in, is in no project.
        """
        for root in searching.roots(os.path.dirname(importer)) if os.path.exists(importer) else ():
            found = [self._filling(world, path) for path in _fillers(self, root, name) if belongs(path)]
            if setting := [one for one in found if name in one.values]:
                for one in setting:
                    world.adopt(one.heap)
                return [value for one in setting for value in one.values[name]]
        return ()

    def _same_application(self, importer: str) -> Callable[[str], bool]:
        """Whether a file may be about the application that `importer` is about: of two that each make one, none is."""
        if not self.makes.search(searching.read(importer)):
            return lambda path: True
        return lambda path: path == importer or not self.makes.search(searching.read(path))

    def _in_module_of(self, world: LinkedWorld, path: str) -> Filling:
        """The same of the module that is analysed, at its own places: findings in it are its own."""
        return self._filled(world, (self, world.source), lambda: world.project.parsed(world.source, path))

    def _filling(self, world: LinkedWorld, path: str) -> Filling:
        return self._filled(world, (self, path), lambda: world.project.whole(path))

    def _filled(self, world: LinkedWorld, key: object, parse: Callable[[], Parsed | None]) -> Filling:
        remembered = world.project.fillings
        known = remembered.get(key)
        if known is None:
            # LibCST comes with this one, and the gate, which needs every library's marks, must do without it.
            from jwt_sast.semantics.filling import Filler

            parsed = parse()
            known = Filling({}, {}) if parsed is None else Filler(world.project, parsed, self).run_all()
            if len(remembered) >= MAX_KEPT_FILLINGS:
                del remembered[next(iter(remembered))]
            remembered[key] = known
        return known


@dataclass(frozen=True, slots=True)
class Nearest:
    """The same settings for a file that sets up a part of an application; see `Filled.nearest`."""

    filled: Filled

    def find(self, world: LinkedWorld, state: State, name: str, importer: str) -> Sequence[Value]:
        """What the setting is set to."""
        return self.filled.nearest(world, name, importer)


@dataclass(frozen=True, slots=True)
class Openness:
    """Whether there may be settings that nobody sees, whatever the name that is asked for; see `Filled.is_open`."""

    filled: Filled

    def find(self, world: LinkedWorld, state: State, name: str, importer: str) -> Sequence[Value]:
        """The answer as a constant."""
        return [Known(self.filled.is_open(world, importer))]


@cache
def _fillers(source: Filled, root: str, name: str) -> Sequence[str]:
    """The files that may set it; none where they are too many."""
    spellings = {one.encode(): _writes(one) for one in (name, source.aliases.get(name)) if one}
    layered = _layered(source, root)
    found = []
    for path in searching.mentioning(root, source.marks) or ():
        data = searching.read(path)
        says = any(word in data and pattern.search(data) for word, pattern in spellings.items())
        if says or path in layered:
            found.append(path)
    return found if len(found) <= MAX_FILLERS else ()


@cache
def _layered(source: Filled, root: str) -> frozenset[str]:
    """The files that take over settings by the class or module: they are run once, for whatever setting."""
    touching = searching.mentioning(root, source.marks) or ()
    return frozenset(path for path in touching if source.layers.search(searching.read(path)))


@cache
def _writes(name: str) -> re.Pattern[bytes]:
    """What a file has in it that sets `name`: by an item, a keyword, an attribute, a dict or an assignment."""
    word = re.escape(name)
    return re.compile(rf"""(?<!\w){word}\b["']?\s*\]?\s*(?:=(?!=)|:)|\bsetdefault\(\s*["']{word}["']""".encode())


def forget() -> None:
    """Drops what is remembered of files; for a process that outlives a change on disk, such as a test."""
    searching.forget()
    _fillers.cache_clear()
    _layered.cache_clear()
