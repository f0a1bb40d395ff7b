"""Decorators: what a decorated function is called as afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics.calls import SUPPLIES, Argument, Arguments, Call
from jwt_sast.semantics.environment import Frame, PathEndsError
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Class,
    Function,
    Object,
    Part,
    Produced,
    Symbol,
    Unknown,
    Value,
    alternatives,
    one_of,
)

_BINDING = frozenset({"property", "cached_property", "staticmethod", "classmethod"})
"""Decorators that say how a method is found on its class."""


def last_name(node: cst.BaseExpression) -> str:
    """The name by which a decorator is known: `route` of `@app.route("/")`."""
    while True:
        match node:
            case cst.Call(func=inner):
                node = inner
            case cst.Attribute(attr=cst.Name(value=text)) | cst.Name(value=text):
                return text
            case _:
                return ""


def evaluated(frame: Frame, state: State, decorators: Sequence[cst.Decorator]) -> list[tuple[Value, cst.Decorator]]:
    """What each decorator is, in the order in which they are written."""
    return [(frame.evaluate(state, one.decorator), one) for one in decorators]


def supplied(decorators: list[tuple[Value, cst.Decorator]]) -> dict[str, tuple[Value, cst.BaseExpression]]:
    """The parameters that decorators fill in, such as the options of a command line, by name."""
    return {
        made.detail[0]: (made.detail[1], node.decorator)
        for made, node in decorators
        if isinstance(made, Produced) and made.what == SUPPLIES
    }


def applied(
    frame: Frame, state: State, decorators: list[tuple[Value, cst.Decorator]], function: Function | Class
) -> Value:
    """What `function` is after its decorators: what the project's own ones give as far as that is known,
    otherwise itself, since nearly all others keep what they decorate.
    """
    current: Value = function
    for decorator, node in reversed(decorators):
        is_ours = isinstance(state.content(decorator), Function | Class | Object)
        if is_ours or _is_known(frame, decorator, node, current):
            current = _applied(frame, state, decorator, node, current)
        elif isinstance(function, Function) and not frame.owner_body:
            current = _promised(frame, state, decorator, node, current)
    if isinstance(current, Function) and current.wraps is function:
        frame.entry.wrappers[function.node] = current
    return current


def _is_known(frame: Frame, decorator: Value, node: cst.Decorator, current: Value) -> bool:
    """Whether the host has a word for what a decorator from outside the project does with what it is put on."""
    if not isinstance(decorator, Symbol):
        return False
    return frame.host.accepts(decorator.name, Arguments([Argument(current, frame.place(node.decorator))]))


def _applied(frame: Frame, state: State, decorator: Value, node: cst.Decorator, current: Value) -> Value:
    # What is defined meanwhile is an entry point of the decorator itself, for whatever it decorates.
    definitions = len(frame.entry.definitions)
    argument = Argument(current, frame.place(node.decorator))
    try:
        made = frame.call(state, decorator, Arguments([argument]), frame.place(node))
    except PathEndsError:
        return current
    finally:
        del frame.entry.definitions[definitions:]
    return with_what_is_known(made, current)


def _promised(frame: Frame, state: State, decorator: Value, node: cst.Decorator, current: Value) -> Value:
    """What a decorator of another module makes of a function is looked at when somebody calls it."""
    argument = Argument(current, frame.place(node.decorator))
    call = Call("a decorator", Arguments([argument]), frame.place(node), frame, state)
    return state.world.promise(call, decorator, current) or current


def with_what_is_known(made: Value, decorated: Value) -> Value:
    """What a decorator has made, as far as that is known; nearly all keep what they decorate."""
    known = [option for option in alternatives(made) if not isinstance(option, Unknown | Part | Produced | Symbol)]
    return one_of([_around(option, decorated) for option in known]) if known else decorated


def _around(made: Value, decorated: Value) -> Value:
    """A function that a decorator has made, which knows what stands under it and is found on its class as that is."""
    if not isinstance(made, Function) or not isinstance(decorated, Function) or made == decorated:
        return made
    binding = decorated.decorators & _BINDING
    return replace(made, decorators=made.decorators | binding, wraps=decorated.wraps or decorated)
