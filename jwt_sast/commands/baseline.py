"""`jwt-sast baseline`: writes down what is known, so that `check --baseline` shows what is new."""

from __future__ import annotations

import os
from pathlib import Path

import click

from jwt_sast import baseline_file
from jwt_sast.baseline import Baseline, compared, with_new
from jwt_sast.commands.comparison import baseline_at
from jwt_sast.commands.output import to_file, to_stderr
from jwt_sast.commands.scanning import jobs_option, scanned
from jwt_sast.commands.settings import Configure, settings_options
from jwt_sast.commands.status import CLEAN, INCOMPLETE
from jwt_sast.findings import NOT_ANALYSED, Comparison, Report
from jwt_sast.reporters import summary
from jwt_sast.reporters.comparison import lines


@click.command(short_help="Write down the findings that are known.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@click.option("--update", is_flag=True, help="Only drop what is gone and follow what has moved; take nothing new.")
@click.option(
    "--file", type=click.Path(), metavar="FILE", default="", help="The baseline, if it is to be called otherwise."
)
@settings_options
@jobs_option
def baseline(paths: tuple[str, ...], update: bool, file: str, jobs: int | None, configure: Configure) -> int:
    """Write the findings in PATHS, the current folder unless told, into jwt-sast-baseline.json.

    `jwt-sast check --baseline` then shows only what is new. The file is looked for from the current folder upwards, and
    made in it. It holds no line numbers and no text of the source. A "reason" that somebody has added to an entry is
    kept, and so is what lies outside of PATHS.

    Exit status: 0 written, 2 usage or configuration error, 3 written but some file could not be analysed.
    """
    if update:
        before = baseline_at(file)
    else:
        place = file or baseline_file.find(Path.cwd()) or baseline_file.NAME
        before = baseline_file.read(place) if os.path.lexists(place) else Baseline(place)
    named = paths or (".",)
    report = compared(scanned(list(named), configure(named).settings(), jobs=jobs), before)
    assert report.comparison is not None
    known = report.comparison.known if update else with_new(report)
    to_file(before.file, baseline_file.text(before.file, known))
    to_stderr(*_told(report, report.comparison, update))
    return INCOMPLETE if report.errors else CLEAN


def _told(report: Report, comparison: Comparison, update: bool) -> list[str]:
    new = len(summary.active(report))
    kept = sum(known.count for known in comparison.known)
    gone = sum(known.count for known in comparison.stale)
    told = [f"{error.path}:{error.line}: {NOT_ANALYSED} not-analysed: {error.message}" for error in report.errors]
    told += lines(comparison, advice=False)
    told.append(f"{comparison.file}: {kept} kept, {gone} dropped, {new} {'not taken in' if update else 'new'}.")
    return told
