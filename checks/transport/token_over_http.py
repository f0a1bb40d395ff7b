"""JWT401."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.semantics.values import alternatives
from jwt_sast.tokens.events import Transmission
from jwt_sast.tokens.urls import addresses, is_local, plain_host


class TokenOverHttp(Check):
    """A token is sent over a connection that everybody on the way can read.

    Whoever reads a bearer token has it: on the same network, at the provider, in a proxy's log.

    **Instead** use `https://`, also between services.

    **Silent** for hosts of this machine or of a private network by name (`localhost`, `127.0.0.1`, `*.local`, a name
    without a dot, reserved names such as `*.example`), for those in the setting `local-hosts`, and where the host is
    not known.

    References: CWE-319, CWE-523.
    """

    code = "JWT401"
    name = "token-over-http"
    title = "Token sent in the clear"
    severity = Severity.HIGH
    cwe = (319, 523)
    options = ("local-hosts",)
    examples = ("bad_formatted_url.py", "good_https.py")

    def visit_Transmission(self, event: Transmission) -> None:
        """A request to a plain address of another machine."""
        found = ((one, address) for one in alternatives(event.url.value) for address in addresses(one))
        for option, address in found:
            host = plain_host(address)
            if host and not is_local(host, self.settings.local_hosts):
                self.report(
                    event.url.place,
                    "a token is sent over a connection without TLS: use an `https` or `wss` address",
                    cause=option.origin,
                    trace=[(event.place, "sent here")],
                )
                return
