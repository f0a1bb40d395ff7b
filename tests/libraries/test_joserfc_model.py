"""What the model of joserfc says of calls that no fixture holds."""

from __future__ import annotations

from pathlib import Path

import projects
import pytest
from shape_programs import verify

PRELUDE = """\
import os, json
from joserfc import jwt, jws, jwk
from joserfc.jwk import OctKey, RSAKey, KeySet
from joserfc.jwt import JWTClaimsRegistry
KEY = OctKey.import_key(os.environ["KEY"])
registry = JWTClaimsRegistry(exp={"essential": True})
"""

PROGRAMS = {
    "claims that nobody validates": """
        def f(t):
            return jwt.decode(t, KEY).claims["sub"]  # JWT302
        def g(t):
            return jwt.decode(t, KEY)  # JWT302
        """,
    "claims that are validated": """
        def f(t):
            token = jwt.decode(t, KEY)
            registry.validate(token.claims)
            return token.claims
        def g(t):
            claims = jwt.decode(t, KEY).claims
            JWTClaimsRegistry(leeway=5).validate(claims)
            return claims["sub"]
        """,
    "other claims that are validated": """
        def f(t, u):
            token, other = jwt.decode(t, KEY), jwt.decode(u, KEY)  # JWT302
            registry.validate(other.claims)
            return token.claims["sub"]
        """,
    "claims of a class that nobody sees": """
        def f(t, of):
            claims = of(jwt.decode(t, KEY).claims)
            claims.validate(leeway=1)
            return claims
        def g(t, of=None):
            if of is None:
                of = Claims
            claims = of(jwt.decode(t, KEY).claims)
            claims.validate()
            return claims
        def h(t, of):
            claims = of(jwt.decode(t, KEY).claims)  # JWT302
            return claims["sub"]
        """,
    "a registry that is kept": """
        class Verifier:
            def __init__(self):
                self.registry = JWTClaimsRegistry()
            def verify(self, t):
                token = jwt.decode(t, KEY)
                self.registry.validate(token.claims)
                return token.claims
        """,
    "a registry that is given": """
        class Verifier:
            def __init__(self, registry):
                self.registry = registry
            def verify(self, t):
                token = jwt.decode(t, KEY)
                self.registry.validate(token.claims)
                return token.claims
        """,
    "a caller that validates": """
        def decoded(t):
            token = jwt.decode(t, KEY)
            return token
        def f(t):
            token = decoded(t)
            registry.validate(token.claims)
            return token.claims["sub"]
        """,
    "none": """
        def f(t):
            registry.validate(jwt.decode(t, KEY, algorithms=["none"]).claims)  # JWT101
        def g(t):
            allowed = jws.JWSRegistry(algorithms=["HS256", "none"])  # JWT101
            registry.validate(jwt.decode(t, KEY, registry=allowed).claims)
        def h(e):
            return jwt.encode({"alg": "none"}, {"exp": e}, None, algorithms=["none"])  # JWT101
        def i(e):
            return jwt.encode({"alg": "none"}, {"exp": e}, None)
        """,
    "a key fits one kind of algorithm": """
        def f(t):
            registry.validate(jwt.decode(t, KEY, algorithms=["HS256", "RS256"]).claims)
        def g(t):
            registry.validate(jwt.decode(t, KEY).claims)
        """,
    "the algorithm of the header": """
        def f(t):
            alg = jws.extract_compact(t).headers()["alg"]
            registry.validate(jwt.decode(t, KEY, algorithms=[alg]).claims)  # JWT104
        """,
    "keys in every form": """
        def a(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, OctKey.import_key("s3cr3t"))  # JWT501
        def b(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, jwk.import_key("s3cr3t", "oct"))  # JWT501
        def c(e):
            key = OctKey.import_key({"kty": "oct", "k": "c2VjcmV0"})  # JWT501
            return jwt.encode({"alg": "HS256"}, {"exp": e}, key)
        def d(t):
            registry.validate(jwt.decode(t, lambda token: OctKey.import_key("s3cr3t")).claims)  # JWT501
        def f(e):
            keys = KeySet([OctKey.import_key("s3cr3t")])  # JWT501
            return jwt.encode({"alg": "HS256"}, {"exp": e}, keys)
        """,
    "keys that are drawn": """
        def a(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, OctKey.generate_key(128))  # JWT503
        def b(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, jwk.generate_key("oct", 128))  # JWT503
        def c(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, OctKey.generate_key())
        """,
    "raw signatures": """
        def f():
            return jws.serialize_compact({"alg": "HS256"}, b"x", OctKey.import_key("s3cr3t"))  # JWT501
        def g(t):
            return json.loads(jws.deserialize_compact(t, KEY).payload)["sub"]
        """,
    "extracted": """
        def f(t):
            return json.loads(jws.extract_compact(t).payload)["sub"]  # JWT102
        def g(t):
            return jws.extract_compact(t).headers()["kid"]
        """,
    "extracted and verified": """
        def f(t):
            found = jws.extract_compact(t)
            if not jws.validate_compact(found, KEY):
                raise PermissionError
            return json.loads(found.payload)["sub"]
        """,
    "an encrypted token is a token": """
        import requests
        from joserfc import jwe
        def f():
            token = jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, b"x", KEY)
            requests.get("http://api.example.com", headers={"Authorization": "Bearer " + token})  # JWT401
        """,
    "a member of a request that is not known": """
        wrong = JWTClaimsRegistry(iss={"essential": True, "valeu": "x"})  # JWT112
        """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)


@pytest.mark.parametrize(
    ("release", "expected"),
    [("==1.0.0", {"JWT107"}), ("==1.6.7", {"JWT107", "JWT101"}), ("==1.7.0", {"JWT101"}), (">=1.6", {"JWT101"})],
)
def test_what_depends_on_the_release(release: str, expected: set[str], tmp_path: Path) -> None:
    program = """
        from joserfc import jwt
        from joserfc.jwk import OctKey
        REGISTRY = jwt.JWTClaimsRegistry()
        def f(t):
            REGISTRY.validate(jwt.decode(t, OctKey.import_key("")).claims)
        def g(t, key):
            REGISTRY.validate(jwt.decode(t, key, algorithms=["none"]).claims)
    """
    found = projects.findings({"requirements.txt": f"joserfc{release}\n", "app.py": program}, tmp_path)
    assert {one.code for one in found} == expected
