"""JWT405."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.tokens.cookies import lacks, origin_of
from jwt_sast.tokens.events import TokenCookie


class ScriptReadableCookie(Check):
    """A cookie that holds a token is not marked `HttpOnly`.

    Any script of the page can read such a cookie. One that an attacker gets into the page, by a comment that is not
    escaped or by a package of the front end, sends the token to him, and he goes on from his own machine.

    **Instead** set `httponly=True`; what the front end has to know of the user goes into a cookie of its own, or into
    an answer of the server.

    **Silent** for CSRF cookies, which scripts have to read; where it is decided as the program runs, where nothing
    shows that the cookie holds a token, where it is deleted, and in test code.

    References: CWE-1004; RFC 6265 §4.1.2.6.
    """

    code = "JWT405"
    name = "script-readable-cookie"
    title = "Token cookie without HttpOnly"
    severity = Severity.MEDIUM
    cwe = (1004,)
    examples = ("bad_flask_login.py", "good_http_only.py")

    def visit_TokenCookie(self, event: TokenCookie) -> None:
        """A cookie without HttpOnly."""
        confidence = None if event.in_test else lacks(event, event.http_only)
        if confidence is not None:
            argument = event.http_only.argument
            self.report(
                event.place if argument is None else argument.place,
                "any script of the page can read the cookie with the token: make it HttpOnly",
                confidence=confidence,
                cause=origin_of(event.http_only),
                trace=[(event.place, "set here")],
            )
