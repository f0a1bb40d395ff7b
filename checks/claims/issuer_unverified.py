"""JWT202."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.values import Absent, Known, alternatives
from jwt_sast.tokens.events import Verification


class IssuerUnverified(Check):
    """The check of the issuer is switched off.

    Where several issuers sign with keys that the service trusts, a token of one passes for a token of another.

    **Instead** name the issuer: `jwt.decode(token, key, algorithms=[…], issuer="https://login.example.com")`.

    **Silent** where the code compares `claims["iss"]` itself, and where no issuer is named: then there is no check to
    switch off.

    References: CWE-345; RFC 8725 §3.8.
    """

    code = "JWT202"
    name = "issuer-unverified"
    title = "Issuer check switched off"
    severity = Severity.MEDIUM
    cwe = (345,)
    rfc8725 = ("3.8",)
    examples = ("bad_literal_option.py", "good_issuer_given.py")

    def visit_Verification(self, event: Verification) -> None:
        """A verification without a look at `iss`."""
        off = event.unchecked("iss")
        if off is None or off.argument is None or not _is_asked_for(event.issuer):
            return
        self.report(
            off.argument.place,
            "the issuer is not checked, and tokens of other issuers are accepted: name yours",
            confidence=Confidence.HIGH if off.is_off and not event.handed_on else Confidence.MEDIUM,
            cause=off.argument.value.origin,
            trace=[(event.place, "verified here")],
        )


def _is_asked_for(issuer: Argument | None) -> bool:
    """Whether an issuer is named; where none is, there is no check to switch off."""
    return issuer is not None and any(one not in (Absent(), Known(None)) for one in alternatives(issuer.value))
