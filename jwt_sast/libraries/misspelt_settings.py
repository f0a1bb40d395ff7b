"""Settings whose names are nearly those that an extension reads: it passes them over, and its defaults hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache

from jwt_sast.libraries.application_settings import Configuration
from jwt_sast.libraries.library import ignore
from jwt_sast.semantics import searching

_NAME = re.compile(rb"\bJWT_[A-Z_]+\b")
_SET = rb"""(?<!\w)%s\b["']?\s*\]?\s*(?:=(?!=)|:)"""
_LIKENESS = 0.93
"""How alike two names of this length are that differ in a letter or two; `JWT_ENCODE_ISSUER` and `JWT_DECODE_ISSUER`,
which are both right, are less so."""


def report_misspelt(config: Configuration, names: Sequence[str]) -> None:
    """Says which settings are set under a name that nothing in the project reads, and that nearly is one of `names`."""
    for name, meant in _misspelt(config.root, tuple(names)):
        setting = config.get(name) if config.get(meant) is None else None
        if setting is not None:
            ignore(config.context, config.call, name, setting, f"write `{meant}`")


@cache
def _misspelt(root: str, names: tuple[str, ...]) -> Sequence[tuple[str, str]]:
    """The names in a project that are only ever set, each with the one that it stands for."""
    texts = [searching.read(path) for path in searching.mentioning(root, _NAME) or ()]
    found = sorted({name for text in texts for name in _NAME.findall(text)})
    return [(one, meant) for name in found for one, meant in _near(name.decode(), names) if _is_only_set(name, texts)]


def _near(name: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if name not in names:
        yield from ((name, meant) for meant in get_close_matches(name, names, 1, _LIKENESS))


def _is_only_set(name: bytes, texts: Sequence[bytes]) -> bool:
    mentioned = sum(len(re.findall(rb"\b%s\b" % name, text)) for text in texts)
    return mentioned == sum(len(re.findall(_SET % name, text)) for text in texts)
