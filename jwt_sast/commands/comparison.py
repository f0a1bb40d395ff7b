"""`--baseline` of a command, which may stand without a file, and what is told of a baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from jwt_sast import baseline_file
from jwt_sast.baseline import Baseline
from jwt_sast.config import ConfigError

OPTION = "--baseline"
_SUFFIX = ".json"


class ComparingCommand(click.Command):
    """A command that has `--baseline [FILE]`: the next word is FILE only where it ends in .json.

    A path to check may follow just as well, above all under pre-commit, which puts its files last.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, once every `--baseline` has a value."""
        return super().parse_args(ctx, list(_with_values(args)))


def _with_values(args: Sequence[str]) -> Iterator[str]:
    end = args.index("--") if "--" in args else len(args)
    for index, word in enumerate(args):
        bare = word == OPTION and index < end and not "".join(args[index + 1 : index + 2]).endswith(_SUFFIX)
        yield f"{word}=" if bare else word


def baseline_at(file: str) -> Baseline:
    """The baseline in `file`, or where that is empty, in the nearest one of the usual name. Raises ConfigError."""
    found = file or baseline_file.find(Path.cwd())
    if found is None:
        raise ConfigError(f"no {baseline_file.NAME} here or in a folder above; `jwt-sast baseline` writes one")
    return baseline_file.read(found)
