"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

import click

from jwt_sast.commands.completion import checks, one_of
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


def codes_option(name: str, help: str) -> Callable[[Command], Command]:
    """An option that takes codes, prefixes or names of checks, separated by commas, and may be repeated.

    Gives one list of them all, or None where the option is not there.
    """
    return click.option(name, multiple=True, metavar="CODES", callback=_split, shell_complete=checks, help=help)


def level_option(name: str, levels: Iterable[object], help: str) -> Callable[[Command], Command]:
    """An option whose value is one of `levels`; who uses the value refuses another, since settings may hold it too."""
    words = [str(level) for level in levels]
    return click.option(name, metavar=f"[{'|'.join(words)}]", shell_complete=one_of(words), help=help)


def _split(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> list[str] | None:
    return [item.strip() for part in value for item in part.split(",") if item.strip()] if value else None
