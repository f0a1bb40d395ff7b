"""JSON Web Keys as values (RFC 7517, RFC 7518 §6): the secret that is in one. Never prints it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from jwt_sast.semantics.values import (
    Absent,
    Entry,
    Environment,
    Known,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
    each,
    one_of,
)
from jwt_sast.tokens.keys import Kind, kind

MATERIAL = "key"
"""The attribute under which a model's key object holds what it was made of."""

_PUBLIC = "a public key"


def material(key: Value) -> Value:
    """What a key consists of, any alternative of it that is a JWK, a set of them, or an object made of one.

    A symmetric one (`"kty": "oct"`) is its secret, a private one a text that tells it from a secret, a public one
    nothing of interest. Other values, and JWKs of which too little is known, stay what they are.
    """
    return each(key, _material)


def _material(key: Value) -> Value:
    match key:
        case Object(attributes=attributes):
            return attributes.get(MATERIAL, key)
        case Mapping(entries=entries) if "keys" in entries:
            members = entries["keys"].value
            return _any_of(members.items, key) if isinstance(members, Sequence) else key
        case Mapping(entries=entries) if "kty" in entries:
            return _of_jwk(key, entries["kty"].value)
        case Sequence(items=items):
            return _any_of(items, key)
        case _:
            return key


def _any_of(keys: Iterable[Value], whole: Value) -> Value:
    found = [material(key) for key in keys]
    return one_of(found) if found else whole


def of_pem(text: Value) -> Value:
    """What a key object made of a PEM consists of: a private key is one, a public key is nothing of interest."""

    def one(value: Value) -> Value:
        is_public = isinstance(value, Known) and kind(value) is Kind.PUBLIC
        return Unknown(_PUBLIC, origin=value.origin) if is_public else value

    return each(text, one)


def parsed(text: Value) -> Value:
    """The JWK, or set of them, that a text holds; anything else stays what it is."""

    def one(value: Value) -> Value:
        if not isinstance(value, Known) or not isinstance(value.constant, str | bytes):
            return value
        try:
            content = json.loads(value.constant)
        except ValueError:
            return value
        return _as_value(content, value) if isinstance(content, dict) else value

    return each(text, one)


def _as_value(content: object, text: Known) -> Value:
    match content:
        case dict():
            return Mapping({key: Entry(_as_value(one, text)) for key, one in content.items()}, origin=text.origin)
        case list():
            return Sequence(tuple(_as_value(one, text) for one in content), origin=text.origin)
        case str():
            return replace(text, constant=content)
        case _:
            return Unknown("no text", origin=text.origin)


def _of_jwk(key: Mapping, kind: Value) -> Value:
    if not isinstance(kind, Known):
        return key
    part = key.get("k" if kind.constant == "oct" else "d")
    if isinstance(part, Absent):
        return Unknown(_PUBLIC, origin=key.origin)
    return _rewritten(part, _secret if kind.constant == "oct" else _private(kind))


def _rewritten(value: Value, rewrite: Callable[[str], str | bytes]) -> Value:
    def one(option: Value) -> Value:
        match option:
            case Known(constant=str() as text):
                return replace(option, constant=rewrite(text))
            case Environment(fallback=Value() as fallback):
                return replace(option, fallback=_rewritten(fallback, rewrite))
            case _:
                return option

    return each(value, one)


def _secret(text: str) -> str | bytes:
    """`k`: base64url without padding (RFC 7518 §6.4.1)."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return text


def _private(kind: Known) -> Callable[[str], str]:
    """The text of a JWK with nothing in it but `d` (RFC 7518 §6.2.2, §6.3.2)."""
    return lambda text: json.dumps({"kty": str(kind.constant), "d": text})
