"""Which functions can matter: those that mention something of interest, or lead to one that does.

By identifiers only and without following the flow, so it is an over-approximation: a function that is left out cannot
reach a call of interest. Interpreting the others would change nothing but the time it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import libcst as cst

from jwt_sast.semantics.names import IMPORTERS, Names, Scope

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


def relevant(
    names: Names, roots: Collection[str], leads: Callable[[str], bool], sought: Collection[str] = ()
) -> Relevance:
    """What mentions an import from one of the packages `roots`, or of another module of the project that `leads` to
    something of the kind, or one of the `sought` names, directly or by way of others.
    """
    scopes = list(names.root.every())
    mentioned = frozenset().union(*(scope.mentions for scope in scopes[1:]), *(used for _, used in names.root.flows))
    imported = {
        qualified
        for scope in scopes
        for bound, found in scope.bindings.items()
        if bound == "*" or bound in mentioned or scope is not names.root
        for qualified in found
        if qualified
    }
    wanted = {name for name in imported if name.partition(".")[0] in roots or leads(name)}
    interesting = {
        bound
        for scope in scopes
        for bound, qualified in scope.bindings.items()
        if bound != "*" and not wanted.isdisjoint(qualified)
    }
    interesting.update(sought)
    if not names.imported_by_string.isdisjoint(roots):
        interesting |= {*IMPORTERS, "importlib"}
    if any("*" in scope.bindings and not wanted.isdisjoint(scope.bindings["*"]) for scope in scopes):
        # A star import of such a package binds names that are not written down here.
        return Relevance(frozenset(scope.node for scope in scopes), frozenset(names.identifiers()))
    elsewhere = {name for name in wanted if name.partition(".")[0] not in roots}
    found = _heirs(scopes, interesting, elsewhere)
    changed = True
    while changed:
        changed = _spread(scopes, interesting, found)
    return Relevance(frozenset(found), frozenset(interesting))


def _heirs(scopes: list[Scope], interesting: set[str], elsewhere: set[str]) -> set[cst.CSTNode]:
    """The classes that inherit from what is imported from `elsewhere`, and all that is in them: of what they inherit,
    nothing is written down here. Their names become `interesting`.
    """
    found: set[cst.CSTNode] = set()
    names = {bound for scope in scopes for bound, known in scope.bindings.items() if not elsewhere.isdisjoint(known)}
    heirs = [scope for scope in scopes if scope.bases]
    while fresh := [one for one in heirs if one.node not in found and not one.bases.isdisjoint(names)]:
        names |= {one.name for one in fresh}
        interesting |= names
        found |= {inner.node for one in fresh for inner in one.every()}
    return found


def _spread(scopes: list[Scope], interesting: set[str], found: set[cst.CSTNode]) -> bool:
    """One round: whoever mentions an interesting name is interesting, and so is what is assigned from one."""
    before = len(interesting), len(found)
    for scope in scopes:
        if scope.node not in found and _matters(scope, interesting, found):
            found.add(scope.node)
            if scope.name and not (scope.name in _EVERYWHERE and scope.is_method):
                interesting.add(scope.name)
        for written, mentioned in scope.flows:
            if not mentioned.isdisjoint(interesting):
                interesting |= written
    return (len(interesting), len(found)) != before


def _matters(scope: Scope, interesting: set[str], found: set[cst.CSTNode]) -> bool:
    if not scope.mentions.isdisjoint(interesting) or any(child.node in found for child in scope.children):
        return True
    return any(bound in interesting and any(qualified) for bound, qualified in scope.bindings.items())
