"""JWT901."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity


class UnusedSuppression(Check):
    """A comment suppresses a code that is not found there.

    The defect has been mended, or the comment stands on a line where it has no effect, such as that of a call's last
    bracket. It would hide the next defect of its kind without anybody having looked at that.

    **Instead** delete the comment, or the code in it that the message names, or move it to the line of the finding.

    **Silent** for `# noqa` without a code that begins with `JWT`, for codes that begin with `JWT9`, in files that were
    not analysed or that use no library that the tool knows, and in flake8: it sees one file at a time, and cannot tell
    what another file makes of this one.
    """

    code = "JWT901"
    name = "unused-suppression"
    title = "Suppression comment that suppresses nothing"
    severity = Severity.LOW
    examples = ("bad_mended.py", "good_on_the_finding.py")
