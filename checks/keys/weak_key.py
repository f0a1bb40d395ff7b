"""JWT503."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Environment, Known
from jwt_sast.tokens.events import KeyUsed
from jwt_sast.tokens.key_uses import required_bytes
from jwt_sast.tokens.keys import known_length, possible


class WeakKey(Check):
    """An HMAC key is shorter than the hash that it is used with.

    A short key can be found by trying: one token is enough to try against. RFC 7518 §3.2 asks for a key of at least the
    size of the hash: 32 bytes for HS256, 48 for HS384, 64 for HS512.

    **Instead** draw one: `secrets.token_bytes(32)`.

    The setting `min-key-bytes` asks for more than that of every HMAC key.

    **Silent** where the length is not known. For a literal key it is said in JWT501 or JWT502 instead, as
    is whether it is one that everybody knows.

    References: CWE-326, CWE-521; RFC 8725 §3.5; RFC 7518 §3.2.
    """

    code = "JWT503"
    name = "weak-key"
    title = "HMAC key shorter than its hash"
    severity = Severity.HIGH
    cwe = (326, 521)
    rfc8725 = ("3.5",)
    examples = ("bad_token_bytes.py", "good_token_bytes.py")
    options = ("min-key-bytes",)

    def visit_KeyUsed(self, event: KeyUsed) -> None:
        """A key that is too short."""
        needed = None if event.in_test else required_bytes(event)
        # A literal is weighed where it is reported, and a variable with a fallback is weighed as that.
        weighed = (one for one in possible(event.key.value) if not isinstance(one, Known))
        options = [one for one in weighed if not (isinstance(one, Environment) and one.fallback is not None)]
        for option in options:
            length = known_length(option)
            if needed is None or not length or length >= max(needed, self.settings.min_key_bytes):
                continue
            wanted = f"{needed}, which its algorithm needs"
            if length >= needed:
                wanted = f"{self.settings.min_key_bytes}, which min-key-bytes asks for"
            self.report(
                event.key.place if option.origin is None else option.origin.place,
                f"the key has {length} bytes at most: draw at least {wanted}",
                confidence=Confidence.HIGH if len(options) == 1 else Confidence.MEDIUM,
                trace=[(event.place, f"the key of {event.function} here")],
            )
