"""JWT903."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity


class SuppressionWithoutReason(Check):
    """A `# jwt-sast: ignore[...]` comment does not say why the finding may stay.

    Who reads the code later cannot tell a decision from a way out. The comment suppresses all the same.

    **Instead** write the reason behind the bracket: `# jwt-sast: ignore[JWT102] the gateway has verified it`.

    **Silent** unless `require-suppression-reason` is true, and for `# noqa`.
    """

    code = "JWT903"
    name = "suppression-without-reason"
    title = "Suppression comment without a reason"
    severity = Severity.LOW
    options = ("require-suppression-reason",)
    examples = ("bad_bare.py", "good_reason.py")
