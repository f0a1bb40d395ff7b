"""Binding and unbinding targets: names, attributes, items, tuples of targets."""

from __future__ import annotations

from collections.abc import Sequence as Elements

import libcst as cst

from jwt_sast.semantics import containers, lookup
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Known, Mapping, Sequence, Unknown, Value, one_of


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
    if text in frame.globals:
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
    containers.store_item(state, receiver, key, value)
    frame.host.use(value, "store", frame.place(target), state)


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
    plain = not any(isinstance(element, cst.StarredElement) for element in elements)
    if plain and isinstance(content, Sequence) and not content.open and len(content.items) == len(elements):
        for element, item in zip(elements, content.items, strict=True):
            assign(frame, state, element.value, item)
        return
    for index, element in enumerate(elements):
        starred = isinstance(element, cst.StarredElement)
        part = (
            Unknown("the rest of a sequence", element)
            if starred or isinstance(content, Known | Sequence)
            else containers.item(frame, state, value, Known(index), frame.place(element.value))
        )
        assign(frame, state, element.value, part)


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
