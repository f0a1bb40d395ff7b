"""Making instances: what `__init__`, or the one that a record class has been given, makes of the arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from jwt_sast.semantics import containers, copies, records, sites, validators
from jwt_sast.semantics.calls import Argument, Arguments, Call
from jwt_sast.semantics.environment import Frame, PathEndsError
from jwt_sast.semantics.inheritance import order
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.record_kinds import Kind
from jwt_sast.semantics.records import Field, Record
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Class,
    Duration,
    Environment,
    Form,
    Function,
    Instant,
    Known,
    Mapping,
    Object,
    Reference,
    Sequence,
    Symbol,
    Unknown,
    Value,
    each,
    one_of,
)

_HOOKS = ("__post_init__", "__attrs_post_init__", "model_post_init")


def instantiate(frame: Frame, state: State, of: Class, arguments: Arguments, place: Place) -> Value:
    """What a call of the class gives. Raises PathEndsError where that never returns."""
    record = records.record(state, of)
    if record is not None and record.kind is Kind.TYPED_DICT:
        call = Call("builtins.dict", arguments, place, frame, state)
        return state.allocate(containers.updated(call, Mapping({}, origin=call.origin())))
    is_open = record is None or record.open
    instance = state.allocate(Object({}, open=is_open, of=of, origin=frame.origin(place.node)))
    init = initializer(of)
    if state.world.owns(of.scope):
        sites.note(of, init, record, arguments)
    if init is not None:
        frame.call(state, replace(init, receiver=instance), arguments, place)
    elif record is not None:
        initialize(frame, state, instance, record, arguments, place)
    elif (made := _made_outside(frame, state, of, arguments, place)) is not None:
        state.update(instance, replace(made, of=of, origin=instance.origin))
    else:
        _take_attributes(state, instance, of, arguments)
    return instance


def _made_outside(frame: Frame, state: State, of: Class, arguments: Arguments, place: Place) -> Object | None:
    """What the constructor of a class from outside makes that `of` derives from; None where it is not known."""
    for one in order(of):
        for base in one.bases:
            if isinstance(base, Symbol):
                made = frame.host.call(Call(base.name, arguments, place, frame, state))
                content = None if made is None else state.content(made)
                return content if isinstance(content, Object) else None
    return None


def initializer(of: Class) -> Function | None:
    """The `__init__` that is written out for `of`; None where a record class is given one, or there is none."""
    for one in order(of):
        found = one.members.get("__init__")
        if isinstance(found, Function):
            return found
        if records.writes_init(one):
            return None
    return None


def makers(of: Class) -> Iterator[Function]:
    """The methods by which an instance is set up, one after the other: `__init__`, and the `init_app` of an extension
    of Flask, where whoever is given one holds it to have been called.
    """
    init = initializer(of)
    if init is not None:
        yield init
    later = (one.members.get("init_app") for one in order(of))
    found = next((one for one in later if isinstance(one, Function)), None)
    if found is not None and not found.decorators:
        yield found


def _take_attributes(state: State, instance: Reference, of: Class, arguments: Arguments) -> None:
    """A class whose `__init__` is not seen: its arguments are held to be attributes."""
    names = dict.fromkeys(name for one in reversed(order(of)) for name in records.annotated(one))
    attributes = dict(zip(names, (argument.value for argument in arguments.positional), strict=False))
    attributes |= {name: argument.value for name, argument in arguments.keywords.items()}
    state.update(instance, Object(attributes, of=of, origin=instance.origin))
    for argument in arguments.positional:
        state.escape(argument.value)


def initialize(
    frame: Frame, state: State, instance: Reference, record: Record, arguments: Arguments, place: Place
) -> None:
    """Fills an instance as the `__init__` of a record class does, and runs what follows on that.

    Raises PathEndsError where a validator or a hook always refuses.
    """
    content = state.content(instance)
    assert isinstance(content, Object), "an instance lies in the heap"
    assert isinstance(content.of, Class), "a record has a class"
    making = _Making(frame, state, content.of, record, arguments, place)
    attributes = {field.name: making.value(field, given) for field, given in making.pairs() if field.stored}
    state.update(instance, replace(content, attributes={**content.attributes, **attributes}))
    _run_hooks(frame, state, instance, record, place)


@dataclass(slots=True)
class _Making:
    """One instance that is being made."""

    frame: Frame
    state: State
    of: Class
    record: Record
    arguments: Arguments
    place: Place

    def pairs(self) -> Iterator[tuple[Field, Argument | None]]:
        """Each field with the argument that gives it."""
        positional = iter(() if self.record.kind.validates else self.arguments.positional)
        for field in self.record.fields:
            if not field.init:
                yield field, None
                continue
            given = None if field.keyword_only else next(positional, None)
            for name in field.arguments:
                given = given or self.arguments.keywords.get(name)
            yield field, given

    def value(self, field: Field, given: Argument | None) -> Value:
        """What the field is in the new instance."""
        if given is None:
            return self._absent(field)
        value = self._taken(field, given.value)
        sometimes = not field.required and not self.arguments.sometimes.isdisjoint(field.arguments)
        return one_of((value, self._absent(field))) if sometimes else value

    def _taken(self, field: Field, value: Value) -> Value:
        if field.converted:
            return Unknown("converted", (self.place.node, field.name))
        if not self.record.kind.validates:
            return value
        checks = validators.for_field(self.of, field.name)
        value = validators.validated(self.frame, self.state, checks, value, self.place)
        return each(value, lambda one: self._coerced(field, one))

    def _coerced(self, field: Field, value: Value) -> Value:
        """What pydantic makes of a value: containers are copied, a number becomes the time that a field is for."""
        if isinstance(value, Reference):
            return self._copied(value)
        if isinstance(value, Instant) and value.form is not Form.DATETIME and _mentions(field.annotation, "datetime"):
            return Unknown("converted", (self.place.node, field.name))
        return value

    def _copied(self, value: Reference) -> Value:
        is_container = isinstance(self.state.look(value), Mapping | Sequence)
        return copies.copy(self.state, value, Origin(self.place)) if is_container else value

    def _absent(self, field: Field) -> Value:
        """What the field is where no argument is seen to give it."""
        hidden = self.arguments.more_keywords or (self.arguments.more_positional and not self.record.kind.validates)
        reason = "a parameter" if hidden else "a required field"
        anything = Unknown(reason, (self.place.node, field.name), origin=_origin(self.of, field))
        if self.record.kind is Kind.SETTINGS:
            read = self._read(field)
            return one_of((read, anything)) if hidden else read
        if field.required:
            return anything
        default = self._default(field)
        return one_of((default, anything)) if hidden and field.init else default

    def _read(self, field: Field) -> Value:
        """A setting: read from the environment, and only where nothing is there its default."""
        fallback = None if field.required else self._default(field)
        name = field.arguments[-1].upper()
        origin = (fallback.origin if fallback is not None else None) or _origin(self.of, field)
        if fallback is not None and _is_amount(fallback):
            # Calculations go on with a number or a length of time, and with neither as a fallback.
            return one_of((fallback, Environment(name, origin=origin)))
        return Environment(name, fallback, origin=origin)

    def _default(self, field: Field) -> Value:
        if field.factory is not None:
            value = self.frame.call(self.state, field.factory, Arguments(), self.place)
        else:
            assert field.default is not None, "the caller has looked"
            value = field.default
        if not self.record.kind.validates:
            return value
        if isinstance(value, Reference) and field.factory is None:
            value = self._copied(value)
        checks = validators.for_field(self.of, field.name)
        if checks and (self.record.kind is Kind.SETTINGS or validators.run_on_defaults(checks)):
            value = validators.checked(self.frame, self.state, checks, value, self.place)
        if validators.before(self.of):
            value = validators.replaceable(value, (self.place.node, field.name))
        return value


def _origin(of: Class, field: Field) -> Origin | None:
    return None if field.node is None else Origin(Place(of.scope.source, field.node))


def _is_amount(value: Value) -> bool:
    """A number or a length of time, and no switch."""
    if isinstance(value, Known):
        return isinstance(value.constant, int | float) and not isinstance(value.constant, bool)
    return isinstance(value, Duration)


def _mentions(annotation: cst.BaseExpression | None, name: str) -> bool:
    pending: list[cst.CSTNode] = [] if annotation is None else [annotation]
    while pending:
        node = pending.pop()
        if isinstance(node, cst.Name) and node.value == name:
            return True
        pending += node.children
    return False


def _run_hooks(frame: Frame, state: State, instance: Reference, record: Record, place: Place) -> None:
    """What runs when the fields are filled: `__post_init__` and the like, and validators of the whole."""
    content = state.content(instance)
    assert isinstance(content, Object), "an instance lies in the heap"
    assert isinstance(content.of, Class), "a record has a class"
    hooks = [hook for name in _HOOKS if isinstance(hook := content.of.member(name), Function)]
    if record.kind.validates:
        hooks += validators.after(content.of)
    for hook in hooks:
        _run_hook(frame, state, instance, hook, place)


def _run_hook(frame: Frame, state: State, instance: Reference, hook: Function, place: Place) -> None:
    earlier = state.content(instance)
    refuses, frame.refuses = frame.refuses, False
    try:
        frame.call(state, replace(hook, receiver=instance), Arguments(more_positional=True), place)
        if frame.refuses:
            validators.keep_refused(state, instance, earlier)
    finally:
        frame.refuses |= refuses


def blank(frame: Frame, state: State, of: Class, place: Place) -> Reference:
    """An instance of which nobody is seen who made it: a subclass may have made it too, so it is open."""
    instance = state.allocate(Object({}, of=of))
    record = records.record(state, of)
    if initializer(of) is not None or record is None or record.kind is Kind.TYPED_DICT:
        return instance
    arguments = Arguments() if record.kind is Kind.SETTINGS else sites.arguments(of, place)
    try:
        path = state.fork()
        initialize(frame, path, instance, record, arguments, place)
        state.become(path)
    except PathEndsError:
        pass
    return instance
