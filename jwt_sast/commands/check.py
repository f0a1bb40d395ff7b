"""`jwt-sast check`: the main job."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable

import click

from jwt_sast.commands.formats import STDOUT, Destination, destinations, formats_option
from jwt_sast.commands.ground import grounded, moment
from jwt_sast.commands.output import to_file, to_stdout
from jwt_sast.commands.progress import progress
from jwt_sast.commands.settings import Configure, settings_options
from jwt_sast.config import Settings
from jwt_sast.findings import Report, Status
from jwt_sast.reporters import REPORTERS, summary
from jwt_sast.reporters.appearance import Appearance

STDIN = "-"
UNNAMED = "stdin"
"""What standard input is called where nobody named it, as in flake8."""

CLEAN, FINDINGS, INCOMPLETE = 0, 1, 3


@click.command(short_help="Check files and folders.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@formats_option(REPORTERS)
@click.option(
    "--output",
    type=click.Path(),
    metavar="FILE",
    help="Where a --format without a file goes instead of standard output.",
)
@settings_options
@click.option(
    "--stdin-filename", type=click.Path(), metavar="FILE", help="What to call standard input, given as the path -."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="At most N processes; one per processor unless told."
)
@click.option("--no-suppressions", is_flag=True, help="Show what comments in the code suppress, too.")
@click.option("--include-suppressed", is_flag=True, help="List suppressed findings in the JSON report, marked as such.")
@click.option("--verbose", is_flag=True, help="Tell where the analysis has stopped at one of its bounds.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even where there are findings.")
def check(
    paths: tuple[str, ...],
    formats: list[tuple[str, str | None]],
    output: str | None,
    stdin_filename: str | None,
    jobs: int | None,
    no_suppressions: bool,
    include_suppressed: bool,
    verbose: bool,
    exit_zero: bool,
    configure: Configure,
) -> int:
    """Check PATHS, files or folders, the current folder unless told; - is standard input.

    CODES and other lists are separated by commas, and their options may be repeated, as those with = may be. A check's
    name will do for its code. A code or prefix that is selected by name is shown whatever its persona: --select JWT
    shows everything. Settings come from the table [tool.jwt-sast] of the nearest pyproject.toml; options win.

    Exit status: 0 clean, 1 findings, 2 usage or configuration error, 3 finished but some file could not be analysed.
    """
    paths = paths or (".",)
    wanted = destinations(formats, output)
    if stdin_filename is not None and STDIN not in paths:
        raise click.UsageError("--stdin-filename names standard input, which is read where - is among the paths")
    named = [(stdin_filename or UNNAMED) if path == STDIN else path for path in paths]
    settings = configure(named).settings()
    stdin = (stdin_filename or UNNAMED, sys.stdin.buffer.read()) if STDIN in paths else None
    files = [path for path in paths if path != STDIN]
    reporters = [REPORTERS[one.format] for one in wanted]
    excerpts = any(one.excerpts for one in reporters)
    time = moment(os.environ) if any(one.moment for one in reporters) else 0
    report = _scanned(files, settings, stdin, jobs, excerpts, not no_suppressions)
    if not include_suppressed:
        report.findings = [finding for finding in report.findings if finding.status is not Status.SUPPRESSED]
    report = grounded(report, dict([stdin] if stdin else ()), any(one.line_hashes for one in reporters))
    report.moment = time
    _publish(report, wanted)
    for path, function, bound in report.stops if verbose else ():
        click.echo(f"{path}: {function or 'the module'} is followed no further than {bound}", err=True)
    return _status(report, exit_zero)


def _scanned(
    paths: list[str],
    settings: Settings,
    stdin: tuple[str, bytes] | None,
    jobs: int | None,
    excerpts: bool,
    suppressions: bool,
) -> Report:
    # Only here: `--version`, `--help` and a mistyped option need no engine.
    from jwt_sast import scanner

    with progress(sys.stderr) as advance:
        try:
            return scanner.scan(
                paths,
                settings,
                jobs=jobs,
                excerpts=excerpts,
                stdin=stdin,
                progress=advance,
                suppressions=suppressions,
            )
        except scanner.UsageError as error:
            raise click.UsageError(str(error)) from None


def _publish(report: Report, wanted: Iterable[Destination]) -> None:
    summed_up = False
    for one in wanted:
        to_screen = one.file == STDOUT
        looks = Appearance.of(sys.stdout, os.environ) if to_screen else Appearance()
        out = io.StringIO()
        notices = REPORTERS[one.format].render(report, out, looks)
        if to_screen:
            to_stdout(out.getvalue())
        else:
            to_file(one.file, out.getvalue())
        for notice in notices:
            click.echo(notice, err=True)
        summed_up = summed_up or (to_screen and one.format == "text")
    # The text report on the screen ends with it; elsewhere nobody may be looking at the report at all.
    if not summed_up:
        click.echo(summary.line(report), err=True)


def _status(report: Report, exit_zero: bool) -> int:
    if summary.active(report) and not exit_zero:
        return FINDINGS
    return INCOMPLETE if report.errors else CLEAN
