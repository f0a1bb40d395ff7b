"""JWT112."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Severity
from jwt_sast.tokens.events import IgnoredArgument


class IgnoredArgumentGiven(Check):
    """An argument or setting is given that the library silently ignores, so a check that its author meant is off.

    PyJWT swallows keyword arguments and options that it does not know: `iss=` for `issuer=`, `algorithm=` for
    `algorithms=`, `require_exp` from the days of PyJWT 1. A framework reads the settings that it knows: of
    `JWT_ACCES_TOKEN_EXPIRES`, which nothing else reads either, it never hears. Nothing warns, and nothing is checked.

    **Instead** use the library's own name for it; the message says which.

    **Silent** where the library raises for an unknown argument.

    References: CWE-347; the library's documentation.
    """

    code = "JWT112"
    name = "ignored-argument"
    title = "Argument without effect"
    severity = Severity.MEDIUM
    cwe = (347,)
    examples = ("bad_options_of_the_instance.py", "good_options_of_the_instance.py")

    def visit_IgnoredArgument(self, event: IgnoredArgument) -> None:
        """An argument that does nothing."""
        self.report(event.at, f"`{event.name}` has no effect: {event.meant}")
