"""The header of a token as a source of keys: what its sender has written there, and whether the code checks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Part, Produced, Text, Value, alternatives
from jwt_sast.tokens.reading import HEADER, Reading
from jwt_sast.tokens.surroundings import is_compared

KEY_PARAMETERS = frozenset({"jwk", "jku", "x5u", "x5c"})
"""The header parameters that hold a key, or say where one is (RFC 7515 §4.1.2 to §4.1.6)."""

TYPE = "typ"
"""What kind of token it is: a proof of possession says so here, and brings its key along (RFC 9449 §4.2)."""

ADDRESSES = frozenset({"jku", "x5u"})
"""Those of them that are URLs."""


@dataclass(frozen=True, slots=True)
class HeaderPart:
    """A parameter of one token's header: `direct` where it is the parameter itself, not something made of it."""

    reading: Reading
    name: str
    direct: bool


def key_parts(value: Value) -> Iterator[HeaderPart]:
    """The parameters with keys in them that a value, or what it was made of, comes from."""
    return (part for part in _parts(value) if part.name in KEY_PARAMETERS)


def _parts(value: Value) -> Iterator[HeaderPart]:
    for option in alternatives(value):
        if isinstance(option, Text):
            for hole in option.holes:
                yield from _parts(hole)
        found = _part(option)
        if found is not None:
            yield found


def _part(value: Value) -> HeaderPart | None:
    direct = True
    while isinstance(value, Part):
        for base in alternatives(value.of):
            named = value.kind == "item" and isinstance(value.key, str) and value.key in (*KEY_PARAMETERS, TYPE)
            if named and isinstance(base, Produced) and base.what == HEADER and isinstance(base.detail, Reading):
                return HeaderPart(base.detail, str(value.key), direct)
        value, direct = value.of, False
    return None


def note_test(value: Value, place: Place) -> None:
    """A condition looks at `value`. That a parameter is there is no check of it; that it is compared, or something that
    was made of it (its host, say), is one.
    """
    for part in _parts(value):
        if part.name not in part.reading.tested and (not part.direct or is_compared(place)):
            part.reading.tested.add(part.name)


def note_unseen(value: Value) -> None:
    """`value` is given to a function of the project that is not followed, and may check any of it."""
    for part in _parts(value):
        part.reading.tested.add(part.name)
