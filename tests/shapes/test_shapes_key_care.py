"""Keys that are drawn in the program, and tokens that do not name theirs."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

PRELUDE = """\
import os, secrets
import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
"""

SHAPES = {
    "JWT507": {
        "read or drawn": """
            def f(path, c):
                key = path.read_text() if path.exists() else secrets.token_hex(32)
                return jwt.encode(c, key)
        """,
        "a pair": """
            key = ed25519.Ed25519PrivateKey.generate()  # JWT507
            def f(c, t):
                jwt.encode(c, key, algorithm="EdDSA")
                return jwt.decode(t, key.public_key(), algorithms=["EdDSA"])
        """,
        "kept in an object": """
            class Service:
                def __init__(self):
                    self._key = secrets.token_bytes(32)  # JWT507
                def f(self, c):
                    return jwt.encode(c, self._key)
        """,
        "from outside": """
            def f(c, key):
                return jwt.encode(c, key)
        """,
    },
    "JWT508": {
        "there, or may be": """
            def f(c, k, headers):
                jwt.encode(c, k, headers={"kid": "1"})
                jwt.encode(c, k, headers=headers)
                jwt.encode(c, k, headers={**headers})
                jwt.encode(c, k, "HS256", {"kid": k.id})
        """,
        "taken out": """
            def f(c, k):
                headers = {"kid": "1"}
                del headers["kid"]
                return jwt.encode(c, k, headers=headers)  # JWT508
        """,
    },
    "JWT510": {
        "a small key verifies": """
            key = rsa.generate_private_key(65537, 512 * 2)  # JWT510
            def f(t):
                return jwt.decode(t, key.public_key(), algorithms=["RS256"])
        """,
        "not known": """
            def f(c, bits):
                return jwt.encode(c, rsa.generate_private_key(65537, bits), algorithm="RS256")
        """,
    },
}
CASES = [(code, name) for code, shapes in SHAPES.items() for name in shapes]


@pytest.mark.parametrize(("check", "name"), CASES, ids=[f"{code} {name}" for code, name in CASES])
def test_shape(check: str, name: str) -> None:
    verify(SHAPES[check][name], PRELUDE, extra=check)


def test_how_sure() -> None:
    code = """
        KEY = os.getenv("KEY") or secrets.token_hex(32)
        def f(c, k, named):
            headers = {}
            if named:
                headers["kid"] = "1"
            jwt.encode(c, KEY, headers=headers)
    """
    assert confidences(code, "JWT507", PRELUDE) == ["medium"]
    assert confidences(code, "JWT508", PRELUDE) == ["medium"]
