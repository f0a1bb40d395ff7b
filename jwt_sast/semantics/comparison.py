"""Whether a comparison of two values holds, as far as that can be said."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Environment, Known, Mapping, Presence, Sequence, Value


def same(one: Known, other: Known) -> bool:
    """`one == other` as Python has it, where 1 is True."""
    return bool(one.constant == other.constant)


def identical(one: Known, other: Known) -> bool | None:
    """`one is other`; equal texts and numbers may be one object or two."""
    if one != other:
        return False
    return True if one.constant is None or isinstance(one.constant, bool) else None


def compare(operator: type[cst.BaseCompOp], left: Value, right: Value) -> bool | None:
    """Whether a comparison holds; None where that cannot be said."""
    if operator in (cst.In, cst.NotIn):
        found = _contains(right, left)
        return found if found is None or operator is cst.In else not found
    if operator in (cst.Is, cst.Equal, cst.IsNot, cst.NotEqual):
        equal = _equal(left, right, identity=operator in (cst.Is, cst.IsNot))
        return equal if equal is None or operator in (cst.Is, cst.Equal) else not equal
    if not isinstance(left, Known) or not isinstance(right, Known):
        return None
    one, other = left.constant, right.constant
    if isinstance(one, int | float) and isinstance(other, int | float):
        if operator is cst.LessThan:
            return one < other
        if operator is cst.GreaterThan:
            return one > other
        return one <= other if operator is cst.LessThanEqual else one >= other
    return None


def by_fallback(operator: type[cst.BaseCompOp], left: Value, right: Value) -> Environment | None:
    """A comparison with a setting as a setting of its own: the answer is the operator's, and where nothing is set it
    follows from what the setting falls back to. None where that cannot be said either.
    """
    setting = left if isinstance(left, Environment) else right
    if not isinstance(setting, Environment) or setting.fallback is None:
        return None
    sides = (setting.fallback, right) if setting is left else (left, setting.fallback)
    answer = compare(operator, *sides)
    fallback = by_fallback(operator, *sides) if answer is None else Known(answer, origin=setting.fallback.origin)
    return None if fallback is None else replace(setting, fallback=fallback)


def _equal(left: Value, right: Value, *, identity: bool) -> bool | None:
    if isinstance(left, Known) and isinstance(right, Known):
        return identical(left, right) if identity else same(left, right)
    for one, other in ((left, right), (right, left)):
        never_none = isinstance(one, Mapping | Sequence) or (
            not isinstance(one, Known | Environment) and truth_of(one) is True
        )
        if isinstance(other, Known) and other.constant is None and never_none:
            return False
    return None


def truth_of(value: Value) -> bool | None:
    """The truth of a value that is not in the heap."""
    return State().truth(value)


def _contains(container: Value, item: Value) -> bool | None:
    if isinstance(container, Mapping) and isinstance(item, Known):
        presence = container.presence(item.constant)
        return {Presence.ALWAYS: True, Presence.NEVER: False}.get(presence)
    if isinstance(container, Sequence) and isinstance(item, Known):
        known = [one for one in container.items if isinstance(one, Known)]
        if container.open:
            return None
        if any(same(item, one) for one in known):
            return True
        return False if len(known) == len(container.items) else None
    if isinstance(container, Known) and isinstance(item, Known):
        whole, part = container.constant, item.constant
        if isinstance(whole, str) and isinstance(part, str):
            return part in whole
    return None
