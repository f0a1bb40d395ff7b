"""The modules around the analysed ones, from afar: where they lie, and what names and words they have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache

from jwt_sast.semantics import searching
from jwt_sast.semantics.bounds import MAX_HOPS
from jwt_sast.semantics.locating import Located, locate, module_name
from jwt_sast.semantics.outline import Outline

read = lru_cache(maxsize=64)(searching.read)
"""What is in a file, see `searching.read`; remembered for the next few who ask."""


class Outlines:
    """Paths are absolute. `sought` are the words that do not count in strings and comments."""

    def __init__(self, sought: frozenset[str]) -> None:
        self._sought = sought
        self._known: dict[str, Outline] = {}
        self._origins: dict[tuple[str, str], tuple[str, str]] = {}

    def of(self, path: str) -> Outline:
        """The module at `path` from afar."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self.read_from(path, read(path))
        return known

    def read_from(self, path: str, data: bytes) -> Outline:
        """A module with these contents at `path`."""
        return Outline.of(data, module_name(path), self._sought)

    def locate(self, name: str, importer: str) -> tuple[Located, ...]:
        """The modules that a name may lead to, seen from the file `importer`, and what is left of the name."""
        return locate(name, os.path.abspath(importer)) if name else ()

    def mentions(self, module: str, importer: str, name: str) -> bool:
        """Whether the text of a module, by its qualified name, or of one all of whose names it imports, holds an
        identifier: only then can it bind it.
        """
        word = name.encode()
        return any(word in read(path) for path in self._with_stars(module, importer))

    def binds(self, module: str, importer: str, name: str) -> bool:
        """Whether a module, or one all of whose names it imports, is seen to bind a name."""
        word = name.encode()
        return any(word in read(path) and self.of(path).binds(name) for path in self._with_stars(module, importer))

    def has(self, path: str, name: str) -> bool:
        """Whether the module at `path` has a top-level name of its own."""
        return self.of(os.path.abspath(path)).binds(name)

    def names(self, path: str, below: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The top-level names of the module at `path`, those that its stars bring in before its own.

        `below` are the modules that wait for the answer.
        """
        outline, below = self.of(path), below | {path}
        located = (self.locate(star, path)[:1] for star in outline.stars)
        inner = [module for found in located for module, rest in found if not rest and module not in below]
        return (*(name for module in inner for name in self.names(module, below)), *outline.bound())

    def traced(self, name: str, importer: str) -> tuple[str, str]:
        """What a qualified name is called where the imports of modules have it from, and the last module on the way."""
        key = name, os.path.dirname(importer)
        known = self._origins.get(key)
        for _ in range(MAX_HOPS if known is None else 0):
            step = self._origin(name, importer)
            if step is None:
                break
            name, importer = step
        return self._origins.setdefault(key, known or (name, importer))

    def _origin(self, name: str, importer: str) -> tuple[str, str] | None:
        """One step of the way: to what a module imports under the name, or to the module that it has all names of."""
        for path, rest in self.locate(name, importer):
            binder = next((one for one in self._and_stars(path) if rest and self.of(one).binds(rest[0])), None)
            if binder is None:
                continue
            if imported := self.of(binder).imports.get(rest[0]):
                return ".".join((imported, *rest[1:])), binder
            return None if binder == path else (".".join((module_name(binder), *rest)), binder)
        return None

    def _and_stars(self, path: str) -> Iterator[str]:
        """A module's file, and those of the modules that it has names of by `from … import *`."""
        pending, seen = [path], {path}
        while pending and len(seen) < MAX_HOPS:
            yield (path := pending.pop())
            located = (found for star in self.stars(path) for found in self.locate(star, path))
            new = [inner for inner, rest in located if not rest and inner not in seen]
            seen.update(new)
            pending += new

    def stars(self, path: str) -> tuple[str, ...]:
        """The modules all of whose names the one at `path` imports."""
        return self.of(path).stars if b"*" in read(path) else ()

    def _with_stars(self, module: str, importer: str) -> Iterator[str]:
        """The module's file, and those of the modules that it has names of by `from … import *`."""
        return (found for path, rest in self.locate(module, importer) if not rest for found in self._and_stars(path))
