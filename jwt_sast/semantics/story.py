"""Says in words what happens to a value at each step of its way, from the syntax around the step.

Looked up only for what is reported. Names of variables and parameters are told, values never.
"""

from __future__ import annotations

from functools import lru_cache

import libcst as cst

from jwt_sast.semantics.names import dotted
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.syntax.source import Source
from jwt_sast.syntax.visitor import children, walk

_ANYWHERE = "it comes from here"
_READERS = frozenset({"get", "getenv", "pop", "setdefault", "getattr", "config", "env", "str"})
"""Functions whose later arguments are what they fall back to."""


def told(step: Origin) -> str:
    """What happens at `step`, in a few words."""
    if step.passed:
        return f"passed as `{step.passed}`"
    return step.message or _told_by_syntax(step.place)


@lru_cache(maxsize=1)
def _parents(source: Source) -> dict[cst.CSTNode, cst.CSTNode]:
    return {child: node for node in walk(source.module) for child in children(node)}


def _told_by_syntax(place: Place) -> str:
    """Climbs from the node to what is done with it: it is bound to a name, returned, a default, a fallback."""
    parents = _parents(place.source)
    node, falls_back = place.node, False
    if isinstance(node, cst.Param):
        return f"`{node.name.value}` comes in here"
    if isinstance(node, cst.ImportAlias):
        return "it is imported here"
    while (parent := parents.get(node)) is not None:
        match parent:
            case cst.Assign(targets=[cst.AssignTarget(target=target), *_]) | cst.AnnAssign(target=target):
                return _bound(target, falls_back=falls_back)
            case cst.NamedExpr(target=target) | cst.AugAssign(target=target):
                return _bound(target, falls_back=falls_back)
            case cst.Param(name=cst.Name(value=name)):
                return f"`{name}` defaults to it here"
            case cst.Return():
                return "it falls back to a literal here" if falls_back else "it is returned here"
            case cst.Yield():
                return "it is yielded here"
            case cst.BooleanOperation(operator=cst.Or(), right=right):
                falls_back |= right is node
            case cst.Arg(keyword=keyword):
                call = parents.get(parent)
                if not isinstance(call, cst.Call):
                    return _ANYWHERE
                if not _is_fallback(call, parent):
                    return _ANYWHERE if keyword is None else f"it is given as `{keyword.value}` here"
                falls_back, parent = True, call
            case cst.BaseStatement() | cst.BaseSmallStatement() | cst.Call():
                return _ANYWHERE
        node = parent
    return _ANYWHERE


def _is_fallback(call: cst.Call, arg: cst.Arg) -> bool:
    """Whether an argument is what a reader of settings gives where nothing is set."""
    if arg.keyword is not None:
        return arg.keyword.value == "default"
    name = dotted(call.func).rpartition(".")[2]
    return name in _READERS and len(call.args) > 1 and call.args[-1] is arg


def _bound(target: cst.CSTNode, *, falls_back: bool) -> str:
    while isinstance(target, cst.Subscript):
        target = target.value
    name = dotted(target) if isinstance(target, cst.BaseExpression) else ""
    if not name:
        return "it is set here"
    return f"`{name}` falls back to a literal here" if falls_back else f"`{name}` is set here"
