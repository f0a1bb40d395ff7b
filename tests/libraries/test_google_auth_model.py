"""What the model of google-auth says of calls that no fixture holds."""

from __future__ import annotations

import pytest
from shape_programs import verify

GOOGLE = """\
import os, time
from datetime import datetime, timedelta
from google.auth import crypt, jwt
from google.auth.transport.requests import Request
from google.oauth2 import id_token, service_account
SIGNER = crypt.RSASigner.from_string(os.environ["KEY"])
CERTS = os.environ["CERTS"]
"""

PRIVATE = "-----BEGIN PRIVATE KEY-----\\\\nMIIEvQIBADANBgkqhkiG9w0B\\\\n-----END PRIVATE KEY-----"

PROGRAMS = {
    "the end of a token": """
        def f(user):
            return jwt.encode(SIGNER, {"sub": user})  # JWT301
        def g(user):
            return jwt.encode(SIGNER, {"sub": user, "exp": int(time.time()) + 60})
        def h(user):
            return jwt.encode(SIGNER, {"sub": user, "exp": int(time.time()) + 365 * 86400})  # JWT303
        def i(claims):
            return jwt.encode(SIGNER, claims)
    """,
    "verification switched off": """
        def f(t):
            return jwt.decode(t, verify=False)["sub"]  # JWT102
        def g(t):
            return jwt.decode(t, None, False)["sub"]  # JWT102
        def h(t):
            return jwt.decode(t, CERTS)["sub"]
        def i(t, verify=True):
            return jwt.decode(t, CERTS, verify)["sub"]
    """,
    "looked at first, verified after": """
        def f(t):
            issuer = jwt.decode(t, verify=False)["iss"]
            return jwt.decode(t, os.environ[issuer])
        def g(t):
            return jwt.decode(t, os.environ[jwt.decode_header(t)["kid"]])
    """,
    "tokens of Google": """
        def f(t):
            return id_token.verify_oauth2_token(t, Request(), "us")["sub"]
        def g(t):
            claims = jwt.decode(t, verify=False)
            id_token.verify_oauth2_token(t, Request(), claims["aud"])  # JWT201
            return claims
        async def h(t):
            import asyncio
            return await asyncio.to_thread(id_token.verify_firebase_token, t, Request(), "us")
        def i(t):
            try:
                return id_token.verify_token(t, Request())
            except ValueError:
                return jwt.decode(t, verify=False)  # JWT110
    """,
    "certificates in the source are no secrets": """
        def f(t):
            return jwt.decode(t, "-----BEGIN CERTIFICATE-----MIIC")["sub"]
    """,
    "private keys in the source": f"""
        def f(exp):
            signer = crypt.RSASigner.from_string("{PRIVATE}")  # JWT505
            return jwt.encode(signer, {{"exp": exp}})
        INFO = {{
            "client_email": "us@example.com",
            "private_key": "{PRIVATE}",  # JWT505
        }}
        def g():
            return service_account.Credentials.from_service_account_info(INFO)
        def h():
            return service_account.Credentials.from_service_account_info({{"private_key": os.environ["KEY"]}})
        def i():
            return jwt.Credentials.from_service_account_file("account.json", audience="them")
    """.replace("\\\\n", "\\n"),
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, GOOGLE)
