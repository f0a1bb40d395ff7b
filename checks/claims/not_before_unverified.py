"""JWT207."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import Verification

_CONSEQUENCES = {
    "nbf": "`nbf` is not checked, and tokens are accepted before their time: leave the check on",
    "iat": "`iat` is not checked, and tokens of the future are accepted: leave the check on",
}


class NotBeforeUnverified(Check):
    """The check of `nbf` or `iat` is switched off, although the library has one.

    A token that is made for later, an embargo or a shift that has yet to begin, works at once. A token from the future
    is a sign of a forged or misconfigured issuer.

    **Instead** leave the checks on. Where clocks differ, allow for it: `leeway=30`.

    **Silent** where the code looks at the claim itself, where the library does not check it anyway, and where the check
    of the expiry is switched off too: that is JWT302, and who takes all times upon himself need not be told of each. Of
    **low** confidence for `iat`, which the standard does not ask anybody to compare with the clock.

    References: CWE-345; RFC 7519 §4.1.5, §4.1.6; ASVS 5.0 V9.2.1.
    """

    code = "JWT207"
    name = "not-before-unverified"
    title = "Tokens accepted before their time"
    severity = Severity.LOW
    cwe = (345,)
    asvs = ("9.2.1",)
    examples = ("bad_literal_option.py", "good_default.py")

    def visit_Verification(self, event: Verification) -> None:
        """A verification without a look at `nbf` or `iat`."""
        for claim, consequence in _CONSEQUENCES.items():
            off = event.unchecked(claim)
            if off is None or off.argument is None or event.check("exp").may_be_off:
                continue
            sure = Confidence.HIGH if off.is_off and not event.handed_on else Confidence.MEDIUM
            self.report(
                off.argument.place,
                consequence,
                confidence=Confidence.LOW if claim == "iat" else sure,
                cause=off.argument.value.origin,
                trace=[(event.place, "verified here")],
            )
