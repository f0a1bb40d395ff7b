"""Operators on values."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics.bounds import MAX_TEXT
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.texts import pieces, text
from jwt_sast.semantics.values import (
    Duration,
    Form,
    Instant,
    Known,
    Text,
    Unknown,
    Value,
    each,
)

_ARITHMETIC: dict[type[cst.BaseBinaryOp], Callable[[float, float], float]] = {
    cst.Add: operator.add,
    cst.Subtract: operator.sub,
    cst.Multiply: operator.mul,
    cst.Divide: operator.truediv,
    cst.FloorDivide: operator.floordiv,
    cst.Modulo: operator.mod,
    cst.Power: operator.pow,
}
_MAX_OPERAND = 10**30
_MAX_POWER = 64


def binary(op: type[cst.BaseBinaryOp], left: Value, right: Value, origin: Origin) -> Value:
    """`left op right` for values that are not in the heap."""
    return each(left, lambda one: each(right, lambda other: _binary(op, one, other, origin)))


def _binary(op: type[cst.BaseBinaryOp], left: Value, right: Value, origin: Origin) -> Value:
    match left, right:
        case Known(), Known():
            return _constants(op, left, right, origin)
        case Instant(), _:
            return _instant(op, left, right, origin)
        case _, Instant() if op in (cst.Add, cst.Multiply):
            return _instant(op, right, left, origin)
        case Duration(), _:
            return _duration(op, left, right, origin)
        case Known(constant=int() | float()), Duration() if op is cst.Multiply:
            return _duration(op, right, left, origin)
    if op is cst.Add and (_is_text(left) or _is_text(right)):
        return text((*pieces(left), *pieces(right)), origin)
    if op is cst.Multiply and _is_text(left):
        # A text that is repeated is still a text.
        return Text((Unknown("a repeated text", origin.place.node),), origin=origin)
    if op is cst.Modulo and isinstance(left, Known) and isinstance(left.constant, str):
        return Unknown("a formatted string", origin.place.node, origin=origin)
    return Unknown("an operation", origin.place.node, origin=origin)


def _constants(op: type[cst.BaseBinaryOp], left: Known, right: Known, origin: Origin) -> Value:
    one, other = left.constant, right.constant
    unknown = Unknown("an operation", origin.place.node, origin=origin)
    if op is cst.Add:
        if isinstance(one, str) and isinstance(other, str) and len(one) + len(other) <= MAX_TEXT:
            return Known(one + other, origin=origin)
        if isinstance(one, bytes) and isinstance(other, bytes) and len(one) + len(other) <= MAX_TEXT:
            return Known(one + other, origin=origin)
    if op is cst.Multiply and isinstance(one, str | bytes) and isinstance(other, int):
        return Known(one * other, origin=origin) if len(one) * max(other, 0) <= MAX_TEXT else unknown
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return unknown
    function = _ARITHMETIC.get(op)
    if function is None or max(abs(one), abs(other)) > _MAX_OPERAND:
        return unknown
    if op is cst.Power and not 0 <= other <= _MAX_POWER:
        return unknown
    try:
        return Known(function(one, other), origin=origin)
    except (ArithmeticError, ValueError):
        return unknown


def _instant(op: type[cst.BaseBinaryOp], left: Instant, right: Value, origin: Origin) -> Value:
    if op in (cst.Multiply, cst.Divide, cst.FloorDivide):
        return _rescaled(op, left, right, origin)
    if op is cst.Subtract and isinstance(right, Instant):
        known = left.offset is not None and right.offset is not None and left.form is right.form
        seconds = (left.offset or 0) - (right.offset or 0) if known else None
        return Duration(seconds, origin=origin)
    if op not in (cst.Add, cst.Subtract):
        return Unknown("an operation", origin.place.node, origin=origin)
    if op is cst.Subtract and not isinstance(right, Duration | Known):
        # Between two points in time lies a length of time.
        return Unknown("an operation", origin.place.node, origin=origin)
    length = _length(right, left.form)
    offset = None if length is None or left.offset is None else left.offset + (length if op is cst.Add else -length)
    return replace(left, offset=offset, origin=origin)


_PER_SECOND = {
    Form.SECONDS: 1,
    Form.MILLISECONDS: 1_000,
    Form.MICROSECONDS: 1_000_000,
    Form.NANOSECONDS: 1_000_000_000,
}
_FORMS: dict[float, Form] = {scale: form for form, scale in _PER_SECOND.items()}


def _rescaled(op: type[cst.BaseBinaryOp], left: Instant, right: Value, origin: Origin) -> Value:
    """Seconds times 1000 are milliseconds, and so on."""
    factor = right.constant if isinstance(right, Known) else None
    scale = _PER_SECOND.get(left.form)
    if scale is not None and isinstance(factor, int | float) and factor:
        form = _FORMS.get(round(scale * factor if op is cst.Multiply else scale / factor, 6))
        if form is not None:
            return replace(left, form=form, origin=origin)
    return Unknown("a scaled time", origin.place.node, origin=origin)


def _length(value: Value, form: Form) -> float | None:
    """How many seconds are added to a point in time of `form`."""
    match value:
        case Duration(seconds=seconds):
            return seconds
        case Known(constant=bool()):
            return None
        case Known(constant=int() | float() as number):
            return number / _PER_SECOND.get(form, 1)
        case _:
            return None


def _duration(op: type[cst.BaseBinaryOp], left: Duration, right: Value, origin: Origin) -> Value:
    match right:
        case Known(constant=int() | float() as number) if op in (cst.Multiply, cst.Divide, cst.FloorDivide) and number:
            function = _ARITHMETIC[op]
            return Duration(None if left.seconds is None else function(left.seconds, number), origin=origin)
        case Duration(seconds=seconds) if op in (cst.Add, cst.Subtract):
            known = left.seconds is not None and seconds is not None
            function = _ARITHMETIC[op]
            return Duration(function(left.seconds or 0, seconds or 0) if known else None, origin=origin)
        case _:
            return Duration(None, origin=origin)


def negate(value: Value, origin: Origin) -> Value:
    """`-value`."""
    match value:
        case Known(constant=int() | float() as number):
            return Known(-number, origin=origin)
        case Duration(seconds=seconds):
            return Duration(None if seconds is None else -seconds, origin=origin)
        case _:
            return Unknown("an operation", origin.place.node, origin=origin)


def _is_text(value: Value) -> bool:
    return isinstance(value, Text) or (isinstance(value, Known) and isinstance(value.constant, str | bytes))
