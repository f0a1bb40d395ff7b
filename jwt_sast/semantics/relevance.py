"""Which functions are worth running: those that mention something of interest, then those that call what they ask for.

By identifiers only and without following the flow. A function that calls one of these can change what is known of them
only where they leave something to their callers, and it is run when one of them says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import libcst as cst

from jwt_sast.semantics.interest import Interest
from jwt_sast.semantics.names import IMPORTERS, Flow, Names, Scope

_EVERYWHERE = frozenset(
    {
        "add", "append", "clear", "close", "copy", "count", "extend", "format", "get", "index", "insert", "items",
        "join", "keys", "pop", "read", "remove", "replace", "setdefault", "split", "strip", "update", "values", "write",
    }
)  # fmt: skip
"""Methods of built-in types: that a class has one too does not make every mention of it one of that class."""


@dataclass(slots=True)
class Relevance:
    """The scopes of a module that matter, which are found in `nodes`: at first those in which something of interest is
    mentioned, then those that mention what somebody has asked for.

    `names` are the identifiers of interest, `words` those of which one has to be mentioned along with a name that means
    little by itself, and `variables` the local ones, by the function in which they are assigned.
    """

    scopes: list[Scope]
    names: set[str]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    nodes: set[cst.CSTNode] = field(default_factory=set)
    variables: dict[cst.CSTNode, set[str]] = field(default_factory=dict)

    @classmethod
    def of_everything(cls, scopes: list[Scope]) -> Relevance:
        """Every scope matters."""
        return cls([], set(), nodes={scope.node for scope in scopes})

    def ask(self, names: Collection[str]) -> bool:
        """Takes in who mentions one of the functions and classes that are called `names`; whether there is any."""
        before = len(self.nodes)
        common = _EVERYWHERE & set(names)
        self.names |= set(names) - common
        for scope in self.scopes if common else ():
            if scope.name not in common or scope.parent is None:
                continue
            if scope.is_method:
                # Outside of the class its name says nothing; who has to do with it mentions the class.
                self.names.add(scope.parent.name)
                self.variables.setdefault(scope.parent.node, set()).add(scope.name)
            else:
                self.names.add(scope.name)
        if not self.names.isdisjoint(names) or common:
            self.spread()
        return len(self.nodes) > before

    def inherit(self, names: set[str]) -> None:
        """Takes in the classes that inherit from `names`, which are imported from other modules, or from something of
        interest, with all that is in them: of what they inherit, nothing is written down here.
        """
        heirs = [scope for scope in self.scopes if scope.bases]
        while fresh := [one for one in heirs if one.node not in self.nodes and self._inherits(one.bases, names)]:
            self.names |= {one.name for one in fresh}
            self.nodes |= {inner.node for one in fresh for inner in one.every()}

    def _inherits(self, bases: frozenset[str], names: set[str]) -> bool:
        return self._is_about(bases) or not bases.isdisjoint(names)

    def spread(self) -> None:
        """Whoever mentions a name of interest matters, and so does what is assigned from one, until nothing is new."""
        before = None
        while before != (before := self._size()):
            for scope in self.scopes:
                if scope.node not in self.nodes and self._matters(scope):
                    self.nodes.add(scope.node)
                for flow in scope.flows:
                    if self._leads(flow.mentions, scope):
                        self._assign(scope, flow)

    def leading(self) -> set[cst.CSTNode]:
        """The scopes that matter and those from which one may come to them, by the names of functions and classes."""
        names: set[str] = set()
        found = set(self.nodes)
        before = -1
        while len(found) != before:
            before = len(found)
            names |= {scope.name for scope in self.scopes if scope.node in found}
            found |= {scope.node for scope in self.scopes if not scope.mentions.isdisjoint(names)}
        return found

    def _size(self) -> tuple[int, ...]:
        return len(self.names), len(self.nodes), sum(map(len, self.variables.values()))

    def _matters(self, scope: Scope) -> bool:
        if self._leads(scope.mentions, scope) or any(child.node in self.nodes for child in scope.children):
            return True
        return any(bound in self.names and any(qualified) for bound, qualified in scope.bindings.items())

    def _leads(self, mentions: set[str], scope: Scope) -> bool:
        """Whether identifiers that are mentioned together in a scope are of interest."""
        return self._is_about(mentions) or not self._seen(scope).isdisjoint(mentions)

    def _is_about(self, mentions: Collection[str]) -> bool:
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
    interest: Interest,
    packages: Collection[str],
    leads: Callable[[str], bool],
    words_of: Callable[[str], frozenset[str] | None],
) -> Relevance:
    """What mentions an import from one of the `packages`, or of another module of the project that `leads` to something
    of the kind, or a function whose callers are sought. `words_of` gives what is used of a module of the project, None
    for another name.
    """
    scopes = list(names.root.every())
    wanted = {name for name in _imported(names, scopes) if interest.is_of(name, packages) or leads(name)}
    if any("*" in scope.bindings and not wanted.isdisjoint(scope.bindings["*"]) for scope in scopes):
        # A star import of such a package binds names that are not written down here.
        return Relevance.of_everything(scopes)
    bound = [
        (name, qualified)
        for scope in scopes
        for name, found in scope.bindings.items()
        if name != "*"
        for qualified in found & wanted
    ]
    used = {
        qualified: interest.words(qualified) if qualified in packages else words_of(qualified)
        for _, qualified in sorted(bound)
    }
    words = {name: known | _ANYTHING for name, qualified in bound if (known := used[qualified]) is not None}
    found = Relevance(scopes, {name for name, qualified in bound if used[qualified] is None}, words)
    found.names |= interest.sought
    found.shared = frozenset(names.global_writes)
    if not names.imported_by_string.isdisjoint(packages):
        found.names |= {*IMPORTERS, "importlib"}
    found.inherit({name for name, qualified in bound if qualified.partition(".")[0] not in packages})
    found.spread()
    return found


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
