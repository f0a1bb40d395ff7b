"""What a check is, and how checks are found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import ClassVar

from jwt_sast.findings import Persona, Severity


class Check:
    """One rule: what it is called, how bad it is, and what it says of the events it sees.

    The docstring of a check is its documentation, in Markdown: what is wrong, how it is abused, what to write instead,
    when the check stays silent.
    """

    code: ClassVar[str]
    """`JWT` and three digits."""
    name: ClassVar[str]
    """Kebab-case, says what is wrong."""
    title: ClassVar[str]
    """One line for tables and headings."""
    severity: ClassVar[Severity]
    persona: ClassVar[Persona] = Persona.REGULAR
    cwe: ClassVar[tuple[int, ...]] = ()
    rfc8725: ClassVar[tuple[str, ...]] = ()
    """Sections of RFC 8725 that it answers for."""
    asvs: ClassVar[tuple[str, ...]] = ()
    """Requirements of OWASP ASVS 5.0 that it answers for."""
    since: ClassVar[str] = "0.1.0"
    options: ClassVar[tuple[str, ...]] = ()
    """Names of the settings that it reads."""


@cache
def registered() -> tuple[type[Check], ...]:
    """Every check of every installed package, by code. Raises RegistryError where two share a code or one won't load."""
    return tuple(sorted(_found(), key=lambda check: check.code))


def _found() -> Iterator[type[Check]]:
    raise NotImplementedError
