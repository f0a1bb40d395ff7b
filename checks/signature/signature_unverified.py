"""JWT102."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.tokens.events import UnverifiedRead
from jwt_sast.tokens.reading import Use


class SignatureUnverified(Check):
    """Claims are read from a token whose signature is never checked.

    A token is only as good as its signature: without that check everybody can write `{"sub": "admin"}` and be
    believed. It happens through an option (`verify_signature: False`), an argument (`verify=False`) or a function that
    only decodes.

    **Instead** verify: `jwt.decode(token, key, algorithms=["RS256"])`. Where the claims are needed to choose the key,
    read the header's `kid`, or read the issuer first and verify the same token afterwards.

    **Silent** where the same token is verified on every path that goes on to use the claims, and where it is taken
    apart by hand, which is JWT109. Of **low** confidence where the claims are only logged, or only a time is looked at,
    or where they are tested and the token is verified on some path only; **medium** where a function hands them to
    callers that are not known, or where it is so on some path only.

    References: CWE-347; RFC 8725 §3.3; ASVS 5.0 V9.1.1.
    """

    code = "JWT102"
    name = "signature-unverified"
    title = "Claims read without checking the signature"
    severity = Severity.CRITICAL
    cwe = (347,)
    rfc8725 = ("3.3",)
    asvs = ("9.1.1",)
    examples = ("bad_option_off.py", "good_on_by_default.py")

    def visit_UnverifiedRead(self, event: UnverifiedRead) -> None:
        """Claims of a token that no path verifies, or not every path."""
        if event.fails_open or event.by_hand:
            return
        use = max(event.reading.open_ends)
        if use is Use.GLANCE or (use is Use.TESTED and event.reading.followed):
            confidence = Confidence.LOW
        elif use in (Use.DECIDES, Use.TESTED) and event.sure:
            confidence = Confidence.HIGH
        else:
            confidence = Confidence.MEDIUM
        how = "" if event.sure else " on some path"
        self.report(
            event.at,
            f"the signature is not checked{how}: verify the token before you read its claims",
            confidence=confidence,
            cause=event.switched_by,
            trace=[(event.place, "the token is read here")],
        )
