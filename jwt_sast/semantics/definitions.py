"""Functions of the project: what `def` and `lambda` make."""

from __future__ import annotations

import libcst as cst

from jwt_sast.semantics import decorators
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Function, Value


def define_lambda(frame: Frame, state: State, node: cst.Lambda) -> Function:
    """The function that a lambda expression makes."""
    function = Function(
        node,
        frame.scope,
        _closure(frame, state),
        _defaults(frame, state, node.params),
        home=_home(frame),
        origin=frame.origin(node),
    )
    frame.entry.definitions.append(function)
    return function


def define(frame: Frame, state: State, node: cst.FunctionDef) -> Value:
    """What a `def` makes: the function, or what its decorators make of it."""
    applied = decorators.evaluated(frame, state, node.decorators)
    function = Function(
        node,
        frame.scope,
        _closure(frame, state),
        {**_defaults(frame, state, node.params), **decorators.supplied(applied)},
        decorators=frozenset(decorators.last_name(one.decorator) for one in node.decorators),
        home=_home(frame),
        origin=frame.origin(node.name),
    )
    frame.entry.definitions.append(function)
    return decorators.applied(frame, state, applied, function)


def _home(frame: Frame) -> Frame | None:
    if frame.owner_body:
        return frame.home
    return None if frame.is_module else frame


def _closure(frame: Frame, state: State) -> dict[str, Value]:
    """What the enclosing functions' names stand for; a module's and a class's names are found otherwise."""
    if frame.is_module or frame.owner_body:
        return dict(frame.closure)
    return {**frame.closure, **state.names}


def _defaults(frame: Frame, state: State, params: cst.Parameters) -> dict[str, tuple[Value, cst.BaseExpression]]:
    return {
        param.name.value: (frame.evaluate(state, param.default), param.default)
        for param in (*params.posonly_params, *params.params, *params.kwonly_params)
        if param.default is not None
    }
