"""JWT107."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.algorithms import is_hmac
from jwt_sast.tokens.events import KeyUsed
from jwt_sast.tokens.key_uses import known_algorithms
from jwt_sast.tokens.keys import Kind, literals


class EmptyKey(Check):
    """The key is an empty text, and the library signs or verifies with it all the same.

    With an empty HMAC key everybody can compute the signature. Mostly it comes from a setting that was never filled in:
    `os.getenv("JWT_SECRET", "")`.

    **Instead** stop where there is no key: `os.environ["JWT_SECRET"]`, or `if not secret: raise`.

    **Silent** where the library refuses an empty key (PyJWT from 2.13), and where a guard does.

    References: CWE-347, CWE-287; RFC 8725 §3.5.
    """

    code = "JWT107"
    name = "empty-key"
    title = "Empty key"
    severity = Severity.CRITICAL
    cwe = (347, 287)
    rfc8725 = ("3.5",)
    examples = ("bad_environment_fallback.py", "good_guarded.py")

    def visit_KeyUsed(self, event: KeyUsed) -> None:
        """An empty key that signs or verifies."""
        names = known_algorithms(event)
        if not event.empty_key or (names and not any(map(is_hmac, names))):
            return
        for key in literals(event.key.value):
            if key.kind is Kind.EMPTY and key.literal.constant is not None:
                may_be = "may be" if key.fallback else "is"
                self.report(
                    event.key.place,
                    f"the key {may_be} empty, and {event.called} takes it: set a key, and stop where there is none",
                    confidence=Confidence.HIGH if key.sure else Confidence.MEDIUM,
                    cause=key.literal.origin,
                    trace=[(event.place, "used here")],
                )
