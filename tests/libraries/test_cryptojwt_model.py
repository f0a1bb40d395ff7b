"""What the model of cryptojwt says of calls that no fixture holds."""

from __future__ import annotations

import pytest
from shape_programs import verify

CRYPTOJWT = """\
import os, time
from cryptojwt.jwt import JWT
from cryptojwt.key_jar import KeyJar
from cryptojwt.jws.jws import JWS, factory
from cryptojwt.jwk.hmac import SYMKey
from cryptojwt.jwk.jwk import key_from_jwk_dict
JAR = KeyJar()
JAR.add_symmetric("", os.environ["KEY"], ["sig"])
"""

PROGRAMS = {
    "packing": """
        def f(user):
            return JWT(JAR, iss="us", sign_alg="HS256").pack({"sub": user})  # JWT301
        def g(user):
            return JWT(JAR, iss="us", sign_alg="HS256", lifetime=600).pack({"sub": user})
        def h(user):
            p = JWT(JAR, iss="us", sign_alg="HS256")
            p.lifetime = 365 * 86400  # JWT303
            return p.pack({"sub": user})
        def i(user):
            return JWT(JAR, iss="us", sign_alg="HS256").pack({"sub": user, "exp": int(time.time()) + 5})
        def j(user):
            return JWT(JAR, sign_alg="none", lifetime=600).pack({"sub": user})  # JWT101
    """,
    "keys": """
        def k(user):
            jar = KeyJar()
            jar.add_symmetric("", "a literal of some length", ["sig"])  # JWT501
            return JWT(key_jar=jar, sign_alg="HS256", lifetime=600).pack({"sub": user})
        def p(t):
            return JWS(alg="HS256").verify_compact(t, [SYMKey(key="a literal of some length")])  # JWT501
        def q(t):
            return JWS(alg="HS256").verify_compact(t, [SYMKey(key=os.environ["K"])])
        def s(t):
            return JWS(alg="HS256").verify_compact(t, [SYMKey(key="-----BEGIN PUBLIC KEY-----MIIB")])  # JWT105
        def w(t):
            key = key_from_jwk_dict({"kty": "oct", "k": "YSBsaXRlcmFsIG9mIHNvbWUgbGVuZ3Ro"})  # JWT501
            return JWS(alg="HS256").verify_compact(t, [key])
        def x(t):
            return JWS(alg=["HS256", "RS256"]).verify_compact(t, [SYMKey(key=os.environ["K"])])
    """,
    "unpacking and reading": """
        def l(t):
            return JWT(JAR).unpack(t)["sub"]
        def m(t):
            return factory(t).jwt.payload()["sub"]  # JWT102
        def n(t):
            found = factory(t)
            keys = os.environ[found.jwt.payload()["iss"]]
            return found.verify_compact(t, keys)
        def r(t):
            return factory(t).jwt.headers["kid"]
    """,
    "no signature at all": """
        def o(t, keys):
            return JWS().verify_compact(t, keys, allow_none=True)["sub"]  # JWT101
        def u():
            return JWT(JAR, sign=False).pack({"sub": 1})
        def v(t, keys, none):
            return JWS().verify_compact_verbose(t, keys, none)["msg"]["sub"]
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, CRYPTOJWT)
