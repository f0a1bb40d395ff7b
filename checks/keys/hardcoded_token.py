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
_LONGEST = 87
"""Characters of a message that fits into flake8's line."""


class HardcodedToken(Check):
    """A signed token is written into the source.

    A bearer token is as good as a password, for as long as it is valid: whoever can read the repository, an image layer
    or a backup can use it. The message says what it is, and never shows it. Where the key that has signed it is a
    literal too, in this file or another one, both findings say so: the key is in use, and whoever has it can make more
    tokens.

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
        confidence = Confidence.MEDIUM if _is_over(event.token) else Confidence.HIGH
        self.report(event.place, _told(event), confidence=confidence)


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
    return f"{'expired' if _is_over(token) else 'until'} {day}"


def _is_over(token: WrittenToken) -> bool:
    return token.expires is not None and token.expires < time.time()


def _told(event: TokenLiteral) -> str:
    """What the token is, as many of its claims as fit, and whether its key is there as well."""
    token = event.token
    what = "a token and its key are" if event.key_is_written else "a token is"
    text = f"{what} in the source ({_shown(token.algorithm)}, {_end(token)}"
    remedy = "): take it out" if _is_over(token) else "): revoke it"
    names = [_shown(name) for name in token.claims]
    for count in range(len(names), 0, -1):
        whole = f"{text}; {', '.join(names[:count])}{', …' if count < len(names) else ''}{remedy}"
        if len(whole) <= _LONGEST:
            return whole
    return text + remedy
