"""Where settings come from: the file that holds for what is checked, and the options on top of it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from jwt_sast.config.settings import SETTINGS, Layer, Settings
from jwt_sast.config.words import ConfigError

TABLE = "jwt-sast"


@dataclass(frozen=True, slots=True)
class Configuration:
    """The places that say something of the settings of a run, later ones over earlier ones."""

    layers: tuple[Layer, ...]

    def settings(self) -> Settings:
        """What holds in the end. Raises ConfigError."""
        return reduce(Settings.override, self.layers, Settings())

    def sources(self, name: str) -> list[tuple[Layer, str]]:
        """Who says what a setting is, and by which of its settings; nobody where the default holds."""
        sources: list[tuple[Layer, str]] = []
        settings = Settings()
        for layer in self.layers:
            before, settings = settings, settings.override(layer)
            if layer.gives(name):
                sources = [*(sources if SETTINGS[name].kind.adds else ()), (layer, name)]
            elif name == "ignore" and settings.ignore != before.ignore:
                sources += [(layer, other) for other in ("select", "extend-select") if layer.gives(other)]
        return sources


def configuration(start: Path, options: Layer, file: Path | None = None, isolated: bool = False) -> Configuration:
    """The configuration for `start`: that of `file`, or else of the nearest `pyproject.toml`, with `options` on top.

    If `isolated`, there is no file. Raises ConfigError for a file that cannot be used, and for a `file` without a
    table for us.
    """
    return Configuration((*(() if isolated else _of_file(start, file)), options))


def load(start: Path) -> Settings:
    """The settings that hold for `start`, from the nearest `pyproject.toml`; the defaults where it has no table for us.

    Raises ConfigError for a file that cannot be read, a key or code that does not exist, and a value of a wrong kind.
    """
    return Configuration(tuple(_of_file(start, None))).settings()


def find(start: Path) -> Path | None:
    """The nearest `pyproject.toml` in `start` or above it; `start` may be a file, and need not exist."""
    # Not Path.resolve: a symlinked file belongs to the project that links to it.
    place = Path(os.path.abspath(start))
    for folder in (place, *place.parents):
        candidate = folder / "pyproject.toml"
        if candidate.is_file():
            return candidate
    return None


def _of_file(start: Path, named: Path | None) -> Iterator[Layer]:
    path = named or find(start)
    if path is None:
        return
    table = _table(path)
    if table is not None:
        yield Layer(table, f"{path}: [tool.{TABLE}] ", os.path.dirname(os.path.abspath(path)), str(path))
    elif named is not None:
        raise ConfigError(f"{path}: has no table [tool.{TABLE}]")


def _table(path: Path) -> dict[str, object] | None:
    """The table of ours in a file; None where it has none."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    tools = document.get("tool", {})
    if not isinstance(tools, dict):
        return None
    # TOML calls this another name, so without a word here such a table would change nothing and nobody would know.
    if "jwt_sast" in tools:
        raise ConfigError(f"{path}: [tool.jwt_sast]: unknown table; did you mean [tool.{TABLE}]?")
    table = tools.get(TABLE)
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.{TABLE}: must be a table")
    return table
