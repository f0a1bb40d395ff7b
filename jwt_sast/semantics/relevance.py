"""Which functions can matter: those that mention something of interest, or lead to one that does.

By identifiers only and without following the flow, so it is an over-approximation: a function that is left out cannot
reach a call of interest. Interpreting the others would change nothing but the time it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import libcst as cst

from jwt_sast.semantics.names import IMPORTERS, Flow, Names, Scope

_EVERYWHERE = frozenset(
    {
        "add", "append", "clear", "close", "copy", "count", "extend", "format", "get", "index", "insert", "items",
        "join", "keys", "pop", "read", "remove", "replace", "setdefault", "split", "strip", "update", "values", "write",
    }
)  # fmt: skip
"""Methods of built-in types: that a class has one too does not make every mention of it one of that class."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """The nodes of the scopes that matter, and the identifiers that lead there."""

    nodes: frozenset[cst.CSTNode]
    names: frozenset[str]


@dataclass(slots=True)
class _Search:
    """What has been found so far. `words` are the identifiers one of which has to be mentioned along with a name that
    means little by itself; `variables` those of the functions in which something of interest is assigned to them.
    """

    scopes: list[Scope]
    names: set[str]
    words: Mapping[str, frozenset[str]]
    shared: frozenset[str]
    found: set[cst.CSTNode] = field(default_factory=set)
    variables: dict[cst.CSTNode, set[str]] = field(default_factory=dict)

    def run(self) -> Relevance:
        """Goes on until nothing new is found."""
        while self._spread():
            pass
        return Relevance(frozenset(self.found), frozenset(self.names))

    def inherit(self, names: set[str]) -> None:
        """Takes in the classes that inherit from `names`, which are imported from other modules, or from something of
        interest, with all that is in them: of what they inherit, nothing is written down here.
        """
        heirs = [scope for scope in self.scopes if scope.bases]
        while fresh := [one for one in heirs if one.node not in self.found and self._inherits(one.bases, names)]:
            self.names |= {one.name for one in fresh}
            self.found |= {inner.node for one in fresh for inner in one.every()}

    def _inherits(self, bases: frozenset[str], names: set[str]) -> bool:
        return self.is_about(bases) or not bases.isdisjoint(names)

    def _spread(self) -> bool:
        """One round: whoever mentions an interesting name is interesting, and so is what is assigned from one."""
        before = self._size()
        for scope in self.scopes:
            if scope.node not in self.found and self._matters(scope):
                self.found.add(scope.node)
                if scope.name and not (scope.name in _EVERYWHERE and scope.is_method):
                    self.names.add(scope.name)
            for flow in scope.flows:
                if self._leads(flow.mentions, scope):
                    self._assign(scope, flow)
        return self._size() != before

    def _size(self) -> tuple[int, ...]:
        return len(self.names), len(self.found), sum(map(len, self.variables.values()))

    def _matters(self, scope: Scope) -> bool:
        if self._leads(scope.mentions, scope) or any(child.node in self.found for child in scope.children):
            return True
        return any(bound in self.names and any(qualified) for bound, qualified in scope.bindings.items())

    def _leads(self, mentions: set[str], scope: Scope) -> bool:
        """Whether identifiers that are mentioned together in a scope are of interest."""
        return self.is_about(mentions) or not self._seen(scope).isdisjoint(mentions)

    def is_about(self, mentions: Collection[str]) -> bool:
        """The same wherever they are mentioned. A name that stands alone may be used for all that it can do."""
        if not self.names.isdisjoint(mentions):
            return True
        return any(
            name in mentions and (len(mentions) == 1 or not words.isdisjoint(mentions))
            for name, words in self.words.items()
        )

    def _seen(self, scope: Scope) -> frozenset[str] | set[str]:
        """The variables of interest that are seen from a scope: its own, and those of the functions around it."""
        if not self.variables:
            return frozenset()
        seen: set[str] = set()
        at: Scope | None = scope
        while at is not None:
            seen |= self.variables.get(at.node, set())
            at = at.parent
        return seen

    def _assign(self, scope: Scope, flow: Flow) -> None:
        self.names |= flow.attributes
        if isinstance(scope.node, cst.Module | cst.ClassDef):
            self.names |= flow.variables
        else:
            self.names |= flow.variables & self.shared
            self.variables.setdefault(scope.node, set()).update(flow.variables)


def relevant(
    names: Names,
    packages: Mapping[str, frozenset[str]],
    leads: Callable[[str], bool],
    sought: Collection[str] = (),
) -> Relevance:
    """What mentions an import from one of the `packages`, or of another module of the project that `leads` to something
    of the kind, or one of the `sought` names, directly or by way of others.

    With each package come the identifiers one of which is mentioned wherever something of it is used.
    """
    scopes = list(names.root.every())
    wanted = {name for name in _imported(names, scopes) if is_of(name, packages) or leads(name)}
    if any("*" in scope.bindings and not wanted.isdisjoint(scope.bindings["*"]) for scope in scopes):
        # A star import of such a package binds names that are not written down here.
        return Relevance(frozenset(scope.node for scope in scopes), frozenset(names.identifiers()))
    bound = [
        (name, qualified)
        for scope in scopes
        for name, found in scope.bindings.items()
        if name != "*"
        for qualified in found & wanted
    ]
    words = {name: packages[qualified] | _ANYTHING for name, qualified in bound if qualified in packages}
    interesting = {name for name, qualified in bound if qualified not in packages}
    interesting.update(sought)
    if not names.imported_by_string.isdisjoint(packages):
        interesting |= {*IMPORTERS, "importlib"}
    search = _Search(scopes, interesting, words, frozenset(names.global_writes))
    search.inherit({name for name, qualified in bound if qualified.partition(".")[0] not in packages})
    return search.run()


_ANYTHING = frozenset({"getattr"})
"""Says of a package what is used of it without naming that."""


def _imported(names: Names, scopes: list[Scope]) -> set[str]:
    """The qualified names of what is imported anywhere, as far as it is mentioned."""
    root = names.root
    mentioned = frozenset().union(*(scope.mentions for scope in scopes[1:]), *(flow.mentions for flow in root.flows))
    return {
        qualified
        for scope in scopes
        for bound, found in scope.bindings.items()
        if bound == "*" or bound in mentioned or scope is not root
        for qualified in found
        if qualified
    }


def is_of(name: str, packages: Mapping[str, frozenset[str]]) -> bool:
    """Whether a qualified name is a package, or of one and among what is used of it."""
    package, *parts = name.split(".")
    return package in packages and (not parts or not packages[package].isdisjoint(parts))
