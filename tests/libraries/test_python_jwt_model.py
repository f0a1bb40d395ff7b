"""What the model of python_jwt says of calls that no fixture holds."""

from __future__ import annotations

import pytest
from shape_programs import verify

PYTHON_JWT = """\
import os
from datetime import datetime, timedelta
import python_jwt as jwt
from jwcrypto import jwk
KEY = jwk.JWK.from_json(os.environ["KEY"])
"""

PROGRAMS = {
    "without a key nothing is signed": """
        def f(user):
            return jwt.generate_jwt({"sub": user}, None, "HS256", timedelta(minutes=5))  # JWT101
        def g(user):
            return jwt.generate_jwt({"sub": user}, algorithm="HS256", lifetime=timedelta(minutes=5))  # JWT101
        def h(user, key):
            return jwt.generate_jwt({"sub": user}, key, "HS256", timedelta(minutes=5))
    """,
    "the end of a token": """
        def f(user):
            return jwt.generate_jwt({"sub": user}, KEY, "RS256")  # JWT301
        def g(user):
            return jwt.generate_jwt({"sub": user}, KEY, "RS256", lifetime=timedelta(days=365))  # JWT303
        def h(user):
            return jwt.generate_jwt({"sub": user}, KEY, "RS256", expires=datetime.now() + timedelta(hours=1))  # JWT305
        def i(user, lifetime):
            return jwt.generate_jwt({"sub": user}, KEY, "RS256", lifetime)
        def j(user, short):
            lifetime = timedelta(minutes=5) if short else None
            return jwt.generate_jwt({"sub": user}, KEY, "RS256", lifetime)  # JWT301
        def k(claims):
            return jwt.generate_jwt(claims, KEY, "RS256")
    """,
    "none with and without a key": """
        def f(t):
            return jwt.verify_jwt(t, None, ["HS256", "none"])  # JWT101
        def g(t):
            return jwt.verify_jwt(t, KEY, ["RS256", "none"])
        def h(t):
            return jwt.verify_jwt(t, None, ["HS256"])
    """,
    "verified claims": """
        def f(t):
            header, claims = jwt.verify_jwt(t, KEY, ["RS256"])
            return claims["sub"]
    """,
    "claims that nobody has verified": """
        def f(t):
            _, claims = jwt.process_jwt(t)  # JWT102
            return claims["sub"]
        def g(t):
            return jwt.process_jwt(t)[1]["sub"]  # JWT102
    """,
    "only the header is read": """
        def f(t):
            header, _ = jwt.process_jwt(t)
            return header["kid"]
    """,
    "the issuer is read, then the token is verified": """
        def f(t):
            header, claims = jwt.process_jwt(t)
            key = jwk.JWK.from_json(os.environ[claims["iss"]])
            return jwt.verify_jwt(t, key, ["RS256"])[1]
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PYTHON_JWT)


def test_a_key_written_out() -> None:
    code = """
        def f(user):
            key = jwk.JWK.from_password("a password of thirty-six characters..")  # JWT501
            return jwt.generate_jwt({"sub": user}, key, "HS256", timedelta(minutes=5))
    """
    verify(code, PYTHON_JWT)
