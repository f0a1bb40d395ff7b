"""Tests of the process environment: `"NAME" in os.environ`, `os.environ.get("NAME")`, `os.getenv("NAME") is None`."""

from __future__ import annotations

import libcst as cst

from jwt_sast.semantics import fallbacks, lookup
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Known, Symbol, Value

ENVIRON = Symbol("os.environ")


def assume(frame: Frame, state: State, name: cst.BaseExpression, is_set: bool) -> None:
    """Takes note in `state` that the variable `name`, where that is known, is set or is not."""
    value = lookup.peek(frame, state, name)
    if isinstance(value, Known) and isinstance(value.constant, str):
        (fallbacks.found if is_set else fallbacks.missed)(state, value.constant)


def assume_read(frame: Frame, state: State, node: cst.BaseExpression, is_set: bool) -> None:
    """The same of an expression that reads a variable; nothing for any other expression.

    One that is empty counts as not set, as the code itself has it that tests for its truth.
    """
    match node:
        case cst.Call(func=cst.Attribute(value=inner, attr=cst.Name(value="get")), args=[cst.Arg(value=name)]):
            reads = lookup.peek(frame, state, inner) == ENVIRON
        case cst.Call(func=function, args=[cst.Arg(value=name)]):
            reads = lookup.peek(frame, state, function) == Symbol("os.getenv")
        case cst.Subscript(value=inner, slice=[cst.SubscriptElement(slice=cst.Index(value=name))]):
            reads = lookup.peek(frame, state, inner) == ENVIRON
        case _:
            return
    if reads:
        assume(frame, state, name, is_set)


def store(frame: Frame, state: State, receiver: Value, key: Value, value: Value) -> None:
    """`os.environ["NAME"] = value` where the variable is known not to be set: from then on its fallback."""
    name = key.constant if receiver == ENVIRON and isinstance(key, Known) else None
    if isinstance(name, str) and fallbacks.is_missed(state, name) and state.world.owns(frame.scope):
        frame.scope.fallbacks[name] = value
