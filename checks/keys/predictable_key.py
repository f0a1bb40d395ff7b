"""JWT506."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.stdlib.randomness import predictable
from jwt_sast.tokens.events import KeyUsed
from jwt_sast.tokens.keys import possible


class PredictableKey(Check):
    """The key is drawn from a generator that can be guessed, or computed from literals.

    `random` and `uuid1` are made to look random, not to be unknown: their output follows from a state that can be
    reconstructed. A hash of a literal is as public as the literal.

    **Instead** draw it from the operating system: `secrets.token_bytes(32)`.

    **Silent** for `secrets`, `os.urandom`, `uuid.uuid4` and key generators.

    References: CWE-338, CWE-330; RFC 8725 §3.5.
    """

    code = "JWT506"
    name = "predictable-key"
    title = "Key that can be guessed"
    severity = Severity.HIGH
    cwe = (338, 330)
    rfc8725 = ("3.5",)
    examples = ("bad_random_characters.py", "good_system_random.py")

    def visit_KeyUsed(self, event: KeyUsed) -> None:
        """A key that can be guessed."""
        options = list(possible(event.key.value))
        for option in options:
            drawn = predictable(option)
            if drawn is not None:
                self.report(
                    event.key.place if drawn.origin is None else drawn.origin.root.place,
                    f"the key comes from {drawn.detail}, which can be guessed: use `secrets`",
                    confidence=Confidence.HIGH if len(options) == 1 else Confidence.MEDIUM,
                    trace=[(event.place, f"the key of {event.function} here")],
                )
