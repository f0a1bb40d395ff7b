"""SHAPES D13: tokens that are taken apart by hand."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

PRELUDE = """\
import base64, hashlib, hmac, json, os
import jwt
KEYS = {}
def raw(s):
    return base64.urlsafe_b64decode(s + "=" * (4 - len(s) % 4))
def payload_of(t):
    return json.loads(raw(t.split(".")[1]))
"""

SHAPES = {
    "verified by the caller": """
        def f(t):
            issuer = payload_of(t)["iss"]
            return jwt.decode(t, KEYS[issuer], algorithms=["RS256"])
    """,
    "verified before": """
        def f(t):
            jwt.decode(t, KEYS, algorithms=["RS256"])
            if json.loads(raw(t.split(".")[1]))["role"] == "admin":
                return "admin"
    """,
    "verified on one path only": """
        def f(t, strict):
            claims = json.loads(raw(t.split(".")[1]))  # JWT109
            if strict:
                jwt.decode(t, KEYS, algorithms=["RS256"])
            KEYS["user"] = claims["sub"]
    """,
    "the signature is compared": """
        def f(t, make):
            h, p, s = t.split(".")
            if s != make(h, p):
                raise PermissionError
            KEYS["user"] = json.loads(raw(p))["sub"]
    """,
    "that there is a signature is no comparison": """
        def f(t):
            h, p, s = t.split(".")
            if not s:
                raise PermissionError
            KEYS["user"] = json.loads(raw(p))["sub"]  # JWT109
    """,
    "the signature is handed to a function that cannot be seen": """
        from elsewhere import check
        def f(t, key):
            h, p, s = t.split(".")
            check(f"{h}.{p}", s, key)
            KEYS["user"] = json.loads(raw(p))["sub"]
    """,
    "the signature is decoded and handed to a key": """
        def f(t, key):
            message, _, signature = t.rpartition(".")
            key.verify(message.encode(), raw(signature))
            KEYS["user"] = json.loads(raw(t.split(".")[1]))["sub"]
    """,
    "the header chooses the key": """
        def f(t):
            kid = json.loads(raw(t.split(".")[0]))["kid"]
            return jwt.decode(t, KEYS[kid], algorithms=["RS256"])
    """,
    "the header is the key": """
        def f(t):
            key = json.loads(raw(t.split(".")[0]))["jwk"]
            made = jwt.algorithms.RSAAlgorithm.from_jwk(json.dumps(key))
            return jwt.decode(t, made, algorithms=["RS256"])  # JWT108
    """,
    "the header names the algorithm": """
        def f(t):
            alg = json.loads(raw(t.split(".")[0]))["alg"]
            return jwt.decode(t, os.environ["KEY"], algorithms=[alg])  # JWT104
    """,
    "verification fails open": """
        def f(t):
            try:
                claims = jwt.decode(t, KEYS, algorithms=["RS256"])
            except jwt.PyJWTError:
                claims = json.loads(raw(t.split(".")[1]))  # JWT110
            KEYS["user"] = claims["sub"]
    """,
    "a file without a library": """
        def f(t):
            part = t.split(".")[1]
            claims = json.loads(raw(part))  # JWT109
            return claims["sub"] if claims["role"] == "admin" else None
    """,
}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    # Without a caller the helper itself hands unverified claims on, of low confidence.
    prelude = PRELUDE if "payload_of" in code else PRELUDE.partition("def payload_of")[0]
    verify(code, prelude)


@pytest.mark.parametrize(
    ("use", "confidence"),
    [
        ("if claims['role'] != 'admin': raise PermissionError", ["high"]),
        ("if not claims.get('role'): raise PermissionError", ["medium"]),
        ("if claims['role'] is None: raise PermissionError", ["medium"]),
        ("KEYS['user'] = claims['sub']", ["medium"]),
        ("return claims", ["low"]),
        ("print(claims['sub'])", []),
        ("return claims['exp']", []),
        ("pass", []),
    ],
)
def test_what_the_claims_are_for(use: str, confidence: list[str]) -> None:
    code = f"""
        def f(t):
            claims = json.loads(base64.b64decode(t.split('.')[1] + '=='))
            {use}
    """
    assert confidences(code, "JWT109", "import base64, json\nKEYS = {}\n") == confidence


@pytest.mark.parametrize(
    ("token", "confidence"),
    [
        ("fetch(url)['access_token']", ["low"]),
        ("json.loads(fetch(url))['id_token']", ["low"]),
        ("fetch(url)['session']", ["high"]),
        ("url['id_token']", ["high"]),
    ],
)
def test_whose_token_it_is(token: str, confidence: list[str]) -> None:
    code = f"""
        from elsewhere import fetch
        def f(url):
            claims = json.loads(base64.b64decode({token}.split('.')[1] + '=='))
            if claims['role'] != 'admin':
                raise PermissionError
    """
    assert confidences(code, "JWT109", "import base64, json\n") == confidence
