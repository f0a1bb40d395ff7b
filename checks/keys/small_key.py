"""JWT510."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Produced, base
from jwt_sast.tokens.events import KeyUsed
from jwt_sast.tokens.keys import GENERATED, Generated, possible

_SMALLEST = 2048
"""Bits of an RSA key (RFC 7518 §3.3)."""


class SmallKey(Check):
    """An RSA key of fewer than 2048 bits is generated, and signs or verifies tokens.

    Keys of 768 bits have been factored in public; 1024 bits are within reach of those who can pay for it. Who has
    factored a public key signs tokens.

    **Instead** `rsa.generate_private_key(public_exponent=65537, key_size=2048)`, or an elliptic curve.

    **Silent** where the size is not known, and for keys that no token is seen to be signed with. Curves that are too
    small are refused by the libraries themselves.

    References: CWE-326; RFC 8725 §3.5; RFC 7518 §3.3.
    """

    code = "JWT510"
    name = "small-key"
    title = "RSA key that is too small"
    severity = Severity.HIGH
    cwe = (326,)
    rfc8725 = ("3.5",)
    examples = ("bad_drawn_at_start.py", "good_2048_bits.py")

    def visit_KeyUsed(self, event: KeyUsed) -> None:
        """A key that was drawn too small."""
        options = list(possible(event.key.value))
        for option in options:
            source = base(option)
            made = source.detail if isinstance(source, Produced) and source.what == GENERATED else None
            if isinstance(made, Generated) and made.bits is not None and made.bits < _SMALLEST:
                self.report(
                    made.at,
                    f"an RSA key of {made.bits} bits signs tokens: make it {_SMALLEST} bits or more",
                    confidence=Confidence.HIGH if len(options) == 1 else Confidence.MEDIUM,
                    trace=[(event.place, f"the key of {event.function} here")],
                )
