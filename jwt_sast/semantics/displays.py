"""Where something stands in a dict that is written out: `{"key": value}`."""

from __future__ import annotations

import libcst as cst

from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Mapping, Value
from jwt_sast.semantics.written import string_value


def place_of(mapping: Mapping, key: str, value: Value) -> Place | None:
    """The place of `value`, which `mapping` has under `key`: in the dict as it was written, and where somebody has put
    it there later, where it was made. None where that is not known.
    """
    began = None if value.origin is None else value.origin.root.place
    if mapping.origin is None:
        return began
    display = mapping.origin.root.place
    for element in reversed(display.node.elements) if isinstance(display.node, cst.Dict) else ():
        if isinstance(element, cst.DictElement) and _spells(element.key, key):
            written = Place(display.source, element.value)
            return began if began is not None and _is_behind(began, display) else written
    return began


def _spells(node: cst.BaseExpression, key: str) -> bool:
    return isinstance(node, cst.SimpleString) and string_value(node) == key


def _is_behind(place: Place, other: Place) -> bool:
    """Whether a place comes after another one in the same file."""
    one, end = place.location, other.location
    return one.path == end.path and (one.line, one.column) >= (end.end_line, end.end_column)
