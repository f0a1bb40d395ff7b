"""SHAPES C20: keys written out as JWKs."""

from __future__ import annotations

import pytest
from shape_programs import findings, verify

PRELUDE = """\
import os, jwt
def p():
    import time
    return {"sub": "u", "exp": int(time.time()) + 60}
"""

SHAPES = {
    "C20 PyJWK": """
        def f(t):
            jwt.decode(t, jwt.PyJWK({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}), algorithms=["HS256"])  # JWT501
            jwt.decode(t, jwt.PyJWK.from_dict({"kty": "oct", "k": "c2VjcmV0"}), algorithms=["HS256"])  # JWT501
            jwt.decode(t, jwt.PyJWK.from_json('{"kty": "oct", "k": "c2VjcmV0"}'), algorithms=["HS256"])  # JWT501
            jwt.encode(p(), jwt.PyJWK.from_dict({"kty": "oct", "k": "c2VjcmV0"}).key)  # JWT501
            jwt.encode(p(), jwt.PyJWK({"kty": "oct", "k": os.getenv("K", "c2VjcmV0")}))  # JWT502
            jwt.encode(p(), jwt.PyJWK({"kty": "oct", "k": os.environ["K"]}))
    """,
    "C20 PyJWK, public and private": """
        PRIVATE = {"kty": "EC", "crv": "P-256", "x": "x", "y": "AQAB", "d": "y"}  # JWT505
        def f(t):
            jwt.decode(t, jwt.PyJWK.from_dict({"kty": "RSA", "n": "x", "e": "AQAB"}), algorithms=["RS256"])
            jwt.decode(t, jwt.PyJWK.from_dict({"kty": "RSA", "n": "x", "e": "AQAB"}), algorithms=["HS256", "RS256"])
            jwt.encode(p(), jwt.PyJWK.from_dict({"kty": "RSA", "n": "x", "e": "AQAB", "d": "y"}).key, "RS256")  # JWT505
            jwt.encode(p(), jwt.PyJWK.from_dict(PRIVATE), algorithm="ES256")
            jwt.encode(p(), jwt.PyJWK.from_dict({"kty": "RSA", "n": "x", "d": os.environ["D"]}), algorithm="RS256")
    """,
    "C20 PyJWKSet": """
        from jwt.api_jwk import PyJWKSet
        def f(t, kid):
            keys = PyJWKSet([{"kty": "oct", "k": "c2VjcmV0", "kid": "1"}])  # JWT501
            jwt.decode(t, keys[kid], algorithms=["HS256"])
            for key in jwt.PyJWKSet.from_dict({"keys": [{"kty": "oct", "k": "b3RoZXI"}]}).keys:  # JWT501
                jwt.decode(t, key, algorithms=["HS256"])
            public = PyJWKSet([{"kty": "RSA", "n": "x", "e": "AQAB"}])
            jwt.decode(t, public[kid], algorithms=["RS256"])
    """,
    "C20 python-jose": """
        from jose import jwk, jwt as jose
        def f(t):
            jose.decode(t, jwk.construct("plain text", "HS256"), algorithms=["HS256"])  # JWT501
            jose.decode(t, jwk.construct({"kty": "oct", "k": "c2VjcmV0"}, "HS256"), algorithms=["HS256"])  # JWT501
            jose.decode(t, {"kty": "oct", "k": "c2VjcmV0"}, algorithms=["HS256"])  # JWT501
            jose.decode(t, '{"kty": "oct", "k": "c2VjcmV0"}', algorithms=["HS256"])  # JWT501
            jose.decode(t, {"keys": [{"kty": "RSA", "n": "x", "e": "AQAB"}]}, algorithms=["RS256"])
            jose.encode(p(), {"kty": "RSA", "n": "x", "e": "AQAB", "d": "x"}, algorithm="RS256")  # JWT505
    """,
}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)


def test_no_key_is_printed() -> None:
    said = [finding.message for code in SHAPES.values() for finding in findings(code, PRELUDE)]
    assert said
    # As written, as decoded, and as the key that is no JWK.
    keys = ("c2VjcmV0", "b3RoZXI", "secret", "plain text")
    assert not [message for message in said if any(key in message for key in keys)]
