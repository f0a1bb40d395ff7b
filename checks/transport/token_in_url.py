"""JWT402."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import TokenInUrl


class TokenPutIntoUrl(Check):
    """A token is put into the query or the path of a URL, or a framework is told to take it from there.

    URLs are written down wherever they pass: in the logs of servers and proxies, in the browser's history, in the
    `Referer` header of the next request, also where the connection is encrypted. Whoever reads one has the token
    (RFC 6750 §2.3 and RFC 9700 §4.3.2 advise against it).

    **Instead** send it in the header: `headers={"Authorization": f"Bearer {token}"}`. To hand one to a browser, set a
    cookie, or redirect with a code that can be used once.

    **Silent** where nothing shows that what is put in is a token, for what stands behind `#`, and in test code. Where
    only names say so, the confidence is low.

    References: CWE-598; RFC 6750 §5.3.
    """

    code = "JWT402"
    name = "token-in-url"
    title = "Token in a URL"
    severity = Severity.MEDIUM
    cwe = (598,)
    examples = ("bad_parameters.py", "good_header.py")

    def visit_TokenInUrl(self, event: TokenInUrl) -> None:
        """A URL with a token in it."""
        if event.in_test:
            return
        what = "tokens are taken from the query of a URL" if event.accepted else "a token is put into a URL"
        self.report(
            event.carrier.place,
            f"{what}, which logs and histories keep: use a header instead",
            confidence=Confidence.LOW if event.named else Confidence.HIGH,
            cause=event.token.origin,
            trace=[(event.place, f"set for {event.function} here" if event.accepted else "sent here")],
        )
