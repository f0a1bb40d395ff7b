"""JWT108."""

from __future__ import annotations

from jwt_sast.check import Check
from jwt_sast.findings import Confidence, Severity
from jwt_sast.semantics.values import alternatives
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.headers import ADDRESSES, TYPE, key_parts


class KeyFromToken(Check):
    """The key that verifies a token is the one that the token's own header brings, or names the address of.

    The header is the sender's. Whoever signs with a key of his own and puts that key into `jwk`, or the address of his
    own server into `jku`, has a token that verifies.

    **Instead** keep the issuer's keys, or the address of them, in the settings, and let the header's `kid` choose among
    them: `jwt.PyJWKClient("https://login.example.com/jwks.json").get_signing_key_from_jwt(token)`.

    **Silent** where the header's value, or something made of it such as its host or thumbprint, is compared with what
    is allowed. Of **low** confidence for `x5c`: a chain of certificates may have been verified up to a root that is
    trusted; and for `jwk` where the code looks at `typ`: a proof of possession (DPoP) brings its key along, and whose
    key it is shows elsewhere.

    References: CWE-345, CWE-347; RFC 8725 §3.10; RFC 7515 §4.1.2, §4.1.3, §4.1.5, §4.1.6; RFC 9449; ASVS 5.0 V9.1.3.
    """

    code = "JWT108"
    name = "key-from-token"
    title = "Key taken from the token itself"
    severity = Severity.CRITICAL
    cwe = (345, 347)
    rfc8725 = ("3.10",)
    asvs = ("9.1.3",)
    examples = ("bad_jose_dict.py", "good_key_by_id.py")

    def visit_Verification(self, event: Verification) -> None:
        """A key that comes from the header."""
        options = alternatives(event.key.value)
        found = [(option, part) for option in options for part in key_parts(option)]
        for option, part in found:
            if part.name in part.reading.tested:
                continue
            fetched = part.name in ADDRESSES
            if part.name == "x5c" or (part.name == "jwk" and TYPE in part.reading.tested):
                confidence = Confidence.LOW
            else:
                confidence = Confidence.HIGH if len(options) == 1 else Confidence.MEDIUM
            self.report(
                event.key.place,
                f"the key is {'fetched from an address' if fetched else 'the one'} in the token's header "
                f"(`{part.name}`): use one that you know",
                confidence=confidence,
                cause=option.origin,
                trace=[(part.reading.place, "the header is read here"), (event.place, "verified here")],
            )
