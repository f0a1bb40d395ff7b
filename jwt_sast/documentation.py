"""A check's documentation, read off its class: the one source of `explain`, `rules` and every page about a check."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jwt_sast.check import Check, registered
from jwt_sast.config import nearest
from jwt_sast.findings import Persona, Severity

_CWE = "https://cwe.mitre.org/data/definitions/{}.html"
_INSTEAD = "**Instead** "
_RFC8725 = "https://www.rfc-editor.org/rfc/rfc8725#section-{}"


EXAMPLES = Path(__file__).with_name("examples.json")
"""The programs that checks give as examples, by their paths: a copy, because what is installed has no `fixtures/`.
`python -m tools.pages` makes it."""


class UnknownCheckError(LookupError):
    """There is no check of that code or name; the text gives the nearest one."""


def named(word: str) -> type[Check]:
    """The check with that code or name, in any letter case. Raises UnknownCheckError."""
    names = {name: check for check in registered() for name in (check.code, check.name)}
    folded = {name.lower(): check for name, check in names.items()}
    if word.lower() not in folded:
        raise UnknownCheckError(f"unknown check {word}; did you mean {nearest(word, names)}?")
    return folded[word.lower()]


def body(check: type[Check]) -> str:
    """The docstring of `check` itself, a Markdown text without indentation; empty where it has none."""
    # Not inspect.getdoc: it would pass off the base class's text as the check's own.
    return inspect.cleandoc(check.__doc__ or "")


def markdown(check: type[Check], severity: Severity | None = None) -> str:
    """The whole page about `check`: heading, title, its facts as a list, its own text, and its examples. Ends with a
    newline.

    `severity` is that of its findings where it is not the check's own.
    """
    facts = "\n".join(f"- {fact}" for fact in _facts(check, severity or check.severity))
    parts = (f"# {check.code} {check.name}", check.title, facts, body(check), *_examples(check))
    return "\n\n".join(part for part in parts if part) + "\n"


def example_paths(check: type[Check]) -> tuple[str, ...]:
    """Where in the repository the examples of `check` are: a bad program, then a good one."""
    return tuple(f"fixtures/{check.code}-{check.name}/{name}" for name in check.examples)


def _examples(check: type[Check]) -> Iterator[str]:
    programs = _programs()
    for heading, path in zip(("Wrong", "Right"), example_paths(check), strict=False):
        # A check of another package brings no programs along.
        if path in programs:
            yield f"## {heading}\n\n`{path}`:\n\n```python\n{programs[path]}```"


@cache
def _programs() -> dict[str, str]:
    programs: dict[str, str] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return programs


def summary(check: type[Check]) -> str:
    """The first paragraph of its text in one line, or its title where it has no text."""
    return " ".join(body(check).partition("\n\n")[0].split()) or check.title


def instead(check: type[Check]) -> str:
    """The paragraph that says what to write instead, in one line; empty where it has none."""
    paragraphs = body(check).split("\n\n")
    return next((" ".join(one.split()) for one in paragraphs if one.startswith(_INSTEAD)), "")


def weakness(number: int) -> str:
    """The address of the page on CWE-`number`."""
    return _CWE.format(number)


def references(check: type[Check]) -> list[tuple[str, str]]:
    """What it answers for that can be read on the web: names and addresses, its weaknesses first."""
    sections = [(f"RFC 8725, section {part}", _RFC8725.format(part)) for part in check.rfc8725]
    return [*((f"CWE-{number}", weakness(number)) for number in check.cwe), *sections]


def reference(check: type[Check]) -> str:
    """The address of the page to read next: the first of its references, or RFC 8725 where it has none."""
    return next((address for _, address in references(check)), _RFC8725.format(1))


def data(check: type[Check]) -> dict[str, Any]:
    """The facts about `check` as JSON takes them, without its text."""
    return {
        "code": check.code,
        "name": check.name,
        "title": check.title,
        "severity": str(check.severity),
        "persona": str(check.persona),
        "cwe": list(check.cwe),
        "rfc8725": list(check.rfc8725),
        "asvs": list(check.asvs),
        "since": check.since,
        "options": list(check.options),
    }


def _facts(check: type[Check], severity: Severity) -> Iterator[str]:
    shown = "by default" if check.persona is Persona.REGULAR else f"with `--persona {check.persona}`"
    yield f"Severity: {severity}"
    yield f"Shown: {shown}"
    if check.cwe:
        yield "Weakness: " + ", ".join(f"[CWE-{number}]({weakness(number)})" for number in check.cwe)
    if check.rfc8725:
        yield "RFC 8725: " + ", ".join(f"[section {part}]({_RFC8725.format(part)})" for part in check.rfc8725)
    if check.asvs:
        yield "OWASP ASVS 5.0: " + ", ".join(check.asvs)
    if check.options:
        yield "Settings: " + ", ".join(f"`{option}`" for option in check.options)
    yield f"Since: {check.since}"
