"""The console script `jwt-sast`: its commands, and what becomes of an error."""

from __future__ import annotations

import io
import os
import platform
import sys
import traceback
from collections.abc import Sequence

import click

from jwt_sast._version import __version__
from jwt_sast.commands.baseline import baseline
from jwt_sast.commands.check import check
from jwt_sast.commands.config import config
from jwt_sast.commands.explain import explain
from jwt_sast.commands.output import to_stderr
from jwt_sast.commands.rules import rules
from jwt_sast.config import ConfigError, nearest

FAILURE = 2
INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""


class _Commands(click.Group):
    """The commands, of which `check` need not be named: `jwt-sast src/` and a bare `jwt-sast` mean it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Completion parses half a command line, which means nothing yet.
        if not ctx.resilient_parsing and self._means_check(ctx, args):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def _means_check(self, ctx: click.Context, args: list[str]) -> bool:
        if not args:
            return True
        first = args[0]
        if first in self.commands:
            return False
        if first.startswith("-"):
            own = {option for param in self.get_params(ctx) for option in param.opts}
            return first not in own
        # A mistyped path still reads as a path: its own error helps more than a list of commands.
        return os.path.exists(first) or any(mark in first for mark in (".", "/", os.sep))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            ctx.fail(f"no such command or path {args[0]}; did you mean {nearest(args[0], self.commands)}?")
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    """What a bug report should begin with: the tool, the parser, and the Python whose grammar decides."""
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import version

    click.echo(f"jwt-sast {__version__} (libcst {version('libcst')}, Python {platform.python_version()})")
    ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show versions and exit."
)
def commands() -> None:
    """Find JSON Web Token misuse in Python code.

    A path in place of a command is checked: `jwt-sast src/` is `jwt-sast check src/`.
    """


commands.add_command(check)
commands.add_command(baseline)
commands.add_command(rules)
commands.add_command(explain)
commands.add_command(config)


def main(args: Sequence[str] | None = None) -> None:
    """Runs the command line and exits.

    Exit status: 0 clean, 1 findings, 2 usage or configuration error, 3 finished but some file could not be analysed.
    """
    sys.exit(_status(args))


def _status(args: Sequence[str] | None) -> int:
    try:
        return int(commands.main(args, prog_name="jwt-sast", standalone_mode=False) or 0)
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        to_stderr(*shown.getvalue().splitlines())
        return error.exit_code
    except ConfigError as error:
        to_stderr(f"Error: {error}")
        return FAILURE
    except click.Abort:
        to_stderr("Interrupted.")
        return INTERRUPTED
    except Exception as error:
        # Python would end with 1, which means "findings". The error's own text stays out: it may quote scanned code.
        where = "".join(traceback.format_tb(error.__traceback__)).splitlines()
        to_stderr(*where, f"Error: {type(error).__name__} inside jwt-sast; please report it with the lines above.")
        return FAILURE
