"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

import click

from jwt_sast.commands.completion import one_of
from jwt_sast.config import nearest

Command = TypeVar("Command", bound=Callable[..., Any])


def known_format(name: str, formats: Collection[str]) -> str:
    """`name` if it is one of `formats`. Raises BadParameter, which names the nearest."""
    if name not in formats:
        raise click.BadParameter(f'"{name}" is not one of {", ".join(formats)}; did you mean {nearest(name, formats)}?')
    return name


def format_option(formats: Collection[str]) -> Callable[[Command], Command]:
    """The option `--format`, one of `formats`, the first unless told; another name is refused with the nearest."""

    def known(ctx: click.Context, param: click.Parameter, value: str) -> str:
        return known_format(value, formats)

    return click.option(
        "--format",
        default=next(iter(formats)),
        show_default=True,
        metavar=f"[{'|'.join(formats)}]",
        callback=known,
        shell_complete=one_of(formats),
        help="How to write it.",
    )
