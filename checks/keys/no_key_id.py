"""JWT508."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Persona, Severity
from jwt_sast.semantics.values import Absent, Known, Mapping, Presence, Value, alternatives
from jwt_sast.tokens.algorithms import NONE
from jwt_sast.tokens.events import Signing
from jwt_sast.tokens.key_uses import algorithm_names


class NoKeyId(Check):
    """Tokens are signed without a key id, so that the key cannot be replaced without cutting everybody off.

    A receiver that has an old and a new key tells by `kid` which of them a token was signed with. Without it there is
    one key, and on the day when it leaks nobody dares to change it.

    **Instead** `jwt.encode(claims, key, algorithm="ES256", headers={"kid": "2026-03"})`, and let receivers choose by
    it among the keys that they know.

    **Silent** where the headers are not known, where the library adds the id, and in test code.

    References: CWE-320; RFC 7515 §4.1.4.
    """

    code = "JWT508"
    name = "no-key-id"
    title = "Token without a key id"
    severity = Severity.LOW
    persona = Persona.AUDITOR
    cwe = (320,)
    examples = ("bad_no_headers.py", "good_literal_id.py")

    def visit_Signing(self, event: Signing) -> None:
        """A token whose header has no `kid`."""
        if event.headers is None or event.in_test or algorithm_names(event) == [NONE]:
            return
        there = {_id(option) for option in alternatives(event.headers.value)}
        if there & {Presence.NEVER, Presence.SOMETIMES}:
            self.report(
                event.place,
                "the token does not say which key signs it: put a `kid` into its header",
                confidence=Confidence.HIGH if there == {Presence.NEVER} else Confidence.MEDIUM,
            )


def _id(headers: Value) -> Presence:
    """Whether headers name the key."""
    match headers:
        case Absent() | Known(constant=None):
            return Presence.NEVER
        case Mapping():
            return headers.presence("kid")
        case _:
            return Presence.UNKNOWN
