"""JWT106."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Known, alternatives
from jwt_sast.tokens.algorithms import PASSWORD_ITERATIONS, has_broken_hash, takes_key_as_it_is
from jwt_sast.tokens.events import Encryption, Signing, Verification
from jwt_sast.tokens.key_uses import algorithm_names
from jwt_sast.tokens.keys import Kind, literals

_LEAKS = "RSA1_5"


class WeakAlgorithm(Check):
    """A token is protected by an algorithm that has been broken, or by a password where a key is needed.

    `RSA1_5` tells an attacker who may try often enough what was encrypted (Bleichenbacher). SHA-1 and MD5 have
    collisions. `dir` and the AES key wraps take the key as it is, so that a password is no harder to find than any
    other password; PBES2 is meant for passwords, but not with a few iterations.

    **Instead** use `RSA-OAEP-256` or `ECDH-ES` for encryption, and an algorithm of RFC 7518 §3.1 for signatures. Draw
    symmetric keys: `secrets.token_bytes(32)`.

    **Silent** where the algorithm is not known, and for keys that are not written into the source.

    References: CWE-327; RFC 8725 §3.2; RFC 7518 §3.1, §4.1, §4.8.1.2; ASVS 5.0 V9.1.2.
    """

    code = "JWT106"
    name = "weak-algorithm"
    title = "Algorithm that does not protect"
    severity = Severity.MEDIUM
    cwe = (327,)
    rfc8725 = ("3.2",)
    asvs = ("9.1.2",)
    examples = ("bad_rsa1_5.py", "good_oaep.py")

    def visit_Signing(self, event: Signing) -> None:
        """A signature over a broken hash."""
        options = alternatives(event.algorithm.value)
        self._broken(event, len(options) == 1)

    def visit_Verification(self, event: Verification) -> None:
        """A list with such a signature in it."""
        self._broken(event, sure=True)

    def _broken(self, event: Signing | Verification, sure: bool) -> None:
        argument = event.algorithm if isinstance(event, Signing) else event.algorithms
        for name in filter(has_broken_hash, algorithm_names(event) or ()):
            self.report(
                argument.place,
                f"`{name}` hashes with an algorithm that has been broken: use SHA-256 or better",
                confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
                cause=argument.value.origin,
            )
            return

    def visit_Encryption(self, event: Encryption) -> None:
        """An encryption that leaks, or one with a password."""
        names = algorithm_names(event) or ()
        if _LEAKS in names:
            self.report(
                event.algorithm.place,
                f"`{_LEAKS}` can be decrypted by whoever may try often enough: use `RSA-OAEP-256`",
                confidence=Confidence.HIGH if len(names) == 1 else Confidence.MEDIUM,
                cause=event.algorithm.value.origin,
            )
        if any(map(takes_key_as_it_is, names)):
            self._passwords(event)
        self._iterations(event)

    def _passwords(self, event: Encryption) -> None:
        for key in literals(event.key.value):
            if key.kind is Kind.SECRET:
                origin = key.literal.origin
                self.report(
                    event.key.place if origin is None else origin.root.place,
                    "a password in the source encrypts tokens: draw a key, and keep it outside the code",
                    confidence=Confidence.HIGH if key.sure else Confidence.MEDIUM,
                    cause=origin,
                    trace=[(event.place, f"the key of {event.function} here")],
                )

    def _iterations(self, event: Encryption) -> None:
        for option in alternatives(event.iterations.value) if event.iterations is not None else ():
            count = option.constant if isinstance(option, Known) else None
            if isinstance(count, int) and count < PASSWORD_ITERATIONS and event.iterations is not None:
                self.report(
                    event.iterations.place,
                    f"a password is hashed {count} times before it encrypts: make that {PASSWORD_ITERATIONS} or more",
                    cause=option.origin,
                )
