"""`--format` and `--output` of a command that can write several reports of one run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import click

from jwt_sast.commands.completion import one_of
from jwt_sast.commands.options import Command, known

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Destination:
    """One report: how it is written, and to which file. `-` is standard output."""

    format: str
    file: str


def formats_option(formats: Collection[str]) -> Callable[[Command], Command]:
    """The option `--format NAME` or `--format NAME=FILE`, repeatable; a name that is not in `formats` is refused."""

    def split(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> list[tuple[str, str | None]]:
        pairs = []
        for item in value:
            name, equals, file = item.partition("=")
            known(name, formats)
            if equals and not file:
                raise click.BadParameter(f"{item} names no file")
            pairs.append((name, file if equals else None))
        return pairs

    return click.option(
        "--format",
        "formats",
        multiple=True,
        metavar="FORMAT[=FILE]",
        callback=split,
        shell_complete=one_of(formats),
        help=f"How to write it, and where; may be repeated. FORMAT: one of {', '.join(formats)}; text unless told.",
    )


def destinations(formats: Sequence[tuple[str, str | None]], output: str | None) -> list[Destination]:
    """Where each of `formats` goes, as `formats_option` gives them: those without a file to `output`, which is standard
    output unless told.

    Raises UsageError where two reports would go to one place, or where nothing is left for `output`.
    """
    formats = formats or [("text", None)]
    if output is not None and all(file is not None for _, file in formats):
        raise click.UsageError("--output is for a --format without a file, and there is none")
    found = [Destination(name, file or output or STDOUT) for name, file in formats]
    places = [one.file for one in found]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        where = "standard output" if twice == STDOUT else twice
        raise click.UsageError(f"two reports go to {where}; give each a file: --format FORMAT=FILE")
    return found
