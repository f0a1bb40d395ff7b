"""Which functions can matter: those that mention something of interest, or lead to one that does.

By identifiers only and without following the flow, so it is an over-approximation: a function that is left out cannot
reach a call of interest. Interpreting the others would change nothing but the time it takes.
"""

from __future__ import annotations

from collections.abc import Collection

import libcst as cst

from jwt_sast.semantics.names import IMPORTERS, Names, Scope


def relevant(names: Names, roots: Collection[str]) -> frozenset[cst.CSTNode]:
    """The scopes' nodes that mention an import from one of the packages `roots`, directly or by way of others."""
    scopes = list(names.root.every())
    interesting = {
        bound
        for scope in scopes
        for bound, qualified in scope.bindings.items()
        if any(name.partition(".")[0] in roots for name in qualified if name)
    }
    if not names.imported_by_string.isdisjoint(roots):
        interesting |= {*IMPORTERS, "importlib"}
    if "*" in interesting:
        # A star import of such a package binds names that are not written down here.
        return frozenset(scope.node for scope in scopes)
    found: set[cst.CSTNode] = set()
    changed = True
    while changed:
        changed = _spread(scopes, interesting, found)
    return frozenset(found)


def _spread(scopes: list[Scope], interesting: set[str], found: set[cst.CSTNode]) -> bool:
    """One round: whoever mentions an interesting name is interesting, and so is what is assigned from one."""
    before = len(interesting), len(found)
    for scope in scopes:
        if scope.node not in found and _matters(scope, interesting, found):
            found.add(scope.node)
            if scope.name:
                interesting.add(scope.name)
        for written, mentioned in scope.flows:
            if not mentioned.isdisjoint(interesting):
                interesting |= written
    return (len(interesting), len(found)) != before


def _matters(scope: Scope, interesting: set[str], found: set[cst.CSTNode]) -> bool:
    if not scope.mentions.isdisjoint(interesting) or any(child.node in found for child in scope.children):
        return True
    return any(bound in interesting and any(qualified) for bound, qualified in scope.bindings.items())
