"""`import` statements: what is bound is the qualified name of what is imported."""

from __future__ import annotations

import libcst as cst

from jwt_sast.semantics import lookup
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.names import absolute, dotted
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Symbol


def import_modules(frame: Frame, state: State, node: cst.Import) -> State:
    """`import a.b`, `import a.b as c`."""
    frame.may_raise(state)
    for alias in node.names:
        name = dotted(alias.name)
        if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
            state.names[alias.asname.name.value] = Symbol(name, origin=frame.origin(alias))
        else:
            head = name.partition(".")[0]
            state.names[head] = Symbol(head, origin=frame.origin(alias))
    return state


def import_names(frame: Frame, state: State, node: cst.ImportFrom) -> State:
    """`from a import b as c`; a star binds what the host says the module exports, and otherwise what will be found."""
    frame.may_raise(state)
    module = absolute(frame.scope.name, len(node.relative), "" if node.module is None else dotted(node.module))
    if isinstance(node.names, cst.ImportStar):
        frame.scope.stars.append(Symbol(module, origin=frame.origin(node)))
        for name in frame.host.exports(module):
            state.names[name] = lookup.symbol(frame, f"{module}.{name}", frame.origin(node))
        return state
    for alias in node.names:
        name = dotted(alias.name)
        bound = alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else name
        state.names[bound] = lookup.symbol(frame, f"{module}.{name}" if module else name, frame.origin(alias))
    return state
