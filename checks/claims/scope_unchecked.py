"""JWT209."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Persona, Severity
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.surroundings import is_statement


class ScopeUnchecked(Check):
    """A token is verified, and nobody looks at what it says: every valid token will do.

    Who may come in is then decided by the issuer alone. A token of any user, for any purpose, opens everything.

    **Instead** look at who it is and what he may do: `claims["sub"]`, `claims["scope"]`.

    **Silent** where the claims are used in any way.

    References: CWE-862.
    """

    code = "JWT209"
    name = "scope-unchecked"
    title = "Claims never read"
    severity = Severity.LOW
    persona = Persona.AUDITOR
    cwe = (862,)
    examples = ("bad_only_verified.py", "good_role_tested.py")

    def visit_Verification(self, event: Verification) -> None:
        """A verification whose claims nobody takes."""
        if event.claims is not None and not event.claims.used and is_statement(event.place):
            self.report(
                event.place,
                "the token is verified and its claims are never read: check whose it is, and for what",
                confidence=Confidence.MEDIUM,
            )
