"""One source in, findings out."""

from __future__ import annotations

from jwt_sast.config import Settings
from jwt_sast.findings import FileReport


class Analyzer:
    """Analyses files under fixed settings; made once per process and used for many files."""

    def __init__(self, settings: Settings, *, excerpts: bool = False) -> None:
        self.settings = settings
        self.excerpts = excerpts

    def analyze(self, path: str, source: bytes | str) -> FileReport:
        """Everything that is wrong in one file; never raises for what the file holds.

        `path` is what findings will say; where it names a file on disk, neighbouring modules are found from there.
        """
        return FileReport(path)
