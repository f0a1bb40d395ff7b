"""What a host has words for, told in words: by it the modules and functions are found that are worth a closer look."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

_COMMENT = rb"#[^\n]*"


@cache
def described_in(path: str, described: frozenset[str]) -> Mapping[str, str]:
    """Those of the `described` functions that the module at `path` holds, by what they are called there: a function by
    its name, a method as `Class.method`.

    The path decides, because not every folder of a package has to say that it is one (PEP 420).
    """
    module = os.path.splitext(os.path.abspath(path))[0].removesuffix(f"{os.sep}__init__").split(os.sep)
    found: dict[str, str] = {}
    for name in sorted(described):
        parts = name.split(".")
        for end in (len(parts) - 1, len(parts) - 2):
            if end > 0 and module[-end:] == parts[:end]:
                found[".".join(parts[end:])] = name
    return found


@dataclass(frozen=True)
class Interest:
    """`makers` are the packages whose calls the host has words for, `carriers` those of them whose calls are looked for
    only where they are written: too many functions of a project make a request. Each comes with the identifiers one of
    which is mentioned along with the package by whoever uses it.

    `matters` and `makes` tell from a file's bytes whether it may hold calls of any package, or of one of the makers.
    `alarms` are the patterns one of which occurs in what a carrier is given if there is something to say about it.
    """

    makers: Mapping[str, frozenset[str]]
    carriers: Mapping[str, frozenset[str]]
    matters: Callable[[bytes], bool]
    makes: Callable[[bytes], bool]
    alarms: Collection[bytes] = ()
    sought: frozenset[str] = field(default=frozenset())
    """Functions and classes whose callers are looked for."""
    described: frozenset[str] = field(default=frozenset())
    """Functions of the project that the host has words for, by qualified name."""

    def is_of(self, name: str, packages: Collection[str]) -> bool:
        """Whether a qualified name is one of the `packages`, or of one and among what is used of it."""
        package, *parts = name.split(".")
        return package in packages and (not parts or not self.words(package).isdisjoint(parts))

    @property
    def packages(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.makers, *self.carriers))

    def words(self, package: str) -> frozenset[str]:
        """The identifiers that come with a package."""
        return self.makers.get(package) or self.carriers.get(package) or frozenset()

    def pattern_of_alarms(self) -> re.Pattern[bytes] | None:
        """Finds an alarm in its first group, and comments, in which there are none, without a group."""
        alarms = b"|".join(self.alarms)
        return re.compile(_COMMENT + rb"|(" + alarms + rb")") if alarms else None
