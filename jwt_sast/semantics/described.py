"""Functions of the project of which the host has been told what they do: calls of these are not followed into them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.interest import described_in
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Function, Symbol, Value

if TYPE_CHECKING:
    # Library models ask for definitions, and are loaded before the parser.
    import libcst as cst


def answer(call: Call, function: Function) -> Value | None:
    """What the host says that a call of `function` gives; None where it has not been told of it."""
    defined = function.wraps or function
    described = call.frame.host.described
    name = described_in(defined.scope.source.path, described).get(_local_name(defined)) if described else None
    if name is None:
        return None
    return call.frame.host.call(replace(call, function=name, receiver=function.receiver, definition=defined))


def definition(call: Call) -> Function | None:
    """The function of the project that is called by the name that the host knows; None where none is found."""
    if call.definition is not None:
        return call.definition
    found = call.state.opened(Symbol(call.function, origin=call.origin()))
    return (found.wraps or found) if isinstance(found, Function) else None


def bound(call: Call, function: Function) -> Call:
    """A call of `function` as of a method of an object: `Class.method(object, …)` gives that as the first argument."""
    if call.receiver is not None or not _is_method(function) or "classmethod" in function.decorators:
        return call
    return replace(call, arguments=replace(call.arguments, positional=call.arguments.positional[1:]))


def parameters(function: Function) -> tuple[Parameters, dict[str, Argument]]:
    """The parameters of a function and their defaults, without the one for the object that a method is called on."""
    params = function.node.params
    plain = [param.name.value for param in (*params.posonly_params, *params.params)][_is_method(function) :]
    keyword_only = [param.name.value for param in params.kwonly_params]
    defaults = {
        name: Argument(value, Place(function.scope.source, node)) for name, (value, node) in function.defaults.items()
    }
    return Parameters((*plain, *keyword_only), len(plain)), defaults


def collects(function: Function) -> bool:
    """Whether a function takes arguments for which it has no parameters of their own."""
    import libcst as cst

    params = function.node.params
    return isinstance(params.star_arg, cst.Param) or params.star_kwarg is not None


def _local_name(function: Function) -> str:
    """What a function or method is called in its module, "" where other modules cannot get at it."""
    name: cst.Name | None = getattr(function.node, "name", None)
    if name is None or function.home is not None:
        return ""
    owner = function.scope.owners.get(function.node)
    return name.value if owner is None else f"{owner.name}.{name.value}"


def _is_method(function: Function) -> bool:
    """Whether the first parameter of a function is for the object or the class that it is called on."""
    return function.node in function.scope.owners and "staticmethod" not in function.decorators
