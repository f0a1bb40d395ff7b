"""JWT308."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Persona, Severity
from jwt_sast.tokens.events import RefreshPolicy
from jwt_sast.tokens.switches import UNKNOWN


class RefreshNotRotated(Check):
    """Refresh tokens can be used again and again, and nobody can take them back.

    Who has stolen one gets access tokens until it expires, for weeks, and neither signing out nor a new password stops
    him. To rotate tokens is no help by itself: the one that was used stays as good as the new one, so that the thief
    gets new ones without an end.

    **Instead** give a new refresh token for each one that is used, and refuse the old one from then on:
    `ROTATE_REFRESH_TOKENS` and `BLACKLIST_AFTER_ROTATION` along with the application `token_blacklist`, or a
    `token_in_blocklist_loader` that looks the token's `jti` up.

    **Silent** where the framework offers no list of revoked tokens, where the project has one or refreshes tokens by
    code of its own, where nothing says that there are refresh tokens, and in test code. Of **medium** confidence where
    the project's own views may refuse the old ones.

    References: CWE-613; RFC 9700 §4.14.
    """

    code = "JWT308"
    name = "refresh-not-rotated"
    title = "Refresh tokens that cannot be taken back"
    severity = Severity.LOW
    persona = Persona.AUDITOR
    cwe = (613,)
    examples = ("django/bad_simplejwt_default.py", "django/good_simplejwt_rotated.py")

    def visit_RefreshPolicy(self, event: RefreshPolicy) -> None:
        """A framework that has no list of revoked tokens."""
        if not event.revocable.is_off or event.in_test:
            return
        which = "neither rotated nor revocable" if event.rotated.is_off else "not revocable"
        self.report(
            event.at,
            f"refresh tokens are {which}: keep a list of those to refuse",
            confidence=Confidence.MEDIUM if event.rotated is UNKNOWN else Confidence.HIGH,
        )
