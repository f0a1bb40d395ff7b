"""JWT201."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Value, alternatives
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.reading import is_picked_by, is_taken_from


class AudienceUnverified(Check):
    """The check of the audience is switched off.

    A token says for whom it was made. Where nobody looks, a token that the same issuer made for another service opens
    this one as well. So it does where the audience that is asked for is the one that the token itself names.

    **Instead** name your audience: `jwt.decode(token, key, algorithms=[…], audience="https://api.example.com")`.

    **Silent** where the code compares `claims["aud"]` itself, or looks it up among those that it knows.

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
        audience, off = event.audience, event.unchecked("aud")
        if audience is not None and _is_the_tokens_own(event, audience.value):
            self.report(
                audience.place,
                "the audience is the one that the token itself names, and any is accepted: name yours",
                cause=audience.value.origin,
                trace=[(event.place, "verified here")],
            )
        if off is not None and off.argument is not None:
            self.report(
                off.argument.place,
                "the audience is not checked, and tokens for other services are accepted: name yours",
                confidence=Confidence.HIGH if off.is_off and not event.handed_on else Confidence.MEDIUM,
                cause=off.argument.value.origin,
                trace=[(event.place, "verified here")],
            )


def _is_the_tokens_own(event: Verification, audience: Value) -> bool:
    """Whether the audience is the one that the token names. One by which the key is found has a key of its own."""
    keys = alternatives(event.key.value)
    return is_taken_from(audience, event.token.value, "aud") and not any(is_picked_by(key, "aud") for key in keys)
