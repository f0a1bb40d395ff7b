"""JWT502."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.tokens.events import KeyUsed
from jwt_sast.tokens.key_uses import key_uses


class DefaultKey(Check):
    """The key comes from the environment or the configuration, but falls back to a literal.

    Where the variable is missing, a typing error or a forgotten setting, the program does not stop: it goes on with a
    key that everybody can read in the source, or knows anyway: the message tells placeholders, samples of documentation
    and keys that are too short.

    **Instead** stop: `os.environ["JWT_SECRET"]`, or `if not secret: raise RuntimeError("JWT_SECRET is not set")`.

    **Silent** where the fallback is random, where a guard refuses it, and where it is empty (JWT107). Of **low**
    confidence where the code goes on to test for the fallback itself.

    References: CWE-1188, CWE-798; RFC 8725 §3.5.
    """

    code = "JWT502"
    name = "default-key"
    title = "Key with a fallback in the source"
    severity = Severity.HIGH
    cwe = (1188, 798)
    rfc8725 = ("3.5",)
    examples = ("bad_getenv_default.py", "good_required.py")

    def visit_KeyUsed(self, event: KeyUsed) -> None:
        """A literal that a key falls back to."""
        for use in key_uses(event):
            if use.fallback and not use.private:
                self.report(
                    use.place,
                    f"the key falls back to a literal{use.weakness}: stop instead",
                    confidence=use.confidence,
                    cause=use.origin,
                    trace=[(event.place, f"the key of {event.function} here")],
                )
