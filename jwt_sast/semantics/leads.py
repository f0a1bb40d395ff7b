"""Where names of other modules lead, from afar: to calls that the host has words for, or nowhere."""

from __future__ import annotations

import os

from jwt_sast.semantics.bounds import MAX_LEADS
from jwt_sast.semantics.interest import Interest, described_in
from jwt_sast.semantics.outline import Outline
from jwt_sast.semantics.outlines import Outlines, read


class Leads:
    """Answers for one project or several; what is remembered depends on what lies on disk alone."""

    def __init__(self, outlines: Outlines, interest: Interest) -> None:
        self._outlines, self._interest = outlines, interest
        self._makers, self._carriers = frozenset(interest.makers), frozenset(interest.carriers)
        self._alarms = interest.pattern_of_alarms()
        self._marked: dict[str, bool] = {}
        self._alarmed: dict[str, bool] = {}
        self._known_leads: dict[tuple[str, str, int], bool] = {}
        self._known_senders: dict[str, frozenset[str]] = {}
        self._leading_names: dict[tuple[str, int], frozenset[str]] = {}

    def leads(self, name: str, importer: str, depth: int = MAX_LEADS) -> bool:
        """Whether what a qualified name stands for may come to a call of a package that makes or reads tokens."""
        known = self._known_leads.get(key := (name, os.path.dirname(importer), depth))
        if known is None:
            name, importer = self._outlines.traced(name, importer)
            known = self._known_leads[key] = self._interest.is_of(name, self._makers) or any(
                self._leads(path, rest, depth) for path, rest in self._outlines.locate(name, importer)
            )
        return known

    def _leads(self, path: str, rest: tuple[str, ...], depth: int) -> bool:
        if depth == 0 or not self._is_marked(path):
            return False
        if not rest:
            return bool(self._used_of(path, depth))
        leading = self._leading(path, depth - 1)
        if len(rest) == 2 and f"{rest[0]}.{rest[1]}" in self._outlines.of(path).own:
            return f"{rest[0]}.{rest[1]}" in leading
        return rest[0] in leading

    def words(self, name: str, importer: str) -> frozenset[str] | None:
        """The names of a module that lead somewhere, one of which is mentioned along with its own by whoever uses them;
        None where `name` is not that of a module.
        """
        modules = [path for path, rest in self._outlines.locate(name, importer)[:1] if not rest]
        return self._used_of(modules[0], MAX_LEADS) if modules else None

    def _used_of(self, path: str, depth: int) -> frozenset[str]:
        """The names of a module that lead somewhere, its own and those that it has imported."""
        outline = self._outlines.of(path)
        lent = {name for name, origin in outline.imports.items() if self._interest.is_of(origin, self._makers)}
        starred = any(self._interest.is_of(star, self._makers) for star in outline.stars)
        return self._leading(path, depth - 1) | lent | ({"*"} if starred else set())

    def own(self, path: str) -> frozenset[str]:
        """The names of the module at `path` that lead to something of interest."""
        return self._leading(path, MAX_LEADS - 1)

    def acts(self, path: str, name: str) -> bool:
        """Whether a class of the module at `path` has to do with something of interest, be it a carrier."""
        return name in self.own(path) or name in self._senders(path)

    def _leading(self, path: str, depth: int) -> frozenset[str]:
        """The names of a module that lead to something of interest, through `depth` other modules at most."""
        known = self._leading_names.get((path, depth))
        if known is None:
            known = self._leading_names[path, depth] = self._outlines.of(path).leading(
                self._interest,
                lambda name: depth > 0 and self.leads(name, path, depth),
                frozenset(described_in(path, self._interest.described)),
            )
        return known

    def describes(self, name: str, importer: str) -> bool:
        """Whether a qualified name is one of a function of the project that the host has a word for."""
        described = self._interest.described
        located = self._outlines.locate(*self._outlines.traced(name, importer)) if described else ()
        return name in described or any(".".join(rest) in described_in(path, described) for path, rest in located)

    def lends(self, name: str, importer: str) -> bool:
        """Whether a qualified name is one that a module has only imported from a package that makes or reads tokens."""
        name, importer = self._outlines.traced(name, importer)
        return name.partition(".")[0] in self._makers and not self._outlines.locate(name, importer)

    def collects(self, name: str, importer: str) -> bool:
        """Whether a qualified name is one of a function that takes any keyword, or of a class with such a method."""
        located = self._outlines.locate(*self._outlines.traced(name, importer))
        return any(bool(rest) and self._outlines.of(path).collects(rest[0]) for path, rest in located)

    def sends(self, name: str, importer: str) -> bool:
        """Whether a qualified name is that of a function or class that makes requests itself and may carry a token.

        Those that have another one make them do not count: in a large project, half of all functions do.
        """
        return any(rest and rest[0] in self._senders(path) for path, rest in self._outlines.locate(name, importer))

    def _senders(self, path: str) -> frozenset[str]:
        known = self._known_senders.get(path)
        if known is None:
            matters = self._interest.matters
            users = self._outlines.of(path).uses(self._interest, self._carriers) if matters(read(path)) else []
            known = self._known_senders[path] = frozenset(
                name for one in users if not one.runs and matters(one.code) for name in one.bound
            )
        return known

    def is_alarming(self, outline: Outline, path: str, data: bytes) -> bool:
        """Whether a module, or what it has of others by name, holds anything that could be said about a carrier."""
        if self._has_alarm(data):
            return True
        for name in outline.every_import:
            traced = self._outlines.traced(name, path)
            if any(self._is_alarming(module, rest) for module, rest in self._outlines.locate(*traced)):
                return True
        return False

    def _is_alarming(self, path: str, rest: tuple[str, ...]) -> bool:
        known = self._alarmed.get(path)
        if known is None:
            known = self._alarmed[path] = self._has_alarm(read(path))
        if not known or not rest:
            return known
        return any(self._has_alarm(one.code) for one in self._outlines.of(path).behind(rest[0]))

    def _has_alarm(self, data: bytes) -> bool:
        return self._alarms is None or any(match[1] for match in self._alarms.finditer(data))

    def _is_marked(self, path: str) -> bool:
        known = self._marked.get(path)
        if known is None:
            known = self._marked[path] = self._interest.makes(read(path))
        return known
