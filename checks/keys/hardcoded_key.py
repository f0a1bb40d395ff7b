"""JWT501."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.tokens.events import KeyUsed
from jwt_sast.tokens.key_uses import key_uses


class HardcodedKey(Check):
    """The key that signs or verifies tokens is a literal in the source.

    Whoever can read the repository, an image layer or a backup of it can sign tokens for every user. The key cannot be
    changed without a release, and is the same everywhere. One that is a placeholder or a sample of some documentation
    is among the first that an attacker tries: the message says so, as it does of one that is too short. It
    also says where a token is in the source that the key has signed: then the key is in use.

    **Instead** read it from the environment or a secrets manager, `os.environ["JWT_SECRET"]`, and replace the one that
    was committed: it is known now.

    **Silent** for public keys, for a literal that a key is only compared with, and in test code for one that is too
    short for its algorithm or that everybody knows: it is made up. One that could be real is reported there with
    **low** confidence. A private key is JWT505.

    References: CWE-798, CWE-321; RFC 8725 §3.5.
    """

    code = "JWT501"
    name = "hardcoded-key"
    title = "Key written into the source"
    severity = Severity.CRITICAL
    cwe = (798, 321)
    rfc8725 = ("3.5",)
    examples = ("bad_module_constant.py", "good_environment.py")

    def visit_KeyUsed(self, event: KeyUsed) -> None:
        """A literal that is a key."""
        for use in key_uses(event):
            if not use.fallback and not use.private:
                self.report(
                    use.place,
                    f"the key is in the source{use.weakness}: read it from outside",
                    confidence=use.confidence,
                    cause=use.origin,
                    trace=[(event.place, f"the key of {event.function} here")],
                )
