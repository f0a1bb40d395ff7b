"""JWT206."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Persona, Severity
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.switches import Setting


class ClaimsNotRequired(Check):
    """The expiry is only checked if the token has one, and nothing requires it.

    Libraries check `exp` where it is there. A token that was signed without it, by a forgotten script or an older
    release of the issuer, is valid for ever.

    **Instead** require it: `options={"require": ["exp"]}`.

    **Silent** where the library requires the claim itself, where the code looks at it, where the check is switched off
    (JWT302), and where the options are not known.

    References: CWE-345; RFC 8725 §3.8; ASVS 5.0 V9.2.1.
    """

    code = "JWT206"
    name = "claims-not-required"
    title = "Expiry checked but not required"
    severity = Severity.LOW
    persona = Persona.AUDITOR
    cwe = (345,)
    rfc8725 = ("3.8",)
    asvs = ("9.2.1",)
    examples = ("bad_defaults.py", "good_required.py")

    def visit_Verification(self, event: Verification) -> None:
        """A verification that takes a token without `exp`."""
        checked = event.checks.get("exp")
        by_hand = event.claims is not None and "exp" in event.claims.tested
        if checked is None or checked.setting is not Setting.ON or "exp" in event.required or by_hand:
            return
        self.report(
            event.place,
            "a token without `exp` is accepted and never expires: require the claim",
            confidence=Confidence.MEDIUM if event.handed_on else Confidence.HIGH,
        )
