"""Finds JSON Web Token misuse in Python code.

What is named here is the public interface for checks of other packages: see CONTRIBUTING.md. Names are loaded when
they are asked for, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from jwt_sast._version import __version__

if TYPE_CHECKING:
    from jwt_sast.check import Check
    from jwt_sast.findings import Confidence, Persona, Severity
    from jwt_sast.semantics.provenance import Origin, Place
    from jwt_sast.semantics.values import (
        Absent,
        Duration,
        Environment,
        Instant,
        Known,
        Mapping,
        Object,
        OneOf,
        Part,
        Presence,
        Produced,
        Sequence,
        Text,
        Unknown,
        Value,
        alternatives,
    )
    from jwt_sast.tokens.events import (
        AnswerDropped,
        Encryption,
        IgnoredArgument,
        KeyConfigured,
        KeyFetch,
        KeyUsed,
        Lifetime,
        Logged,
        PlainHttpAllowed,
        RefreshPolicy,
        Signing,
        TokenCookie,
        TokenInUrl,
        TokenKind,
        TokenLiteral,
        Transmission,
        UnverifiedRead,
        Verification,
    )

_HOMES = {
    "jwt_sast.check": ("Check",),
    "jwt_sast.findings": ("Confidence", "Persona", "Severity"),
    "jwt_sast.semantics.provenance": ("Origin", "Place"),
    "jwt_sast.semantics.values": (
        "Absent",
        "Duration",
        "Environment",
        "Instant",
        "Known",
        "Mapping",
        "Object",
        "OneOf",
        "Part",
        "Presence",
        "Produced",
        "Sequence",
        "Text",
        "Unknown",
        "Value",
        "alternatives",
    ),
    "jwt_sast.tokens.events": (
        "AnswerDropped",
        "Encryption",
        "IgnoredArgument",
        "KeyConfigured",
        "KeyFetch",
        "KeyUsed",
        "Lifetime",
        "Logged",
        "PlainHttpAllowed",
        "RefreshPolicy",
        "Signing",
        "TokenCookie",
        "TokenInUrl",
        "TokenKind",
        "TokenLiteral",
        "Transmission",
        "UnverifiedRead",
        "Verification",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Absent",
    "AnswerDropped",
    "Check",
    "Confidence",
    "Duration",
    "Encryption",
    "Environment",
    "IgnoredArgument",
    "Instant",
    "KeyConfigured",
    "KeyFetch",
    "KeyUsed",
    "Known",
    "Lifetime",
    "Logged",
    "Mapping",
    "Object",
    "OneOf",
    "Origin",
    "Part",
    "Persona",
    "Place",
    "PlainHttpAllowed",
    "Presence",
    "Produced",
    "RefreshPolicy",
    "Sequence",
    "Severity",
    "Signing",
    "Text",
    "TokenCookie",
    "TokenInUrl",
    "TokenKind",
    "TokenLiteral",
    "Transmission",
    "Unknown",
    "UnverifiedRead",
    "Value",
    "Verification",
    "__version__",
    "alternatives",
]


def __getattr__(name: str) -> object:
    """Loads a public name from its home."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(home), name)
