"""JWT110."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import UnverifiedRead


class VerificationFailsOpen(Check):
    """A failed verification is caught, and the claims of the same token are used all the same.

    The handler undoes the check: a forged token fails to verify, and is then read without verification. The
    same holds where the claims are read first, and the verification that follows fails without consequence.

    **Instead** let the exception through, or answer 401 in the handler.

    **Silent** where the handler raises, or returns nothing.

    References: CWE-636, CWE-347; RFC 8725 §3.3.
    """

    code = "JWT110"
    name = "verification-fails-open"
    title = "Claims used although the verification failed"
    severity = Severity.CRITICAL
    cwe = (636, 347)
    rfc8725 = ("3.3",)
    asvs = ("9.1.1",)
    examples = ("bad_unverified_in_handler.py", "good_raises_another_error.py")

    def visit_UnverifiedRead(self, event: UnverifiedRead) -> None:
        """Claims read after a verification of the same token may have failed, or used after one that follows."""
        if event.fails_open:
            after = "the token is read unverified after its verification has failed: refuse it instead"
            before = "the claims are used even if the verification that follows fails: refuse them then"
            self.report(
                event.at,
                after if event.after_failure else before,
                confidence=Confidence.HIGH if event.sure else Confidence.MEDIUM,
                cause=event.switched_by,
                trace=[(event.place, "the token is read here")],
            )
