"""JWT205."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Persona, Severity
from jwt_sast.semantics.values import Absent, Known
from jwt_sast.tokens.algorithms import is_asymmetric
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.key_uses import algorithm_names


class AudienceNotPinned(Check):
    """Tokens are verified with a public key, and no audience is asked for.

    Whoever verifies with a public key mostly has tokens from an issuer that signs for others as well. A token without
    `aud`, or one whose audience nobody looks at, may have been meant for any of them.

    **Instead** name the audience: `jwt.decode(token, key, algorithms=["RS256"], audience="https://api.example.com")`.

    **Silent** for HMAC keys, where the code looks at `claims["aud"]` itself or requires it, and where the check is
    switched off, which is JWT201.

    References: CWE-345; RFC 8725 §3.9; ASVS 5.0 V9.2.3.
    """

    code = "JWT205"
    name = "audience-not-pinned"
    title = "No audience asked for"
    severity = Severity.LOW
    persona = Persona.AUDITOR
    cwe = (345,)
    rfc8725 = ("3.9",)
    asvs = ("9.2.3",)
    examples = ("bad_public_key.py", "good_audience_given.py")

    def visit_Verification(self, event: Verification) -> None:
        """A verification with a public key and without an audience."""
        names = algorithm_names(event)
        asked = event.audience
        if not names or not all(map(is_asymmetric, names)) or asked is None or event.check("aud").may_be_off:
            return
        nothing = isinstance(asked.value, Absent) or (isinstance(asked.value, Known) and asked.value.constant is None)
        by_hand = event.claims is not None and "aud" in event.claims.tested
        if nothing and not by_hand and "aud" not in event.required:
            self.report(
                event.place,
                "no audience is asked for, and tokens without `aud` are accepted: name your audience",
                confidence=Confidence.MEDIUM if event.handed_on else Confidence.HIGH,
            )
