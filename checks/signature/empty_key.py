"""JWT107."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Known, Sequence, Value, alternatives
from jwt_sast.tokens.algorithms import NONE, is_hmac
from jwt_sast.tokens.events import Signing, Verification
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

    def visit_Signing(self, event: Signing) -> None:
        """A token signed with an empty key."""
        if event.empty_key and not _all(event.algorithm.value, NONE):
            self._look(event)

    def visit_Verification(self, event: Verification) -> None:
        """A token verified with an empty key."""
        if event.empty_key and _may_be_hmac(event.algorithms.value):
            self._look(event)

    def _look(self, event: Signing | Verification) -> None:
        for key in literals(event.key.value):
            if key.kind is Kind.EMPTY and key.literal.constant is not None:
                self.report(
                    event.key.place,
                    f"the key may be empty, and {event.function} works with an empty key"
                    if key.fallback
                    else f"the key is empty, and {event.function} works with an empty key",
                    confidence=Confidence.HIGH if key.sure else Confidence.MEDIUM,
                    cause=key.literal.origin,
                    trace=[(event.place, "used here")],
                )


def _all(value: Value, name: str) -> bool:
    return all(isinstance(one, Known) and one.constant == name for one in alternatives(value))


def _may_be_hmac(algorithms: Value) -> bool:
    """Whether the allow-list admits an HMAC algorithm, or is not known."""
    for option in alternatives(algorithms):
        items = option.items if isinstance(option, Sequence) and not option.open else ()
        names = [item.constant for item in items if isinstance(item, Known)]
        if not items or len(names) < len(items) or any(isinstance(name, str) and is_hmac(name) for name in names):
            return True
    return False
