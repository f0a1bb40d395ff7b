"""Texts built of known parts and holes: joining, formatting, conversion.

Library models build texts too, and the gate needs every library's marks, so this module must not import LibCST.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from jwt_sast.semantics.bounds import MAX_TEXT
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.values import Constant, Environment, Known, Text, Unknown, Value


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
