"""The built-in functions and types."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from jwt_sast.semantics import comprehensions, containers, dumps, lookup, texts
from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.environment import PathEndsError
from jwt_sast.semantics.generators import values_of
from jwt_sast.semantics.values import (
    Absent,
    Class,
    Duration,
    Environment,
    Function,
    Instant,
    Known,
    Object,
    Presence,
    Produced,
    Reference,
    Sequence,
    Text,
    Value,
    each,
    one_of,
)
from jwt_sast.semantics.values import (
    Mapping as MappingValue,
)


def _dict(call: Call) -> Value:
    """`dict(mapping, key=value)`."""
    of_model = dumps.items(call)
    if of_model is not None and len(call.arguments) == 1:
        return of_model
    return call.state.allocate(containers.updated(call, MappingValue({}, origin=call.origin())))


def _collection(kind: str) -> Model:
    def model(call: Call) -> Value:
        first = call.first()
        if isinstance(first, Absent):
            return call.state.allocate(Sequence((), kind=kind, origin=call.origin()))
        return of(call, first)

    def of(call: Call, first: Value) -> Value:
        if isinstance(first, Environment) and first.fallback is not None:
            return replace(first, fallback=of(call, first.fallback))
        steps = comprehensions.known_steps(call.state, first)
        if steps is None:
            content = call.state.content(first)
            if (yielded := values_of(first)) is not None:
                return call.state.allocate(Sequence(yielded, True, kind, origin=call.origin()))
            if not isinstance(content, Sequence | MappingValue):
                return call.unfollowed()
            items = content.items if isinstance(content, Sequence) else ()
            # Only the order of a set is not known, and that is lost in another one.
            same = kind == "set" and isinstance(content, Sequence) and not content.open
            return call.state.allocate(Sequence(items, not same, kind, origin=call.origin()))
        items = tuple(item for item, _ in steps)
        certain = all(presence is Presence.ALWAYS for _, presence in steps)
        if certain and call.function == "builtins.sorted":
            items, certain = _in_order(call, items)
        return call.state.allocate(Sequence(items, not certain, kind, origin=call.origin()))

    return model


def _in_order(call: Call, items: tuple[Value, ...]) -> tuple[tuple[Value, ...], bool]:
    """`items` sorted, and whether that can be said."""
    texts = [item for item in items if isinstance(item, Known) and isinstance(item.constant, str)]
    if len(items) < 2 or call.arguments.keywords or len(texts) < len(items):
        return items, len(items) < 2
    return tuple(sorted(texts, key=lambda item: str(item.constant))), True


def _reversed(call: Call) -> Value:
    items = comprehensions.known_items(call.state, call.first())
    return _listed(call, None if items is None else items[::-1])


def _enumerate(call: Call) -> Value:
    items = comprehensions.known_items(call.state, call.first())
    start = call.value(1, "start")
    if items is None or not isinstance(start, Absent):
        return call.unfollowed()
    return _listed(call, tuple(_pair(call, Known(index), item) for index, item in enumerate(items)))


def _zip(call: Call) -> Value:
    columns = [comprehensions.known_items(call.state, argument.value) for argument in call.arguments.positional]
    known = [items for items in columns if items is not None]
    if len(known) < len(columns) or call.arguments.more_positional:
        return call.unfollowed()
    return _listed(call, tuple(_pair(call, *row) for row in zip(*known, strict=False)))


def _pair(call: Call, *items: Value) -> Value:
    return call.state.allocate(Sequence(items, kind="tuple", origin=call.origin()))


def _listed(call: Call, items: tuple[Value, ...] | None) -> Value:
    """An iterator over `items`; the difference to a list does not matter here."""
    if items is None:
        return call.unfollowed()
    return call.state.allocate(Sequence(items, origin=call.origin()))


def _str(call: Call) -> Value:
    """`str(value)`; what cannot be known stays the same thing, so that a token is still that token."""
    encoding = call.value(1, "encoding")

    def one(value: Value) -> Value:
        if isinstance(value, Reference | Instant | Duration):
            return Text((value,), origin=call.origin())
        if isinstance(value, Known) and isinstance(value.constant, bytes) and not isinstance(encoding, Absent):
            ascii_only = value.constant.isascii()
            return replace(value, constant=value.constant.decode("ascii")) if ascii_only else call.unknown()
        return texts.as_text(value)

    return Known("") if isinstance(call.first(), Absent) else each(call.first(), one)


def _bytes(call: Call) -> Value:
    def one(value: Value) -> Value:
        if not isinstance(value, Known) or isinstance(value.constant, bytes):
            return value
        if isinstance(value.constant, str) and (value.constant.isascii() or _is_utf8(call.value(1, "encoding"))):
            return replace(value, constant=value.constant.encode(errors="surrogatepass"))
        return call.unknown()

    return each(call.first(), one)


def _is_utf8(encoding: Value) -> bool:
    name = encoding.constant if isinstance(encoding, Known) else None
    return isinstance(name, str) and name.lower().replace("_", "-") in ("utf-8", "utf8")


def _number(call: Call) -> Value:
    """`int(value)`, `round(value)` and the like: a time keeps its meaning, to a second."""
    convert = _NUMBERS[call.function]

    def one(value: Value) -> Value:
        if isinstance(value, Instant | Duration):
            return replace(value, origin=call.origin())
        if isinstance(value, Known) and isinstance(value.constant, int | float | str) and len(call.arguments) == 1:
            try:
                return Known(convert(value.constant), origin=value.origin)
            except (ValueError, OverflowError, TypeError):
                return call.unknown()
        if isinstance(value, Environment) and value.fallback is not None:
            return replace(value, fallback=each(value.fallback, one))
        return call.unknown()

    return each(call.first(), one)


_NUMBERS: Mapping[str, Callable[[Any], float]] = {
    "builtins.int": int,
    "builtins.float": float,
    "builtins.round": round,
    "math.floor": math.floor,
    "math.ceil": math.ceil,
}


def _getattr(call: Call) -> Value:
    name, fallback = call.value(1), call.value(2)
    if not isinstance(name, Known) or not isinstance(name.constant, str):
        return call.unknown()
    found = lookup.attribute(call.frame, call.state, call.first(), name.constant, call.place)
    if isinstance(fallback, Absent):
        return found
    setting = call.frame.host.setting(found)
    return one_of((found, fallback)) if setting is None else replace(setting, fallback=fallback)


def _type(call: Call) -> Value:
    content = call.state.content(call.first())
    if isinstance(content, Object) and content.of is not None and len(call.arguments) == 1:
        return content.of
    return harmless(call)


def _static(call: Call) -> Value:
    """`name = staticmethod(function)` in a class body: the function is never bound to an instance."""

    def one(function: Value) -> Value:
        if isinstance(function, Function):
            return replace(function, decorators=function.decorators | {"staticmethod"})
        return function

    return each(call.first(), one)


def _setattr(call: Call) -> None:
    name = call.value(1)
    if isinstance(name, Known) and isinstance(name.constant, str):
        lookup.store_attribute(call.state, call.first(), name.constant, call.value(2))
        return
    content = call.state.content(call.first())
    if isinstance(content, Object):
        members = content.of.members if isinstance(content.of, Class) else {}
        for text, value in (members | dict(content.attributes)).items():
            lookup.store_attribute(call.state, call.first(), text, one_of((value, call.value(2))))


def _len(call: Call) -> Value:
    value = call.state.content(call.first())
    if isinstance(value, Known) and isinstance(value.constant, str | bytes):
        return Known(len(value.constant), origin=call.origin())
    if isinstance(value, Sequence) and not value.open and (value.kind != "set" or len(value.items) < 2):
        return Known(len(value.items), origin=call.origin())
    return call.unknown()


def _range(call: Call) -> Value:
    return Produced("range", None, call.place.node)


def _fromhex(call: Call) -> Value:
    value = call.first()
    if isinstance(value, Known) and isinstance(value.constant, str):
        try:
            return replace(value, constant=bytes.fromhex(value.constant))
        except ValueError:
            return call.unknown()
    return value


def _fromkeys(call: Call) -> Value:
    keys = comprehensions.known_items(call.state, call.first())
    value = call.value(1)
    mapping = MappingValue({}, open=keys is None, origin=call.origin())
    for key in keys or ():
        mapping = containers.put(mapping, key, Known(None) if isinstance(value, Absent) else value)
    return call.state.allocate(mapping)


def _view(call: Call) -> Value:
    """A read-only view of a mapping: what changes there is seen here."""
    return call.first()


def ends(call: Call) -> Value:
    """A function that never returns."""
    raise PathEndsError


def harmless(call: Call) -> Value:
    """A function that looks at its arguments and neither keeps nor changes them."""
    for argument in call.arguments:
        call.frame.host.use(argument.value, "shown" if call.function in SHOWS else "read", argument.place, call.state)
    return call.unknown()


SHOWS = frozenset({"builtins.print"})

FUNCTIONS: Mapping[str, Model] = {
    "builtins.dict": _dict,
    "builtins.dict.fromkeys": _fromkeys,
    "collections.OrderedDict": _dict,
    "types.MappingProxyType": _view,
    "builtins.enumerate": _enumerate,
    "builtins.reversed": _reversed,
    "builtins.zip": _zip,
    "builtins.list": _collection("list"),
    "builtins.tuple": _collection("tuple"),
    "builtins.set": _collection("set"),
    "builtins.frozenset": _collection("set"),
    "builtins.sorted": _collection("list"),
    "builtins.str": _str,
    "builtins.bytes": _bytes,
    "builtins.bytearray": _bytes,
    "builtins.bytes.fromhex": _fromhex,
    **dict.fromkeys(_NUMBERS, _number),
    "builtins.getattr": _getattr,
    "builtins.setattr": _setattr,
    "builtins.len": _len,
    "builtins.staticmethod": _static,
    "builtins.type": _type,
    "builtins.range": _range,
    "builtins.exit": ends,
    "builtins.quit": ends,
    "sys.exit": ends,
    "os._exit": ends,
    "os.abort": ends,
    **{
        f"builtins.{name}": harmless
        for name in (
            "print",
            "isinstance",
            "issubclass",
            "hasattr",
            "repr",
            "ascii",
            "id",
            "hash",
            "bool",
            "callable",
            "all",
            "any",
            "sum",
            "abs",
            "format",
        )
    },
}
