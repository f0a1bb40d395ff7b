"""What a program writes where others read it: into a log, onto the screen, into the text of an exception.

Whether a value is a token or a key often shows only later, when the program verifies it or signs with it; so what is
written is kept, and judged once all events are known.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.values import Absent, Environment, Known, Part, Unknown, Value
from jwt_sast.tokens.events import Event, KeyUsed, Logged, Signing, UnverifiedRead, Verification, Where
from jwt_sast.tokens.key_uses import required_bytes
from jwt_sast.tokens.keys import possible

_OF_FAILURES = frozenset({"warning", "warn", "error", "exception", "critical", "fatal"})
"""Functions that write what has gone wrong."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that is written: `what` is the argument that it is or is part of. `sure` tells that it is known to be a
    token already, `named` that a name says so.
    """

    where: Where
    what: Argument
    value: Value
    sure: bool = False
    named: bool = False


def logged(shown: Iterable[Shown], events: Iterable[Event]) -> Iterator[Logged]:
    """The tokens and keys among what is shown."""
    tokens, keys = _secrets(events)
    wholes = [whole for token in tokens for whole in _wholes(token)]
    for one in shown:
        written = set(_identified(one.value))
        is_token = one.sure or not written.isdisjoint(tokens)
        is_key = not is_token and not written.isdisjoint(keys)
        within = not is_token and not is_key and _is_whole(one, wholes)
        if is_token or is_key or within or one.named:
            named = not (is_token or is_key or within)
            yield Logged(where=one.where, what=one.what, secret=one.value, is_key=is_key, named=named, within=within)


def _secrets(events: Iterable[Event]) -> tuple[set[Value], set[Value]]:
    """The tokens that are verified or read, and the keys that sign. A public key is no secret."""
    tokens: set[Value] = set()
    keys: set[Value] = set()
    for event in events:
        if isinstance(event, Verification | UnverifiedRead):
            tokens.update(_identified(event.token.value))
        if isinstance(event, Signing) or (isinstance(event, KeyUsed) and required_bytes(event) is not None):
            keys.update(_identified(event.key.value))
    return tokens, keys


def _is_whole(one: Shown, wholes: Iterable[Value]) -> bool:
    """Whether what is written is one of the mappings that tokens are taken out of. What is written as a warning or an
    error is mostly an answer that has none in it.
    """
    if one.where.function.rpartition(".")[2] in _OF_FAILURES:
        return False
    return any(
        option == whole and _came_together(option, whole) for option in _identified(one.value) for whole in wholes
    )


def _came_together(one: Value, other: Value) -> bool:
    """Whether one value has come the way of the other, or further: a helper gives another answer at each call."""
    ways = [[step.place for step in value.origin or ()] for value in (_source(one), _source(other))]
    return all(map(operator.eq, *ways))


def _source(value: Value) -> Value:
    """What a value has been taken out of."""
    while isinstance(value, Part) and value.kind in ("item", "attribute"):
        value = value.of
    return value


def _wholes(token: Value) -> Iterator[Value]:
    """The mappings that a token has been taken out of: who writes one of them writes all that is in it."""
    while isinstance(token, Part) and token.kind == "item":
        token = token.of
        yield token


def _identified(value: Value) -> Iterator[Value]:
    """The alternatives of a value by which it can be known again: two that are equal are one and the same."""
    for option in possible(value):
        match option:
            case Absent() | Known() | Unknown(site=None):
                pass
            case Unknown() | Part() | Environment():
                try:
                    hash(option)
                except TypeError:
                    continue
                yield option
