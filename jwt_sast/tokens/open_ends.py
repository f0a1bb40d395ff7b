"""What is left open of an event because nobody is seen who calls the function that it happens in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import libcst as cst

from jwt_sast.semantics.names import Scope
from jwt_sast.semantics.values import Mapping, Presence, Unknown, Value, alternatives
from jwt_sast.tokens.events import Event, KeyUsed, Signing, Transmission, Verification


def asked_for(events: Iterable[Event], root: Scope) -> frozenset[str]:
    """The functions and classes of a module whose callers decide about its tokens; `root` is the module's scope."""
    names: set[str] = set()
    params: set[object] = set()
    for event in events:
        for value in _decisive(event):
            for option in alternatives(value):
                if isinstance(option, Unknown) and option.reason == "a parameter":
                    params.add(option.site)
                elif isinstance(option, Mapping) and option.open and option.presence("exp") is Presence.UNKNOWN:
                    names.add(event.where.entry)
    names.update(_owners(params, root))
    return frozenset(name for name in names if name and not name.startswith("__"))


def _decisive(event: Event) -> Iterator[Value]:
    """What the checks judge an event by."""
    if isinstance(event, KeyUsed):
        yield event.key.value
    if isinstance(event, Signing):
        yield event.claims.value
    if isinstance(event, Verification):
        yield event.algorithms.value
        yield from (one.argument.value for one in event.checks.values() if one.argument is not None)
    if isinstance(event, Transmission):
        yield event.url.value
        if event.tls.argument is not None:
            yield event.tls.argument.value


def _owners(params: set[object], root: Scope) -> Iterator[str]:
    """The functions that have these parameters; for a constructor its class."""
    for scope in root.every() if params else ():
        node = scope.node
        if not isinstance(node, cst.FunctionDef):
            continue
        own = (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params)
        if any(param in params for param in own):
            owner = scope.parent if scope.name == "__init__" and scope.parent is not None else scope
            yield owner.name
