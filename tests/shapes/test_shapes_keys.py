"""SHAPES C: where keys come from."""

from __future__ import annotations

import pytest
from shape_programs import confidences, findings, verify

PRELUDE = """\
import os, jwt, base64, secrets, uuid, random, hashlib
from pathlib import Path
def p():
    import time
    return {"sub": "u", "exp": int(time.time()) + 60}
"""

SHAPES = {
    "C1 a literal in the call": """
        jwt.encode(p(), "s3cr3t")  # JWT501
    """,
    "C2 a constant, reported once": """
        SECRET = "s3cr3t"  # JWT501
        def sign():
            return jwt.encode(p(), SECRET)
        def read(t):
            return jwt.decode(t, SECRET, algorithms=["HS256"])
    """,
    "C3 a local constant": """
        def f():
            key = "s3cr3t"  # JWT501
            return jwt.encode(p(), key)
    """,
    "C3 built of literals": """
        A = "s3cr"
        def f():
            jwt.encode(p(), "s3cr" + "3t")  # JWT501
            jwt.encode(p(), f"{A}{A}")  # JWT501
            jwt.encode(p(), "s3cr3t".encode())  # JWT501
            jwt.encode(p(), base64.b64decode("czNjcjN0"))  # JWT501
            jwt.encode(p(), bytes.fromhex("733363723374"))  # JWT501
    """,
    "C3 a default": """
        def f(key="s3cr3t"):  # JWT501
            return jwt.encode(p(), key)
    """,
    "C3 a class's constant and an attribute": """
        class Config:
            SECRET = "s3cr3t"  # JWT501
        class Service:
            def __init__(self):
                self.secret = "0ther"  # JWT501
            def sign(self):
                return jwt.encode(p(), self.secret)
        jwt.encode(p(), Config.SECRET)
    """,
    "C5 the environment": """
        def f():
            jwt.encode(p(), os.environ["S"])
            jwt.encode(p(), os.getenv("S"))
            jwt.encode(p(), os.environ.get("S"))
    """,
    "C5 a fallback": """
        def f():
            jwt.encode(p(), os.getenv("S", "dev"))  # JWT502
            jwt.encode(p(), os.environ.get("S") or "dev")  # JWT502
            jwt.encode(p(), os.environ.setdefault("S", "dev"))  # JWT502
            jwt.encode(p(), os.environ["T"] if "T" in os.environ else "dev")  # JWT502
    """,
    "C5 a random fallback": """
        def f():
            jwt.encode(p(), os.getenv("S", secrets.token_hex(32)))
            jwt.encode(p(), os.getenv("S") or uuid.uuid4().hex)
            jwt.encode(p(), os.getenv("S") or os.urandom(32))
    """,
    "C5 an empty fallback, refused by PyJWT": """
        jwt.encode(p(), os.getenv("S", ""))
    """,
    "C5 an empty fallback, taken by jose": """
        from jose import jwt as jose
        jose.encode(p(), os.getenv("S", ""))  # JWT107
    """,
    "C6 an exception": """
        try:
            S = os.environ["S"]
        except KeyError:
            S = "dev"  # JWT502
        jwt.encode(p(), S)
    """,
    "C7 a guard": """
        S = os.getenv("S")
        if not S:
            raise RuntimeError("no key")
        jwt.encode(p(), S)
    """,
    "C7 a late fallback": """
        S = os.getenv("S")
        if not S:
            S = "dev"  # JWT502
        jwt.encode(p(), S)
    """,
    "C7 a fallback that is refused": """
        S = os.getenv("S", "dev")
        if S == "dev":
            raise RuntimeError("no key")
        jwt.encode(p(), S)
    """,
    "C7 a fallback that is refused among others": """
        S = os.getenv("S", "dev")
        if S in ("dev", "test"):
            raise RuntimeError("no key")
        jwt.encode(p(), S)
    """,
    "C11 files and managers": """
        import keyring
        def f():
            jwt.encode(p(), open("key.pem").read(), algorithm="RS256")
            jwt.encode(p(), Path("key.pem").read_bytes(), algorithm="RS256")
            jwt.encode(p(), keyring.get_password("app", "jwt"))
            jwt.decode("t", jwt.PyJWKClient("https://idp.example.com/jwks").get_signing_key("k"), algorithms=["RS256"])
    """,
    "C12 a private key": '''
        PEM = """-----BEGIN RSA PRIVATE KEY-----  # JWT505
        MIIB
        -----END RSA PRIVATE KEY-----"""
        jwt.encode(p(), PEM, algorithm="RS256")
    ''',
    "C12 a public key": '''
        PEM = """-----BEGIN PUBLIC KEY-----
        MIIB
        -----END PUBLIC KEY-----"""
        def f(t):
            return jwt.decode(t, PEM, algorithms=["RS256"])
    ''',
    "C13 a public key as an HMAC secret": '''
        PEM = """-----BEGIN PUBLIC KEY-----
        MIIB
        -----END PUBLIC KEY-----"""
        def f(t):
            return jwt.decode(t, PEM, algorithms=["HS256"])  # JWT105
    ''',
    "C14 keys that can be guessed": """
        def f():
            jwt.encode(p(), str(random.getrandbits(256)))  # JWT506
            jwt.encode(p(), "".join(random.choice("abc") for _ in range(40)))  # JWT506
            jwt.encode(p(), str(uuid.uuid1()))  # JWT506
            jwt.encode(p(), hashlib.md5(b"x").hexdigest())  # JWT506
    """,
    "C14 what is made of what can be guessed": """
        import string
        ALPHABET = string.ascii_letters + string.digits
        def f(characters=string.hexdigits):
            jwt.encode(p(), "".join([random.choice(ALPHABET) for _ in range(40)]))  # JWT506
            jwt.encode(p(), "".join(random.choice(characters) for _ in range(64)))  # JWT506
            jwt.encode(p(), hashlib.sha256(str(random.random()).encode()).hexdigest())  # JWT506
            jwt.encode(p(), f"key-{random.getrandbits(256):064x}")  # JWT506
            jwt.encode(p(), random.Random(7).randbytes(32))  # JWT506
    """,
    "C14 what cannot be guessed": """
        KEYS = [os.environ["A"], os.environ["B"]]
        def f(keys):
            jwt.encode(p(), random.choice(KEYS))
            jwt.encode(p(), random.choice(keys))
            jwt.encode(p(), random.SystemRandom().randbytes(32))
            jwt.encode(p(), random.Random(int(os.environ["SEED"])).randbytes(32))
            jwt.encode(p(), "".join(secrets.choice("abc") for _ in range(40)))
            jwt.encode(p(), f"{os.environ['A']}-{random.getrandbits(64)}")
            jwt.encode(p(), hashlib.sha256(f"{os.environ['A']}-{random.getrandbits(64)}".encode()).digest())
    """,
    "C16 a placeholder that is replaced": """
        class Service:
            def __init__(self):
                self.secret = ""
            def configure(self, secret):
                self.secret = secret
            def sign(self):
                return jwt.encode(p(), self.secret)
    """,
    "C16 a list of refused keys": """
        KNOWN_BAD = {"changeme", "secret"}
        key = os.environ["KEY"]
        if key in KNOWN_BAD:
            raise RuntimeError("choose another key")
        jwt.encode(p(), key)
    """,
    "C16 a warning is no use": """
        key = os.environ["KEY"]
        if key == "changeme":
            print("choose another key")
        jwt.encode(p(), key)
    """,
}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)


def test_a_fallback_that_can_hardly_run_is_of_low_confidence() -> None:
    code = """
        DEBUG = os.environ.get("DEBUG")
        S = os.getenv("S", "dev")
        if S == "dev" and not DEBUG:
            raise RuntimeError("no key")
        jwt.encode(p(), S)
    """
    assert confidences(code, "JWT502", PRELUDE) == ["low"]


def test_every_use_of_a_literal_is_in_its_trace() -> None:
    (finding,) = findings(SHAPES["C2 a constant, reported once"], PRELUDE)
    assert [step.location.line for step in finding.trace] == [9, 11]


def test_weakness_is_said_in_the_same_finding() -> None:
    (finding,) = findings('jwt.encode(p(), "tr0ub4")', PRELUDE)
    assert "6 bytes" in finding.message
    assert "tr0ub4" not in finding.message
