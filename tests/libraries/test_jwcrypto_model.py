"""What the model of jwcrypto says of calls that no fixture holds."""

from __future__ import annotations

import pytest
from shape_programs import verify

JWCRYPTO = """\
import json, os, time
from jwcrypto import jwk, jwt, jws
from jwcrypto.common import json_decode, json_encode
KEY = jwk.JWK.from_json(os.environ["KEY"])
"""

PROGRAMS = {
    "the library adds an expiry where a default names it": """
        def f(user):
            jwt.JWT({"alg": "HS256"}, {"sub": user}, default_claims={"exp": None}).make_signed_token(KEY)
        def g(user):
            token = jwt.JWT({"alg": "HS256"}, {"sub": user}, default_claims={"iat": None})  # JWT301
            token.make_signed_token(KEY)
        def h(user, defaults):
            jwt.JWT({"alg": "HS256"}, {"sub": user}, default_claims=defaults).make_signed_token(KEY)
    """,
    "claims as a text": """
        def f(user):
            token = jwt.JWT(header=json_encode({"alg": "HS256"}), claims=json.dumps({"sub": user}))  # JWT301
            token.make_signed_token(KEY)
        def g(text):
            jwt.JWT(header={"alg": "HS256"}, claims=text).make_signed_token(KEY)
    """,
    "claims set later": """
        def f(user):
            token = jwt.JWT(header={"alg": "HS256"})
            token.claims = {"sub": user}  # JWT301
            token.make_signed_token(KEY)
    """,
    "an unsigned token": """
        def f(exp):
            token = jwt.JWT({"alg": "none"}, {"exp": exp}, algs=["none"])  # JWT101
            token.make_signed_token(KEY)
    """,
    "keys written out": """
        def f(exp):
            token = jwt.JWT({"alg": "HS256"}, {"exp": exp})
            token.make_signed_token(jwk.JWK.from_password("a password of thirty-six characters.."))  # JWT501
        def g(t):
            key = jwk.JWK.from_json('{"kty": "oct", "k": "YSBwYXNzd29yZCBvZiB0aGlydHktc2l4IGNoYXJhY3RlcnMu"}')  # JWT501
            return jwt.JWT(jwt=t, key=key).claims
        def h(t):
            keys = jwk.JWKSet()
            keys.add(jwk.JWK(**{"kty": "oct", "k": os.getenv("K", "YSBwYXNzd29yZCBvZiB0aGlydHktc2l4")}))  # JWT502
            return jwt.JWT(jwt=t, key=keys).claims
        def i(t):
            return jwt.JWT(jwt=t, key=jwk.JWK.generate(kty="oct", size=256)).claims
        def j(t):
            return jwt.JWT(jwt=t, key=jwk.JWK.from_pem(b"-----BEGIN PUBLIC KEY-----MIIB")).claims
    """,
    "a public key made a secret": """
        def f(t):
            key = jwk.JWK.from_password("-----BEGIN PUBLIC KEY-----MIIB-----END PUBLIC KEY-----")
            return jwt.JWT(jwt=t, key=key, algs=["HS256"]).claims  # JWT105
    """,
    "the kind of the key decides": """
        def f(t):
            return jwt.JWT(jwt=t, key=KEY).claims
        def g(t):
            return jwt.JWT(jwt=t, key=KEY, algs=["HS256", "RS256"]).claims
    """,
    "the list is the token's own": """
        def f(t):
            head = jws.JWS()
            head.deserialize(t)
            return jwt.JWT(jwt=t, key=KEY, algs=[head.jose_header["alg"]]).claims  # JWT104
    """,
    "checks of claims": """
        def f(t):
            return json_decode(jwt.JWT(jwt=t, key=KEY, check_claims=False).claims)["sub"]  # JWT302
        def g(t):
            return json_decode(jwt.JWT(jwt=t, key=KEY, check_claims={"iss": "us"}).claims)["sub"]  # JWT302
        def h(t):
            return json_decode(jwt.JWT(jwt=t, key=KEY, check_claims={"iss": "us", "exp": None}).claims)["sub"]
        def i(t, asked):
            return json_decode(jwt.JWT(jwt=t, key=KEY, check_claims=asked).claims)["sub"]
        def j(t):
            token = jwt.JWT(check_claims={})  # JWT302
            token.deserialize(t, KEY)
            return json.loads(token.claims)["sub"]
    """,
    "the expiry is compared by hand": """
        def f(t):
            claims = json.loads(jwt.JWT(jwt=t, key=KEY, check_claims={}).claims)
            if claims["exp"] < time.time():
                raise PermissionError
            return claims
    """,
    "the payload of what nobody has verified": """
        def f(t):
            return json.loads(jwt.JWT(jwt=t).token.objects["payload"])["sub"]  # JWT102
        def g(t):
            return json.loads(jwt.JWT.from_jose_token(t).token.objects["payload"])["sub"]  # JWT102
        def h(t):
            token = jws.JWS()
            token.deserialize(t)
            return json.loads(token.objects.get("payload").decode("utf-8"))["sub"]  # JWT102
        def i(t):
            return json.loads(jwt.JWT(jwt=t, key="").token.objects["payload"])["sub"]  # JWT102
    """,
    "what is only taken apart gives no claims": """
        def f(t):
            return jwt.JWT(jwt=t)
        def g(t):
            token = jws.JWS()
            token.deserialize(t)
            return token.jose_header["kid"]
    """,
    "verified after a look at it": """
        def f(t):
            token = jws.JWS()
            token.deserialize(t)
            issuer = json.loads(token.objects["payload"])["iss"]
            token.verify(jwk.JWK.from_json(os.environ[issuer]), "RS256")
            return json.loads(token.payload)
        def g(t):
            token = jwt.JWT(jwt=t)
            issuer = json.loads(token.token.objects["payload"])["iss"]
            token.validate(jwk.JWK.from_json(os.environ[issuer]))
            return json.loads(token.claims)
    """,
    "a failed verification is passed over": """
        def f(t):
            token = jws.JWS()
            token.deserialize(t)
            try:
                token.verify(KEY)
            except jws.InvalidJWSSignature:
                pass
            return json.loads(token.objects["payload"])["sub"]  # JWT110
    """,
    "what it makes is a token": """
        import requests
        def f(exp):
            token = jwt.JWT({"alg": "HS256"}, {"exp": exp})
            token.make_signed_token(KEY)
            headers = {"Authorization": "Bearer " + token.serialize()}
            return requests.get("http://api.example.com", headers=headers)  # JWT401
    """,
    "an object of a class of the project's own": """
        class Tokens:
            def __init__(self, key):
                self.key = key
            def issue(self, claims):
                token = jwt.JWT(header={"alg": "HS256"}, claims=claims)
                token.make_signed_token(self.key)
                return token.serialize()
            def accept(self, text):
                return json_decode(jwt.JWT(key=self.key, jwt=text, algs=["HS256"]).claims)
        tokens = Tokens(jwk.JWK.from_password("a password of thirty-six characters.."))  # JWT501
        def f(user):
            return tokens.issue({"sub": user})  # JWT301
    """,
    "a raw signature": """
        def f():
            token = jws.JWS(b"payload")
            token.add_signature(jwk.JWK.from_password("a password of thirty-six characters.."), "HS256")  # JWT501
            return token.serialize(compact=True)
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, JWCRYPTO)
