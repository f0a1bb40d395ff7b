"""What the analysis of one file knows of the run that it is part of."""

from __future__ import annotations

from dataclasses import dataclass

from jwt_sast.tokens.challenges import Challenge


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looks at besides the one file: `files` are the others that are analysed, as findings write them, and
    `sought` the functions and classes whose callers are wanted. `challenges` are those of the tokens in these files,
    `answered` the answers that keys in these files give.
    """

    files: frozenset[str] = frozenset()
    sought: frozenset[str] = frozenset()
    challenges: frozenset[Challenge] = frozenset()
    answered: frozenset[str] = frozenset()
