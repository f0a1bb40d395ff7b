"""JWT306."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.semantics.values import Form
from jwt_sast.tokens import claims
from jwt_sast.tokens.events import Signing


class ExpInMilliseconds(Check):
    """The expiry is counted in milliseconds, so it lies some fifty thousand years ahead.

    `exp` is in seconds since 1970 (RFC 7519 §2, NumericDate). A count in milliseconds is a valid date far away, and no
    library objects.

    **Instead** count seconds: `int(time.time()) + 3600`.

    **Silent** where the number is divided by 1000 again, and in test code.

    References: CWE-613; RFC 7519 §4.1.4.
    """

    code = "JWT306"
    name = "exp-in-milliseconds"
    title = "Expiry in milliseconds"
    severity = Severity.HIGH
    cwe = (613,)
    examples = ("bad_nanosecond_clock.py", "good_nanoseconds_to_seconds.py")

    def visit_Signing(self, event: Signing) -> None:
        """An expiry a thousand times too large."""
        for instant in () if event.in_test else claims.instants(event.claims.value, "exp"):
            if instant.form is Form.MILLISECONDS:
                self.report(
                    event.claims.place,
                    "`exp` is in milliseconds, and the token outlives everybody: give it in seconds",
                    cause=instant.origin,
                    trace=[(event.place, "signed here")],
                )
