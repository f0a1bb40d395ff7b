"""Operators on mappings and sequences: `|` and `+`, and their forms that change the left side in place."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from jwt_sast.semantics.containers import absorb, bounded, change, extended
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Mapping, Reference, Sequence, Value, alternatives


def merge(state: State, op: type[cst.BaseBinaryOp], left: Value, right: Value, origin: Origin) -> Value | None:
    """`left | right` of mappings and `left + right` of sequences; None where neither side is one."""
    if op not in (cst.Add, cst.BitOr):
        return None
    one, other = state.content(left), state.content(right)
    if op is cst.BitOr and (isinstance(one, Mapping) or isinstance(other, Mapping)):
        start = one if isinstance(one, Mapping) else Mapping({}, open=True)
        return state.allocate(replace(absorb(state, start, right), origin=origin))
    if isinstance(one, Sequence) or isinstance(other, Sequence):
        items = [item for side in (one, other) if isinstance(side, Sequence) for item in side.items]
        is_open = any(not isinstance(side, Sequence) or side.open for side in (one, other))
        kind = one.kind if isinstance(one, Sequence) else "list"
        return state.allocate(bounded(Sequence(tuple(items), is_open, kind, origin=origin)))
    return None


def extend_in_place(state: State, op: type[cst.BaseBinaryOp], left: Value, right: Value) -> bool:
    """`left |= right` of a mapping and `left += right` of a list, which change it in place.

    False where any alternative of `left` is something that cannot be changed so.
    """
    changed = True
    left = state.opened(left)
    for option in alternatives(left):
        content = state.content(option)
        if not isinstance(option, Reference) or not _changes(op, content):
            changed = False
        elif isinstance(content, Mapping):
            change(state, left, option, absorb(state, content, right))
        elif isinstance(content, Sequence):
            change(state, left, option, extended(state, content, right, joins=op in (cst.Add, cst.BitOr)))
    return changed


def _changes(op: type[cst.BaseBinaryOp], content: Value) -> bool:
    match content:
        case Mapping():
            return op is cst.BitOr
        case Sequence(kind="list"):
            return op in (cst.Add, cst.Multiply)
        case Sequence(kind="set"):
            return op is not cst.Add
        case _:
            return False
