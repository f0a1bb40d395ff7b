"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

import click

from jwt_sast.config import nearest

Command = TypeVar("Command", bound=Callable[..., Any])


def format_option(formats: Collection[str]) -> Callable[[Command], Command]:
    """The option `--format`, one of `formats`, the first unless told; another name is refused with the nearest."""

    def known(ctx: click.Context, param: click.Parameter, value: str) -> str:
        if value not in formats:
            raise click.BadParameter(
                f'"{value}" is not one of {", ".join(formats)}; did you mean {nearest(value, formats)}?'
            )
        return value

    return click.option(
        "--format",
        default=next(iter(formats)),
        show_default=True,
        metavar=f"[{'|'.join(formats)}]",
        callback=known,
        help="How to write it.",
    )
