"""JWT505."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.tokens.events import KeyUsed
from jwt_sast.tokens.key_uses import key_uses


class PrivateKeyInSource(Check):
    """A private key is a literal in the source, and signs tokens.

    Whoever can read the source can sign tokens that everybody who has the public key believes.

    **Instead** keep it in a file or a secrets manager outside of the repository, and replace the one that was
    committed.

    **Silent** for public keys and certificates.

    References: CWE-321; RFC 8725 §3.5.
    """

    code = "JWT505"
    name = "private-key-in-source"
    title = "Private key written into the source"
    severity = Severity.CRITICAL
    cwe = (321,)
    rfc8725 = ("3.5",)
    examples = ("bad_elliptic_curve.py", "good_key_file.py")

    def visit_KeyUsed(self, event: KeyUsed) -> None:
        """A private key that is a literal."""
        for use in key_uses(event):
            if use.private:
                self.report(
                    use.place,
                    "a private key that signs tokens is in the source: replace it by one kept outside",
                    confidence=use.confidence,
                    cause=use.origin,
                    trace=[(event.place, f"the key of {event.function} here")],
                )
