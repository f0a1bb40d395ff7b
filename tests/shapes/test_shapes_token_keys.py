"""SHAPES D14: keys that come from the header of the token that they verify."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

from jwt_sast.semantics.bounds import MAX_CALL_DEPTH

PRELUDE = """\
import os
import jwt
from jwt import PyJWK, PyJWKClient
from jwt.algorithms import RSAAlgorithm
from jose import jwk
A = ["RS256"]
def head(t):
    return jwt.get_unverified_header(t)
"""

SHAPES = {
    "made into a key by the library": """
        def f(t):
            return jwt.decode(t, RSAAlgorithm.from_jwk(head(t)["jwk"]), algorithms=A)  # JWT108
        def g(t):
            return jwt.decode(t, PyJWK.from_dict(head(t)["jwk"]).key, algorithms=A)  # JWT108
    """,
    "an address that is put together": """
        def f(t):
            client = PyJWKClient(f"{head(t)['jku']}/keys")
            return jwt.decode(t, client.get_signing_key_from_jwt(t), algorithms=A)  # JWT108
    """,
    "that it is there is no check": """
        def f(t):
            h = head(t)
            if h.get("jwk") is None or not h["jwk"]:
                raise PermissionError
            return jwt.decode(t, PyJWK(h["jwk"]), algorithms=A)  # JWT108
    """,
    "the client's address is a setting": """
        def f(t):
            client = PyJWKClient(os.environ["KEYS"])
            return jwt.decode(t, client.get_signing_key_from_jwt(t), algorithms=A)
    """,
    "compared with what is known": """
        def f(t, known):
            jku = head(t)["jku"]
            if jku != known:
                raise PermissionError
            return jwt.decode(t, PyJWKClient(jku).get_signing_key_from_jwt(t), algorithms=A)
    """,
    "the beginning is compared": """
        def f(t):
            h = head(t)
            if not h["jku"].startswith("https://login.example.com/"):
                raise PermissionError
            return jwt.decode(t, PyJWKClient(h["jku"]).get_signing_key_from_jwt(t), algorithms=A)
    """,
    "the thumbprint of the key is compared": """
        def f(t, thumbprint, known):
            key = head(t)["jwk"]
            if thumbprint(key) not in known:
                raise PermissionError
            return jwt.decode(t, PyJWK(key), algorithms=A)
    """,
    "the thumbprint of the key is compared afterwards": """
        def f(proof, thumbprint, bound):
            key = head(proof)["jwk"]
            claims = jwt.decode(proof, PyJWK(key), algorithms=["ES256"])
            if thumbprint(key) != bound:
                raise PermissionError
            return claims
    """,
    "another parameter": """
        def f(t, keys):
            return jwt.decode(t, keys[head(t)["kid"]], algorithms=A)
    """,
}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)


def test_on_some_path() -> None:
    code = """
        def f(t, own):
            h = head(t)
            key = jwk.construct(h["jwk"]) if "jwk" in h else own
            return jwt.decode(t, key, algorithms=A)
    """
    assert confidences(code, "JWT108", PRELUDE) == ["medium"]


def test_a_chain_of_certificates_may_have_been_verified() -> None:
    code = """
        def f(t, load):
            return jwt.decode(t, load(head(t)["x5c"][0]).public_key(), algorithms=A)
    """
    assert confidences(code, "JWT108", PRELUDE) == ["low"]


def test_a_proof_of_possession_brings_its_key() -> None:
    code = """
        def f(proof, thumbprint):
            h = head(proof)
            if h.get("typ") != "dpop+jwt":
                raise PermissionError
            jwt.decode(proof, PyJWK(h["jwk"]), algorithms=["ES256"])
            return thumbprint(h["jwk"])
    """
    assert confidences(code, "JWT108", PRELUDE) == ["low"]


@pytest.mark.parametrize(("depth", "code"), [(MAX_CALL_DEPTH - 2, "JWT108"), (MAX_CALL_DEPTH + 1, "")])
def test_what_is_too_deep_to_be_seen_may_check_it(depth: int, code: str) -> None:
    helpers = "".join(f"def f{n}(key):\n    return f{n + 1}(key)\n" for n in range(depth))
    program = f"{helpers}def f{depth}(key):\n    return PyJWK(key)\n"
    program += f'def f(t):\n    return jwt.decode(t, f0(head(t)["jwk"]), algorithms=A)  # {code}\n'
    verify(program, PRELUDE)
