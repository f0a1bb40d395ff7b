"""Which values are tokens: those that a library has just made, and those that the program verifies or reads as one."""

from __future__ import annotations

from collections.abc import Iterator

from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Absent, Known, Mapping, Object, OneOf, Presence, Produced, Sequence, Text, Value
from jwt_sast.tokens import reading

TOKEN = "token"
"""What the models of libraries that sign call their result."""


def is_token(value: Value, state: State) -> bool:
    """Whether a value is a token as it is sent: one that was made here, or one that has been given to a library to be
    verified or read.
    """
    if isinstance(value, Produced):
        return value.what == TOKEN
    return not isinstance(value, Known | Absent) and reading.is_read(value, state)


def tokens_in(value: Value, state: State, depth: int = 3) -> Iterator[Value]:
    """The tokens that a value is or holds: in a text, a dict, a list."""
    if is_token(value, state):
        yield value
        return
    inner: tuple[Value, ...] = ()
    match value:
        case OneOf(alternatives=inner):
            pass
        case Text():
            inner = value.holes
        case Mapping(entries=entries):
            inner = tuple(entry.value for entry in entries.values() if entry.presence is not Presence.NEVER)
        case Sequence(items=inner):
            pass
        case Object(attributes=attributes):
            inner = tuple(attributes.values())
    for one in inner if depth else ():
        yield from tokens_in(one, state, depth - 1)
