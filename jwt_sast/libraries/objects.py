"""Objects of a library that keep what they are given: their methods go by what they were constructed with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from jwt_sast.libraries.library import instance
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.values import Absent, Produced, Reference, Value


def remember(call: Call, attributes: Mapping[str, Value]) -> None:
    """Sets attributes of the object that a method was called on."""
    if call.instance is not None and isinstance(call.receiver, Reference):
        call.state.update(call.receiver, replace(call.instance, attributes={**call.instance.attributes, **attributes}))


@dataclass(frozen=True, slots=True, eq=False)
class _Arguments:
    """What a constructor was given, by parameter."""

    by_name: Mapping[str, Argument]


_ARGUMENTS = "(arguments)"
"""An attribute of our own, under a name that no program can use."""


def constructed(call: Call, arguments: Mapping[str, Argument], attributes: Mapping[str, Value] | None = None) -> Value:
    """What a constructor of the library gives, with the arguments that its methods will go by."""
    kept = Produced("arguments", _Arguments(arguments))
    return instance(call, {_ARGUMENTS: kept, **(attributes or {})})


def constructor_argument(call: Call, name: str) -> Argument:
    """What the object that a method was called on was constructed with; Absent at the place of the call if nothing."""
    found = None if call.instance is None else call.instance.attributes.get(_ARGUMENTS)
    kept = found.detail if isinstance(found, Produced) else None
    argument = kept.by_name.get(name) if isinstance(kept, _Arguments) else None
    return Argument(Absent(), call.place) if argument is None else argument


def current(call: Call, name: str) -> Argument:
    """An attribute of the object that a method was called on, as it is now: at the place where the constructor was
    given it, or where it was made since.
    """
    value = Absent() if call.instance is None else call.instance.attributes.get(name, Absent())
    given, now = constructor_argument(call, name), call.resolved(Argument(value, call.place))
    if now.value == given.value:
        return given
    return now if value.origin is None else replace(now, place=value.origin.place)
