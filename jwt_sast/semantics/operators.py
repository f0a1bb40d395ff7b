"""Arithmetic and text operators on values."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics.bounds import MAX_TEXT
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.values import (
    Constant,
    Duration,
    Environment,
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


def pieces(value: Value) -> tuple[str | Value, ...]:
    """What a text is built of; anything else is a hole."""
    match value:
        case Text(pieces=known):
            return known
        case Known(constant=str() as constant):
            return (constant,)
        case Known(constant=bytes() as constant):
            return (constant.decode("latin-1"),)
        case _:
            return (value,)


def text(parts: tuple[str | Value, ...], origin: Origin) -> Value:
    """A string of `parts`, neighbouring known ones melted together; Known where there are no holes."""
    melted: list[str | Value] = []
    size = 0
    for piece in parts:
        for part in pieces(piece) if isinstance(piece, Value) else (piece,):
            if isinstance(part, str):
                size += len(part)
                if melted and isinstance(melted[-1], str):
                    melted[-1] += part
                    continue
            melted.append(part)
    if size > MAX_TEXT:
        return Unknown("a very long string", origin.place.node, origin=origin)
    if not melted:
        return Known("", origin=origin)
    if len(melted) == 1 and isinstance(melted[0], str):
        return Known(melted[0], origin=origin)
    if len(melted) == 1 and isinstance(melted[0], Environment):
        # The text of a text.
        return melted[0]
    return Text(tuple(melted), origin=origin)


_PERCENT = re.compile(r"%(?:\((?P<name>[^)]*)\))?(?P<flags>[-#0 +]*\d*(?:\.\d+)?)(?P<type>[a-zA-Z%])")


def percent_format(template: str, values: Callable[[int, str | None], Value], origin: Origin) -> Value:
    """`template % …`, with `values(index, name)` giving what fills a hole."""
    parts: list[str | Value] = []
    end = index = 0
    for match in _PERCENT.finditer(template):
        if "%" in template[end : match.start()]:
            return Unknown("a format of another kind", origin.place.node, origin=origin)
        parts.append(template[end : match.start()])
        end = match.end()
        if match["type"] == "%":
            parts.append("%")
            continue
        parts.append(_shown(values(index, match["name"]), f"%{match['flags']}{match['type']}", _by_percent))
        index += 1
    if "%" in template[end:]:
        return Unknown("a format of another kind", origin.place.node, origin=origin)
    parts.append(template[end:])
    return text(tuple(parts), origin)


def _by_percent(constant: Constant, spec: str) -> str:
    return spec % (constant,)


def _by_braces(constant: Constant, spec: str) -> str:
    return f"{{{spec}}}".format(constant)


def _shown(value: Value, spec: str, write: Callable[[Constant, str], str]) -> Value:
    """`value` as a format specification writes it; what is not a constant stays what it is."""
    if spec in ("%s", "") or not isinstance(value, Known):
        return as_text(value)
    if sum(map(int, re.findall(r"\d+", spec))) > MAX_TEXT:
        return Unknown("a very long string", spec, origin=value.origin)
    try:
        return replace(value, constant=write(value.constant, spec))
    except (TypeError, ValueError):  # the program itself would fail here
        return Unknown("a format that does not fit", spec, origin=value.origin)


_BRACES = re.compile(r"\{\{|\}\}|\{(?P<field>[^{}!:]*)(?P<spec>(?:![rsa])?(?::[^{}]*)?)\}")


def brace_format(template: str, values: Callable[[str], Value], origin: Origin) -> Value:
    """`template.format(…)`, with `values(field)` giving what fills a hole; automatic fields are numbered."""
    parts: list[str | Value] = []
    end = index = 0
    for match in _BRACES.finditer(template):
        if "{" in template[end : match.start()]:
            return Unknown("a format of another kind", origin.place.node, origin=origin)
        parts.append(template[end : match.start()])
        end = match.end()
        if match[0] in ("{{", "}}"):  # a brace is doubled to stand for itself
            parts.append(match[0][0])
            continue
        field = match["field"]
        if not field:
            field, index = str(index), index + 1
        parts.append(_shown(values(field), match["spec"], _by_braces))
    parts.append(template[end:])
    return text(tuple(parts), origin)


def formatted(value: Value, conversion: str | None, spec: str | None) -> Value:
    """`f"{value!conversion:spec}"`; `spec` is None where it is not a constant itself."""
    if spec is None:
        return Unknown("a formatted value", value.origin) if isinstance(value, Known) else value
    return _shown(value, (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else ""), _by_braces)


def as_text(value: Value) -> Value:
    """`str(value)`."""
    if isinstance(value, Known) and not isinstance(value.constant, str):
        return replace(value, constant=str(value.constant))
    return value
