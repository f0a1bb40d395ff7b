"""Binding and unbinding targets: names, attributes, items, tuples of targets."""

from __future__ import annotations

from collections.abc import Sequence as Elements
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics import containers, lookup, variables
from jwt_sast.semantics.calls import Argument, Arguments, Call
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Bound,
    Known,
    Mapping,
    Object,
    Part,
    Sequence,
    Symbol,
    Unknown,
    Value,
    alternatives,
    one_of,
)


def assign(frame: Frame, state: State, target: cst.CSTNode, value: Value) -> None:
    """Binds `value` to `target`."""
    match target:
        case cst.Name(value=text):
            _bind(frame, state, text, value)
        case cst.Attribute(value=inner, attr=cst.Name(value=text)):
            receiver = frame.evaluate(state, inner)
            lookup.store_attribute(state, receiver, text, value)
            frame.host.use(value, "store", frame.place(target), state)
        case cst.Subscript():
            _store_item(frame, state, target, value)
        case cst.Tuple(elements=elements) | cst.List(elements=elements):
            _unpack(frame, state, elements, value)
        case cst.StarredElement(value=inner) | cst.Element(value=inner):
            assign(frame, state, inner, value)
        case _:
            return


def _bind(frame: Frame, state: State, text: str, value: Value) -> None:
    if text in frame.globals and state.world.owns(frame.scope):
        # Other functions may see the old value or the new one, depending on who runs first.
        old = frame.scope.names.get(text)
        frame.scope.names[text] = value if old is None else one_of((old, value))
    if text in frame.nonlocals and (binder := frame.binder(text)) is not None:
        binder.live[text] = one_of((binder.live[text], value))
    state.names[text] = value


def _store_item(frame: Frame, state: State, target: cst.Subscript, value: Value) -> None:
    receiver = _as_mapping(frame, state, target.value)
    if len(target.slice) != 1 or not isinstance(target.slice[0].slice, cst.Index):
        state.escape(receiver)
        return
    key = frame.evaluate(state, target.slice[0].slice.value)
    place = frame.place(target)
    variables.store(frame, state, receiver, key, value)
    receiver = state.opened(receiver)
    for option in alternatives(receiver):
        content = state.content(option)
        arguments = Arguments([Argument(key, place), Argument(value, place)])
        if isinstance(content, Object) and isinstance(content.of, Symbol):
            frame.call(state, Bound(option, "__setitem__"), arguments, place)
        elif isinstance(content, Symbol):
            frame.host.call(Call(f"{content.name}.__setitem__", arguments, place, frame, state))
        elif isinstance(content, Part):
            frame.host.call(Call("__setitem__", arguments, place, frame, state, content))
    containers.store_item(state, receiver, key, value)
    frame.host.use(value, "store", place, state)


def _as_mapping(frame: Frame, state: State, node: cst.BaseExpression) -> Value:
    """The receiver of an item that is written: a parameter of unknown kind is a mapping from here on."""
    receiver = frame.evaluate(state, node)
    if isinstance(node, cst.Name) and isinstance(receiver, Unknown) and receiver.reason == "a parameter":
        receiver = state.allocate(Mapping({}, open=True, origin=receiver.origin))
        state.names[node.value] = receiver
    return receiver


def _unpack(
    frame: Frame,
    state: State,
    elements: Elements[cst.BaseElement],
    value: Value,
) -> None:
    content = state.content(value)
    starred = [index for index, element in enumerate(elements) if isinstance(element, cst.StarredElement)]
    before = starred[0] if starred else len(elements)
    after = len(elements) - before - 1 if starred else 0
    if isinstance(content, Sequence) and not content.open and _fits(len(content.items), len(elements), bool(starred)):
        rest = len(content.items) - after
        parts = [*content.items[:before], *content.items[rest:]]
        if starred:
            parts.insert(before, state.allocate(Sequence(content.items[before:rest], origin=content.origin)))
        for element, part in zip(elements, parts, strict=True):
            assign(frame, state, element.value, part)
        return
    for index, element in enumerate(elements):
        assign(frame, state, element.value, _part(frame, state, value, None if index in starred else index, element))


def _fits(items: int, targets: int, starred: bool) -> bool:
    return items >= targets - 1 if starred else items == targets


def _part(frame: Frame, state: State, value: Value, index: int | None, element: cst.BaseElement) -> Value:
    """What a target gets of something that is not known; `index` is None for the rest."""
    content = state.content(value)
    if isinstance(content, Sequence):
        return containers.any_item(state, content, element) if index is not None else _rest(state, content)
    if isinstance(content, Known) or index is None:
        state.escape(value)
        return Unknown("a part of a sequence", element)
    return containers.item(frame, state, value, Known(index), frame.place(element.value))


def _rest(state: State, content: Sequence) -> Value:
    return state.allocate(replace(content, kind="list", open=True))


def unbind(frame: Frame, state: State, target: cst.CSTNode) -> None:
    """`del target`."""
    match target:
        case cst.Name(value=text):
            state.names.pop(text, None)
        case cst.Subscript(value=inner, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            receiver = _as_mapping(frame, state, inner)
            containers.delete_item(state, receiver, frame.evaluate(state, key), frame.origin(target))
        case cst.Subscript(value=inner):
            state.escape(_as_mapping(frame, state, inner))
        case cst.Attribute(value=inner, attr=cst.Name(value=text)):
            lookup.delete_attribute(state, frame.evaluate(state, inner), text)
        case cst.Tuple(elements=elements) | cst.List(elements=elements):
            for element in elements:
                unbind(frame, state, element.value)
        case _:
            return
