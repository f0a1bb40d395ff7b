"""How a command has files analysed: with a progress bar, and with a user's mistakes told as such."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from jwt_sast.commands.options import Command
from jwt_sast.commands.progress import progress
from jwt_sast.config import Settings
from jwt_sast.findings import Report

jobs_option: Callable[[Command], Command] = click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="At most N processes; one per processor unless told."
)


@contextmanager
def usage_errors() -> Iterator[None]:
    """What turns out to be a mistake of the user ends the command as one: one line, exit status 2."""
    from jwt_sast.discovery import UsageError

    try:
        yield
    except UsageError as error:
        raise click.UsageError(str(error)) from None


def scanned(
    paths: list[str],
    settings: Settings,
    *,
    jobs: int | None,
    stdin: tuple[str, bytes] | None = None,
    excerpts: bool = False,
    suppressions: bool = True,
) -> Report:
    """The report on `paths`; the arguments are those of `scanner.scan`. Raises click's UsageError."""
    # Only here: `--version`, `--help` and a mistyped option need no engine.
    from jwt_sast import scanner

    with progress(sys.stderr) as advance, usage_errors():
        return scanner.scan(
            paths,
            settings,
            jobs=jobs,
            excerpts=excerpts,
            stdin=stdin,
            progress=advance,
            suppressions=suppressions,
        )
