"""The sections of a token in compact form, header, payload and signature, between its dots (RFC 7515 §3.1)."""

from __future__ import annotations

from dataclasses import dataclass, field

from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.values import Part, Text, Value, alternatives

DECODED = "decoded section"
"""A section after base64: the detail is the Section."""

HEADER, PAYLOAD, SIGNATURE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Section:
    """One section of `token`; `origin` is where the token was split."""

    token: Value
    index: int
    origin: Origin | None = field(default=None, compare=False)


def section(value: Value) -> Section | None:
    """The section that a text is, whatever was done to its padding and its alphabet; None for any other text.

    Where several ways lead here, all have to come from the same section.
    """
    found = {_section(option) for option in alternatives(value)}
    return found.pop() if len(found) == 1 else None


def _section(value: Value) -> Section | None:
    match value:
        case Text(pieces=pieces):
            # What else stands beside it is padding, of a length that is computed.
            if any(isinstance(piece, str) and piece.strip("=") for piece in pieces):
                return None
            found = {one for piece in value.holes if (one := section(piece)) is not None}
            return found.pop() if len(found) == 1 else None
        case Part(kind="call", key=("replace" | "removesuffix" | "removeprefix", *_), of=inner):
            return section(inner)
        case Part(kind="item", key=int() as index, of=Part(kind="call", key=(str(), *_)) as split):
            return _at(split, index)
        case _:
            return None


def _at(split: Part, index: int) -> Section | None:
    """`token.split(".")[index]` and its like."""
    method, *arguments = split.key if isinstance(split.key, tuple) else ()
    if not arguments or arguments[0] not in (".", b"."):
        return None
    if method == "split" and (len(arguments) == 1 or arguments[1] in (2, -1)) and -3 <= index < 3:
        return Section(split.of, index % 3, split.origin)
    if method == "rsplit" and arguments[1:] == [1] and index in (1, -1):
        return Section(split.of, SIGNATURE, split.origin)
    if method == "rpartition" and index in (2, -1):
        return Section(split.of, SIGNATURE, split.origin)
    return None
