"""Brings tokens and keys together that are written into the same project."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from jwt_sast.tokens.challenges import Challenge, met
from jwt_sast.tokens.events import Event, KeyUsed, TokenLiteral
from jwt_sast.tokens.keys import literals


def pair(events: Sequence[Event], elsewhere: frozenset[Challenge], answered: frozenset[str]) -> frozenset[str]:
    """Tells keys which tokens there are, those of the file along with those `elsewhere`, and tokens that their key is
    in the source too. `answered` are the answers that keys of some file have given; gives those of the keys here.

    Tokens of test code do not count: they are made up, along with their keys.
    """
    tokens = [event for event in events if isinstance(event, TokenLiteral) and not event.in_test]
    challenges = elsewhere | {one.token.challenge for one in tokens if one.token.challenge is not None}
    if not challenges:
        return frozenset()
    keys = [event for event in events if isinstance(event, KeyUsed)]
    for key in keys:
        key.challenges = challenges
    found = (met(text, challenges) for key in keys for text in _texts(key))
    here = frozenset(one.answer for one in chain.from_iterable(found))
    for event in tokens:
        asked = event.token.challenge
        event.key_is_written = asked is not None and asked.answer in here | answered
    return here


def _texts(event: KeyUsed) -> set[str | bytes]:
    found = {candidate.literal.constant for candidate in literals(event.key.value)}
    return {one for one in found if isinstance(one, str | bytes)}
