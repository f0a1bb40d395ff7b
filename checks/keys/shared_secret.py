"""JWT509."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Persona, Severity
from jwt_sast.tokens.events import KeyUsed


class SharedSecret(Check):
    """The key of the tokens is the web framework's own secret, with which it signs sessions and much else.

    Neither can be replaced alone: a new secret ends every session, every reset link and every token at once, so that it
    is never replaced. And whatever leaks the one gives away the other.

    **Instead** give tokens a key of their own: `JWT_SECRET` beside `SECRET_KEY`.

    **Silent** where the two only happen to be read from variables of the same name, and in test code.

    References: CWE-320.
    """

    code = "JWT509"
    name = "shared-secret"
    title = "Key shared with the web framework"
    severity = Severity.LOW
    persona = Persona.AUDITOR
    cwe = (320,)
    examples = ("bad_flask_item.py", "good_two_secrets.py")

    def visit_KeyUsed(self, event: KeyUsed) -> None:
        """A key that is the framework's secret."""
        if event.session_secret and not event.in_test:
            self.report(
                event.key.place,
                "the key is also the web framework's secret: use two, so that each can be replaced",
                trace=[(event.place, f"the key of {event.function} here")],
            )
