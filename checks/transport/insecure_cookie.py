"""JWT404."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.tokens.cookies import lacks, origin_of
from jwt_sast.tokens.events import TokenCookie


class InsecureCookie(Check):
    """A cookie that holds a token is not marked `Secure`.

    The browser sends such a cookie over plain HTTP as well. One link to `http://` of the same host, which anybody on
    the network can slip into a page, is enough to see the token on its way.

    **Instead** set `secure=True`; browsers take it for `localhost` without TLS, too.

    **Silent** where it is decided as the program runs, by the scheme of the request or a setting without a known
    default, where nothing shows that the cookie holds a token, where it is deleted, and in test code.

    References: CWE-614; RFC 6265 §4.1.2.5.
    """

    code = "JWT404"
    name = "insecure-cookie"
    title = "Token cookie without Secure"
    severity = Severity.MEDIUM
    cwe = (614,)
    examples = ("bad_header.py", "good_header.py")

    def visit_TokenCookie(self, event: TokenCookie) -> None:
        """A cookie without Secure."""
        confidence = None if event.in_test else lacks(event, event.secure)
        if confidence is not None:
            argument = event.secure.argument
            remedy = f"set `{event.setting}`" if argument is None and event.setting else "make it Secure"
            self.report(
                event.place if argument is None else argument.place,
                f"the cookie with the token is sent over plain HTTP too: {remedy}",
                confidence=confidence,
                cause=origin_of(event.secure),
                trace=[(event.place, "set here")],
            )
