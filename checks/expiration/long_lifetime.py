"""JWT303."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens import claims, lifetimes
from jwt_sast.tokens.events import Lifetime, Signing, TokenKind

_DAY = 24 * 60 * 60


class LongLifetime(Check):
    """A token lives longer than the limit: 30 days, or 180 days for a refresh token.

    The longer a token lives, the longer a stolen one works.

    **Instead** sign short-lived access tokens, and renew them with a refresh token that can be revoked. The limits are
    the settings `max-lifetime` and `max-refresh-lifetime`.

    **Silent** where the lifetime is not known, and in test code.

    References: CWE-613.
    """

    code = "JWT303"
    name = "long-lifetime"
    title = "Token that lives too long"
    severity = Severity.MEDIUM
    cwe = (613,)
    options = ("max-lifetime", "max-refresh-lifetime")
    examples = ("bad_flask_setting.py", "good_flask_setting.py")

    def visit_Signing(self, event: Signing) -> None:
        """An expiry further away than the limit."""
        refresh = claims.is_refresh(event.claims.value) or claims.REFRESH in event.context.lower()
        limit = self._limit(refresh)
        for instant in () if event.in_test else claims.instants(event.claims.value, "exp"):
            if instant.offset is not None and instant.offset > limit:
                self.report(
                    event.claims.place,
                    _message(instant.offset, limit),
                    cause=instant.origin,
                    trace=[(event.place, "signed here")],
                )

    def visit_Lifetime(self, event: Lifetime) -> None:
        """A lifetime above the limit."""
        limit = self._limit(event.kind is TokenKind.REFRESH)
        for option, seconds in () if event.in_test else lifetimes.lengths(event.lifetime.value):
            if seconds > limit:
                self.report(
                    event.lifetime.place,
                    _message(seconds, limit),
                    confidence=Confidence.HIGH if lifetimes.is_certain(event.lifetime.value) else Confidence.MEDIUM,
                    cause=option.origin,
                    trace=[(event.place, f"set for {event.function} here")],
                )

    def _limit(self, refresh: bool) -> int:
        return self.settings.max_refresh_lifetime if refresh else self.settings.max_lifetime


def _message(seconds: float, limit: int) -> str:
    return f"the token lives for {round(seconds / _DAY)} days (limit: {round(limit / _DAY)}): let it expire sooner"
