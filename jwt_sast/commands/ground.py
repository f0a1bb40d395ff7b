"""What reports for a repository's host need to know beyond the findings: where it begins, the lines' hashes, a time."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

import click

from jwt_sast.findings import Report
from jwt_sast.paths import printable, shown, slashed
from jwt_sast.reporters import summary

EPOCH = "SOURCE_DATE_EPOCH"
_LAST = 253_402_300_799
"""The end of the year 9999, behind which a year has five digits."""


def moment(environ: Mapping[str, str]) -> int:
    """The seconds since 1970 to give as the time of the run: those of SOURCE_DATE_EPOCH, or else 0; never the clock's.

    https://reproducible-builds.org/specs/source-date-epoch/ has the variable. Raises UsageError where it is no number
    of seconds up to the year 9999.
    """
    text = environ.get(EPOCH, "0")
    if not re.fullmatch("[0-9]{1,12}", text) or int(text) > _LAST:
        raise click.UsageError(f"{EPOCH} is not a number of seconds since 1970: {text!r}")
    return int(text)


def grounded(report: Report, given: Mapping[str, bytes], line_hashes: bool) -> Report:
    """`report` with its folder and repository and, if asked for, the hashes of the lines that findings are on.

    `given` are contents, by path as the user gave it, of files that are not read from the disk. A file that cannot be
    read has no hashes.
    """
    from jwt_sast.gitignore import repository_of

    folder = os.path.realpath(os.getcwd())
    root = repository_of(folder) or folder
    named = {printable(shown(path, folder)): data for path, data in given.items()}
    hashes = dict(_hashes(report, named)) if line_hashes else {}
    return replace(report, folder=slashed(folder), repository=slashed(root), line_hashes=hashes)


def _hashes(report: Report, given: Mapping[str, bytes]) -> Iterator[tuple[tuple[str, int], str]]:
    from jwt_sast.reporters.line_hashes import line_hashes

    lines: defaultdict[str, set[int]] = defaultdict(set)
    for finding in summary.active(report):
        lines[finding.location.path].add(finding.location.line)
    for path, wanted in lines.items():
        with suppress(OSError):
            # As the upload action reads it, whatever encoding the file declares.
            found = line_hashes(_read(path, given).decode("utf-8", "replace"))
            yield from (((path, line), found[line - 1]) for line in sorted(wanted) if line <= len(found))


def _read(path: str, given: Mapping[str, bytes]) -> bytes:
    if path in given:
        return given[path]
    with open(path, "rb") as file:
        return file.read()
