"""JWT203."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import Signing
from jwt_sast.tokens.sensitive import sensitive_claims


class SensitiveClaim(Check):
    """A password, a secret, an API key or the number of a card is put into a token.

    The claims of a signed token are base64, not encryption: whoever holds the token reads them, and so does every log
    and browser that it passes through. A password hash can be attacked at leisure.

    **Instead** put an identifier into the token, and look the rest up where it is needed. What has to travel belongs
    into an encrypted token (JWE).

    **Silent** for flags such as `"password": True`, for `None`, in test code, and where the token is encrypted. The
    setting `sensitive-claims` adds names. Of **medium** confidence where the claim has another name and its value is
    taken from something of such a name, and where it is there on some path only.

    References: CWE-522, CWE-312.
    """

    code = "JWT203"
    name = "sensitive-claim"
    title = "Secret in the claims"
    severity = Severity.HIGH
    cwe = (522, 312)
    options = ("sensitive-claims",)
    examples = ("bad_whole_record.py", "good_taken_out.py")

    def visit_Signing(self, event: Signing) -> None:
        """Claims of which one is a secret."""
        for claim in () if event.in_test else sensitive_claims(event.claims.value, self.settings.sensitive_claims):
            source = f", which holds `{claim.source}`" if claim.source else ""
            self.report(
                event.claims.place,
                f"everybody can read the claim `{'.'.join(claim.path)}`{source}: leave it out of the token",
                confidence=Confidence.HIGH if claim.always and not claim.source else Confidence.MEDIUM,
                cause=claim.value.origin,
                trace=[(event.place, "signed here")],
            )
