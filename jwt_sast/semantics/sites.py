"""The places where a class's instances are made: with which arguments, as far as other code can be told of them."""

from __future__ import annotations

from collections.abc import Iterator

from jwt_sast.semantics.bounds import MAX_ALTERNATIVES
from jwt_sast.semantics.calls import Argument, Arguments
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.records import Record
from jwt_sast.semantics.values import (
    Class,
    Environment,
    Function,
    Known,
    Produced,
    Symbol,
    Unknown,
    Value,
    alternatives,
    base,
    one_of,
)

_LASTING = (Known, Environment, Produced, Symbol)
"""Values that mean the same wherever they are; a reference means something only where its object lies in the heap."""


def note(of: Class, init: Function | None, record: Record | None, arguments: Arguments) -> None:
    """Remembers the arguments of a construction, by parameter or field."""
    if len(of.sites) >= MAX_ALTERNATIVES:
        return
    names = list(_names(init, record))
    given = dict(zip(names, arguments.positional, strict=False)) | arguments.keywords
    lasting = {name: kept for name, argument in given.items() if (kept := _lasting(argument.value)) is not None}
    if lasting:
        of.sites.append(lasting)


def _names(init: Function | None, record: Record | None) -> Iterator[str]:
    """What positional arguments stand for."""
    if init is not None:
        params = init.node.params
        yield from [param.name.value for param in (*params.posonly_params, *params.params)][1:]
    elif record is not None and not record.kind.validates:
        yield from (field.name for field in record.fields if field.init and not field.keyword_only)


def _lasting(value: Value) -> Value | None:
    kept: list[Value] = [option for option in alternatives(value) if isinstance(base(option), _LASTING)]
    return one_of(kept) if kept else None


def known(of: Class) -> dict[str, Value]:
    """What is seen to be passed, by parameter or field."""
    names = dict.fromkeys(name for site in of.sites for name in site)
    return {name: _joined([site[name] for site in of.sites if name in site]) for name in names}


def _joined(values: list[Value]) -> Value:
    """What several constructions pass: the constants where there are any.

    One that reads what it passes does not make another one's constant a mere fallback.
    """
    options = [option for value in values for option in alternatives(value)]
    constants: list[Value] = [option for option in options if isinstance(option, Known)]
    return one_of(constants or options)


def arguments(of: Class, place: Place) -> Arguments:
    """The arguments of a construction that nobody has seen: those that others pass, or anything."""
    given = {
        name: Argument(one_of((value, Unknown("a parameter", (of.node, name)))), place)
        for name, value in known(of).items()
    }
    return Arguments(keywords=given, sometimes=set(given), more_keywords=True)
