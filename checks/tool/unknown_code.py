"""JWT902."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity


class UnknownCode(Check):
    """A suppression comment names a code that does not exist, or none.

    Such a comment suppresses nothing, although it looks as if it did. `# noqa` compares letter case too, so that
    `# noqa: jwt501` is one.

    **Instead** write the code, or the check's name in a `# jwt-sast: ignore[...]` comment, that the message suggests. A
    code that does not exist in the settings is an error, which ends the run.

    **Silent** for codes in a `# noqa` comment that do not begin with `JWT`: they belong to other plugins.
    """

    code = "JWT902"
    name = "unknown-code"
    title = "Suppression comment with an unknown code"
    severity = Severity.LOW
    examples = ("bad_no_such_code.py", "good_code.py")
