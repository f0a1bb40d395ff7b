"""The formats a report can be shown in: each module here has a pure `render(report, out, appearance)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TextIO

from jwt_sast.findings import Report
from jwt_sast.reporters.appearance import Appearance


@dataclass(frozen=True, slots=True)
class Reporter:
    """One format. Its module is loaded when it is used, so that no format pays for another's imports."""

    module: str
    excerpts: bool = False
    """Whether it shows source lines, which the scanner then has to collect."""
    line_hashes: bool = False
    """Whether it needs `Report.line_hashes`."""
    moment: bool = False
    """Whether it needs `Report.moment`."""

    def render(self, report: Report, out: TextIO, appearance: Appearance) -> Sequence[str]:
        """Writes the whole of `report` to `out`; changes neither and reads nothing else.

        Returns what the user has to be told of what the format had no room for.
        """
        return import_module(self.module).render(report, out, appearance) or ()


REPORTERS: Mapping[str, Reporter] = {
    "text": Reporter("jwt_sast.reporters.text", excerpts=True),
    "json": Reporter("jwt_sast.reporters.json"),
    "sarif": Reporter("jwt_sast.reporters.sarif", line_hashes=True),
    "github": Reporter("jwt_sast.reporters.github"),
    "concise": Reporter("jwt_sast.reporters.concise"),
    "gitlab": Reporter("jwt_sast.reporters.gitlab"),
    "gitlab-sast": Reporter("jwt_sast.reporters.gitlab_sast", moment=True),
    "junit": Reporter("jwt_sast.reporters.junit"),
    "markdown": Reporter("jwt_sast.reporters.markdown"),
}
