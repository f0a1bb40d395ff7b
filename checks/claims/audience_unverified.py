"""JWT201."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import Verification


class AudienceUnverified(Check):
    """The check of the audience is switched off.

    A token says for whom it was made. Where nobody looks, a token that the same issuer made for another service opens
    this one as well.

    **Instead** name your audience: `jwt.decode(token, key, algorithms=[…], audience="https://api.example.com")`.

    **Silent** where the code compares `claims["aud"]` itself.

    References: CWE-345; RFC 8725 §3.9; ASVS 5.0 V9.2.3.
    """

    code = "JWT201"
    name = "audience-unverified"
    title = "Audience check switched off"
    severity = Severity.MEDIUM
    cwe = (345,)
    rfc8725 = ("3.9",)
    asvs = ("9.2.3",)
    examples = ("bad_literal_option.py", "good_audience_given.py")

    def visit_Verification(self, event: Verification) -> None:
        """A verification without a look at `aud`."""
        off = event.unchecked("aud")
        if off is None or off.argument is None:
            return
        self.report(
            off.argument.place,
            "the audience is not checked, and tokens for other services are accepted: name yours",
            confidence=Confidence.HIGH if off.is_off and not event.handed_on else Confidence.MEDIUM,
            cause=off.argument.value.origin,
            trace=[(event.place, "verified here")],
        )
