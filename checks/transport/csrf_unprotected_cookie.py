"""JWT406."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.cookies import is_cross_site, lacks
from jwt_sast.tokens.events import TokenCookie
from jwt_sast.tokens.switches import Setting


class CsrfUnprotectedCookie(Check):
    """A cookie that holds a token goes along with requests from other sites, and nothing else is asked for.

    The browser adds the cookie to whatever another site makes it send. If the cookie alone lets its bearer in, that
    site acts in the user's name (cross-site request forgery).

    **Instead** leave the framework's CSRF check for cookies on, and set `samesite="Lax"` or `"Strict"`. Where other
    sites have to call, let them send the token in a header.

    **Silent** where CSRF protection is on, where `SameSite` is left to the framework or the browser and nobody has
    switched a check off, where it is decided as the program runs, and in test code.

    References: CWE-352, CWE-1275.
    """

    code = "JWT406"
    name = "csrf-unprotected-cookie"
    title = "Token cookie that other sites can use"
    severity = Severity.MEDIUM
    cwe = (352, 1275)
    examples = ("bad_flask_none.py", "good_lax.py")

    def visit_TokenCookie(self, event: TokenCookie) -> None:
        """A cookie without CSRF protection."""
        if event.in_test:
            return
        switched_off = lacks(event, event.csrf) if event.csrf.argument is not None else None
        if switched_off is not None and event.csrf.argument is not None:
            self.report(
                event.csrf.argument.place,
                "requests by cookie are let in without a CSRF check: leave the check on",
                confidence=switched_off,
                cause=event.csrf.argument.value.origin,
                trace=[(event.place, "the cookie is set here")],
            )
        elif event.csrf.setting is not Setting.ON and is_cross_site(event.same_site.value):
            self.report(
                event.same_site.place,
                "the cookie with the token goes along with requests from other sites: use SameSite=Lax",
                confidence=Confidence.LOW if event.named else Confidence.MEDIUM,
                cause=event.same_site.value.origin,
                trace=[(event.place, "set here")],
            )
