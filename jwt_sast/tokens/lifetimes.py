"""How long a framework, or a leeway, lets tokens live."""

from __future__ import annotations

from collections.abc import Iterator

from jwt_sast.semantics.values import Duration, Known, Value
from jwt_sast.tokens.keys import possible


def lengths(lifetime: Value) -> Iterator[tuple[Value, float]]:
    """Each length in seconds that a lifetime can have, with the value that says so."""
    for option in possible(lifetime):
        match option:
            case Duration(seconds=float() | int() as seconds):
                yield option, seconds
            case Known(constant=bool()):
                pass
            case Known(constant=int() | float() as seconds):
                yield option, seconds


def never(lifetime: Value) -> Iterator[Value]:
    """What a lifetime can be that switches expiry off. A variable that is not set counts as what it falls back to."""
    for option in possible(lifetime):
        if isinstance(option, Known) and (option.constant is None or option.constant is False):
            yield option


def is_certain(lifetime: Value) -> bool:
    """Whether the program alone decides what a lifetime is, and there is one answer."""
    return isinstance(lifetime, Duration) or (isinstance(lifetime, Known) and not lifetime.chosen)
