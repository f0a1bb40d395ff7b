"""The literals that a signing or verification uses as its key: where they stand, how sure and how strong they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jwt_sast.findings import Confidence
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.values import Environment, Known, Sequence, alternatives
from jwt_sast.syntax.test_code import is_test
from jwt_sast.tokens.algorithms import HMAC_BYTES, NONE, is_hmac
from jwt_sast.tokens.challenges import met
from jwt_sast.tokens.events import KeyUsed
from jwt_sast.tokens.keys import Kind, known_length, literals, possible
from jwt_sast.tokens.well_known import standing


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One literal that is a key. `weakness` is an aside for a message, "" where nothing makes it worse that it is one.
    `origin` is the way of the literal to the call.
    """

    place: Place
    private: bool
    fallback: bool
    confidence: Confidence
    weakness: str
    origin: Origin | None = None


def key_uses(event: KeyUsed) -> Iterator[KeyUse]:
    """The literals that can be the key, empty ones and public keys left out."""
    names = algorithm_names(event)
    if names == [NONE]:
        return
    for key in literals(event.key.value):
        literal = key.literal
        if key.kind in (Kind.EMPTY, Kind.PUBLIC) or (key.kind is Kind.SECRET and not _is_secret(names)):
            continue
        place = literal.origin.root.place if literal.origin is not None else event.key.place
        proof = _proof(literal, event)
        weakness = _weakness(literal, event) if key.kind is Kind.SECRET else ""
        if weakness and not proof and is_test(place.source.path):
            continue  # made up for the test: it could not be a real one
        confidence = _confidence(literal, sure=key.sure or key.fallback)
        yield KeyUse(place, key.kind is Kind.PRIVATE, key.fallback, confidence, proof or weakness, literal.origin)


def _confidence(literal: Known, *, sure: bool) -> Confidence:
    if literal.tested or literal.chosen:
        return Confidence.LOW
    return Confidence.HIGH if sure else Confidence.MEDIUM


def _is_secret(names: list[str] | None) -> bool:
    """A text that is no PEM cannot be the key of a public-key algorithm."""
    return not names or any(map(is_hmac, names))


def algorithm_names(event: KeyUsed) -> list[str] | None:
    """The algorithms that the key may be used with, None where one of them is not known.

    One that is read from outside counts as its fallback: that is what the key's length is chosen for.
    """
    names: list[str] = []
    for option in alternatives(event.accepted):
        for item in option.items if isinstance(option, Sequence) and not option.open else (option,):
            for one in possible(item):
                if isinstance(one, Environment) and one.fallback is not None:
                    continue
                if not isinstance(one, Known) or not isinstance(one.constant, str):
                    return None
                names.append(one.constant)
    return names


def known_algorithms(event: KeyUsed) -> list[str]:
    """The algorithms among those that the key may be used with that are known."""
    options = alternatives(event.accepted)
    items = [item for one in options for item in (one.items if isinstance(one, Sequence) else (one,))]
    found = (option for item in items for option in possible(item))
    return [one.constant for one in found if isinstance(one, Known) and isinstance(one.constant, str)]


def required_bytes(event: KeyUsed) -> int | None:
    """The least length of the key in bytes (RFC 7518 §3.2); None where the algorithm is not HMAC or not known."""
    names = algorithm_names(event)
    if not names or not all(map(is_hmac, names)):
        return None
    return max(HMAC_BYTES[name] for name in names)


def _proof(literal: Known, event: KeyUsed) -> str:
    """What a token says that is in the source and was signed with the literal."""
    text = literal.constant
    has_signed = isinstance(text, str | bytes) and met(text, event.challenges)
    return " (a token in the source is signed with it)" if has_signed else ""


def _weakness(literal: Known, event: KeyUsed) -> str:
    known_for = standing(literal.constant) if isinstance(literal.constant, str | bytes) else None
    if known_for is not None:
        return f" ({known_for.value})"
    needed, length = required_bytes(event), known_length(literal)
    if needed is None or length is None or length >= needed:
        return ""
    return f" ({length} bytes, and its algorithm needs {needed})"
