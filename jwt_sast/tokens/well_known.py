"""Secrets that everybody knows: samples of documentation, defaults, placeholders. Holds none and prints none.

The list beside this module has salted hashes, so that it is of no use as a list of words to try.
`python -m tools.well_known_keys` adds to it.
"""

from __future__ import annotations

import enum
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("well_known_keys.json")
"""`{"salt": hex, "sources": {where the secrets were seen: [digests]}}`."""

_DIGEST_BYTES = 8
"""Enough not to take a key for one of the list by chance: 2^64 is far more than there are keys in the world's code."""

_PLACEHOLDER = re.compile(
    r"""(?ix)
      \s* (?: <[^<>]*> | \[[^][]*] | \{+[^{}]*}+ | \$\{[^{}]*} | (?:x|\*|\.|-|_){3,} | todo | tbd | fixme | \#+ ) \s*
    | .* placeholder .*
    | (?: .*[\W_] )? (?: change | replace | insert | put | enter | set )
      [\W_]* (?: me | this | it | that | your | please | here | in[\W_]+prod(?:uction)? ) (?: [\W_].* )?
    | (?: .*[\W_] )? your [\W_].*
    """
)
_MADE_FOR_DEVELOPMENT = "django-insecure-"
"""Written before the key by `django-admin startproject`; Django warns of it where it is deployed (security.W009)."""


class Standing(enum.Enum):
    """What a text is known for; the value is an aside for a message."""

    PLACEHOLDER = "a placeholder"
    WELL_KNOWN = "publicly known"
    DEVELOPMENT = "made for development only"


def standing(key: str | bytes) -> Standing | None:
    """What a literal key is known for, None for one that nobody else has as far as is known."""
    text = key if isinstance(key, str) else key.decode("latin-1")
    if _PLACEHOLDER.fullmatch(text):
        return Standing.PLACEHOLDER
    if text.startswith(_MADE_FOR_DEVELOPMENT):
        return Standing.DEVELOPMENT
    salt, known = _known()
    return Standing.WELL_KNOWN if digest(key, salt) in known else None


def digest(key: str | bytes, salt: bytes) -> str:
    """The hash under which a key is listed."""
    data = key if isinstance(key, bytes) else key.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES, salt=salt).hexdigest()


def listed() -> Mapping[str, Any]:
    """The list as it is kept."""
    content: Mapping[str, Any] = json.loads(LIST.read_text(encoding="utf-8"))
    return content


@cache
def _known() -> tuple[bytes, frozenset[str]]:
    content = listed()
    digests = frozenset(one for found in content["sources"].values() for one in found)
    return bytes.fromhex(content["salt"]), digests
