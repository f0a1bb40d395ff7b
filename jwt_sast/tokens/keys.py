"""Keys as facts: what a value that is used as a key can be, and how strong it is. Never prints one."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.stdlib.randomness import RANDOM, Drawn
from jwt_sast.semantics.values import Environment, Known, Part, Produced, Unknown, Value, alternatives, base

_PRIVATE = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY")
_PUBLIC = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*(?:PUBLIC KEY|CERTIFICATE)|^\s*(?:ssh-|ecdsa-sha2-)")
_PRIVATE_JWK = re.compile(r'"kty"\s*:(?s:.)*"(?:d|k)"\s*:|"(?:d|k)"\s*:(?s:.)*"kty"\s*:')
_PUBLIC_JWK = re.compile(r'"kty"\s*:')


GENERATED = "generated key"
"""A private key that the program has drawn itself: the detail is a Generated."""


@dataclass(frozen=True, slots=True)
class Generated:
    """How large an RSA key is in bits, None for other kinds and where that is not known; `at` is what says so."""

    bits: int | None
    at: Place


class Kind(enum.Enum):
    """What a known key is by its form."""

    SECRET = "secret"
    PRIVATE = "private key"
    PUBLIC = "public key"
    EMPTY = "empty"


def kind(key: Known) -> Kind | None:
    """What a literal is as a key; None for what cannot be one (a number, True)."""
    constant = key.constant
    if constant is None or constant in ("", b""):
        return Kind.EMPTY
    if not isinstance(constant, str | bytes):
        return None
    text = constant if isinstance(constant, str) else constant.decode("latin-1")
    if _PRIVATE.search(text) or _PRIVATE_JWK.search(text):
        return Kind.PRIVATE
    if _PUBLIC.search(text) or _PUBLIC_JWK.search(text):
        return Kind.PUBLIC
    return Kind.SECRET


@dataclass(frozen=True, slots=True)
class Candidate:
    """One literal that a key can be. `fallback` tells that something better is asked for first."""

    literal: Known
    kind: Kind
    fallback: bool
    sure: bool
    """Whether the key is a literal on every path (which one may vary)."""


def literals(key: Value) -> Iterator[Candidate]:
    """The literals that a key can be."""
    flat = list(possible(key))
    configured = any(_is_configured(value) for value in flat)
    sure = all(isinstance(value, Known) for value in flat)
    for value in flat:
        if isinstance(value, Known) and not value.assumed:
            what = kind(value)
            if what is not None:
                yield Candidate(value, what, configured, sure)


def possible(value: Value) -> Iterator[Value]:
    """Everything that a value can be, one by one: what is read from outside, and what it falls back to as well."""
    for option in alternatives(value):
        yield option
        if isinstance(option, Environment) and option.fallback is not None:
            yield from possible(option.fallback)


def _is_configured(value: Value) -> bool:
    """Whether a value comes from outside: the environment, a settings object. A parameter is the caller's."""
    return not isinstance(value, Known) and not (isinstance(value, Unknown) and value.reason == "a parameter")


def drawn(key: Value) -> Produced | None:
    """The draw by which a key is made in the program itself, from the operating system's generator; None where it comes
    from elsewhere.
    """
    source = base(key)
    return source if isinstance(source, Produced) and source.what in (RANDOM, GENERATED) else None


def known_length(key: Value) -> int | None:
    """The length of a key in bytes where that is known, or an upper bound of it."""
    match key:
        case Known(constant=str() as text):
            return len(text.encode(errors="surrogatepass"))
        case Known(constant=bytes() as data):
            return len(data)
        case Produced(what=what, detail=Drawn(length=length)) if what == RANDOM:
            return length
        case Part(kind="attribute", key="hex", of=Produced(what=what)) if what == RANDOM:
            return 32
        case Part(kind="slice", key=(start, int() as stop, None), of=inner) if stop > 0:
            inner_length = known_length(inner)
            bound = max(0, stop - (start if isinstance(start, int) and start > 0 else 0))
            return bound if inner_length is None else min(bound, inner_length)
        case _:
            return None
