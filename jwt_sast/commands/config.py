"""`jwt-sast config`: the settings that hold, and who says so."""

from __future__ import annotations

import io
import json
import os
from typing import Any

import click

from jwt_sast.commands.options import format_option
from jwt_sast.commands.output import to_stdout
from jwt_sast.commands.settings import Configure, settings_options
from jwt_sast.config import SETTINGS, Configuration, Layer
from jwt_sast.paths import printable, shown

_COMMENTS = 40
"""The column that comments begin at, where what they are about is not too long."""


@click.command(short_help="Show the settings that hold.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@format_option(("text", "json"))
@click.option("--schema", is_flag=True, help="Print the JSON schema of [tool.jwt-sast] instead.")
@settings_options
def config(paths: tuple[str, ...], format: str, schema: bool, configure: Configure) -> None:
    """Show the settings that hold for a check of PATHS, and where each comes from: a file, an option or the default.

    Takes the options of `jwt-sast check` that are settings. The text can be pasted into pyproject.toml.
    """
    if schema:
        from jwt_sast.config.schema import schema as table

        to_stdout(f"{json.dumps(table(), indent=2)}\n")
        return
    configuration = configure(paths or (".",))
    to_stdout(_json(configuration) if format == "json" else _text(configuration))


def _json(configuration: Configuration) -> str:
    from jwt_sast.reporters.json import write

    values = _values(configuration)
    sources = {name: [_source(*source) for source in configuration.sources(name)] for name in SETTINGS}
    out = io.StringIO()
    write({"settings": {name: {"value": values[name], "from": sources[name]} for name in SETTINGS}}, out)
    return out.getvalue()


def _text(configuration: Configuration) -> str:
    from jwt_sast.config.toml import toml

    lines = ["[tool.jwt-sast]"]
    for name, value in _values(configuration).items():
        said = [word for source in configuration.sources(name) for word in _source(*source).values()]
        lines.append(f"{f'{name} = {toml(value)}':{_COMMENTS}}  # {', '.join(said) or 'default'}")
    return "".join(f"{line}\n" for line in lines)


def _values(configuration: Configuration) -> dict[str, Any]:
    settings = configuration.settings()
    return {name: one.kind.plain(getattr(settings, one.field)) for name, one in SETTINGS.items()}


def _source(layer: Layer, name: str) -> dict[str, str]:
    if layer.file is None:
        return {"option": f"{layer.prefix}{name}"}
    return {"file": printable(shown(layer.file, os.getcwd()))}
