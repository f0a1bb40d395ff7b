"""Validators of pydantic models: what they make of a value, and whether they refuse a default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics.calls import Argument, Arguments
from jwt_sast.semantics.environment import Frame, PathEndsError
from jwt_sast.semantics.fallbacks import doubt
from jwt_sast.semantics.inheritance import order
from jwt_sast.semantics.names import dotted
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Class,
    Environment,
    Function,
    Known,
    Object,
    Reference,
    Unknown,
    Value,
    alternatives,
    each,
    one_of,
)
from jwt_sast.semantics.written import string_value

_FIELD_VALIDATORS = frozenset({"field_validator", "validator"})
_MODEL_VALIDATORS = frozenset({"model_validator", "root_validator"})


def for_field(of: Class, name: str) -> tuple[Function, ...]:
    """The validators of a field."""
    return tuple(
        replace(function, receiver=of)
        for function, call in _decorated(of, _FIELD_VALIDATORS)
        if call is not None and {name, "*"} & set(_texts(call))
    )


def run_on_defaults(functions: tuple[Function, ...]) -> bool:
    """Whether any of these is told to look at defaults too (`always=True`, pydantic 1)."""
    return any(
        _option(call, "always") == "True"
        for function in functions
        for _, call in _calls(function, _FIELD_VALIDATORS)
        if call is not None
    )


def after(of: Class) -> tuple[Function, ...]:
    """The validators of the whole instance that run when it has been made."""
    return tuple(function for function, call in _decorated(of, _MODEL_VALIDATORS) if _is_after(call))


def before(of: Class) -> bool:
    """Whether a validator sees the arguments, or their dict, and may put others in their place."""
    return any(not _is_after(call) for _, call in _decorated(of, _MODEL_VALIDATORS))


def _is_after(call: cst.Call | None) -> bool:
    return call is not None and _option(call, "mode") in ("'after'", '"after"')


def _decorated(of: Class, names: frozenset[str]) -> Iterator[tuple[Function, cst.Call | None]]:
    """The methods, inherited ones included, with a decorator of one of these names."""
    seen: set[str] = set()
    for one in order(of):
        for name, member in one.members.items():
            if name not in seen and isinstance(member, Function) and member.decorators & names:
                yield from _calls(member, names)
            seen.add(name)


def _calls(function: Function, names: frozenset[str]) -> Iterator[tuple[Function, cst.Call | None]]:
    assert isinstance(function.node, cst.FunctionDef), "a lambda has no decorators"
    for decorator in function.node.decorators:
        match decorator.decorator:
            case cst.Call(func=func) as call if _last(func) in names:
                yield function, call
            case node if _last(node) in names:
                yield function, None


def _last(node: cst.BaseExpression) -> str:
    return dotted(node).rpartition(".")[2]


def _texts(call: cst.Call) -> Iterator[str]:
    for arg in call.args:
        if isinstance(arg.value, cst.SimpleString) and arg.keyword is None:
            yield str(string_value(arg.value))


def _option(call: cst.Call, name: str) -> str | None:
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value == name:
            return arg.value.value if isinstance(arg.value, cst.SimpleString | cst.Name) else None
    return None


def validated(frame: Frame, state: State, functions: tuple[Function, ...], value: Value, place: Place) -> Value:
    """`value` after its validators. Raises PathEndsError where one of them refuses whatever it can be."""
    for function in functions:
        value = frame.call(state, function, Arguments([Argument(value, place)]), place)
    return value


def checked(frame: Frame, state: State, functions: tuple[Function, ...], default: Value, place: Place) -> Value:
    """A default after its validators; marked as tested where they may refuse it."""
    refuses, frame.refuses = frame.refuses, False
    path = state.fork()
    try:
        value = validated(frame, path, functions, default, place)
        state.become(path)
        return doubted(value) if frame.refuses else value
    except PathEndsError:
        # Where the program starts, something else is configured; but that rests on the validator alone.
        return doubted(default)
    finally:
        frame.refuses = refuses


def doubted(value: Value) -> Value:
    """`value` with its constants marked as tested for."""

    def one(option: Value) -> Value:
        match option:
            case Known():
                return replace(option, tested=True)
            case Environment(fallback=Value() as fallback):
                return replace(option, fallback=doubted(fallback))
            case _:
                return option

    return each(value, one)


def keep_refused(state: State, instance: Value, earlier: Value) -> None:
    """Gives back the fallbacks that a check of `instance` has refused, since it had `earlier`'s attributes."""
    later = state.content(instance)
    if not isinstance(instance, Reference) or not isinstance(earlier, Object) or not isinstance(later, Object):
        return
    for value in earlier.attributes.values():
        if isinstance(value, Environment):
            doubt(state, value.name)
    attributes = {
        name: _restored(earlier.attributes.get(name, value), value) for name, value in later.attributes.items()
    }
    state.update(instance, replace(later, attributes=attributes))


def _restored(earlier: Value, later: Value) -> Value:
    """`later`, what a validator has left of `earlier`; a fallback that it has refused is back, but marked as tested."""
    if isinstance(earlier, Environment) and isinstance(later, Environment) and earlier.fallback is not None:
        return replace(later, fallback=doubted(earlier.fallback)) if later.fallback is None else later
    return later


def replaceable(value: Value, site: object) -> Value:
    """A default where some code that is not followed may put another value in its place."""
    if any(isinstance(option, Known) and option.constant is None for option in alternatives(value)):
        return Unknown("validated", site)
    return one_of((doubted(value), Unknown("validated", site)))
