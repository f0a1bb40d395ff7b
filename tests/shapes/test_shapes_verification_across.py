"""SHAPES D1 to D8 and D16 to D18 across functions: who weakens a check, where the token is verified in the end."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

PRELUDE = """\
import os, time
import jwt
KEY = os.environ["KEY"]
A = ["RS256"]
"""

WEAKENED = {
    "D1 siblings of the option": """
        OFF = {"verify_signature": False}
        NAME = "verify_signature"
        def options():
            return {"verify_signature": False}
        class Reader:
            options = {"verify_signature": False}
            def __init__(self):
                self.own = {"verify_signature": False}
            def f(self, t):
                jwt.decode(t.a, options=self.options)  # JWT102
                jwt.decode(t.b, options=self.own)  # JWT102
        def f(t):
            jwt.decode(t.a, options=OFF)  # JWT102
            jwt.decode(t.b, options=options())  # JWT102
            jwt.decode(t.c, options={NAME: False})  # JWT102
            jwt.decode(t.d, None, None, {"verify_signature": False})  # JWT102
            o = dict(OFF)
            jwt.decode(t.e, options=o)  # JWT102
            o.update(verify_signature=True)
            jwt.decode(t.f, KEY, algorithms=A, options=o)
            jwt.decode(t.g, options=OFF | {"verify_exp": True})  # JWT102
    """,
    "D3 keyword arguments made elsewhere": """
        DECODE = {"options": {"verify_signature": False}}
        def arguments():
            return {"options": {"verify_signature": False}}
        def f(t):
            jwt.decode(t.a, **DECODE)  # JWT102
            jwt.decode(t.b, **arguments())  # JWT102
            kwargs = {}
            kwargs["options"] = {"verify_signature": False}
            jwt.decode(t.c, **kwargs)  # JWT102
            kwargs = dict(algorithms=A)
            kwargs.update(options={"verify_signature": True})
            jwt.decode(t.d, KEY, **kwargs)
    """,
    "D3 keyword arguments handed through": """
        def read(t, **kwargs):
            return jwt.decode(t, KEY, algorithms=A, **kwargs)
        def f(t):
            read(t.a)["sub"]
            read(t.b, options={"verify_signature": True})["sub"]
            return read(t.c, options={"verify_signature": False})["sub"]  # JWT102
    """,
    "D4 positional, by keyword, negated": """
        def read(t, verify=True):
            return jwt.decode(t, KEY, algorithms=A, options={"verify_signature": verify})
        def peek(t, insecure=False):
            return jwt.decode(t, KEY, algorithms=A, options={"verify_signature": not insecure})
        def f(t):
            read(t.a, True)["sub"]
            read(t.b, False)["sub"]  # JWT102
            peek(t.c)["sub"]
    """,
    "D17 options of the caller": """
        def read(t, options=None):
            return jwt.decode(t, KEY, algorithms=A, options=options)
        def f(t):
            read(t.a)["sub"]
            read(t.b, options={"verify_aud": True})["sub"]
            read(t.c, options={"verify_signature": False})["sub"]  # JWT102
            off = {"verify_signature": False}
            read(t.d, off)["sub"]  # JWT102
            arguments = {"options": {"verify_signature": False}}
            return read(t.e, **arguments)["sub"]  # JWT102
    """,
    "D17 a method's caller": """
        class Tokens:
            def read(self, t, verify=True):
                return jwt.decode(t, KEY, algorithms=A, options={"verify_signature": verify})
            def user(self, t):
                return self.read(t.a)["sub"]
            def guest(self, t):
                return self.read(t.a, verify=False)["sub"]  # JWT102
        class Service:
            def __init__(self):
                self.tokens = Tokens()
            def f(self, t):
                self.tokens.read(t.a)["sub"]
                return self.tokens.read(t.b, False)["sub"]  # JWT102
        def g(t):
            return Tokens().read(t.a, verify=False)["sub"]  # JWT102
    """,
    "D17 a flag on self": """
        class Tokens:
            def __init__(self, verify=True):
                self.verify = verify
            def read(self, t):
                return jwt.decode(t, KEY, algorithms=A, options={"verify_signature": self.verify})
        def f(t):
            Tokens().read(t.a)["sub"]
            return Tokens(verify=False).read(t.b)["sub"]  # JWT102
    """,
    "D17 a flag chooses the branch": """
        def read(t, verify=True):
            if verify:
                return jwt.decode(t, KEY, algorithms=A)
            return jwt.decode(t, options={"verify_signature": False})  # JWT102
        def f(t):
            read(t.a)["sub"]
            return read(t.b, verify=False)["sub"]
    """,
    "D17 two levels": """
        def inner(t, verify):
            return jwt.decode(t, KEY, algorithms=A, options={"verify_signature": verify})
        def outer(t, verify=True):
            return inner(t, verify)
        def f(t):
            outer(t.a)["sub"]
            return outer(t.b, verify=False)["sub"]  # JWT102
    """,
    "D17 the list of algorithms": """
        from jose import jwt as jose
        def read(t, algorithms=("RS256",)):
            return jose.decode(t, KEY, algorithms=algorithms)
        def f(t):
            read(t.a)["sub"]
            read(t.b, algorithms=["HS256"])["sub"]
            return read(t.c, algorithms=None)["sub"]  # JWT103
    """,
    "D16 algorithms of the environment": """
        def f(t):
            algorithms = os.environ.get("ALGS", "HS256,RS256").split(",")
            jwt.decode(t.a, KEY, algorithms=algorithms)  # JWT105
            jwt.decode(t.b, KEY, algorithms=os.environ.get("ALGS", "RS256,ES256").split(","))
            return jwt.decode(t.c, KEY, algorithms=os.environ["ALGS"].split(","))
    """,
    "D8 the header is read in a helper": """
        def algorithm(t):
            return jwt.get_unverified_header(t)["alg"]
        def checked(t):
            alg = jwt.get_unverified_header(t).get("alg")
            if alg not in ("RS256", "ES256"):
                raise PermissionError
            return alg
        def f(t):
            jwt.decode(t.a, KEY, algorithms=[algorithm(t.a)])  # JWT104
            header = jwt.get_unverified_header(t.b)
            jwt.decode(t.c, KEY, algorithms=[header.get("alg")])  # JWT104
            jwt.decode(t.d, KEY, algorithms=(header["alg"],))  # JWT104
            return jwt.decode(t.e, KEY, algorithms=[checked(t.e)])
        def verified(t, algorithms):
            return jwt.decode(t, KEY, algorithms=algorithms)
        def g(t):
            return verified(t.a, [jwt.get_unverified_header(t.a)["alg"]])  # JWT104
    """,
}

PEEKED = {
    "D5 the peek in a helper": """
        def issuer(t):
            return jwt.decode(t, options={"verify_signature": False})["iss"]
        def f(t, keys):
            return jwt.decode(t, keys[issuer(t)], algorithms=A)
    """,
    "D5 the verification in a helper": """
        def verified(t, key):
            return jwt.decode(t, key, algorithms=A)
        def f(t, keys):
            claims = jwt.decode(t, options={"verify_signature": False})
            if claims["iss"] not in keys:
                raise PermissionError
            return verified(t, keys[claims["iss"]])
    """,
    "D5 both in helpers, in methods": """
        class Tokens:
            def __init__(self, keys):
                self.keys = keys
            def peek(self, t):
                return jwt.decode(t, options={"verify_signature": False})
            def verify(self, t):
                claims = self.peek(t)
                return self._check(t, self.keys[claims["iss"]])
            def _check(self, t, key):
                return jwt.decode(t, key, algorithms=A)
    """,
    "D5 the token on self": """
        class Request:
            def __init__(self, t, keys):
                self.token = t
                self.keys = keys
            def issuer(self):
                return jwt.decode(self.token, options={"verify_signature": False})["iss"]
            def user(self):
                claims = jwt.decode(self.token, self.keys[self.issuer()], algorithms=A)
                return claims["sub"]
    """,
    "D5 handed to a thread": """
        import asyncio
        def verified(t, key):
            return jwt.decode(t, key, algorithms=A)
        async def f(t, keys):
            issuer = jwt.decode(t, options={"verify_signature": False})["iss"]
            return await asyncio.to_thread(verified, t, keys[issuer])
        async def g(t, keys, run):
            issuer = jwt.decode(t, options={"verify_signature": False})["iss"]
            return await run(jwt.decode, t, keys[issuer], A)
    """,
    "D18 verified in one function, read in the next": """
        def check(t):
            jwt.decode(t, KEY, algorithms=A)
        def claims(t):
            return jwt.decode(t, options={"verify_signature": False})
        def f(t):
            check(t)
            return claims(t)["sub"]
    """,
    "D18 by methods": """
        class Tokens:
            def check(self, t):
                jwt.decode(t, KEY, algorithms=A)
            def claims(self, t):
                return jwt.decode(t, options={"verify_signature": False})
            def user(self, t):
                self.check(t)
                return self.claims(t)["sub"]
    """,
    "D18 a helper that says no": """
        def is_valid(t):
            try:
                jwt.decode(t, KEY, algorithms=A)
            except jwt.InvalidTokenError:
                return False
            return True
        def f(t):
            if not is_valid(t):
                raise PermissionError
            return jwt.decode(t, options={"verify_signature": False})["sub"]
        def g(t):
            if is_valid(t):
                return jwt.decode(t, options={"verify_signature": False})["sub"]
            return None
    """,
    "D18 a helper that gives None": """
        def verified(t):
            try:
                return jwt.decode(t, KEY, algorithms=A)
            except jwt.InvalidTokenError:
                return None
        def f(t):
            if verified(t) is None:
                return None
            return jwt.decode(t, options={"verify_signature": False})["sub"]
    """,
    "D18 a wrapper verifies": """
        from functools import wraps
        def verified(function):
            @wraps(function)
            def wrapper(t):
                jwt.decode(t, KEY, algorithms=A)
                return function(t)
            return wrapper
        @verified
        def f(t):
            return jwt.decode(t, options={"verify_signature": False})["sub"]
    """,
}

FAILS_OPEN = {
    "D6 in a helper that gives None": """
        def verified(t):
            try:
                return jwt.decode(t, KEY, algorithms=A)
            except jwt.InvalidTokenError:
                return None
        def f(t):
            claims = verified(t)
            if claims is None:
                claims = jwt.decode(t, options={"verify_signature": False})  # JWT110
            return claims["sub"]
    """,
    "D6 in a helper whose answer nobody looks at": """
        def check(t):
            try:
                jwt.decode(t, KEY, algorithms=A)
            except jwt.InvalidTokenError:
                return False
            return True
        def f(t):
            check(t)
            return jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT110
    """,
    "D6 or": """
        def verified(t):
            try:
                return jwt.decode(t, KEY, algorithms=A)
            except jwt.PyJWTError:
                return None
        def f(t):
            return (verified(t) or jwt.decode(t, options={"verify_signature": False}))["sub"]  # JWT110
    """,
    "D6 swallowed": """
        from contextlib import suppress
        def f(t):
            with suppress(jwt.InvalidTokenError):
                jwt.decode(t, KEY, algorithms=A)
            return jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT110
        def g(t):
            try:
                jwt.decode(t, KEY, algorithms=A)
            except Exception:
                pass
            return jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT110
    """,
    "D6 read before the attempt that is swallowed": """
        def f(t):
            claims = jwt.decode(t, options={"verify_signature": False})  # JWT110
            try:
                jwt.decode(t, KEY, algorithms=A)
            except jwt.InvalidTokenError:
                print("invalid")
            return claims["sub"]
    """,
    "D6 read before the attempt in a helper": """
        def check(t):
            try:
                jwt.decode(t, KEY, algorithms=A)
            except jwt.InvalidTokenError:
                return False
            return True
        def f(t):
            claims = jwt.decode(t, options={"verify_signature": False})  # JWT110
            check(t)
            return claims["sub"]
        def g(t):
            claims = jwt.decode(t, options={"verify_signature": False})
            if not check(t):
                raise PermissionError
            return claims["sub"]
    """,
    "D6 the fallback in another method": """
        class Tokens:
            def verified(self, t):
                return jwt.decode(t, KEY, algorithms=A)
            def loose(self, t):
                return jwt.decode(t, options={"verify_signature": False})  # JWT110
            def f(self, t):
                try:
                    return self.verified(t)
                except jwt.InvalidTokenError:
                    return self.loose(t)
    """,
    "D6 the failure is raised again": """
        def f(t):
            try:
                return jwt.decode(t, KEY, algorithms=A)
            except jwt.InvalidTokenError:
                print(jwt.decode(t, options={"verify_signature": False}).get("sub"))
                raise
    """,
}

SHAPES = {**WEAKENED, **PEEKED, **FAILS_OPEN}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)


def test_where_the_callers_of_a_peek_are_not_known_its_confidence_is_not_high() -> None:
    code = """
        def peek(t):
            return jwt.decode(t, options={"verify_signature": False})
    """
    assert confidences(code, "JWT102", PRELUDE) == ["medium"]
