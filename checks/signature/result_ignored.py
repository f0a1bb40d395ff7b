"""JWT111."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.tokens.events import AnswerDropped


class ResultIgnored(Check):
    """A verification answers true or false, and nobody takes the answer.

    Some functions raise where a signature is wrong, others only say so. After a call of the second kind that stands for
    itself, the program goes on whatever the answer was.

    **Instead** act on it: `if not key.verify(message, signature): raise PermissionError`.

    **Silent** where the answer is used in any way, and for functions that raise.

    References: CWE-252, CWE-347; RFC 8725 §3.3.
    """

    code = "JWT111"
    name = "result-ignored"
    title = "Answer of a verification dropped"
    severity = Severity.HIGH
    cwe = (252, 347)
    rfc8725 = ("3.3",)
    asvs = ("9.1.1",)
    examples = ("bad_cognito_key.py", "good_cognito_key.py")

    def visit_AnswerDropped(self, event: AnswerDropped) -> None:
        """A verification that stands for itself."""
        self.report(event.place, f"the answer of {event.called} is dropped: refuse the token where it is false")
