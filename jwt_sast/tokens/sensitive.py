"""Claims that hold what nobody but their owner may read, judged by their names and by where their values come from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from jwt_sast.semantics.values import Absent, Known, Mapping, Part, Presence, Unknown, Value, alternatives

_PASSWORDS = """
    password passwd pwd passphrase user_password plain_password raw_password password_hash hashed_password pwd_hash
    encrypted_password password_digest password_salt
"""
_SECRETS = """
    secret client_secret app_secret api_secret shared_secret secret_key secret_access_key aws_secret_access_key
    private_key encryption_key master_key api_key totp_secret otp_secret mfa_secret wallet_key wallet_seed seed_phrase
    recovery_phrase mnemonic
"""
_NUMBERS = """
    credit_card credit_card_number card_number cc_number cvv cvc cvv2 ssn social_security_number passport_number
    national_id_number
"""

_IDENTIFIERS = frozenset({"iss", "kid", "aud", "sub", "jti"})
"""Claims that name somebody or something (RFC 7519 §4.1): an API key that stands there is half of a pair, its name."""

_DEPTH = 3
"""How deep nested claims are looked through."""


def _canonical(name: str) -> str:
    """A name as it compares: `apiKey`, `API-KEY` and `api_key` are the same."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


_NAMES = frozenset(map(_canonical, f"{_PASSWORDS} {_SECRETS} {_NUMBERS}".split()))
_ORIGINS = _NAMES - {_canonical("api_key")}
"""The names of attributes that give something away wherever it goes; an API key may be a mere identifier."""


@dataclass(frozen=True, slots=True)
class SensitiveClaim:
    """A claim and its value. `path` are its name and, before it, those of the claims that it is nested in. `source` is
    the name of what the value is taken from, "" where the claim's own name tells; `always` whether the claim is there
    on every path.
    """

    path: tuple[str, ...]
    value: Value
    source: str
    always: bool


def sensitive_claims(claims: Value, more: Collection[str] = ()) -> Iterator[SensitiveClaim]:
    """The claims that hold a secret; `more` names others that shall count as secret."""
    names = _NAMES | set(map(_canonical, more))
    mappings = [option for option in alternatives(claims) if isinstance(option, Mapping)]
    complete = len(mappings) == len(alternatives(claims))
    for mapping in mappings:
        for found in _of_mapping(mapping, names, _DEPTH):
            top = found.path[0]
            always = complete and all(one.presence(top) is Presence.ALWAYS for one in mappings)
            yield found if always else replace(found, always=False)


def _of_mapping(claims: Mapping, names: Collection[str], depth: int) -> Iterator[SensitiveClaim]:
    for name, entry in claims.entries.items():
        if not isinstance(name, str) or entry.presence not in (Presence.ALWAYS, Presence.SOMETIMES):
            continue
        always = entry.presence is Presence.ALWAYS
        for value in alternatives(entry.value):
            if isinstance(value, Mapping) and depth > 1:
                for inner in _of_mapping(value, names, depth - 1):
                    yield replace(inner, path=(name, *inner.path), always=inner.always and always)
            elif not _says_something(value):
                continue
            elif _canonical(name) in names:
                yield SensitiveClaim((name,), value, "", always)
            elif (source := _source(value)) and name not in _IDENTIFIERS:
                yield SensitiveClaim((name,), value, source, always)


def _says_something(value: Value) -> bool:
    """Whether a value may be a secret: a flag, nothing, or a piece of a text that is cut up is none."""
    match value:
        case Known(constant=constant):
            return isinstance(constant, str | bytes) and bool(constant)
        case Absent() | Unknown(reason="an open mapping"):
            # Of what may have been put in without being seen, not even the name is known.
            return False
        case Part(kind="item", of=Part(kind="call", key=("split" | "partition" | "rsplit" | "rpartition", *_))):
            return False
        case Part(kind="slice"):
            return False
        case _:
            return True


def _source(value: Value) -> str:
    """What a value is called where it is taken from, if that is a name of a secret: `user.password_hash`."""
    if isinstance(value, Part) and value.kind in ("attribute", "item") and isinstance(value.key, str):
        return value.key if _canonical(value.key) in _ORIGINS else ""
    return ""
