"""What the model of GehirnInc's jwt says of calls that no fixture holds, and that PyJWT is another package."""

from __future__ import annotations

import pytest
from shape_programs import verify

GEHIRN = """\
import os, time
from datetime import datetime, timedelta, timezone
from jwt import JWT, jwk_from_dict, jwk_from_pem
from jwt.jwk import OctetJWK
from jwt.utils import get_int_from_datetime
KEY = jwk_from_dict({"kty": "oct", "k": os.environ["KEY"]})
jwt = JWT()
"""

PROGRAMS = {
    "the end of a token": """
        def f(user):
            return jwt.encode({"sub": user}, KEY)  # JWT301
        def g(user):
            soon = get_int_from_datetime(datetime.now(timezone.utc) + timedelta(hours=1))
            return jwt.encode({"sub": user, "exp": soon}, KEY, alg="HS256")
        def h(user):
            local = get_int_from_datetime(datetime.now() + timedelta(hours=1))
            return jwt.encode({"sub": user, "exp": local}, KEY)
        def i(user):
            skewed = get_int_from_datetime(datetime.utcnow() + timedelta(hours=1))
            return jwt.encode({"sub": user, "exp": skewed}, KEY)  # JWT305
        def j(user):
            late = get_int_from_datetime(datetime.now(timezone.utc) + timedelta(days=365))
            return jwt.encode({"sub": user, "exp": late}, KEY)  # JWT303
    """,
    "keys written out": """
        def f(exp):
            return jwt.encode({"exp": exp}, OctetJWK(b"a password of thirty-six characters.."))  # JWT501
        def g(t):
            return jwt.decode(t, jwk_from_dict({"kty": "oct", "k": "c2VjcmV0"}))  # JWT501
        def h(t):
            return jwt.decode(t, jwk_from_pem(b"-----BEGIN PUBLIC KEY-----MIIB"))
        def i(exp):
            return jwt.encode({"exp": exp}, jwk_from_pem(b"-----BEGIN RSA PRIVATE KEY-----MIIB"), "RS256")  # JWT505
        def j(t):
            return jwt.decode(t, OctetJWK(os.getenv("KEY", "").encode()))  # JWT107
    """,
    "the kind of the key decides": """
        def f(t):
            return jwt.decode(t, KEY)
        def g(t):
            return jwt.decode(t, KEY, algorithms={"HS256", "RS256"})
        def h(t):
            key = OctetJWK(b"-----BEGIN PUBLIC KEY-----MIIB")
            return jwt.decode(t, key, algorithms=["HS256"])  # JWT105
    """,
    "what is switched off": """
        def f(t):
            return jwt.decode(t, do_verify=False)["sub"]  # JWT102
        def g(t):
            return JWT().decode(t, None, False)["sub"]  # JWT102
        def h(t):
            return jwt.decode(t, KEY, do_time_check=False)["sub"]  # JWT302
        def i(t):
            return jwt.decode(t, KEY, True, {"HS256"}, False)["sub"]  # JWT302
        def j(t):
            claims = jwt.decode(t, KEY, do_time_check=False)
            if claims["exp"] < time.time():
                raise PermissionError
            return claims
        def k(t):
            issuer = jwt.decode(t, do_verify=False)["iss"]
            return jwt.decode(t, jwk_from_dict(os.environ[issuer]))
    """,
}

NAMES = {
    "GehirnInc's module": """
        import jwt, jwt.jwk
        def f(t):
            return jwt.JWT().decode(t, do_verify=False)["sub"]  # JWT102
        def g(t):
            return jwt.jwt.JWT().decode(t, jwt.jwk.jwk_from_dict({"kty": "oct", "k": "c2VjcmV0"}))["sub"]  # JWT501
    """,
    "GehirnInc's module as a whole": """
        from jwt import *
        def f(t):
            return JWT().decode(t, do_verify=False)["sub"]  # JWT102
    """,
    "PyJWT's module": """
        import jwt
        def f(t):
            return jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT102
        def g(t, key):
            return jwt.decode(t, key, algorithms=["RS256"], do_verify=False)["sub"]  # JWT112
    """,
    "python-jose's": """
        from jose import jwt
        def f(t):
            return jwt.get_unverified_claims(t)["sub"]  # JWT102
    """,
    "jwcrypto's": """
        from jwcrypto import jwt
        def f(t):
            return jwt.JWT(jwt=t).token.objects["payload"]["sub"]  # JWT102
    """,
    "cryptojwt's": """
        from cryptojwt import jwt
        def f(user, keys):
            return jwt.JWT(keys).pack({"sub": user})  # JWT301
    """,
    "python_jwt's": """
        import python_jwt as jwt
        def f(t):
            return jwt.process_jwt(t)[1]["sub"]  # JWT102
    """,
    "google-auth's": """
        from google.auth import jwt
        def f(t):
            return jwt.decode(t, verify=False)["sub"]  # JWT102
    """,
    "Authlib's": """
        from authlib.jose import jwt
        def f(user, key):
            return jwt.encode({"alg": "HS256"}, {"sub": user}, key)  # JWT301
    """,
    "joserfc's": """
        from joserfc import jwt
        def f(user, key):
            return jwt.encode({"alg": "HS256"}, {"sub": user}, key)  # JWT301
    """,
    "something that is called so": """
        from app import jwt
        def f(t):
            return jwt.decode(t, do_verify=False)["sub"]
        def g(t, jwt):
            return jwt.JWT().decode(t, do_verify=False)["sub"]
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, GEHIRN)


@pytest.mark.parametrize("code", NAMES.values(), ids=NAMES)
def test_packages_of_one_name_are_told_apart(code: str) -> None:
    verify(code, "")
