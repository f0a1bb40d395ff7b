"""JWT507."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Persona, Severity
from jwt_sast.semantics.values import Environment
from jwt_sast.tokens.events import KeyUsed
from jwt_sast.tokens.keys import drawn, possible


class EphemeralKey(Check):
    """The key is drawn anew at every start of the program, or where none is configured.

    Every token dies with the process that signed it. Two workers, or two replicas, refuse each other's tokens, which
    shows only under load. It is safe, and mostly a fallback that nobody was meant to run with.

    **Instead** draw the key once, keep it in a secrets manager, and stop where it is missing.

    **Silent** where the key is also read from elsewhere, from a file where it is kept for instance, and in test code.

    References: CWE-330.
    """

    code = "JWT507"
    name = "ephemeral-key"
    title = "Key drawn anew at every start"
    severity = Severity.LOW
    persona = Persona.AUDITOR
    cwe = (330,)
    examples = ("bad_secret_at_start.py", "good_configured.py")

    def visit_KeyUsed(self, event: KeyUsed) -> None:
        """A key that was drawn here."""
        options = list(possible(event.key.value))
        configured = [one for one in options if isinstance(one, Environment)]
        found = [one for one in map(drawn, options) if one is not None]
        if event.in_test or not found or len(found) + len(configured) < len(options):
            return
        for source in found:
            self.report(
                event.key.place if source.origin is None else source.origin.root.place,
                "where no key is set, every start draws one, which ends all tokens: stop instead"
                if configured
                else "the key is drawn anew at every start, which ends all tokens: load one that stays",
                confidence=Confidence.MEDIUM if configured else Confidence.HIGH,
                trace=[(event.place, f"the key of {event.function} here")],
            )
