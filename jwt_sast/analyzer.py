"""One source in, findings out. Both skins call this and nothing else.

What analysis needs is imported when the first file needs it: most runs meet mostly files that the gate turns away.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from jwt_sast.config import Settings
from jwt_sast.failures import crashed
from jwt_sast.findings import FileReport
from jwt_sast.scope import Scope
from jwt_sast.syntax.gate import Gate
from jwt_sast.tokens.written_tokens import may_hold_token

if TYPE_CHECKING:
    from jwt_sast.examination import Examiner


class Analyzer:
    """Analyses files under fixed settings; made once per process and used for many files.

    With `excerpts` a report also holds the masked source lines that a code frame shows.
    """

    def __init__(self, settings: Settings, *, excerpts: bool = False, scope: Scope | None = None) -> None:
        self.settings = settings
        self.scope = scope or Scope()
        self.excerpts = excerpts

    def within(self, scope: Scope) -> Analyzer:
        """One with the same settings that looks at other things besides the one file."""
        return Analyzer(self.settings, excerpts=self.excerpts, scope=scope)

    @cached_property
    def _gate(self) -> Gate:
        from jwt_sast.libraries.tables import tables_of

        return tables_of(self.settings.wrappers).gate

    @cached_property
    def _examiner(self) -> Examiner:
        from jwt_sast.examination import Examiner

        return Examiner(self.settings, self._gate.lets_pass, self.scope, self.excerpts)

    def matters(self, data: bytes) -> bool:
        """Whether a file with these bytes can hold anything that a check would report."""
        return self._gate.lets_pass(data) or may_hold_token(data)

    @cached_property
    def _sought(self) -> re.Pattern[bytes]:
        return re.compile(rb"\b(?:%s)\b" % b"|".join(re.escape(name.encode()) for name in sorted(self.scope.sought)))

    def sought_in(self, data: bytes) -> frozenset[str]:
        """What of that which is sought a file with these bytes mentions, and may call."""
        return frozenset(word.decode() for word in self._sought.findall(data)) if self.scope.sought else frozenset()

    def analyze(self, path: str, source: bytes | str) -> FileReport:
        """Everything that is wrong in one file, whatever the settings show of it; never raises for what a file holds.

        `path` is what findings will say; where it names a file on disk, the project's declared versions are found from
        there. Raises ConfigError where the installed checks cannot be used together.
        """
        data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
        if not self.matters(data) and not self.sought_in(data):
            return FileReport(path)
        examiner = self._examiner
        try:
            return examiner.examine(path, source)
        except Exception as error:  # a defect of ours must cost one file and be seen
            return FileReport(path, errors=[crashed(path, error)])
