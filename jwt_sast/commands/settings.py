"""The options by which a command is told its settings, and the files that it reads them from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import reduce, wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from jwt_sast.commands.completion import Completer, checks, one_of
from jwt_sast.commands.options import Command
from jwt_sast.config import SETTINGS, Configuration, Layer, Setting, configuration
from jwt_sast.config.kinds import Code, Kind, LevelOf, ListOf, Switch

Result = TypeVar("Result")
Configure = Callable[[Iterable[str]], Configuration]
"""Gives the configuration for a run over paths."""


def settings_options(command: Callable[..., Result]) -> Callable[..., Result]:
    """An option for every setting that can be one, `--config` and `--isolated`. What they come to is the argument
    `configure`.
    """

    @wraps(command)
    def configured(*, config: Path | None, isolated: bool, **arguments: Any) -> Result:
        if config is not None and isolated:
            raise click.UsageError("--config names a file to read, and --isolated reads none")
        given = {name: arguments.pop(setting.field) for name, setting in SETTINGS.items() if setting.kind.option}
        options = Layer.of_options(given, "--")

        def configure(paths: Iterable[str]) -> Configuration:
            return configuration(_common(paths), options, config, isolated)

        return command(configure=configure, **arguments)

    options = [_FILE, _ISOLATED, *(_option(setting) for setting in SETTINGS.values() if setting.kind.option)]
    # The last to be put on is the first on the help page.
    return reduce(lambda decorated, option: option(decorated), reversed(options), configured)


_FILE = click.option(
    "--config",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read [tool.jwt-sast] from this file, not from the nearest pyproject.toml.",
)
_ISOLATED = click.option("--isolated", is_flag=True, help="Read no configuration file.")


def _option(setting: Setting) -> Callable[[Command], Command]:
    if isinstance(setting.kind, Switch):
        return click.option(f"--{setting.name}/--no-{setting.name}", default=None, help=setting.help)
    return click.option(
        f"--{setting.name}",
        multiple=setting.kind.several,
        metavar=setting.kind.metavar,
        callback=_words,
        shell_complete=_completer(setting.kind),
        help=setting.help,
    )


def _completer(kind: Kind[Any]) -> Completer | None:
    match kind:
        case LevelOf(names=names):
            return one_of(names)
        case ListOf(item=Code()):
            return checks
        case _:
            return None


def _words(ctx: click.Context, param: click.Parameter, value: str | tuple[str, ...] | None) -> tuple[str, ...] | None:
    if value is None or value == ():
        return None
    return (value,) if isinstance(value, str) else value


def _common(paths: Iterable[str]) -> Path:
    """The folder that holds all `paths`: the project whose settings hold for the run is looked for from there."""
    places = [os.path.abspath(path) for path in paths]
    try:
        return Path(os.path.commonpath(places))
    except ValueError:  # on different drives
        return Path.cwd()
