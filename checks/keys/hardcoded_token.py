"""JWT504."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import TokenLiteral
from jwt_sast.tokens.written_tokens import WrittenToken

_PLAIN = re.compile(r"[\w.:/#-]{1,24}", re.ASCII)
_SHOWN = 4
"""How many names of claims a message has."""


class HardcodedToken(Check):
    """A signed token is written into the source.

    A bearer token is as good as a password, for as long as it is valid: whoever can read the repository, an image layer
    or a backup can use it. The message says what it is, and never shows it.

    **Instead** read it from the environment or a secrets manager, and have the issuer revoke this one.

    **Silent** for samples of specifications and documentation (RFC 7515, jwt.io, issuers under `example.com`), for
    texts of which the third part cannot be a signature, in docstrings, and in what documents an API (`example=…`). Of
    **medium** confidence where it has expired.

    References: CWE-798.
    """

    code = "JWT504"
    name = "hardcoded-token"
    title = "Token written into the source"
    severity = Severity.HIGH
    cwe = (798,)
    examples = ("bad_module_constant.py", "good_environment.py")

    def visit_TokenLiteral(self, event: TokenLiteral) -> None:
        """A literal that holds a token."""
        token = event.token
        expired = token.expires is not None and token.expires < time.time()
        self.report(
            event.place,
            f"a signed token is written into the source: {_shown(token.algorithm)}, {_end(token)}{_claims(token)}",
            confidence=Confidence.MEDIUM if expired else Confidence.HIGH,
        )


def _shown(word: str) -> str:
    """A word of the token, which may hold anything, where it is plain."""
    return word if _PLAIN.fullmatch(word) else "…"


def _end(token: WrittenToken) -> str:
    if token.expires is None:
        return "never expires"
    try:
        day = datetime.fromtimestamp(token.expires, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return "never expires"
    return f"{'expired on' if token.expires < time.time() else 'valid until'} {day}"


def _claims(token: WrittenToken) -> str:
    if not token.claims:
        return ""
    names = [_shown(name) for name in token.claims[:_SHOWN]]
    return f", claims {', '.join(names)}{' and others' if len(token.claims) > _SHOWN else ''}"
