"""Narrows what an object can be by what a condition says of one of its attributes."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from jwt_sast.semantics import lookup
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Object, Value, alternatives, one_of


def assume(frame: Frame, state: State, node: cst.Attribute, keep: Callable[[Value], Value | None]) -> State | None:
    """The state in which `keep` leaves something of an attribute of one of several objects: those of which it leaves
    nothing are ruled out. None where that is all of them.
    """
    owner = lookup.peek(frame, state, node.value)
    options = () if owner is None else alternatives(owner)
    kept = [option for option in options if _has(state, option, node.attr.value, keep)]
    if options and not kept:
        return None
    if len(kept) < len(options):
        lookup.rebind(frame, state, node.value, one_of(kept))
    return state


def _has(state: State, owner: Value, name: str, keep: Callable[[Value], Value | None]) -> bool:
    content = state.content(owner)
    value = content.attributes.get(name) if isinstance(content, Object) else None
    return value is None or any(keep(option) is not None for option in alternatives(value))
