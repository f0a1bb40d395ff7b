"""Random values, and values that look random: what draws them and how long they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.values import Absent, Known, Produced, Value

RANDOM = "random"
"""Drawn from the operating system's generator; the detail is a Drawn."""
PREDICTABLE = "predictable"
"""Drawn from a generator that an attacker can reconstruct; the detail is the function's name."""

DEFAULT_BYTES = 32
"""What `secrets.token_*()` draws without an argument (CPython 3.11, secrets.DEFAULT_ENTROPY)."""


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


FUNCTIONS: Mapping[str, Model] = {
    "secrets.token_bytes": _drawn(DEFAULT_BYTES, 1),
    "secrets.token_hex": _drawn(DEFAULT_BYTES, 2),
    "secrets.token_urlsafe": _drawn(DEFAULT_BYTES, 4 / 3),
    "os.urandom": _drawn(None, 1),
    "uuid.uuid4": _fixed(122 / 8, 36),
    "django.core.management.utils.get_random_secret_key": _fixed(35, 50),
    "cryptography.fernet.Fernet.generate_key": _fixed(32, 44),
    **{
        f"random.{name}": _predictable
        for name in (
            "random",
            "randint",
            "randrange",
            "choice",
            "choices",
            "sample",
            "getrandbits",
            "randbytes",
            "uniform",
        )
    },
    "uuid.uuid1": _predictable,
}
