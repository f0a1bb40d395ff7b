"""What the model of jwskate says of calls that no fixture holds."""

from __future__ import annotations

import pytest
from shape_programs import verify

JWSKATE = """\
import os, time
from datetime import datetime, timedelta, timezone
from jwskate import Jwk, JwkSet, Jwt, JwtSigner, JwtVerifier, SignedJwt, SymmetricJwk, to_jwk
KEY = Jwk(os.environ["KEY"])
"""

PROGRAMS = {
    "the end of a token": """
        def f(user):
            return Jwt.sign({"sub": user}, KEY, alg="ES256")  # JWT301
        def g(user):
            return str(Jwt.sign({"sub": user, "exp": Jwt.timestamp(600)}, KEY))
        def h(user):
            return str(Jwt.sign({"sub": user, "exp": Jwt.timestamp(90 * 86400)}, KEY))  # JWT303
        def i(user):
            return Jwt.sign_arbitrary({"sub": user}, {"typ": "at+jwt"}, KEY, alg="ES256")  # JWT301
        def j(user):
            return Jwt.sign({"sub": user, "exp": datetime.now() + timedelta(hours=1)}, KEY)
        def k(user):
            return Jwt.sign({"sub": user, "exp": datetime.utcnow() + timedelta(hours=1)}, KEY)  # JWT305
        def l(claims):
            return Jwt.sign(claims, KEY)
    """,
    "a signer adds the expiry": """
        def f(user):
            return JwtSigner(KEY, issuer="us", alg="ES256").sign(subject=user)
        def g(user):
            return JwtSigner(KEY, alg="ES256", default_lifetime=90 * 86400).sign(subject=user)  # JWT303
        def h(user):
            return JwtSigner(KEY, alg="ES256").sign(subject=user, lifetime=90 * 86400)  # JWT303
        def i(user):
            return JwtSigner.with_random_key(issuer="us", alg="ES256").sign(subject=user)
        def j(user):
            signer = JwtSigner(SymmetricJwk.from_bytes("s3cr3t"), alg="HS256")  # JWT501
            return signer.sign(subject=user)
    """,
    "a token without a signature": """
        def f(exp):
            return Jwt.unprotected({"exp": exp})  # JWT101
    """,
    "keys written out": """
        def f(exp):
            return Jwt.sign({"exp": exp}, {"kty": "oct", "k": "czNjcjN0"}, alg="HS256")  # JWT501
        def g(exp):
            return Jwt.sign({"exp": exp}, b"s3cr3t", alg="HS256")  # JWT501
        def h(t):
            return SignedJwt(t).verify(SymmetricJwk.from_bytes(os.getenv("K", "")), alg="HS256").claims  # JWT107 JWT302
        def i(exp):
            return Jwt.sign({"exp": exp}, Jwk.from_pem("-----BEGIN PRIVATE KEY-----MIIE"), alg="RS256")  # JWT505
        def j(t):
            SignedJwt(t).validate(to_jwk('{"kty": "oct", "k": "czNjcjN0"}'), alg="HS256")  # JWT501
        def k(t):
            SignedJwt(t).validate(Jwk.from_pem("-----BEGIN PUBLIC KEY-----MIIB"), alg="RS256")
        def l(t):
            keys = JwkSet(keys=[{"kty": "oct", "k": "czNjcjN0"}])  # JWT501
            SignedJwt(t).validate(keys, alg="HS256")
    """,
    "claims of what nobody has verified": """
        def f(t):
            return Jwt(t).claims  # JWT102
        def g(t):
            return SignedJwt(t)["sub"]  # JWT102
        def h(t):
            token = Jwt(t)  # JWT102
            return token.get_claim("sub")
        def i(t):
            return Jwt(t).subject  # JWT102
        def j(t):
            return Jwt(t).sub  # JWT102
    """,
    "what is only taken apart": """
        def f(t):
            return Jwt(t)
        def g(t):
            return SignedJwt(t).headers["kid"]
        def h(t):
            store(SignedJwt(t))
        def i(t):
            if isinstance(t, str):
                t = Jwt(t)
            return post(data={"assertion": t})
        class Kept:
            def __init__(self, t):
                self.token = SignedJwt(t)
        def j(t):
            return store(Kept(t))
        class IdToken(SignedJwt):
            @property
            def party(self):
                return self.claims.get("azp")
        def k(t):
            return store(IdToken(t))
    """,
    "looked at first, verified after": """
        def f(t):
            token = SignedJwt(t)
            token.validate(Jwk(os.environ[token.issuer]), alg="ES256")
            return token.claims
        def g(t):
            token = SignedJwt(t)
            JwtVerifier(JwkSet(os.environ["KEYS"]), issuer="us", alg="ES256").verify(token)
            return token.claims
        def h(t):
            JwtVerifier(JwkSet(os.environ["KEYS"]), issuer="us", alg="ES256").verify(t)
            return Jwt(t)["sub"]
    """,
    "a signature is not a validation": """
        def f(t):
            return SignedJwt(t).verify(KEY, alg="ES256")["sub"]  # JWT302
        def g(t):
            token = SignedJwt(t).verify(KEY, alg="ES256")
            if token.is_expired():
                raise PermissionError
            return token["sub"]
        def h(t):
            token = SignedJwt(t).verify(KEY, alg="ES256")
            if token.expires_at < datetime.now(timezone.utc):
                raise PermissionError
            return token["sub"]
        def i(t):
            token = SignedJwt(t)
            token.validate(KEY, alg="ES256", check_exp=False)  # JWT302
            return token["sub"]
        def j(t):
            token = SignedJwt(t)
            if not token.verify_signature(KEY, alg="ES256"):  # JWT302
                raise PermissionError
            return token["sub"]
    """,
    "the kind of the key decides": """
        def f(t):
            SignedJwt(t).validate(KEY, algs=["HS256", "ES256"])
        def g(t):
            SignedJwt(t).validate(KEY)
        def h(t):
            SignedJwt(t).validate(SymmetricJwk.from_bytes("-----BEGIN PUBLIC KEY-----MIIB"), alg="HS256")  # JWT105
        def i(t):
            token = SignedJwt(t)
            token.validate(KEY, alg=token.headers["alg"])  # JWT104
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, JWSKATE)
