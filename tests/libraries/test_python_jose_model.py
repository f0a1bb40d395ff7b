"""What the model of python-jose says of key objects, encryption, and functions that are handed to runners."""

from __future__ import annotations

import pytest
from shape_programs import verify

PRELUDE = """\
import os, time, asyncio, requests
from jose import jwt, jws, jwk, jwe
from jose.utils import base64url_decode
KEY = os.environ["KEY"]
"""

PROGRAMS = {
    "a key object verifies the token": """
        def f(token, key):
            message, signature = str(token).rsplit(".", 1)
            if not jwk.construct(key).verify(message.encode("utf8"), base64url_decode(signature.encode("utf8"))):
                return False
            return jwt.get_unverified_claims(token)
        def g(event, key):
            token = event["token"]
            claims = jwt.get_unverified_claims(token)
            if not jwk.construct(key, "RS256").verify(token.rpartition(".")[0].encode(), event["signature"]):
                raise PermissionError
            return claims
        """,
    "a key object verifies something else": """
        def f(token, other, key):
            message, signature = other.rsplit(".", 1)
            if not jwk.construct(key, "RS256").verify(message.encode(), base64url_decode(signature)):
                raise PermissionError
            return jwt.get_unverified_claims(token)  # JWT102
        """,
    "the key of a key object": """
        def f(token):
            message, signature = token.rsplit(".", 1)
            return jwk.construct("s3cr3t", "HS256").verify(message.encode(), base64url_decode(signature))  # JWT501
        """,
    "handed to runners": """
        from elsewhere import run
        async def f(t):
            return (await asyncio.to_thread(jwt.decode, t, KEY))["sub"]  # JWT103
        async def g(t):
            return (await run(jwt.decode, t, KEY))["sub"]  # JWT103
        async def h(user):
            return await run(jwt.encode, {"sub": user}, KEY)  # JWT301
        async def i(t):
            return await run(jws.verify, t, KEY, None)  # JWT103
        async def j(t):
            return await run(jws.verify, t, KEY, ["HS256"])
        """,
    "an encrypted token is a token": """
        def f():
            token = jwe.encrypt(b"payload", KEY).decode()
            requests.get("http://api.example.com", headers={"Authorization": f"Bearer {token}"})  # JWT401
        def g(token):
            return jwe.get_unverified_header(token)["alg"]
        """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)
