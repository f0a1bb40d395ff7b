"""The settings of a run: the table `[tool.jwt-sast]`, overridden by a door's own options.

Light to import: the flake8 plugin reads its settings before it knows whether a file needs any work.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import takewhile
from pathlib import Path
from typing import Any

from jwt_sast.findings import Confidence, Finding, Persona, Severity

DAY = 24 * 60 * 60
TABLE = "jwt-sast"
_UNITS = {"": 1, "s": 1, "m": 60, "h": 60 * 60, "d": DAY, "w": 7 * DAY}
_DURATION = re.compile(r"(\d+)([smhdw]?)", re.ASCII)


class ConfigError(Exception):
    """A setting that cannot be used. Its text says where it stands, what is wrong, and the nearest valid name."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run shows and where its limits lie. Durations are in seconds."""

    select: tuple[str, ...] = ()
    """Codes or prefixes to show; empty means the default set. A code named here is shown whatever its persona."""
    extend_select: tuple[str, ...] = ()
    """Codes or prefixes to show as well, whatever their persona."""
    ignore: tuple[str, ...] = ()
    """Codes or prefixes to leave out."""
    persona: Persona = Persona.REGULAR
    min_severity: Severity = Severity.LOW
    min_confidence: Confidence = Confidence.LOW
    max_lifetime: int = 30 * DAY
    max_refresh_lifetime: int = 180 * DAY
    max_leeway: int = 5 * 60
    local_hosts: tuple[str, ...] = ()
    sensitive_claims: tuple[str, ...] = ()
    """Names of claims that count as secret besides those that are known to be."""
    require_suppression_reason: bool = False
    """Whether a suppression comment of our own has to say why."""

    def wants(self, finding: Finding) -> bool:
        """Whether this run shows `finding`. The longest matching prefix decides between select and ignore.

        On a tie the finding is left out, as flake8 does it.
        """
        if finding.severity < self.min_severity or finding.confidence < self.min_confidence:
            return False
        selected = _longest_prefix(finding.code, (*self.select, *self.extend_select))
        ignored = _longest_prefix(finding.code, self.ignore)
        if selected:
            return selected > ignored
        return not self.select and not ignored and finding.persona <= self.persona

    def override(self, options: Mapping[str, object], prefix: str) -> Settings:
        """These settings with `options` on top, by their names in the configuration file; None means "not given".

        `select` and `ignore` replace what stood there, `extend-select` adds to it. A code that `options` select by its
        very name is no longer ignored, unless they ignore it themselves. Raises ConfigError, which names an option by
        `prefix` and its key.
        """
        changes = {key.replace("-", "_"): value for key, value in _checked(options, prefix).items()}
        added = changes.get("extend_select", ())
        named = (*changes.get("select", ()), *added)
        changes.setdefault("ignore", tuple(code for code in self.ignore if code not in named))
        return replace(self, **changes | {"extend_select": (*self.extend_select, *added)})


def find(start: Path) -> Path | None:
    """The nearest `pyproject.toml` in `start` or above it; `start` may be a file, and need not exist."""
    # Not Path.resolve: a symlinked file belongs to the project that links to it.
    place = Path(os.path.abspath(start))
    for folder in (place, *place.parents):
        candidate = folder / "pyproject.toml"
        if candidate.is_file():
            return candidate
    return None


def load(start: Path) -> Settings:
    """The settings that hold for `start`, from the nearest `pyproject.toml`; the defaults where it has no table for us.

    Raises ConfigError for a file that cannot be read, a key or code that does not exist, and a value of a wrong kind.
    """
    path = find(start)
    if path is None:
        return Settings()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    tools = document.get("tool", {})
    # TOML calls this another name, so without a word here such a table would change nothing and nobody would know.
    if isinstance(tools, dict) and "jwt_sast" in tools:
        raise ConfigError(f"{path}: [tool.jwt_sast]: unknown table; did you mean [tool.{TABLE}]?")
    table = tools.get(TABLE, {}) if isinstance(tools, dict) else {}
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.{TABLE}: must be a table")
    return Settings().override(table, f"{path}: [tool.{TABLE}] ")


def nearest(word: str, choices: Iterable[str]) -> str:
    """The one of `choices` that is spelled most like `word`, whatever the case; of equals the one that begins alike."""

    def likeness(choice: str) -> tuple[float, int]:
        one, other = word.lower(), choice.lower()
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        return SequenceMatcher(None, one, other).ratio(), alike

    return max(sorted(choices), key=likeness)


def duration(text: str) -> int:
    """A length of time such as `30d`, `12h`, `45m`, `90s` or `3600`, in seconds; ValueError for anything else."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"{text}" is not a length of time such as 30d, 12h, 45m or a number of seconds')
    return int(match[1]) * _UNITS[match[2]]


def _longest_prefix(code: str, prefixes: Iterable[str]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)


def _checked(options: Mapping[str, object], prefix: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in options.items():
        if value is None:
            continue
        if key not in _READERS:
            raise ConfigError(f"{prefix}{key}: unknown setting; did you mean {nearest(key, _READERS)}?")
        try:
            values[key] = _READERS[key](value)
        except ValueError as problem:
            raise ConfigError(f"{prefix}{key}: {problem}") from None
    return values


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item for item in value):
        raise ValueError("must be a list of strings")
    return tuple(value)


def _codes(value: object) -> tuple[str, ...]:
    items = _texts(value)
    if not items:
        return ()
    # Only now: loading the checks costs more than everything else here, and most runs name no code.
    from jwt_sast.check import registered

    codes = {check.name: check.code for check in registered()}
    return tuple(code_of(item, codes) for item in items)


def code_of(item: str, codes: Mapping[str, str]) -> str:
    """The code or prefix that somebody means by `item`, where `codes` are those of all checks by their names.

    Raises ValueError, with the nearest valid word, where there is no such code or name.
    """
    if item in codes:
        return codes[item]
    if any(code.startswith(item) for code in codes.values()):
        return item
    raise ValueError(f"unknown code {item}; did you mean {nearest(item, (*codes.values(), *codes))}?")


def _level(kind: type[Persona | Severity | Confidence]) -> Callable[[object], object]:
    names = [str(level) for level in kind]

    def read(value: object) -> object:
        if not isinstance(value, str) or value not in names:
            raise ValueError(f'"{value}" is not one of {", ".join(names)}; did you mean {nearest(str(value), names)}?')
        return kind.named(value)

    return read


def _seconds(value: object) -> int:
    seconds = duration(value) if isinstance(value, str) else value
    # A bool is an int to Python, never to the person who wrote it.
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds <= 0:
        raise ValueError("must be a length of time such as 30d, 12h, 45m or a positive number of seconds")
    return seconds


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


_READERS: Mapping[str, Callable[[object], object]] = {
    "select": _codes,
    "extend-select": _codes,
    "ignore": _codes,
    "persona": _level(Persona),
    "min-severity": _level(Severity),
    "min-confidence": _level(Confidence),
    "max-lifetime": _seconds,
    "max-refresh-lifetime": _seconds,
    "max-leeway": _seconds,
    "local-hosts": _texts,
    "sensitive-claims": _texts,
    "require-suppression-reason": _switch,
}
