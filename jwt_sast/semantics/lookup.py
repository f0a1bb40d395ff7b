"""What names and attributes stand for."""

from __future__ import annotations

import builtins
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics import inheritance, records
from jwt_sast.semantics.calls import Arguments
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.promises import Promise
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.settings import Setting
from jwt_sast.semantics.state import State
from jwt_sast.semantics.stdlib.constants import ATTRIBUTES
from jwt_sast.semantics.values import (
    Bound,
    Class,
    Constant,
    Entry,
    Function,
    Known,
    Mapping,
    Object,
    OneOf,
    Part,
    Partial,
    Produced,
    Reference,
    Symbol,
    Unknown,
    Value,
    alternatives,
    each,
    one_of,
)
from jwt_sast.semantics.written import string_value

_BUILTINS = frozenset(dir(builtins))


def name(frame: Frame, state: State, text: str) -> Value:
    """What a name stands for, from the inside out."""
    value = state.names.get(text)
    if value is None and (binder := frame.binder(text)) is not None:
        # The enclosing function may have bound it anew since this one was defined.
        value = binder.live[text]
    value = value or frame.closure.get(text) or frame.scope.names.get(text)
    if value is not None:
        return value
    if text in _BUILTINS:
        hidden = state.world.starred(frame.scope, text, bound=True) if frame.scope.stars else None
        return hidden or Symbol(f"builtins.{text}")
    return state.world.starred(frame.scope, text) or Unknown("an unbound name", text)


def attribute(frame: Frame, state: State, receiver: Value, text: str, place: Place) -> Value:
    """What `receiver.text` stands for."""
    return each(receiver, lambda one: _attribute(frame, state, one, text, place))


def _attribute(frame: Frame, state: State, receiver: Value, text: str, place: Place) -> Value:
    content = state.content(receiver)
    match content:
        case Symbol(name=prefix):
            return symbol(frame, f"{prefix}.{text}", Origin(place))
        case Object():
            return _object_attribute(frame, state, receiver, content, text, place)
        case Class():
            member = _of_class(state, content, text)
            if member is None:
                return Part(receiver, text, "attribute", origin=Origin(place))
            is_class_method = isinstance(member, Function) and "classmethod" in member.decorators
            return replace(member, receiver=receiver) if is_class_method and isinstance(member, Function) else member
        case Function() | Partial():
            return Part(receiver, text, "attribute", origin=Origin(place))
        case Produced(what=inheritance.SUPER, detail=(of, classes)):
            return _inherited(frame, state, of, classes, text, place)
        case Part() | Unknown() | Produced() | Promise() | Setting():
            return Part(receiver, text, "attribute", origin=Origin(place))
        case _:
            return Bound(receiver, text)


def symbol(frame: Frame, qualified: str, origin: Origin) -> Value:
    """What a name from outside the project stands for: a constant that the standard library or the host knows, or what
    bears that name.
    """
    constant = frame.host.constant(qualified)
    if constant is not None:
        return Known(constant, origin=origin)
    return ATTRIBUTES.get(qualified) or Symbol(qualified, origin=origin)


def _object_attribute(frame: Frame, state: State, receiver: Value, content: Object, text: str, place: Place) -> Value:
    found = content.attributes.get(text)
    if found is not None:
        return found
    if text == "__dict__":
        return state.allocate(attributes(content, Origin(place)))
    if isinstance(content.of, Symbol):
        return Bound(receiver, text)
    if text == "__class__" and content.of is not None:
        return content.of
    member = _member(state, content, text)
    if member is None:
        return Part(receiver, text, "attribute", origin=Origin(place))
    return _bound(frame, state, receiver, content.of, member, place)


def _inherited(
    frame: Frame, state: State, receiver: Value, classes: tuple[Class, ...], text: str, place: Place
) -> Value:
    """`super().text`: the next one behind the class that asks; of a base that is not seen, whatever it may be."""
    first = next(
        (one for one in classes if text in one.members or (text == "__init__" and records.writes_init(one))), None
    )
    found = None if first is None else first.members.get(text)
    if found is None:
        return Part(receiver, text, "attribute", origin=Origin(place))
    content = state.content(receiver)
    return _bound(frame, state, receiver, content.of if isinstance(content, Object) else receiver, found, place)


def _bound(frame: Frame, state: State, receiver: Value, of: Value | None, member: Value, place: Place) -> Value:
    """A member of a class as its instance has it: methods know their receiver, properties are read."""
    if not isinstance(member, Function) or member.receiver is not None:
        # What is no function of Python's own, or a method of something else, stays what it is.
        return member
    if "staticmethod" in member.decorators:
        return member
    method = replace(member, receiver=of if "classmethod" in member.decorators else receiver)
    if member.decorators & {"property", "cached_property"}:
        return frame.call(state, method, Arguments(), place)
    return method


def attributes(instance: Object, origin: Origin) -> Mapping:
    """`vars(instance)`, as it is now."""
    entries: dict[Constant, Entry] = {name: Entry(value) for name, value in instance.attributes.items()}
    return Mapping(entries, instance.open, origin=origin)


def _member(state: State, instance: Object, text: str) -> Value | None:
    return _of_class(state, instance.of, text) if isinstance(instance.of, Class) else None


def _of_class(state: State, of: Class, text: str) -> Value | None:
    """A member of a class, or what has been written to it since."""
    found, written = records.member(of, text), state.world.written(of, text)
    return found if written is None else written if found is None else one_of((found, written))


def store_attribute(state: State, receiver: Value, text: str, value: Value) -> None:
    """`receiver.text = value`."""
    receiver = state.opened(receiver)
    options = alternatives(receiver)
    for option in options:
        content = state.content(option)
        if isinstance(content, Class):
            # Classes are not in the heap: whoever looks may see the old value or the new one.
            state.world.write(content, text, value)
        if not isinstance(option, Reference) or not isinstance(content, Object):
            state.escape(value)
            continue
        old = content.attributes.get(text) or _member(state, content, text) or value
        kept = value if len(options) == 1 else one_of((value, old))
        state.update(option, replace(content, attributes={**content.attributes, text: kept}))


def delete_attribute(state: State, receiver: Value, text: str) -> None:
    """`del receiver.text`: what its class has is seen again."""
    options = alternatives(receiver)
    for option in options:
        content = state.content(option)
        if isinstance(option, Reference) and isinstance(content, Object):
            attributes = {name: value for name, value in content.attributes.items() if name != text}
            old, member = content.attributes.get(text), _member(state, content, text)
            if len(options) > 1 and old is not None:
                attributes[text] = old if member is None else one_of((old, member))
            state.update(option, replace(content, attributes=attributes))


def peek(frame: Frame, state: State, node: cst.CSTNode) -> Value | None:
    """The value of a name, attribute or constant item, read without any effect; None for other expressions."""
    match node:
        case cst.Name(value="None" | "True" | "False" as text):
            return Known({"None": None, "True": True, "False": False}[text])
        case cst.Name(value=text) | cst.NamedExpr(target=cst.Name(value=text)):
            return name(frame, state, text)
        case cst.Attribute(value=inner, attr=cst.Name(value=text)):
            receiver = peek(frame, state, inner)
            content = state.content(receiver) if receiver is not None and not isinstance(receiver, OneOf) else None
            if isinstance(content, Symbol):
                return symbol(frame, f"{content.name}.{text}", frame.origin(node))
            return content.attributes.get(text) if isinstance(content, Object) else None
        case cst.SimpleString():
            return Known(string_value(node))
        case _:
            return None


def rebind(frame: Frame, state: State, node: object, value: Value) -> None:
    """Narrows what a name or attribute stands for."""
    match node:
        case cst.Name(value=text) | cst.NamedExpr(target=cst.Name(value=text)):
            state.names[text] = value
        case cst.Attribute(value=inner, attr=cst.Name(value=text)):
            receiver = peek(frame, state, inner)
            receiver = None if receiver is None else state.opened(receiver)
            if isinstance(receiver, Reference):
                store_attribute(state, receiver, text, value)
        case _:
            return
