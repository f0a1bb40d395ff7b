"""JWT407."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.semantics.values import alternatives
from jwt_sast.tokens.events import KeyFetch
from jwt_sast.tokens.urls import addresses, is_local, plain_host


class KeysOverHttp(Check):
    """The keys that verify tokens are fetched over a connection that anybody on the way can change.

    Whoever answers in the server's place sends a key of his own, and from then on signs tokens that are accepted as
    the provider's. An OIDC discovery document is worth as much: it says where the keys are.

    **Instead** use `https://` for the issuer and everything that is derived from it.

    **Silent** for hosts of this machine or of a private network by name, for those in the setting `local-hosts`, where
    the host is not known, and in test code.

    References: CWE-319; RFC 8725 §3.10.
    """

    code = "JWT407"
    name = "keys-over-http"
    title = "Keys fetched in the clear"
    severity = Severity.HIGH
    cwe = (319,)
    rfc8725 = ("3.10",)
    options = ("local-hosts",)
    examples = ("bad_client.py", "good_https.py")

    def visit_KeyFetch(self, event: KeyFetch) -> None:
        """Keys from a plain address of another machine."""
        for option in alternatives(event.url.value) if not event.in_test else ():
            for host in filter(None, map(plain_host, addresses(option))):
                if not is_local(host, self.settings.local_hosts):
                    self.report(
                        event.url.place,
                        "the keys that verify tokens are fetched without TLS: use an `https` address",
                        cause=option.origin,
                        trace=[(event.place, "fetched here")],
                    )
                    return
