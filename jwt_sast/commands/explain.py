"""`jwt-sast explain`: a check's own documentation."""

from __future__ import annotations

import io
import os
import sys

import click

from jwt_sast.commands.completion import checks
from jwt_sast.commands.output import to_stdout


@click.command(short_help="Explain a check.")
@click.argument("check", shell_complete=checks)
def explain(check: str) -> None:
    """Explain CHECK, a code or a name: what it finds, how it is abused, what to write instead.

    Rendered on a terminal, plain Markdown in a pipe.
    """
    from jwt_sast import documentation

    try:
        page = documentation.markdown(documentation.named(check))
    except documentation.UnknownCheckError as error:
        raise click.UsageError(str(error)) from None
    to_stdout(_rendered(page) if sys.stdout.isatty() or os.environ.get("FORCE_COLOR") else page)


def _rendered(page: str) -> str:
    from rich.console import Console
    from rich.markdown import Markdown

    from jwt_sast.reporters.appearance import Appearance

    looks = Appearance.of(sys.stdout, os.environ)
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=looks.colour,
        no_color=not looks.colour,
        width=min(looks.width, 100),
        legacy_windows=False,
    )
    console.print(Markdown(page, hyperlinks=False))
    return out.getvalue()
