"""JWT109."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import Part, Unknown, Value, base
from jwt_sast.tokens.events import UnverifiedRead
from jwt_sast.tokens.reading import Use
from jwt_sast.tokens.surroundings import is_compared


class HandParsedToken(Check):
    """A token is split at its dots and decoded by hand, and its claims decide something.

    base64 is no protection: everybody can write a payload. What such code reads is what the sender wants it to read.

    **Instead** let a library verify the token and give the claims: `jwt.decode(token, key, algorithms=["RS256"])`.

    **Silent** where the same token is verified as well, by a library or with the signature by hand, where the claims
    are only logged, shown or looked at for their times, and in test code. Of **high** confidence where a condition
    compares them with something, **medium** where they are stored, passed on or tested otherwise, as a client does with
    a token of its own, **low** where a function hands them to callers that are not known, and for the `access_token` or
    `id_token` of what a call has given, such as the answer of the server that has made it.

    References: CWE-347; RFC 8725 §3.3; ASVS 5.0 V9.1.1.
    """

    code = "JWT109"
    name = "hand-parsed-token"
    title = "Token taken apart by hand"
    severity = Severity.HIGH
    cwe = (347,)
    rfc8725 = ("3.3",)
    asvs = ("9.1.1",)
    examples = ("bad_bearer_header.py", "good_issuer_chooses_the_key.py")

    def visit_UnverifiedRead(self, event: UnverifiedRead) -> None:
        """Claims that nobody has verified, read without a library."""
        if not event.by_hand or event.fails_open or event.in_test:
            return
        uses, followed = event.reading.open_ends, event.reading.followed
        if uses & {Use.HANDED_ON, Use.TESTED, Use.DECIDES} and _is_answer(event.token.value):
            confidence = Confidence.LOW
        elif Use.TESTED in uses and not followed and any(map(is_compared, event.reading.tests)):
            confidence = Confidence.HIGH
        elif Use.DECIDES in uses or (Use.TESTED in uses and not followed):
            confidence = Confidence.MEDIUM
        elif uses & {Use.HANDED_ON, Use.TESTED}:
            confidence = Confidence.LOW
        else:
            return
        self.report(
            event.at,
            "the token is taken apart by hand, its signature unchecked: verify it with a library",
            confidence=confidence,
            trace=[(event.token.place, "taken apart here")],
        )


def _is_answer(token: Value) -> bool:
    """Whether a token is an item of that name in what a call has given (RFC 6749 §5.1, OpenID Connect Core §3.1.3)."""
    if not isinstance(token, Part) or token.key not in ("access_token", "id_token"):
        return False
    source = base(token)
    return isinstance(source, Unknown) and source.reason.startswith("a call of ")
