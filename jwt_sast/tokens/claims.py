"""The claims of a token that is being made: which are there, and what the times in them say."""

from __future__ import annotations

from collections.abc import Iterator

from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.values import Instant, Known, Mapping, Presence, Value, alternatives

REFRESH = "refresh"
TYPE_CLAIMS = ("type", "token_type", "typ", "token_use", "use", "kind", "purpose", "grant_type", "scope")
"""The claims that may say what a token is for."""


def presence(claims: Value, name: str) -> Presence:
    """Whether the claims hold `name`: NEVER and SOMETIMES are proof, UNKNOWN is none."""
    found = {
        option.presence(name) if isinstance(option, Mapping) else Presence.UNKNOWN for option in alternatives(claims)
    }
    if len(found) == 1:
        return found.pop()
    if found & {Presence.NEVER, Presence.SOMETIMES}:
        return Presence.SOMETIMES
    return Presence.UNKNOWN


def lacking(claims: Value, name: str) -> Origin | None:
    """Where the claims come from that may lack `name`, the first of them if there are several."""
    options = [one for one in alternatives(claims) if isinstance(one, Mapping)]
    proven = (Presence.NEVER, Presence.SOMETIMES)
    return next((one.origin for one in options if one.presence(name) in proven), None)


def missing(claims: Value, name: str) -> Iterator[Origin]:
    """The tests or removals because of which `name` is not there on some path."""
    for option in alternatives(claims):
        entry = option.entries.get(name) if isinstance(option, Mapping) else None
        if entry is not None and entry.missing is not None and entry.presence is not Presence.ALWAYS:
            yield entry.missing


def instants(claims: Value, name: str) -> Iterator[Instant]:
    """The points in time that a claim can be."""
    for option in alternatives(claims):
        entry = option.entries.get(name) if isinstance(option, Mapping) else None
        if entry is not None:
            yield from (value for value in alternatives(entry.value) if isinstance(value, Instant))


def is_refresh(claims: Value) -> bool:
    """Whether the claims themselves say that this is a refresh token."""
    for option in alternatives(claims):
        for name in TYPE_CLAIMS if isinstance(option, Mapping) else ():
            value = option.get(name) if isinstance(option, Mapping) else None
            for one in alternatives(value) if value is not None else ():
                if isinstance(one, Known) and REFRESH in str(one.constant).lower():
                    return True
    return False
