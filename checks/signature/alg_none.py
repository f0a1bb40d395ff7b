"""JWT101."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Known, Sequence, Value, alternatives
from jwt_sast.tokens.algorithms import NONE
from jwt_sast.tokens.events import Signing, Verification


class AlgNone(Check):
    """A token is signed with `none`, or a verification accepts `none`.

    RFC 7518 knows an algorithm `none`: the token carries no signature at all. Whoever sees such a token can change
    every claim in it, and whoever accepts one lets anybody write tokens.

    **Instead** sign with a key (`algorithm="HS256"` with a random secret of 32 bytes, or `"ES256"` with a private key),
    and never list `none` among the algorithms that you accept.

    **Silent** where the library refuses `none` by itself: PyJWT and python-jose never verify a token without a
    signature, whatever the list says.

    References: CWE-327, CWE-347; RFC 8725 §3.1, §3.2; RFC 7518 §3.6; ASVS 5.0 V9.1.2.
    """

    code = "JWT101"
    name = "alg-none"
    title = "Token without a signature (algorithm none)"
    severity = Severity.CRITICAL
    cwe = (327, 347)
    rfc8725 = ("3.1", "3.2")
    asvs = ("9.1.2",)
    examples = ("bad_unsigned_ticket.py", "good_none_refused.py")

    def visit_Signing(self, event: Signing) -> None:
        """A token made without a signature."""
        found = [one for one in alternatives(event.algorithm.value) if _is_none(one)]
        if found:
            sure = len(found) == len(alternatives(event.algorithm.value))
            message = "the token is not signed, and anyone can write one: sign it with a key"
            self._report(event.algorithm.place, message, sure)

    def visit_Verification(self, event: Verification) -> None:
        """An allow-list with `none` in it, where the library honours that."""
        if not event.honours_none:
            return
        for option in alternatives(event.algorithms.value):
            if isinstance(option, Sequence) and any(_is_none(item) for item in option.items):
                message = "tokens without a signature are accepted: take `none` out of the list"
                self._report(event.algorithms.place, message, True)

    def _report(self, place: Place, message: str, sure: bool) -> None:
        self.report(place, message, confidence=Confidence.HIGH if sure else Confidence.MEDIUM)


def _is_none(value: Value) -> bool:
    return isinstance(value, Known) and isinstance(value.constant, str) and value.constant.lower() == NONE
