"""What the model of PyJWT says of its other entry points: raw signatures, instances, key objects."""

from __future__ import annotations

import pytest
from shape_programs import verify

PRELUDE = """\
import os, time, json
import jwt
from jwt import PyJWS, PyJWT, PyJWK, PyJWKClient, PyJWKSet, api_jws
from jwt.algorithms import HMACAlgorithm, RSAAlgorithm
KEY = os.environ["KEY"]
client = PyJWKClient("https://login.example.com/keys")
"""

PROGRAMS = {
    "claims that decode_complete gives are tested": """
        def f(t):
            found = jwt.decode_complete(t, KEY, algorithms=["HS256"], options={"verify_exp": False})
            if found["payload"]["exp"] < time.time():
                raise PermissionError
            return found["payload"]
        def g(t):
            return jwt.decode_complete(t, KEY, algorithms=["HS256"], options={"verify_exp": False})["payload"]  # JWT302
        """,
    "an argument for another release": """
        if jwt.__version__.startswith("2"):
            major = 2
        else:
            major = 1
        def f(t, check=None, **more):
            if major == 1:
                more["verify"] = check
            return jwt.decode(t, KEY, algorithms=["HS256"], **more)
        def g(t, check, **more):
            if int(jwt.__version__.split(".")[0]) > 1:
                more["verify"] = check
            return jwt.decode(t, KEY, algorithms=["HS256"], **more)  # JWT112
        """,
    "an argument without effect is so whoever has passed its value": """
        def f(t, verify=True):
            return jwt.decode(t, KEY, algorithms=["HS256"], verify=verify)  # JWT112
        def g(t, verify=True):
            return f(t, verify)
        def h(t):
            return g(t, verify=False)
        """,
    "only the header of decode_complete is read": """
        def f(t):
            return jwt.decode_complete(t, options={"verify_signature": False})["header"]["kid"]
        def g(t):
            return jwt.decode_complete(t, options={"verify_signature": False})["payload"]["sub"]  # JWT102
        """,
    "the algorithm out of decode_complete": """
        def f(t):
            found = jwt.decode_complete(t, options={"verify_signature": False})
            return jwt.decode(t, KEY, algorithms=[found["header"]["alg"]])  # JWT104
        """,
    "raw signatures are made": """
        def f():
            return PyJWS().encode(b"x", "s3cr3t")  # JWT501
        def g():
            return api_jws.encode(b"x", None, algorithm="none")  # JWT101
        """,
    "raw signatures are not checked": """
        def f(t):
            return api_jws.decode(t, options={"verify_signature": False})  # JWT102
        def g(t):
            return PyJWS(options={"verify_signature": False}).decode(t)  # JWT102
        def h(t):
            found = PyJWS().decode_complete(t, options={"verify_signature": False})  # JWT102
            return json.loads(found["payload"])["sub"]
        """,
    "raw signatures are checked": """
        def f(t):
            return json.loads(PyJWS().decode_complete(t, KEY, ["HS256"])["payload"])["sub"]
        def g(t):
            reader = PyJWS(options={"verify_signature": False})
            return reader.decode(t, KEY, ["HS256"], options={"verify_signature": True})
        """,
    "the class by its longer name": """
        from jwt.api_jwt import PyJWT as Reader
        def f(t):
            return Reader(options={"verify_exp": False}).decode(t, KEY, algorithms=["HS256"])  # JWT302
        """,
    "a key object is what it was made of": """
        def f(e):
            return jwt.encode({"exp": e}, PyJWK({"kty": "oct", "k": "c2VjcmV0"}))  # JWT501
        def g(e):
            return jwt.encode({"exp": e}, PyJWK({"kty": "oct", "k": "c2VjcmV0"}).key)  # JWT501
        def h(e):
            return jwt.encode({"exp": e}, HMACAlgorithm.from_jwk({"kty": "oct", "k": "c2VjcmV0"}))  # JWT501
        """,
    "a key object brings its algorithm": """
        def f(e, data):
            return jwt.encode({"exp": e}, PyJWK(data, "none"))  # JWT101
        def g(e):
            return jwt.encode({"exp": e}, PyJWK({"kty": "RSA", "n": "n", "e": "AQAB", "alg": "RS256"}))
        """,
    "a public key": """
        def f(t, text):
            return jwt.decode(t, RSAAlgorithm.from_jwk(text), algorithms=["RS256"])
        """,
    "keys that are fetched pin the algorithm": """
        def f(t):
            return jwt.decode(t, client.get_signing_key_from_jwt(t), algorithms=["HS256", "RS256"])
        def g(t):
            return jwt.decode(t, client.get_jwk_set()["1"], algorithms=["HS256", "RS256"])
        def h(t):
            for key in client.get_signing_keys():
                return jwt.decode(t, key, algorithms=["HS256", "RS256"])
        def i(t):
            return jwt.decode(t, client.match_kid(client.get_signing_keys(), "1"), algorithms=["HS256", "RS256"])
        """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)
