"""The door for flake8.

flake8 gives up on all files when a plugin raises, so nothing raised here gets out. It also imports every plugin for
every run, so nothing heavy is imported before a file needs it: neither click nor rich at all, nor LibCST for a file
that the gate turns away.
"""

from __future__ import annotations

import argparse
import ast
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jwt_sast._version import __version__
from jwt_sast.analyzer import Analyzer
from jwt_sast.config import SETTINGS, ConfigError, Layer, Settings, configuration
from jwt_sast.config.kinds import Switch, Table
from jwt_sast.failures import crashed
from jwt_sast.findings import NOT_ANALYSED, Finding, Location
from jwt_sast.suppressions import Suppressions, holds_comments

if TYPE_CHECKING:
    from flake8.options.manager import OptionManager

Message = tuple[int, int, str, type["Plugin"]]
"""What flake8 wants: a line from 1, a column from 0, a text that starts with the code, and who says it."""

_PREFIX = "--jwt-"

_OPTIONS = {name: one for name, one in SETTINGS.items() if not isinstance(one.kind, Table)}
"""Tables cannot be written in flake8's own configuration; `[tool.jwt-sast]` has them for this door as well."""


class Plugin:
    """Checks one file. flake8 fills the parameters of the constructor by their names.

    `tree` goes unused, but asking for it makes flake8 parse the file first, and keep from us what Python refuses.
    """

    name = "jwt-sast"
    version = __version__

    def __init__(self, tree: ast.AST, lines: Sequence[str], filename: str, options: argparse.Namespace) -> None:
        self._lines = lines
        self._filename = filename
        self._options = options

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Declares `--jwt-...`; an option that is not given leaves `[tool.jwt-sast]` in force."""
        for name, one in _OPTIONS.items():
            if isinstance(one.kind, Switch):
                manager.add_option(
                    _PREFIX + name, action="store_true", default=None, parse_from_config=True, help=one.help
                )
            else:
                manager.add_option(
                    _PREFIX + name,
                    metavar=one.kind.metavar,
                    parse_from_config=True,
                    comma_separated_list=one.kind.several,
                    help=one.help,
                )

    def run(self) -> Iterator[Message]:
        """One message per finding, and one with JWT900 for whatever keeps the file from being analysed."""
        try:
            messages = list(self._messages())
        except ConfigError as error:
            messages = [(1, 0, f"{NOT_ANALYSED} not analysed: {error}")]
        except Exception as error:
            messages = [(1, 0, f"{NOT_ANALYSED} not analysed: {crashed(self._filename, error).message}")]
        for line, column, text in messages:
            # flake8 prints a line break as it comes, and what reads its output would trip over the second half.
            yield line, column, " ".join(text.split()), type(self)

    def _messages(self) -> Iterator[tuple[int, int, str]]:
        analyzer = _analyzer_for(os.path.dirname(self._filename), _given(self._options))
        text = "".join(self._lines)
        report = analyzer.analyze(self._filename, text)
        for error in report.errors:
            yield error.line, error.column - 1, f"{NOT_ANALYSED} not analysed: {error.message}"
        quiet = self._suppressions(text)
        for finding in (*report.findings, *(quiet.mistakes(analyzer.settings) if quiet else ())):
            place = _place(finding, self._filename)
            if analyzer.settings.wants(finding) and not (quiet and quiet.own_hide(finding.code, place.line)):
                yield place.line, place.column - 1, f"{finding.code} {finding.message}"

    def _suppressions(self, text: str) -> Suppressions | None:
        """The comments of the file, of which flake8 itself sees to `# noqa`; None where none can matter.

        Which of them are unused is not for this door to say: other files may need them.
        """
        raw = text.encode("utf-8", "surrogatepass")
        if getattr(self._options, "disable_noqa", False) or not holds_comments(raw):
            return None
        return Suppressions.of(self._filename, text)


_Given = tuple[tuple[str, tuple[str, ...] | bool | None], ...]


def _given(options: argparse.Namespace) -> _Given:
    """The options by the names of the settings, in a form that can be a key."""
    values = {name: getattr(options, f"jwt_{one.field}", None) for name, one in _OPTIONS.items()}
    return tuple((name, _words(value)) for name, value in values.items())


def _words(value: str | list[str] | bool | None) -> tuple[str, ...] | bool | None:
    if value is None or isinstance(value, bool):
        return value
    return tuple(value) if isinstance(value, list) else (value,)


@cache
def _analyzer_for(folder: str, given: _Given) -> Analyzer:
    """The analyzer for files in `folder`; raises ConfigError."""
    return _analyzer(configuration(Path(folder), Layer.of_options(dict(given), _PREFIX)).settings())


@cache
def _analyzer(settings: Settings) -> Analyzer:
    """One per settings, not per folder: it keeps what it learns of a project."""
    return Analyzer(settings)


def _place(finding: Finding, filename: str) -> Location:
    """Where to report `finding` in the file that flake8 is at: where it lies, or else where its trace comes through."""
    places = (finding.location, *(step.location for step in finding.trace))
    return next((place for place in places if place.path == filename), Location(filename, 1, 1, 1, 1))
