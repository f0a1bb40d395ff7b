"""Tokens that are written into source, without their signatures: enough to tell the key that has signed one.

Any key of the project is tried with any token, and the two may lie in different files, which different processes
analyse. What passes between these, and into reports, is of no use to anybody who has not got the key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from jwt_sast.tokens.algorithms import is_hmac


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a key has to sign, by which HMAC algorithm, and the hash of the signature that has to come of it."""

    algorithm: str
    content: str
    answer: str

    def is_met(self, key: str | bytes) -> bool:
        """Whether the token was signed with `key`."""
        # Only here: it brings its cryptography along.
        from jwt.algorithms import get_default_algorithms

        data = key if isinstance(key, bytes) else key.encode("utf-8", "surrogatepass")
        return _hashed(get_default_algorithms()[self.algorithm].sign(self.content.encode(), data)) == self.answer


def challenge(token: str, algorithm: str, signature: bytes) -> Challenge | None:
    """The challenge of a token; None where it is not signed with a secret."""
    return Challenge(algorithm, token.rpartition(".")[0], _hashed(signature)) if is_hmac(algorithm) else None


def met(key: str | bytes, challenges: Iterable[Challenge]) -> frozenset[Challenge]:
    """Those of the tokens that were signed with `key`."""
    return frozenset(one for one in challenges if one.is_met(key))


def _hashed(signature: bytes) -> str:
    return hashlib.sha256(signature).hexdigest()
