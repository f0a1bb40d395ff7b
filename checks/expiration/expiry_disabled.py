"""JWT304."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import Lifetime
from jwt_sast.tokens.lifetimes import is_certain, never


class ExpiryDisabled(Check):
    """A framework is told to make tokens that never expire.

    Such a token works for whoever has got hold of it, for as long as the key is in use: after the password has been
    changed, after the user has been deleted, years after the backup was lost that it stood in.

    **Instead** give access tokens minutes, and let a refresh token renew them that can be revoked.

    **Silent** where the lifetime is not known, and in test code.

    References: CWE-613; ASVS 5.0 9.2.1.
    """

    code = "JWT304"
    name = "expiry-disabled"
    title = "Expiry switched off"
    severity = Severity.HIGH
    cwe = (613,)
    asvs = ("9.2.1",)
    examples = ("bad_none.py", "good_setting.py")

    def visit_Lifetime(self, event: Lifetime) -> None:
        """A lifetime without an end."""
        value = event.lifetime.value
        for option in never(value) if not event.in_test else ():
            self.report(
                event.lifetime.place,
                f"{event.kind.value} tokens never expire, as their lifetime is switched off: set one",
                confidence=Confidence.HIGH if is_certain(value) else Confidence.MEDIUM,
                cause=option.origin,
                trace=[(event.place, f"set for {event.function} here")],
            )
