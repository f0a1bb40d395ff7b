"""JWT103."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Absent, Known, Sequence, Value, alternatives
from jwt_sast.tokens.events import Verification


class AlgorithmsUnpinned(Check):
    """A verification names no algorithms, and the library then accepts whatever the token asks for.

    The header of a token is the sender's. With a public key as the key, a sender who chooses HS256 may sign with that
    public key, which everybody has.

    **Instead** name the algorithm that your keys are made for: `algorithms=["RS256"]`.

    **Silent** where the library refuses to verify without a list (PyJWT 2), or where the key object fixes the
    algorithm.

    References: CWE-347, CWE-757; RFC 8725 §3.1; ASVS 5.0 V9.1.2.
    """

    code = "JWT103"
    name = "algorithms-unpinned"
    title = "Any algorithm accepted"
    severity = Severity.HIGH
    cwe = (347, 757)
    rfc8725 = ("3.1",)
    asvs = ("9.1.2",)
    examples = ("bad_no_algorithms.py", "good_third_position.py")

    def visit_Verification(self, event: Verification) -> None:
        """A verification without a list."""
        if not event.any_algorithm or event.pinned:
            return
        options = alternatives(event.algorithms.value)
        unpinned = [option for option in options if _accepts_any(option)]
        if unpinned:
            sure = len(unpinned) == len(options)
            self.report(
                event.algorithms.place,
                f"no algorithm is named{'' if sure else ' on some path'}: list those that {event.called} may accept",
                confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
                cause=unpinned[0].origin,
                trace=[(event.place, "verified here")],
            )


def _accepts_any(value: Value) -> bool:
    empty = isinstance(value, Sequence) and not value.items and not value.open
    return isinstance(value, Absent) or empty or (isinstance(value, Known) and not value.constant)
