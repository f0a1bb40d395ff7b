"""`jwt-sast rules`: every check in one table."""

from __future__ import annotations

import io

import click

from jwt_sast.commands.options import format_option
from jwt_sast.commands.output import to_stdout

_COLUMNS = ("code", "name", "severity", "persona", "title")


@click.command(short_help="List the checks.")
@format_option(("text", "json"))
def rules(format: str) -> None:
    """List every check: code, name, severity, persona, and what it finds.

    The persona says who is shown a finding: `regular` is everybody, `auditor` only who asks with --persona auditor.
    """
    from jwt_sast import documentation
    from jwt_sast.check import registered
    from jwt_sast.reporters import json

    listed = [documentation.data(check) for check in registered()]
    if format == "json":
        out = io.StringIO()
        json.write({"rules": listed}, out)
        to_stdout(out.getvalue())
    else:
        to_stdout(_table([_COLUMNS, *(tuple(rule[column] for column in _COLUMNS) for rule in listed)]))


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)
