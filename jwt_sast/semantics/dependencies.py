"""Parameters that a framework fills, as by `Depends(get_settings)`, and those whose annotation is a record class."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst

from jwt_sast.semantics import instances, lookup, records
from jwt_sast.semantics.calls import Arguments, Call, Model
from jwt_sast.semantics.environment import Frame, PathEndsError
from jwt_sast.semantics.field_makers import ANNOTATED
from jwt_sast.semantics.record_kinds import Kind
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Absent, Class, Produced, Unknown, Value
from jwt_sast.semantics.written import string_value

DEPENDENCY = "dependency"
"""A default by which the framework calls a function and passes on what it gives: `detail` is that function."""


def _depends(call: Call) -> Value:
    return Produced(DEPENDENCY, call.value(0, "dependency"), call.place.node, origin=call.origin())


FUNCTIONS: Mapping[str, Model] = {
    f"fastapi.{module}{name}": _depends
    for module in ("", "params.", "param_functions.")
    for name in ("Depends", "Security")
}
"""FastAPI's functions. Contract: tests/libraries/test_records_contract.py."""


def is_dependency(value: Value) -> bool:
    """Whether a default says that the framework fills the parameter."""
    return isinstance(value, Produced) and value.what == DEPENDENCY


def filled(frame: Frame, state: State, value: Value, param: cst.Param) -> Value:
    """What the framework passes for a dependency; without a function it makes an instance of the annotated class."""
    assert isinstance(value, Produced), "the caller has looked"
    called = annotated(frame, state, param) if isinstance(value.detail, Absent) else value.detail
    if isinstance(called, Produced) and called.what == ANNOTATED:
        called = called.detail[0]
    place = frame.place(param)
    anything = Unknown("a parameter", param, origin=frame.origin(param))
    if called is None or frame.budget.spent:
        return anything
    try:
        given = frame.call(state, called, Arguments(), place)
    except PathEndsError:
        return anything
    return anything if isinstance(given, Unknown) else given


def annotated(frame: Frame, state: State, param: cst.Param) -> Value | None:
    """What a parameter's annotation stands for; None where it is not one that says what comes in."""
    node = None if param.annotation is None else param.annotation.annotation
    match node:
        case cst.SimpleString():
            text = string_value(node)
            return lookup.name(frame, state, text) if isinstance(text, str) and text.isidentifier() else None
        case cst.Name() | cst.Attribute():
            return frame.evaluate(state, node)
        case cst.Subscript(value=cst.Name(value="Annotated") | cst.Attribute(attr=cst.Name(value="Annotated"))):
            return frame.evaluate(state, node)
        case _:
            return None


def passed(frame: Frame, state: State, param: cst.Param) -> Value | None:
    """What comes in for a parameter without a known caller, by its annotation; None where that does not tell."""
    annotation = annotated(frame, state, param)
    if isinstance(annotation, Produced) and annotation.what == ANNOTATED:
        for one in annotation.detail[1:]:
            if is_dependency(one):
                return filled(frame, state, one, param)
        annotation = annotation.detail[0]
    if not isinstance(annotation, Class):
        return None
    record = records.record(state, annotation)
    if record is None or record.kind is Kind.TYPED_DICT:
        return None
    return instances.blank(frame, state, annotation, frame.place(param))
