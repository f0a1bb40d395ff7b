"""Methods and functions of record classes: dumps, copies, and instances made of dicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from jwt_sast.semantics import dumps, instances, lookup, records
from jwt_sast.semantics.calls import Argument, Arguments, Call, Model
from jwt_sast.semantics.omissions import NOTHING, omissions
from jwt_sast.semantics.record_kinds import Kind
from jwt_sast.semantics.values import (
    Absent,
    Class,
    Known,
    Object,
    Produced,
    Reference,
    Value,
    each,
)
from jwt_sast.semantics.values import (
    Mapping as MappingValue,
)

JSON = "JSON"
"""A text that `model_dump_json` has made: `detail` is the dict that it writes down."""

Method = Callable[[Call, Value], Value | None]
"""What a method of an instance, or of the class, gives; None where that cannot be said."""


def call_method(call: Call, receiver: Value, name: str) -> Value | None:
    """`receiver.name(…)` where that is a method that all records of a kind have; None for any other."""
    content = call.state.content(receiver)
    of = content.of if isinstance(content, Object) else content
    if name == "__init__" and isinstance(content, Object):
        return _initialize(call, receiver)
    methods = _METHODS if isinstance(content, Object) else _CLASS_METHODS
    if not isinstance(of, Class) or name not in methods:
        return None
    record = records.record(call.state, of)
    kinds, method = methods[name]
    return method(call, receiver) if record is not None and record.kind in kinds else None


def _initialize(call: Call, receiver: Value) -> Value | None:
    """`super().__init__(…)` in a record class that has an `__init__` of its own as well."""
    content = call.state.content(receiver)
    of = content.of if isinstance(content, Object) else None
    record = records.record(call.state, of) if isinstance(of, Class) else None
    if record is None or not isinstance(receiver, Reference):
        return None
    instances.initialize(call.frame, call.state, receiver, record, call.arguments, call.place)
    return Known(None)


def _dump(call: Call, receiver: Value) -> Value | None:
    return dumps.dump(call.frame, call.state, receiver, omissions(call), call.place)


def _dump_json(call: Call, receiver: Value) -> Value | None:
    made = dumps.dump(call.frame, call.state, receiver, omissions(call), call.place)
    return None if made is None else Produced(JSON, made, call.place.node, origin=call.origin())


def _as_dict(call: Call, receiver: Value) -> Value | None:
    """`_asdict()`."""
    return dumps.dump(call.frame, call.state, receiver, NOTHING, call.place)


def _copy(call: Call, receiver: Value) -> Value | None:
    """`model_copy(update={…})`: what is put in is not validated."""
    if set(call.arguments.keywords) - {"update", "deep"} or call.arguments.more_keywords:
        return None
    content = call.state.content(receiver)
    if not isinstance(content, Object):
        return None
    update = call.value(0, "update")
    update = call.state.content(update)
    if isinstance(update, Absent):
        return call.state.allocate(replace(content, origin=call.origin()))
    if not isinstance(update, MappingValue) or update.open:
        return None
    put = {str(key): entry.value for key, entry in update.entries.items() if not isinstance(entry.value, Absent)}
    return call.state.allocate(replace(content, attributes={**content.attributes, **put}, origin=call.origin()))


def _replaced(call: Call, receiver: Value) -> Value | None:
    """`dataclasses.replace(x, …)`, `x._replace(…)`."""
    content = call.state.content(receiver)
    if not isinstance(content, Object) or call.arguments.more_keywords:
        return None
    put = {name: argument.value for name, argument in call.arguments.keywords.items()}
    return call.state.allocate(replace(content, attributes={**content.attributes, **put}, origin=call.origin()))


def _validate(call: Call, receiver: Value) -> Value | None:
    """`Model.model_validate({…})`: as a call with the dict's items as keywords."""
    content = call.state.content(call.first())
    if not isinstance(receiver, Class) or not isinstance(content, MappingValue) or len(call.arguments) != 1:
        return None
    arguments = Arguments()
    arguments.add_double_star(Argument(call.first(), call.place), call.state)
    return instances.instantiate(call.frame, call.state, receiver, arguments, call.place)


_PYDANTIC = (Kind.MODEL, Kind.SETTINGS)
_METHODS: Mapping[str, tuple[tuple[Kind, ...], Method]] = {
    "model_dump": (_PYDANTIC, _dump),
    "dict": (_PYDANTIC, _dump),
    "model_dump_json": (_PYDANTIC, _dump_json),
    "json": (_PYDANTIC, _dump_json),
    "model_copy": (_PYDANTIC, _copy),
    "copy": (_PYDANTIC, _copy),
    "_asdict": ((Kind.NAMED_TUPLE,), _as_dict),
    "_replace": ((Kind.NAMED_TUPLE,), _replaced),
}
_CLASS_METHODS: Mapping[str, tuple[tuple[Kind, ...], Method]] = {
    "model_validate": (_PYDANTIC, _validate),
    "parse_obj": (_PYDANTIC, _validate),
}


def _of_instance(kind: Kind, method: Method) -> Model:
    """A function that takes an instance first."""

    def one(call: Call, instance: Value) -> Value:
        content = call.state.content(instance)
        of = content.of if isinstance(content, Object) else None
        record = records.record(call.state, of) if isinstance(of, Class) else None
        made = method(call, instance) if record is not None and record.kind is kind else None
        return call.unfollowed() if made is None else made

    return lambda call: each(call.first(), lambda instance: one(call, instance))


def _written(call: Call, instance: Value) -> Value | None:
    """`asdict(x)`: with a filter or a factory it may leave out and add what it likes."""
    if len(call.arguments) != 1 or call.arguments.more_keywords:
        return call.state.allocate(MappingValue({}, open=True, origin=call.origin()))
    return dumps.dump(call.frame, call.state, instance, NOTHING, call.place)


def _vars(call: Call) -> Value:
    content = call.state.content(call.first())
    if not isinstance(content, Object):
        return call.unknown()
    return call.state.allocate(lookup.attributes(content, call.origin()))


def _loads(call: Call) -> Value:
    """`json.loads`: of a text that is known to be a record's, its dict."""
    text = call.first()
    if isinstance(text, Produced) and text.what == JSON and len(call.arguments) == 1:
        return dumps.loaded(call.state, text.detail, call.origin())
    return call.unfollowed()


FUNCTIONS: Mapping[str, Model] = {
    "dataclasses.asdict": _of_instance(Kind.DATACLASS, _written),
    "attr.asdict": _of_instance(Kind.ATTRS, _written),
    "attrs.asdict": _of_instance(Kind.ATTRS, _written),
    "dataclasses.replace": _of_instance(Kind.DATACLASS, _replaced),
    "attr.evolve": _of_instance(Kind.ATTRS, _replaced),
    "attrs.evolve": _of_instance(Kind.ATTRS, _replaced),
    "builtins.vars": _vars,
    "json.loads": _loads,
}
