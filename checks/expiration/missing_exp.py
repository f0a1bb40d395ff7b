"""JWT301."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Presence
from jwt_sast.tokens import claims
from jwt_sast.tokens.events import Signing


class MissingExp(Check):
    """A token is signed whose claims have no `exp`, so it is valid for ever.

    A token cannot be called back. One that leaks from a log, a browser or a backup opens the door as long as the key
    lives.

    **Instead** say when it ends: `{"sub": user_id, "exp": datetime.now(timezone.utc) + timedelta(minutes=15)}`.

    **Silent** where the claims may hold an `exp` that cannot be seen here, and where the library adds one, and in test
    code. Of **medium** confidence where only some path lacks it; the trace shows which.

    References: CWE-613; ASVS 5.0 V9.2.1.
    """

    code = "JWT301"
    name = "missing-exp"
    title = "Token that never expires"
    severity = Severity.HIGH
    cwe = (613,)
    asvs = ("9.2.1",)
    examples = ("bad_literal_claims.py", "good_both_branches.py")

    def visit_Signing(self, event: Signing) -> None:
        """Claims that provably lack `exp`."""
        if event.lifetime is not None or event.in_test:
            return
        there = claims.presence(event.claims.value, "exp")
        if there is Presence.NEVER:
            message, confidence = "the token never expires: give its claims an `exp`", Confidence.HIGH
        elif there is Presence.SOMETIMES:
            message = "the token never expires on some path: set its `exp` unconditionally"
            confidence = Confidence.MEDIUM
        else:
            return
        self.report(
            event.claims.place,
            message,
            confidence=confidence,
            cause=claims.lacking(event.claims.value, "exp"),
            trace=[
                *((step.place, "without `exp` from here") for step in claims.missing(event.claims.value, "exp")),
                (event.place, "signed here"),
            ],
        )
