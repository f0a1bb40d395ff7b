"""JWT302."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import Verification


class ExpUnverified(Check):
    """Tokens are accepted after they have expired.

    The check of `exp` is switched off, or it waits for a second call that never comes, and nothing else compares the
    claim with the clock: a token that leaked once works for ever.

    **Instead** leave the check on, and call what the library wants called: `claims.validate()` in Authlib,
    `JWTClaimsRegistry().validate(token.claims)` in joserfc. Where clocks differ, allow for it: `leeway=30`.

    **Silent** where the code compares `claims["exp"]` itself, where it requires the claim, does not let the library
    check it, and hands the claims on, where code that cannot be seen is given the claims and may make that second call,
    and where such a call is missing in test code.

    References: CWE-613; ASVS 5.0 V9.2.1.
    """

    code = "JWT302"
    name = "exp-unverified"
    title = "Expired tokens accepted"
    severity = Severity.HIGH
    cwe = (613,)
    asvs = ("9.2.1",)
    examples = ("bad_option_off.py", "good_expired_is_refused.py")

    def visit_Verification(self, event: Verification) -> None:
        """A verification without a look at `exp`."""
        off = event.unchecked("exp")
        # Who insists on a claim that the library shall not look at looks at it himself, further on.
        if off is None or (event.handed_on and "exp" in event.required):
            return
        # Tests look into tokens that they have just made.
        if event.late is not None and event.in_test:
            return
        if event.late is None:
            message = "the expiry is not checked, and expired tokens are accepted: leave the check on"
        else:
            message = f"the expiry is not checked until `{event.late.call}` is called: call it"
        self.report(
            event.place if off.argument is None else off.argument.place,
            message,
            confidence=Confidence.HIGH if off.is_off and not event.handed_on else Confidence.MEDIUM,
            cause=None if off.argument is None else off.argument.value.origin,
            trace=[(event.place, "verified here")],
        )
