"""JWT208."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jwt_sast.check import Check, Draft
from jwt_sast.config import Settings
from jwt_sast.findings import Confidence, Persona, Severity
from jwt_sast.semantics.values import Unknown, Value
from jwt_sast.tokens import claims
from jwt_sast.tokens.events import Signing, Verification

if TYPE_CHECKING:
    from jwt_sast.semantics.interpreter import Interpretation


class TokenTypeUnchecked(Check):
    """Access and refresh tokens are signed with the same key, and a verification does not tell them apart.

    A refresh token lives long because it is only meant to be shown to the service that renews it. Where it passes for
    an access token as well, it is an access token that lives long.

    **Instead** look at a claim that says what the token is for, `if claims["type"] != "access": raise …`, or use two
    keys.

    **Silent** where the code tests such a claim (`type`, `token_type`, `token_use`, `scope` and others), where the
    claims are handed on to code that cannot be seen, and where the keys differ. Looks at one file.

    References: CWE-843; RFC 8725 §3.11, §3.12; ASVS 5.0 V9.2.2.
    """

    code = "JWT208"
    name = "token-type-unchecked"
    title = "Refresh tokens accepted as access tokens"
    severity = Severity.LOW
    persona = Persona.AUDITOR
    cwe = (843,)
    rfc8725 = ("3.11", "3.12")
    asvs = ("9.2.2",)
    examples = ("bad_one_key.py", "good_type_tested.py")

    def __init__(self, settings: Settings, sink: Callable[[Draft], None], module: Interpretation) -> None:
        super().__init__(settings, sink, module)
        self._signings: list[Signing] = []
        self._verifications: list[Verification] = []

    def visit_Signing(self, event: Signing) -> None:
        """A token that is made, for one purpose or the other."""
        self._signings.append(event)
        self._compare()

    def visit_Verification(self, event: Verification) -> None:
        """A verification that does not look at the purpose."""
        looked_at = event.claims is not None and event.claims.tested & set(claims.TYPE_CLAIMS)
        if not looked_at and not event.handed_on:
            self._verifications.append(event)
            self._compare()

    def _compare(self) -> None:
        """Events come in any order: whatever has come so far is compared, and what is one defect is reported once."""
        for verification in self._verifications:
            same = [one for one in self._signings if _is_same(one.key.value, verification.key.value)]
            refresh = [one for one in same if _is_refresh(one)]
            if refresh and len(refresh) < len(same):
                self.report(
                    verification.place,
                    "refresh tokens pass for access tokens, signed with one key: check the token's type",
                    confidence=Confidence.MEDIUM,
                    trace=[(refresh[0].place, "refresh tokens are signed here")],
                )


def _is_refresh(event: Signing) -> bool:
    return claims.is_refresh(event.claims.value) or claims.REFRESH in event.context.lower()


def _is_same(one: Value, other: Value) -> bool:
    return one == other and not isinstance(one, Unknown)
