"""The built-in functions and types."""

from __future__ import annotations

from collections.abc import Mapping

from jwt_sast.semantics import containers, lookup, operators
from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.environment import PathEndsError
from jwt_sast.semantics.stdlib import times
from jwt_sast.semantics.values import (
    Absent,
    Constant,
    Entry,
    Known,
    Object,
    Presence,
    Produced,
    Sequence,
    Value,
    each,
    one_of,
)
from jwt_sast.semantics.values import (
    Mapping as MappingValue,
)


def _dict(call: Call) -> Value:
    """`dict(mapping, key=value)`."""
    mapping = MappingValue({}, origin=call.origin())
    first = call.first()
    if not isinstance(first, Absent):
        content = call.state.content(first)
        mapping = containers.absorb(mapping, _pairs(call, content) if isinstance(content, Sequence) else content)
    for name, argument in call.arguments.keywords.items():
        presence = Presence.UNKNOWN if name in call.arguments.sometimes else Presence.ALWAYS
        mapping = mapping.with_entry(name, Entry(argument.value, presence))
    if call.arguments.more_keywords:
        mapping = containers.absorb(mapping, call.unknown())
    return call.state.allocate(mapping)


def _pairs(call: Call, sequence: Sequence) -> MappingValue:
    """`dict([(key, value), …])`."""
    mapping = MappingValue({}, open=sequence.open)
    for item in sequence.items:
        pair = call.state.content(item)
        if isinstance(pair, Sequence) and len(pair.items) == 2 and not pair.open:
            mapping = containers.put(mapping, *pair.items)
        else:
            mapping = containers.absorb(mapping, pair)
    return mapping


def _collection(kind: str) -> Model:
    def model(call: Call) -> Value:
        first = call.first()
        if isinstance(first, Absent):
            return call.state.allocate(Sequence((), kind=kind, origin=call.origin()))
        content = call.state.content(first)
        if isinstance(content, Sequence):
            return call.state.allocate(Sequence(content.items, content.open, kind, origin=call.origin()))
        if isinstance(content, MappingValue) and not content.open:
            return call.state.allocate(Sequence(tuple(map(Known, content.entries)), kind=kind, origin=call.origin()))
        return call.unknown()

    return model


def _str(call: Call) -> Value:
    """`str(value)`; what cannot be known stays the same thing, so that a token is still that token."""
    return each(call.first(), operators.as_text)


def _bytes(call: Call) -> Value:
    def one(value: Value) -> Value:
        if isinstance(value, Known) and isinstance(value.constant, str):
            return Known(value.constant.encode(errors="surrogatepass"), origin=value.origin)
        return value

    return each(call.first(), one)


def _number(call: Call) -> Value:
    value = call.first()
    kept = times.number(value, call.origin())
    if kept is not None:
        return kept
    if isinstance(value, Known) and isinstance(value.constant, int | float):
        constant = value.constant
        return Known(float(constant) if call.function == "builtins.float" else int(constant), origin=value.origin)
    return call.unknown()


def _getattr(call: Call) -> Value:
    name, fallback = call.value(1), call.value(2)
    if not isinstance(name, Known) or not isinstance(name.constant, str):
        return call.unknown()
    found = lookup.attribute(call.frame, call.state, call.first(), name.constant, call.place)
    return found if isinstance(fallback, Absent) else one_of((found, fallback))


def _setattr(call: Call) -> None:
    name = call.value(1)
    if isinstance(name, Known) and isinstance(name.constant, str):
        lookup.store_attribute(call.state, call.first(), name.constant, call.value(2))


def _len(call: Call) -> Value:
    value = call.state.content(call.first())
    if isinstance(value, Known) and isinstance(value.constant, str | bytes):
        return Known(len(value.constant), origin=call.origin())
    if isinstance(value, Sequence) and not value.open:
        return Known(len(value.items), origin=call.origin())
    return call.unknown()


def _vars(call: Call) -> Value:
    content = call.state.content(call.first())
    if not isinstance(content, Object):
        return call.unknown()
    entries: dict[Constant, Entry] = {name: Entry(value) for name, value in content.attributes.items()}
    return call.state.allocate(MappingValue(entries, content.open, origin=call.origin()))


def _range(call: Call) -> Value:
    return Produced("range", None, call.place.node)


def _fromhex(call: Call) -> Value:
    value = call.first()
    if isinstance(value, Known) and isinstance(value.constant, str):
        try:
            return Known(bytes.fromhex(value.constant), origin=value.origin)
        except ValueError:
            return call.unknown()
    return value


def _fromkeys(call: Call) -> Value:
    content = call.state.content(call.first())
    mapping = MappingValue({}, open=not isinstance(content, Sequence) or content.open, origin=call.origin())
    for key in content.items if isinstance(content, Sequence) else ():
        mapping = containers.put(mapping, key, call.value(1))
    return call.state.allocate(mapping)


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
    "types.MappingProxyType": _dict,
    "builtins.list": _collection("list"),
    "builtins.tuple": _collection("tuple"),
    "builtins.set": _collection("set"),
    "builtins.frozenset": _collection("set"),
    "builtins.sorted": _collection("list"),
    "builtins.str": _str,
    "builtins.bytes": _bytes,
    "builtins.bytearray": _bytes,
    "builtins.bytes.fromhex": _fromhex,
    "builtins.int": _number,
    "builtins.float": _number,
    "builtins.round": _number,
    "math.floor": _number,
    "math.ceil": _number,
    "builtins.getattr": _getattr,
    "builtins.setattr": _setattr,
    "builtins.len": _len,
    "builtins.vars": _vars,
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
            "type",
            "id",
            "hash",
            "bool",
            "callable",
            "all",
            "any",
            "sum",
            "min",
            "max",
            "abs",
            "format",
        )
    },
}
