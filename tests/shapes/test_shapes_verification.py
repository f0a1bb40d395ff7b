"""SHAPES D: how tokens are verified, or not."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

PRELUDE = """\
import os, time
import jwt
KEY = os.environ["KEY"]
A = ["RS256"]
"""

SHAPES = {
    "D1 the option, spelled in many ways": """
        DEFAULTS = {"verify_aud": True}
        def f(t):
            jwt.decode(t, options={"verify_signature": False})  # JWT102
            jwt.decode(t, options=dict(verify_signature=False))  # JWT102
            o = {"verify_signature": False}
            jwt.decode(t, options=o)  # JWT102
            o2 = {}
            o2["verify_signature"] = False
            jwt.decode(t, options=o2)  # JWT102
            jwt.decode(t, options={**DEFAULTS, "verify_signature": False})  # JWT102
    """,
    "D1 on": """
        def f(t):
            jwt.decode(t, KEY, algorithms=A, options={"verify_signature": True})
    """,
    "D2 PyJWT 2 ignores verify": """
        def f(t):
            return jwt.decode(t, KEY, algorithms=A, verify=False)  # JWT112
    """,
    "D3 through keyword arguments": """
        def f(t):
            kwargs = {"options": {"verify_signature": False}}
            return jwt.decode(t, **kwargs)  # JWT102
    """,
    "D4 a caller that weakens a safe default": """
        def read(t, verify=True):
            return jwt.decode(t, KEY, algorithms=A, options={"verify_signature": verify})
        def a(t):
            return read(t)["sub"]
        def b(t):
            return read(t, verify=False)["sub"]  # JWT102
    """,
    "D5 the header chooses the key": """
        def f(t, keys):
            h = jwt.get_unverified_header(t)
            key = keys[h["kid"]]
            return jwt.decode(t, key, algorithms=["RS256"])
    """,
    "D5 the issuer chooses the key": """
        def f(t, key_for):
            iss = jwt.decode(t, options={"verify_signature": False})["iss"]
            if iss not in ("a", "b"):
                raise PermissionError(iss)
            return jwt.decode(t, key_for(iss), algorithms=["RS256"])
    """,
    "D5 verified on one path only": """
        def f(t, key, strict):
            claims = jwt.decode(t, options={"verify_signature": False})  # JWT102
            if strict:
                jwt.decode(t, key, algorithms=["RS256"])
            return claims["sub"]
    """,
    "D5 verified before": """
        def f(t, key):
            jwt.decode(t, key, algorithms=["RS256"])
            return jwt.decode(t, options={"verify_signature": False})["sub"]
    """,
    "D5 another token is verified": """
        def f(t, other, key):
            jwt.decode(other, key, algorithms=["RS256"])
            return jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT102
    """,
    "D5 verified in the caller": """
        def peek(t):
            return jwt.decode(t, options={"verify_signature": False})
        def f(t, key_for):
            issuer = peek(t)["iss"]
            return jwt.decode(t, key_for(issuer), algorithms=["RS256"])
    """,
    "D6 verification that fails open": """
        def f(t):
            try:
                return jwt.decode(t, KEY, algorithms=A)
            except jwt.InvalidTokenError:
                return jwt.decode(t, options={"verify_signature": False})  # JWT110
    """,
    "D7 off while debugging": """
        def f(t, settings):
            options = {}
            if settings.DEBUG:
                options = {"verify_signature": False}
            return jwt.decode(t, KEY, algorithms=A, options=options)  # JWT102
    """,
    "D8 the algorithm of the token itself": """
        def f(t):
            return jwt.decode(t, KEY, algorithms=[jwt.get_unverified_header(t)["alg"]])  # JWT104
    """,
    "D8 compared with a fixed set": """
        ALLOWED = ("RS256", "ES256")
        def f(t):
            alg = jwt.get_unverified_header(t)["alg"]
            if alg not in ALLOWED:
                raise PermissionError(alg)
            return jwt.decode(t, KEY, algorithms=[alg])
    """,
    "D8 compared with a set that is not known": """
        def f(t, allowed):
            alg = jwt.get_unverified_header(t)["alg"]
            if alg not in allowed:
                raise PermissionError(alg)
            return jwt.decode(t, KEY, algorithms=[alg])
    """,
    "D8 compared with a setting": """
        def f(t, settings):
            alg = jwt.get_unverified_header(t)["alg"]
            if alg != settings.ALGORITHM:
                raise PermissionError(alg)
            return jwt.decode(t, KEY, algorithms=[alg])
    """,
    "D9 jose without a list, PyJWT without a list": """
        from jose import jwt as jose
        def f(t):
            jwt.decode(t, KEY)
            return jose.decode(t, KEY)  # JWT103
    """,
    "D10 mixed": """
        def f(t):
            return jwt.decode(t, KEY, algorithms=["HS256", "RS256"])  # JWT105
    """,
    "D10 one or the other is not mixed": """
        def f(t, symmetric):
            algorithms = ["HS256"] if symmetric else ["RS256"]
            return jwt.decode(t, KEY, algorithms=algorithms)
    """,
    "D12 checks switched off": """
        def f(t):
            jwt.decode(t, KEY, algorithms=A, options={"verify_exp": False})  # JWT302
            jwt.decode(t, KEY, algorithms=A, options={"verify_aud": False})  # JWT201
            jwt.decode(t, KEY, algorithms=A, issuer="us", options={"verify_iss": False})  # JWT202
            jwt.decode(t, KEY, algorithms=A, options={"verify_iss": False})
    """,
    "D12 compared by hand": """
        def f(t):
            claims = jwt.decode(t, KEY, algorithms=A, options={"verify_exp": False})
            if claims["exp"] < time.time():
                raise PermissionError
            return claims
    """,
    "D12 compared by the caller": """
        def read(t):
            return jwt.decode(t, KEY, algorithms=A, options={"verify_exp": False})
        def f(t):
            claims = read(t)
            if claims["exp"] < time.time():
                raise PermissionError
            return claims
    """,
    "D12 compared by way of a model": """
        from models import Claims
        def f(t, now):
            claims = Claims.model_validate(jwt.decode(t, KEY, algorithms=A, options={"verify_exp": False}))
            return now < claims.exp
    """,
    "D15 arguments without effect": """
        def f(t, ISS, AUD):
            jwt.decode(t, KEY, algorithms=A, algorithm="RS256")  # JWT112
            jwt.decode(t, KEY, algorithms=A, iss=ISS, aud=AUD)  # JWT112 JWT112
            jwt.decode(t, KEY, algorithms=A, option={"verify_exp": True})  # JWT112
            jwt.decode(t, KEY, algorithms=A, options={"require_exp": True})  # JWT112
    """,
    "D19 everything is walked": """
        def deco(f):
            return f
        @deco
        async def a(t):
            if (claims := jwt.decode(t, options={"verify_signature": False})):  # JWT102
                return claims["sub"]
        read = lambda t: jwt.decode(t, options={"verify_signature": False})  # JWT102
        def outer():
            def inner(t):
                return jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT102
            return inner
        def generate(ts):
            for t in ts:
                yield jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT102
    """,
}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)


def test_off_on_one_path_is_of_medium_confidence() -> None:
    assert confidences(SHAPES["D7 off while debugging"], "JWT102", PRELUDE) == ["medium"]


def test_only_the_time_is_looked_at() -> None:
    code = """
        def stale(t):
            return jwt.decode(t, options={"verify_signature": False})["exp"] < time.time()
    """
    assert confidences(code, "JWT102", PRELUDE) == ["low"]


def test_claims_that_decide_are_of_high_confidence() -> None:
    code = """
        def f(t, log_in):
            log_in(jwt.decode(t, options={"verify_signature": False})["sub"])
    """
    assert confidences(code, "JWT102", PRELUDE) == ["high"]


def test_a_test_that_lets_in_beside_a_verification_is_of_low_confidence() -> None:
    code = """
        def f(t, internal):
            claims = jwt.decode(t, options={"verify_signature": False})
            if claims.get("service") == internal:
                return internal
            return jwt.decode(t, KEY, algorithms=A)
    """
    assert confidences(code, "JWT102", PRELUDE) == ["low"]


REFUSALS = {
    "a false constant": "return None",
    "an exception": "raise PermissionError",
    "a tuple with a status": 'return "no", 401',
    "a response with a status": "return answer('no', status=403)",
    "a response with a named status": "return answer('no', status=HTTPStatus.UNAUTHORIZED)",
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_path_that_refuses_uses_no_claims(refusal: str) -> None:
    code = f"""
        from http import HTTPStatus
        def f(t, keys, answer):
            claims = jwt.decode(t, options={{"verify_signature": False}})
            if claims.get("iss") in keys:
                return jwt.decode(t, keys[claims["iss"]], algorithms=A)
            {refusal}
    """
    verify(code, PRELUDE)
