"""JWT409."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.tokens.events import PlainHttpAllowed


class HttpsNotEnforced(Check):
    """A library that refuses to hand out or take tokens without TLS is told to do it all the same.

    OAuth's tokens and codes then travel in the clear wherever an address begins with `http://`, and nobody notices: the
    refusal was what would have told.

    **Instead** leave the variable alone in code. Who develops without TLS sets it in his own environment; behind a
    proxy that ends TLS, let the application know the scheme (`ProxyFix`, `--proxy-headers`).

    **Silent** where the variable is taken away or set to nothing, and in test code.

    References: CWE-319; RFC 6749 §3.1, §3.2.
    """

    code = "JWT409"
    name = "https-not-enforced"
    title = "Tokens allowed over plain HTTP"
    severity = Severity.MEDIUM
    cwe = (319,)
    examples = ("bad_item.py", "good_taken_away.py")

    def visit_PlainHttpAllowed(self, event: PlainHttpAllowed) -> None:
        """A switch that lets tokens go over plain HTTP."""
        if not event.in_test:
            self.report(event.at, f"{event.variable} lets tokens go over a connection without TLS: take it out")
