"""The words that settings name checks and libraries by, and what is said of a word that is none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from itertools import takewhile

FAMILY = "JWT"
"""What every code begins with, and the shortest prefix of one."""


class ConfigError(Exception):
    """A setting that cannot be used. Its text says where it stands, what is wrong, and the nearest valid name."""


def nearest(word: str, choices: Iterable[str]) -> str:
    """The one of `choices` that is spelled most like `word`, whatever the case; of equals the one that begins alike."""

    def likeness(choice: str) -> tuple[float, int]:
        one, other = word.lower(), choice.lower()
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        return SequenceMatcher(None, one, other).ratio(), alike

    return max(sorted(choices), key=likeness)


def code_of(item: str, codes: Mapping[str, str]) -> str:
    """The code or prefix that somebody means by `item`, where `codes` are those of all checks by their names.

    Raises ValueError, with the nearest valid word, where there is no such code or name.
    """
    if item in codes:
        return codes[item]
    if item.startswith(FAMILY) and any(code.startswith(item) for code in codes.values()):
        return item
    raise ValueError(f"unknown code {item}; did you mean {nearest(item, (*codes.values(), *codes))}?")


def codes_by_name() -> dict[str, str]:
    """The codes of all checks by their names."""
    # Only now: loading the checks costs more than everything else here, and most runs name none.
    from jwt_sast.check import registered

    return {check.name: check.code for check in registered()}


def codes_and_prefixes() -> dict[str, str]:
    """What `code_of` gives, by everything that it takes."""
    codes = codes_by_name()
    prefixes = {code[:end] for code in codes.values() for end in range(len(FAMILY), len(code) + 1)}
    return {prefix: prefix for prefix in sorted(prefixes)} | codes


def checks() -> dict[str, str]:
    """The codes of all checks, by themselves and by the checks' names."""
    codes = codes_by_name()
    return {code: code for code in codes.values()} | codes


def libraries() -> dict[str, str]:
    """The libraries that are known, as package indexes write their names; each stands for itself."""
    from jwt_sast.libraries.registry import known

    return {name: name for name in sorted({library.distribution for library in known()} - {""})}
