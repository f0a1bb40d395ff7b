"""Functions that tokens are taken apart with by hand: base64 of a section, and JSON of what is in it."""

from __future__ import annotations

from jwt_sast.libraries.library import Context, answered, header, read_unverified
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.values import Produced, Text, Value, alternatives, base
from jwt_sast.tokens import reading
from jwt_sast.tokens.sections import DECODED, HEADER, PAYLOAD, SIGNATURE, Section, section


def decode_section(call: Call, context: Context) -> Value | None:
    """base64 of a section; whoever decodes the signature goes on to verify with it."""
    value = _opened(call, call.value(0, "s"))
    found = section(value)
    if found is None:
        text = call.place.source.text
        if "split(" in text and "loads(" in text:
            # Callers may pass a section. Where nothing is split and read, they are not worth the search.
            context.leave_open(call, *(piece for one in alternatives(value) for piece in _pieces(one)))
        return None
    if found.index == SIGNATURE:
        reading.succeed(found.token, call.state)
    return Produced(DECODED, found, origin=call.origin())


def load_section(call: Call, context: Context) -> Value | None:
    """JSON of a decoded section: the claims or the header, of which nothing is verified."""
    content = _opened(call, call.value(0, "s"))
    if not isinstance(content, Produced) or not isinstance(content.detail, Section):
        return None
    split = content.detail.origin
    token = Argument(content.detail.token, call.place if split is None else split.root.place)
    if content.detail.index == PAYLOAD:
        return read_unverified(call, context, token, by_hand=True)
    return header(call, token) if content.detail.index == HEADER else None


def compare_signature(call: Call, context: Context) -> Value | None:
    """A comparison in constant time with the signature of a token."""
    for argument in call.arguments:
        value = _opened(call, argument.value)
        decoded = isinstance(value, Produced) and isinstance(value.detail, Section)
        found = value.detail if isinstance(value, Produced) and decoded else section(value)
        if isinstance(found, Section) and found.index == SIGNATURE:
            reading.succeed(found.token, call.state)
            return answered(call, context)
    return None


def dump(call: Call, context: Context) -> Value | None:
    """JSON of something in a token's header, from which many functions make a key."""
    content = call.value(0, "obj")
    source = base(content)
    return call.made_of((content,)) if isinstance(source, Produced) and source.what == reading.HEADER else None


def _pieces(value: Value) -> tuple[Value, ...]:
    return value.holes if isinstance(value, Text) else (value,)


def _opened(call: Call, value: Value) -> Value:
    """`value` with what a function gives for it worked out."""
    return call.state.resolve(value, open_up=True)
