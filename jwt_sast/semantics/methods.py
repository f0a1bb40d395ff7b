"""Methods of built-in values, and of values that nothing is known of."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyDict
from dataclasses import replace
from typing import TypeGuard

from jwt_sast.semantics import containers, record_functions, texts
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.promises import Promise
from jwt_sast.semantics.stdlib import times
from jwt_sast.semantics.values import (
    Absent,
    Bound,
    Constant,
    Duration,
    Entry,
    Environment,
    Instant,
    Known,
    Mapping,
    Part,
    Presence,
    Produced,
    Reference,
    Sequence,
    Text,
    Unknown,
    Value,
    alternatives,
    base,
    each,
    one_of,
)

_SAME_TEXT = frozenset(
    {"encode", "decode", "strip", "lstrip", "rstrip", "lower", "upper", "casefold", "hexdigest", "get_secret_value"}
)
"""Methods after which a text is still the same secret or token, written differently."""

_PIECES = frozenset({"split", "rsplit", "splitlines", "partition", "rpartition"})

_COPIES = frozenset({"copy", "dict", "model_dump", "_asdict", "to_dict", "as_dict", "asdict", "to_mapping"})
"""Methods that give a new mapping, an open one where the object is unknown."""

_RESULT = "result"
"""What a future gives in the end, for which it stands here; no built-in value has a method of that name."""

Method = Callable[[Call, Reference, Mapping], Value]


def call(bound: Bound, call: Call) -> Value:
    """`receiver.method(…)` on a value whose kind is known."""
    if bound.method == _RESULT:
        return bound.receiver
    content = call.state.content(bound.receiver)
    match content:
        case Mapping() if isinstance(bound.receiver, Reference):
            return _MAPPING.get(bound.method, _other)(call, bound.receiver, content)
        case Sequence() if isinstance(bound.receiver, Reference):
            return _sequence(call, bound.receiver, content, bound.method)
        case Instant() | Duration():
            return times.method(content, bound.method, call.opened())
        case Known(constant=str() | bytes()):
            return _text(call.opened(), content, bound.method)
        case Environment(fallback=Value() as fallback) if bound.method in _PURE and (texts := _texts(fallback)):
            return replace(content, fallback=each(texts, lambda one: _of_fallback(one, bound.method, call)))
        case Text() | Environment() if bound.method in _SAME_TEXT:
            return _respelled(content, bound.method)
        case Text():
            return call.unfollowed()
        case _:
            return unknown(Part(bound.receiver, bound.method, "attribute"), call)


def of_produced(part: Part, call: Call) -> Value | None:
    """A method of what the host has produced, here or in another module; None where it has no word for that."""
    made = part.of
    if isinstance(call.state.content(made), Promise) and call.frame.host.has_method(call.function):
        made = call.state.opened(made)
    for one in alternatives(made):
        if isinstance(one, Produced) and one.of:
            return call.frame.host.call(replace(call, function=f"{one.of}.{call.function}", receiver=made))
    return None


def unknown(part: Part, call: Call) -> Value:
    """A method of something unknown. A text stays the same text through `strip`, `encode` and the like."""
    receiver, name = part.of, part.key
    if isinstance(name, str) and (found := record_functions.call_method(call, receiver, name)) is not None:
        return found
    if name in _COPIES and (promised := call.state.world.promise(call, part)) is not None:
        return promised
    # `token.decode("ascii")`, and not `decoder.decode(answer)`
    written_out = all(isinstance(argument.value, Known) for argument in call.arguments.positional)
    if (name in _SAME_TEXT and written_out) or (name == _RESULT and isinstance(base(receiver), Produced)):
        return receiver
    if name in _COPIES and not call.arguments.positional and not isinstance(receiver, Produced):
        return call.state.allocate(Mapping({}, open=True, origin=call.origin()))
    if name == "get" and call.arguments.positional:
        key = call.first()
        found = Part(receiver, key.constant if isinstance(key, Known) else key, origin=call.origin())
        fallback = call.value(1, "default")
        return one_of((found, fallback)) if _counts(fallback, receiver) else found
    if name in ("items", "keys", "values", "split", "rsplit", "partition", "rpartition", "removeprefix", "replace"):
        arguments = tuple(argument.value for argument in call.arguments.positional)
        return Part(
            receiver,
            (name, *(value.constant for value in arguments if isinstance(value, Known))),
            "call",
            origin=call.origin(),
        )
    result = call.state.world.promise(call, part)
    return call.unfollowed() if result is None else result


def _counts(fallback: Value, receiver: Value) -> bool:
    """Whether what `receiver.get(key, fallback)` falls back to says something beside what is there.

    A placeholder such as None or "" says nothing, and neither does a constant beside what a model speaks of.
    """
    if not isinstance(fallback, Known):
        return not isinstance(fallback, Absent)
    return isinstance(fallback.constant, str) and bool(fallback.constant) and not isinstance(base(receiver), Produced)


def _update(call: Call, reference: Reference, mapping: Mapping) -> Value:
    call.state.update(reference, containers.updated(call, mapping))
    return Known(None)


def _get(call: Call, reference: Reference, mapping: Mapping) -> Value:
    key = call.first()
    fallback = call.value(1, "default")
    fallback = Known(None) if isinstance(fallback, Absent) else fallback
    if not isinstance(key, Known):
        return one_of((containers.any_item(call.state, mapping, call.place.node), fallback))
    found = mapping.get(key.constant)
    if isinstance(found, Absent):
        return fallback
    always = mapping.presence(key.constant) is Presence.ALWAYS
    return found if always else one_of((found, fallback))


def _setdefault(call: Call, reference: Reference, mapping: Mapping) -> Value:
    key, value = call.first(), call.value(1)
    found = _get(call, reference, mapping)
    if isinstance(key, Known):
        call.state.update(reference, mapping.with_entry(key.constant, Entry(found)))
    else:
        call.state.update(reference, containers.put(mapping, key, Known(None) if isinstance(value, Absent) else value))
    return found


def _pop(call: Call, reference: Reference, mapping: Mapping) -> Value:
    key = call.first()
    found = _get(call, reference, mapping)
    call.state.update(reference, containers.without(mapping, key, call.origin()))
    return found


def _popitem(call: Call, reference: Reference, mapping: Mapping) -> Value:
    call.state.update(reference, containers.without(mapping, call.unknown(), call.origin()))
    return call.state.allocate(
        Sequence(
            (call.unknown(), containers.any_item(call.state, mapping, call.place.node)),
            kind="tuple",
            origin=call.origin(),
        )
    )


def _set(call: Call, reference: Reference, mapping: Mapping) -> Value:
    call.state.update(reference, containers.put(mapping, call.first(), call.value(1)))
    return Known(None)


def _other(call: Call, reference: Reference, mapping: Mapping) -> Value:
    """A method that dicts do not have, or one that is rarely called: it may change whatever it likes."""
    loose = containers.without(containers.put(mapping, call.unknown(), call.unknown()), call.unknown(), call.origin())
    call.state.update(reference, loose)
    return call.unfollowed()


def _copy(call: Call, reference: Reference, mapping: Mapping) -> Value:
    return call.state.allocate(replace(mapping, origin=call.origin()))


def _clear(call: Call, reference: Reference, mapping: Mapping) -> Value:
    call.state.update(reference, Mapping({}, origin=call.origin()))
    return Known(None)


def _items(call: Call, reference: Reference, mapping: Mapping) -> Value:
    return Produced("items", reference, call.place.node, origin=call.origin())


def _keys(call: Call, reference: Reference, mapping: Mapping) -> Value:
    return reference


def _values(call: Call, reference: Reference, mapping: Mapping) -> Value:
    values = tuple(entry.value for entry in mapping.entries.values() if entry.presence is not Presence.NEVER)
    certain = all(entry.presence in (Presence.ALWAYS, Presence.NEVER) for entry in mapping.entries.values())
    return call.state.allocate(Sequence(values, mapping.open or not certain, origin=call.origin()))


_MAPPING: ReadOnlyDict[str, Method] = {
    "update": _update,
    "get": _get,
    "setdefault": _setdefault,
    "pop": _pop,
    "copy": _copy,
    "clear": _clear,
    "popitem": _popitem,
    "__setitem__": _set,
    "items": _items,
    "keys": _keys,
    "values": _values,
}


def _sequence(call: Call, reference: Reference, sequence: Sequence, name: str) -> Value:
    match name:
        case "append" | "add":
            items = (*sequence.items, call.first())
            call.state.update(reference, containers.bounded(replace(sequence, items=items)))
            return Known(None)
        case "copy":
            return call.state.allocate(replace(sequence, origin=call.origin()))
        case "extend" | "update":
            call.state.update(reference, containers.extended(call.state, sequence, call.first()))
            return Known(None)
        case "clear":
            call.state.update(reference, replace(sequence, items=(), open=False))
            return Known(None)
        case "index" | "count":
            return call.unknown()
        case _:
            # It may take items out, put its arguments in, or give back one of what is there.
            items = (*sequence.items, *(argument.value for argument in call.arguments))
            loose = containers.bounded(replace(sequence, items=items, open=True))
            call.state.update(reference, loose)
            return containers.any_item(call.state, loose, call.place.node)


def _is_text(value: Value) -> TypeGuard[Known]:
    return isinstance(value, Known) and isinstance(value.constant, str | bytes)


def _text(call: Call, value: Known, name: str) -> Value:
    """A method of a constant text, run for real where it is pure and its arguments are constants."""
    constant = value.constant
    assert isinstance(constant, str | bytes), "the caller has looked"
    if name == "format" and isinstance(constant, str):
        return texts.brace_format(constant, lambda field: _field(call, field), call.origin())
    if name == "join":
        return _join(call, constant)
    if name == "get_secret_value":
        return value
    arguments = [argument.value for argument in call.arguments.positional]
    constants: list[Constant] = [argument.constant for argument in arguments if isinstance(argument, Known)]
    keywords = {key: one.value.constant for key, one in call.arguments.keywords.items() if isinstance(one.value, Known)}
    if name not in _PURE or len(constants) + len(keywords) < len(call.arguments):
        return _encoded(value, name) or call.unknown()
    try:
        result = getattr(constant, name)(*constants, **keywords)
    except Exception:  # the program itself would fail here
        return call.unknown()
    if isinstance(result, list | tuple):
        items = tuple(Known(part, origin=value.origin) for part in result)
        return call.state.allocate(Sequence(items, kind=type(result).__name__, origin=call.origin()))
    return replace(value, constant=result)


def _texts(fallback: Value) -> Value | None:
    """What a setting falls back to, as far as it can be a text; a method of anything else would fail."""
    options = alternatives(fallback)
    kept = [one for one in options if not isinstance(one, Known) or isinstance(one.constant, str | bytes)]
    return one_of(kept) if kept else None


def _of_fallback(fallback: Value, name: str, at: Call) -> Value:
    return call(Bound(fallback, name), at)


def _respelled(value: Value, name: str) -> Value:
    """A text after `strip`, `lower` and the like, as far as it is known."""
    return replace(value, pieces=_respelled_pieces(value.pieces, name)) if isinstance(value, Text) else value


def _respelled_pieces(pieces: tuple[str | Value, ...], name: str) -> tuple[str | Value, ...]:
    if name in ("lower", "upper", "casefold"):
        return tuple(getattr(piece, name)() if isinstance(piece, str) else piece for piece in pieces)
    if name in ("strip", "lstrip"):
        pieces = _stripped(pieces, str.lstrip)
    if name in ("strip", "rstrip"):
        pieces = _stripped(pieces[::-1], str.rstrip)[::-1]
    return pieces


def _stripped(pieces: tuple[str | Value, ...], strip: Callable[[str], str]) -> tuple[str | Value, ...]:
    """`pieces` without the blanks at their beginning; that a hole is empty is not assumed."""
    first = pieces[0] if pieces else None
    if not isinstance(first, str):
        return pieces
    return (stripped, *pieces[1:]) if (stripped := strip(first)) else pieces[1:]


def _encoded(value: Known, name: str) -> Value | None:
    """`encode` and `decode` by an encoding that is not known: nearly all have ASCII in common."""
    constant = value.constant
    if name == "encode" and isinstance(constant, str) and constant.isascii():
        return Known(constant.encode(), origin=value.origin)
    if name == "decode" and isinstance(constant, bytes) and constant.isascii():
        return Known(constant.decode("ascii"), origin=value.origin)
    return None


_PURE = frozenset(
    {
        "encode", "decode", "strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "casefold", "replace",
        "removeprefix", "removesuffix", "split", "rsplit", "partition", "rpartition", "splitlines", "startswith",
        "endswith", "swapcase", "isdigit", "hex", "find", "count", "islower", "isupper",
    }
)  # fmt: skip


def _field(call: Call, field: str) -> Value:
    head = field.split(".")[0].split("[")[0]
    if head != field:
        return Unknown("a field of a field", (call.place.node, field))
    if head.isdigit():
        index = int(head)
        positional = call.arguments.positional
        return positional[index].value if index < len(positional) else call.unknown()
    argument = call.arguments.keywords.get(head)
    return argument.value if argument is not None else call.unknown()


def _join(call: Call, glue: str | bytes) -> Value:
    content = call.state.content(call.first())
    if not isinstance(content, Sequence) or content.open or not isinstance(glue, str):
        return call.made_of(content.items if isinstance(content, Sequence) else (content,))
    pieces: list[str | Value] = []
    for item in content.items:
        pieces += [glue, texts.as_text(item)] if pieces else [texts.as_text(item)]
    return texts.text(tuple(pieces), call.origin())
