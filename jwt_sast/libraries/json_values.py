"""Values that go through JSON: some libraries take claims and headers as texts, and give payloads as such."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.semantics import copies
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.values import Mapping, Part, Produced, Value, alternatives, base, each, one_of
from jwt_sast.tokens import jwk, reading

JSON_TEXT = "JSON"
"""A text that holds a dict as JSON; `detail` is the dict. Records that are dumped as JSON are such texts as well."""


def as_json(call: Call, argument: Argument) -> Argument:
    """`argument` with the dict in place of its text, where that is known."""

    def one(value: Value) -> Value:
        if isinstance(value, Produced) and value.what == JSON_TEXT:
            return call.state.resolve(value.detail, open_up=True)
        return value

    return replace(argument, value=each(jwk.parsed(argument.value), one))


def write_json(call: Call, content: Value) -> Value | None:
    """The text that `call` makes of a dict; None for anything else."""
    content = call.state.opened(content)
    if not isinstance(call.state.content(content), Mapping):
        return None
    for argument in call.arguments:
        call.frame.host.use(argument.value, "read", argument.place, call.state)
    copy = copies.copy(call.state, content, call.origin(), deep=True)
    return Produced(JSON_TEXT, copy, call.place.node, origin=call.origin())


def read_json(call: Call, text: Value) -> Value | None:
    """What `call` reads from the text of a token's payload or header; None where it is none."""
    read = [one for one in alternatives(text) if _is_of_token(base(one))]
    return one_of([Part(one, call.function, "call", origin=call.origin()) for one in read]) if read else None


def _is_of_token(value: Value) -> bool:
    return isinstance(value, Produced) and value.what in (reading.CLAIMS, reading.HEADER)
