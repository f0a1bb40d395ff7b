"""Random values, and values that look random: what draws them and how long they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.values import (
    Absent,
    Known,
    Object,
    Produced,
    Sequence,
    Symbol,
    Text,
    Value,
    base,
    each,
    one_of,
)

RANDOM = "random"
"""Drawn from the operating system's generator; the detail is a Drawn."""
PREDICTABLE = "predictable"
"""Drawn from a generator that an attacker can reconstruct; the detail is the function's name."""

DEFAULT_BYTES = 32
"""What `secrets.token_*()` draws without an argument (CPython 3.11, secrets.DEFAULT_ENTROPY)."""


def predictable(value: Value) -> Produced | None:
    """The draw because of which `value` can be guessed, having nothing unknown around it; None where it cannot be."""
    if isinstance(value, Text):
        drawn = [predictable(hole) for hole in value.holes]
        return drawn[0] if drawn and all(drawn) else None
    source = base(value)
    return source if isinstance(source, Produced) and source.what == PREDICTABLE else None


@dataclass(frozen=True, slots=True)
class Drawn:
    """How much was drawn: `entropy` in bytes, `length` of the result as a key in bytes; None where unknown."""

    entropy: float | None
    length: int | None


def _drawn(default: int | None, per_byte: float) -> Model:
    def model(call: Call) -> Value:
        size = call.value(0, "nbytes")
        count: int | None = default
        if isinstance(size, Known) and isinstance(size.constant, int):
            count = size.constant
        elif not isinstance(size, Absent) and not isinstance(size, Known):
            count = None
        length = None if count is None else -int(-count * per_byte // 1)
        return Produced(RANDOM, Drawn(count, length), call.place.node, origin=call.origin())

    return model


def _fixed(entropy: float, length: int) -> Model:
    def model(call: Call) -> Value:
        return Produced(RANDOM, Drawn(entropy, length), call.place.node, origin=call.origin())

    return model


def _predictable(call: Call) -> Value:
    return Produced(PREDICTABLE, call.function, call.place.node, origin=call.origin())


def _choice(call: Call) -> Value:
    """A character that is drawn from a text can be guessed; one of several secrets is as secret as they are."""

    def drawn(pool: Value) -> Value:
        content = call.state.content(pool)
        if isinstance(content, Known | Text):
            return _predictable(call)
        if isinstance(content, Sequence) and content.items and not content.open:
            return one_of(content.items, site=call.place.node)
        return call.unfollowed()

    return each(call.first(), drawn)


def _generator(call: Call) -> Value | None:
    """`random.Random(seed)`; what it draws from a seed that is not in the source is not ours to judge."""
    if not isinstance(call.value(0, "x"), Absent | Known):
        return call.unfollowed()
    return call.state.allocate(Object({}, of=Symbol(call.function), origin=call.origin()))


_DRAWS = ("random", "randint", "randrange", "choices", "sample", "getrandbits", "randbytes", "uniform")

FUNCTIONS: Mapping[str, Model] = {
    "secrets.token_bytes": _drawn(DEFAULT_BYTES, 1),
    "secrets.token_hex": _drawn(DEFAULT_BYTES, 2),
    "secrets.token_urlsafe": _drawn(DEFAULT_BYTES, 4 / 3),
    "os.urandom": _drawn(None, 1),
    "uuid.uuid4": _fixed(122 / 8, 36),
    "django.core.management.utils.get_random_secret_key": _fixed(35, 50),
    "cryptography.fernet.Fernet.generate_key": _fixed(32, 44),
    "random.Random": _generator,
    **{f"random.{prefix}{name}": _predictable for prefix in ("", "Random.") for name in _DRAWS},
    **{f"random.{prefix}choice": _choice for prefix in ("", "Random.")},
    "uuid.uuid1": _predictable,
}
