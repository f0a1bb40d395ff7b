"""`jwt-sast check`: the main job."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace

import click

from jwt_sast.baseline import compared
from jwt_sast.changes import since
from jwt_sast.commands.comparison import OPTION, ComparingCommand, baseline_at
from jwt_sast.commands.formats import STDOUT, Destination, destinations, formats_option
from jwt_sast.commands.ground import grounded, moment
from jwt_sast.commands.options import threshold_option
from jwt_sast.commands.output import to_file, to_stderr, to_stdout
from jwt_sast.commands.scanning import jobs_option, scanned, usage_errors
from jwt_sast.commands.settings import Configure, settings_options
from jwt_sast.commands.status import status
from jwt_sast.findings import Report, Severity
from jwt_sast.reporters import REPORTERS, summary
from jwt_sast.reporters.appearance import Appearance
from jwt_sast.reporters.comparison import lines

STDIN = "-"
UNNAMED = "stdin"
"""What standard input is called where nobody named it, as in flake8."""


@click.command(cls=ComparingCommand, short_help="Check files and folders.")
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
    OPTION,
    type=click.Path(),
    metavar="[FILE]",
    help="Show only what jwt-sast-baseline.json, or FILE.json, does not know.",
)
@click.option("--diff", metavar="REV", help="Show only what touches lines changed since this commit, tag or branch.")
@click.option(
    "--stdin-filename", type=click.Path(), metavar="FILE", help="What to call standard input, given as the path -."
)
@jobs_option
@click.option("--no-suppressions", is_flag=True, help="Show what comments in the code suppress, too.")
@click.option(
    "--include-suppressed",
    is_flag=True,
    help="List what a comment or the baseline keeps quiet in the JSON and SARIF reports, marked as such.",
)
@click.option("--verbose", is_flag=True, help="Tell where the analysis has stopped at one of its bounds.")
@threshold_option("--fail-on", "Let only findings that are at least so severe set the exit status.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even where there are findings.")
def check(
    paths: tuple[str, ...],
    formats: list[tuple[str, str | None]],
    output: str | None,
    baseline: str | None,
    diff: str | None,
    stdin_filename: str | None,
    jobs: int | None,
    no_suppressions: bool,
    include_suppressed: bool,
    verbose: bool,
    fail_on: Severity,
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
    if diff is not None and STDIN in paths:
        raise click.UsageError("--diff is about files on the disk: git cannot compare standard input")
    named = [(stdin_filename or UNNAMED) if path == STDIN else path for path in paths]
    settings = configure(named).settings()
    narrow = _narrowing(baseline, diff, named)
    stdin = (stdin_filename or UNNAMED, sys.stdin.buffer.read()) if STDIN in paths else None
    files = [path for path in paths if path != STDIN]
    reporters = [REPORTERS[one.format] for one in wanted]
    excerpts = any(one.excerpts for one in reporters)
    time = moment(os.environ) if any(one.moment for one in reporters) else 0
    report = scanned(files, settings, jobs=jobs, stdin=stdin, excerpts=excerpts, suppressions=not no_suppressions)
    report = narrow(report)
    if not include_suppressed:
        report.findings = summary.active(report)
    report = grounded(report, dict([stdin] if stdin else ()), any(one.line_hashes for one in reporters))
    report.moment = time
    _publish(report, wanted)
    for path, function, bound in report.stops if verbose else ():
        to_stderr(f"{path}: {function or 'the module'} is followed no further than {bound}")
    return status(report, fail_on, exit_zero)


def _narrowing(baseline: str | None, diff: str | None, paths: Iterable[str]) -> Callable[[Report], Report]:
    """What leaves of a report what the options ask for. Reads and asks at once what it needs: a mistake should not wait
    for the end of a long run.
    """
    known = None if baseline is None else baseline_at(baseline)
    with usage_errors():
        changes = None if diff is None else since(diff, paths)

    def narrowed(report: Report) -> Report:
        if known is not None:
            report = compared(report, known)
        if changes is not None:
            report = replace(report, findings=list(filter(changes.touch, report.findings)))
        return report

    return narrowed


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
        to_stderr(*notices)
        summed_up = summed_up or (to_screen and one.format == "text")
    # The text report on the screen ends with this; elsewhere nobody may be looking at the report at all.
    if not summed_up:
        to_stderr(*lines(report.comparison), summary.line(report))
