"""JWT307."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens import lifetimes
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.keys import possible


class LargeLeeway(Check):
    """Tokens are accepted long after they have expired, because the leeway is large.

    A leeway makes up for clocks that differ by seconds. One of hours is a longer lifetime in disguise, which whoever
    reads the issuer's settings does not see.

    **Instead** allow for a minute at most: `leeway=30`. The limit is the setting `max-leeway`, five minutes by default.

    **Silent** where the leeway is not known, and in test code.

    References: CWE-613; RFC 7519 §4.1.4; ASVS 5.0 V9.2.1.
    """

    code = "JWT307"
    name = "large-leeway"
    title = "Expired tokens accepted for long"
    severity = Severity.LOW
    cwe = (613,)
    asvs = ("9.2.1",)
    options = ("max-leeway",)
    examples = ("bad_a_day.py", "good_timedelta.py")

    def visit_Verification(self, event: Verification) -> None:
        """A leeway above the limit."""
        if event.leeway is None or event.in_test:
            return
        certain = len(list(possible(event.leeway.value))) == 1
        for option, seconds in lifetimes.lengths(event.leeway.value):
            if seconds > self.settings.max_leeway:
                self.report(
                    event.leeway.place,
                    f"expired tokens are accepted for {_spelled(seconds)} more "
                    f"(limit: {_spelled(self.settings.max_leeway)}): lower the leeway",
                    confidence=Confidence.HIGH if certain else Confidence.MEDIUM,
                    cause=option.origin,
                    trace=[(event.place, "verified here")],
                )


def _spelled(seconds: float) -> str:
    minutes = seconds / 60
    return f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"
