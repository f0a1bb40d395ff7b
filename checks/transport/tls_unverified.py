"""JWT403."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import Transmission
from jwt_sast.tokens.urls import addresses, plain_host


class TlsUnverified(Check):
    """A token is sent over a connection whose certificate nobody checks.

    Encryption without a check of the certificate keeps out nobody who can answer in the server's place.

    **Instead** leave `verify` on; for a private authority give its certificate: `verify="/etc/ssl/private-ca.pem"`.

    **Silent** where no token rides on the request, and where the switch is not known.

    References: CWE-295.
    """

    code = "JWT403"
    name = "tls-unverified"
    title = "Token sent without checking the certificate"
    severity = Severity.HIGH
    cwe = (295,)
    examples = ("bad_argument.py", "good_default.py")

    def visit_Transmission(self, event: Transmission) -> None:
        """A request with a token and without a look at the certificate."""
        if not event.tls.may_be_off or event.tls.argument is None:
            return
        if any(plain_host(address) is not None for address in addresses(event.url.value)):
            return
        self.report(
            event.tls.argument.place,
            "a token is sent to a server whose certificate is not checked: leave the check on",
            confidence=Confidence.HIGH if event.tls.is_off else Confidence.MEDIUM,
            cause=event.tls.argument.value.origin,
            trace=[(event.place, "sent here")],
        )
