"""JWT105."""

from __future__ import annotations

from collections.abc import Iterator

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Environment, Known, Sequence, Value, alternatives
from jwt_sast.tokens.algorithms import is_asymmetric, is_hmac
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.keys import Kind, literals, possible


class AlgorithmConfusion(Check):
    """HMAC and asymmetric algorithms are accepted side by side, or HMAC with a public key.

    A public key is no secret. Where the same key may serve RS256 and HS256, an attacker signs with HS256 and the
    public key as the secret, and the token verifies.

    **Instead** accept one kind: `algorithms=["RS256"]` with public keys, `["HS256"]` with secrets. Where both are
    needed, choose the key and the list together, by issuer or key id.

    **Silent** where the list holds one kind on every path.

    References: CWE-347, CWE-327; RFC 8725 §2.1, §3.1; ASVS 5.0 V9.1.2.
    """

    code = "JWT105"
    name = "algorithm-confusion"
    title = "HMAC and public-key algorithms mixed"
    severity = Severity.HIGH
    cwe = (347, 327)
    rfc8725 = ("2.1", "3.1")
    asvs = ("9.1.2",)
    examples = ("bad_list_of_keys.py", "good_asymmetric_only.py")

    def visit_Verification(self, event: Verification) -> None:
        """A mixed list, or a public key as an HMAC secret."""
        if event.pinned:
            return
        place = event.algorithms.place
        for names, sure in _lists(event.algorithms.value):
            hmac, asymmetric = any(map(is_hmac, names)), any(map(is_asymmetric, names))
            confidence = Confidence.HIGH if sure else Confidence.MEDIUM
            if hmac and asymmetric:
                self.report(
                    place,
                    "HMAC and public-key algorithms share one key: accept only those that the key is for",
                    confidence=confidence,
                )
            elif hmac and any(one.kind is Kind.PUBLIC for one in literals(event.key.value)):
                message = "HMAC is accepted with a public key, which is no secret: leave the HMAC algorithms out"
                self.report(place, message, confidence=confidence)


def _lists(algorithms: Value) -> Iterator[tuple[list[str], bool]]:
    """The names in each list that the allow-list can be, and whether all of it is known."""
    for option in possible(algorithms):
        if isinstance(option, Sequence):
            items = [one for item in option.items for one in alternatives(item)]
            names = [item.constant for item in items if isinstance(item, Known) and isinstance(item.constant, str)]
            # An item that is one of several is one at a time: two kinds among its alternatives are not mixed.
            single = [item for item in option.items if len(alternatives(item)) == 1]
            if len(single) == len(option.items):
                yield names, not option.open
        elif isinstance(option, Environment) and option.fallback is not None:
            yield from ((names, False) for names, _ in _lists(option.fallback))
        elif isinstance(option, Known) and isinstance(option.constant, str):
            yield [option.constant], True
