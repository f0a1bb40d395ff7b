"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

import click

from jwt_sast.commands.completion import one_of
from jwt_sast.config import nearest
from jwt_sast.findings import Severity

Command = TypeVar("Command", bound=Callable[..., Any])


def known(name: str, names: Collection[str]) -> str:
    """`name` if it is one of `names`. Raises BadParameter, which names the nearest."""
    if name not in names:
        raise click.BadParameter(f'"{name}" is not one of {", ".join(names)}; did you mean {nearest(name, names)}?')
    return name


def format_option(formats: Collection[str]) -> Callable[[Command], Command]:
    """The option `--format`, one of `formats`, the first unless told; another name is refused with the nearest."""

    def read(ctx: click.Context, param: click.Parameter, value: str) -> str:
        return known(value, formats)

    return click.option(
        "--format",
        default=next(iter(formats)),
        show_default=True,
        metavar=f"[{'|'.join(formats)}]",
        callback=read,
        shell_complete=one_of(formats),
        help="How to write it.",
    )


def threshold_option(name: str, help: str) -> Callable[[Command], Command]:
    """An option whose value is a severity, the lowest unless told; another word is refused with the nearest."""
    words = [str(level) for level in Severity]

    def read(ctx: click.Context, param: click.Parameter, value: str) -> Severity:
        return Severity[known(value, words).upper()]

    return click.option(
        name,
        default=words[0],
        metavar=f"[{'|'.join(words)}]",
        callback=read,
        shell_complete=one_of(words),
        help=help,
    )
