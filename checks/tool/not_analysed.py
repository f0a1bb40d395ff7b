"""JWT900."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity


class NotAnalysed(Check):
    """A file could not be read or parsed, or a check failed on it.

    What was not looked at is not clean. The message says why: a syntax error, an unknown encoding, a missing
    permission, input that no parser can take. All other files are analysed, and the exit status is 3 (1 if there are
    findings too).

    **Instead** mend the file, or leave it out of the run.

    **Silent** for files that cannot matter, because they hold no trace of a library that the tool knows.
    """

    code = "JWT900"
    name = "not-analysed"
    title = "File not analysed"
    severity = Severity.HIGH
    examples = ("bad_python_2.py", "good_crlf.py")
