"""JWT104."""

from __future__ import annotations

from collections.abc import Iterator

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Part, Produced, Sequence, Value, alternatives
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.reading import HEADER


class AlgorithmFromToken(Check):
    """The list of accepted algorithms is taken from the token's own header.

    Such a list accepts what the sender chose. It pins nothing, and with a key that fits two algorithms the sender picks
    the weaker one.

    **Instead** name the algorithm in the code or in the settings, or compare the header's `alg` with a fixed set first.

    **Silent** where it is compared with a set before, and what is not in it is refused.

    References: CWE-347; RFC 8725 §3.1; ASVS 5.0 V9.1.2.
    """

    code = "JWT104"
    name = "algorithm-from-token"
    title = "Allow-list taken from the token itself"
    severity = Severity.HIGH
    cwe = (347,)
    rfc8725 = ("3.1",)
    asvs = ("9.1.2",)
    examples = ("bad_header_inline.py", "good_checked_first.py")

    def visit_Verification(self, event: Verification) -> None:
        """A list with the header's `alg` in it."""
        items = list(_items(event.algorithms.value))
        from_token = [item for item in items if _is_header_algorithm(item)]
        if from_token:
            self.report(
                event.algorithms.place,
                "the token's own header picks the algorithm: list those that you accept instead",
                confidence=Confidence.HIGH if len(from_token) == len(items) else Confidence.MEDIUM,
                cause=from_token[0].origin,
                trace=[(event.place, "verified here")],
            )


def _items(algorithms: Value) -> Iterator[Value]:
    for option in alternatives(algorithms):
        for item in option.items if isinstance(option, Sequence) else (option,):
            yield from alternatives(item)


def _is_header_algorithm(value: Value) -> bool:
    if not isinstance(value, Part) or value.key != "alg":
        return False
    return any(isinstance(base, Produced) and base.what == HEADER for base in alternatives(value.of))
