"""SHAPES B: what names stand for."""

from __future__ import annotations

import pytest
from shape_programs import verify

SHAPES = {
    "B1 a module under another name": """
        import jwt as pyjwt
        pyjwt.encode({"sub": 1}, KEY)  # JWT301
    """,
    "B1 a function under another name": """
        from jwt import encode as sign
        sign({"sub": 1}, KEY)  # JWT301
    """,
    "B1 from jose": """
        from jose import jwt
        jwt.encode({"sub": 1}, KEY)  # JWT301
    """,
    "B1 jose by its full name": """
        import jose.jwt
        jose.jwt.encode({"sub": 1}, KEY)  # JWT301
    """,
    "B1 an inner module": """
        from jwt.api_jwt import decode
        def f(t):
            claims = decode(t, options={"verify_signature": False})  # JWT102
            return claims["sub"]
    """,
    "B2 inside a function": """
        def f(u):
            import jwt
            return jwt.encode({"sub": u}, KEY)  # JWT301
    """,
    "B3 one or the other": """
        try:
            import jwt
        except ImportError:
            from jose import jwt
        def f(t):
            return jwt.decode(t, KEY)  # JWT103
    """,
    "B4 a parameter": """
        import jwt
        def f(jwt, t):
            return jwt.decode(t, options={"verify_signature": False})
    """,
    "B4 another object": """
        from flask_jwt_extended import JWTManager
        jwt = JWTManager(app)
        jwt.decode(token, options={"verify_signature": False})
    """,
    "B4 another module": """
        import json as jwt
        jwt.encode({"sub": 1}, KEY)
    """,
    "B6 a star": """
        from jwt import *
        encode({"sub": 1}, KEY)  # JWT301
    """,
    "B7 GehirnInc's package": """
        from jwt import JWT, jwk_from_dict
        def f(t, k):
            message = JWT().decode(t, jwk_from_dict(k))
            return JWT().encode({"exp": 1}, jwk_from_dict(k))
    """,
    "a local variable hides the module in its own function only": """
        import jwt
        def f(make):
            jwt = make()
            return jwt.encode({"sub": 1}, KEY)
        def g(u):
            return jwt.encode({"sub": u}, KEY)  # JWT301
    """,
    "a comprehension's variable stays inside": """
        import jwt
        def f(us, tools):
            [jwt for jwt in tools]
            return jwt.encode({"sub": us}, KEY)  # JWT301
    """,
}

PRELUDE = """\
import os
KEY = os.environ["KEY"]
"""


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)
