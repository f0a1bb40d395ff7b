"""JWT408."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import Logged


class TokenLogged(Check):
    """A token, or the key that signs tokens, is written into a log or onto the screen.

    Logs are kept for long, copied to other systems, and read by many who may not sign in as somebody else. Whoever
    finds a token there that is still valid can; whoever finds the key can as anybody.

    **Instead** log what tells tokens apart and lets nobody in: the claim `jti` or `sub` of a verified token, or a hash
    of the token.

    **Silent** for claims, for a token that is cut off, masked or hashed, and in test code. Where only a name says that
    a value is a token, the confidence is low.

    References: CWE-532.
    """

    code = "JWT408"
    name = "token-logged"
    title = "Token or key written into a log"
    severity = Severity.MEDIUM
    cwe = (532,)
    examples = ("bad_signed_here.py", "good_masked.py")

    def visit_Logged(self, event: Logged) -> None:
        """A secret in a message."""
        if event.in_test:
            return
        secret = "the key that signs tokens" if event.is_key else "a token"
        written = (
            "logged or printed along with all it came in" if event.within else "written into a log or onto the screen"
        )
        self.report(
            event.what.at or event.what.place,
            f"{secret} is {written}: leave it out",
            confidence=Confidence.LOW if event.named else Confidence.MEDIUM if event.within else Confidence.HIGH,
            cause=event.secret.origin,
            trace=[(event.place, "written here")],
        )
