"""JWT204."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.tokens.events import Signing


class UntrustedClaims(Check):
    """What a client has sent becomes the claims of a token, wholesale.

    The signature says that this service vouches for every claim. Whoever adds `"role": "admin"` to the request has it
    vouched for.

    **Instead** name the claims: `{"sub": body["name"], "exp": …}`, after the user has been authenticated, or take the
    body apart with a model that has these fields only.

    **Silent** where only parts of the request become claims. Of **medium** confidence where only the name of a
    parameter, `request`, says that it is one, **low** for a query, which may be carried along as the state of a login.

    References: CWE-915.
    """

    code = "JWT204"
    name = "untrusted-claims"
    title = "Claims that the client chooses"
    severity = Severity.HIGH
    cwe = (915,)
    examples = ("bad_flask_json.py", "good_allowed_names.py")

    def visit_Signing(self, event: Signing) -> None:
        """Claims that are a request's body, form or query."""
        if event.received is not None and not event.in_test:
            self.report(
                event.claims.place,
                "the claims are whatever the client has sent: name the ones that it may choose",
                confidence=event.received,
                cause=event.claims.value.origin,
                trace=[(event.place, "signed here")],
            )
