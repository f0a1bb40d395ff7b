"""Verifications that check the signature, and leave something out beyond that."""

from __future__ import annotations

import pytest
from shape_programs import confidences, findings, verify

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings

PRELUDE = """\
import os, time
from datetime import timedelta
import jwt
from jose import jwt as jose_jwt
KEY = os.environ["KEY"]
PUBLIC = os.environ["PUBLIC"]
HS, RS = ["HS256"], ["RS256"]
"""

SHAPES = {
    "JWT207": {
        "each of the two": """
            def f(t):
                jwt.decode(t, KEY, algorithms=HS, options={"verify_nbf": False})  # JWT207
                jwt.decode(t, KEY, algorithms=HS, options={"verify_iat": False})  # JWT207
                jose_jwt.decode(t, KEY, algorithms=HS, options={"verify_nbf": False})  # JWT207
        """,
        "all times are taken upon oneself": """
            def f(t):
                options = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
                jwt.decode(t, KEY, algorithms=HS, options=options)  # JWT302
        """,
        "a check that the library has not": """
            def f(t):
                jose_jwt.decode(t, KEY, algorithms=HS, options={"verify_iat": False})
        """,
        "by hand": """
            def f(t):
                claims = jwt.decode(t, KEY, algorithms=HS, options={"verify_iat": False})
                if claims["iat"] > time.time():
                    raise PermissionError
                return claims["sub"]
        """,
    },
    "JWT307": {
        "numbers and lengths of time": """
            def f(t):
                jwt.decode(t, KEY, algorithms=HS, leeway=301)  # JWT307
                jwt.decode(t, KEY, algorithms=HS, leeway=300)
                jwt.decode(t, KEY, algorithms=HS, leeway=timedelta(minutes=6))  # JWT307
                jose_jwt.decode(t, KEY, algorithms=HS, options={"leeway": 3600})  # JWT307
                jose_jwt.decode(t, KEY, algorithms=HS, options={"leeway": 10})
        """,
        "not known": """
            def f(t, leeway, options):
                jwt.decode(t, KEY, algorithms=HS, leeway=leeway)
                jwt.decode(t, KEY, algorithms=HS, leeway=int(os.environ["LEEWAY"]))
                jose_jwt.decode(t, KEY, algorithms=HS, options=options)
        """,
    },
    "JWT205": {
        "what counts as none": """
            def f(t):
                jwt.decode(t, PUBLIC, algorithms=RS)  # JWT205
                jwt.decode(t, PUBLIC, algorithms=RS, audience=None)  # JWT205
                jose_jwt.decode(t, PUBLIC, algorithms=["ES256", "RS256"])  # JWT205
        """,
        "asked for, or may be": """
            def f(t, audience, **more):
                jwt.decode(t, PUBLIC, algorithms=RS, audience=audience)
                jwt.decode(t, PUBLIC, algorithms=RS, **more)
                jwt.decode(t, PUBLIC, algorithms=RS, options={"require": ["aud"]})
        """,
        "another finding says so": """
            def f(t):
                jwt.decode(t, PUBLIC, algorithms=RS, options={"verify_aud": False})  # JWT201
        """,
        "not for a secret": """
            def f(t):
                jwt.decode(t, KEY, algorithms=HS)
        """,
        "nothing is claimed": """
            def f(t):
                jwt.PyJWS().decode(t, PUBLIC, algorithms=RS)
        """,
    },
    "JWT206": {
        "not required": """
            def f(t):
                jwt.decode(t, KEY, algorithms=HS)  # JWT206
                jwt.decode(t, KEY, algorithms=HS, options={"require": ["sub"]})  # JWT206
                jose_jwt.decode(t, KEY, algorithms=HS, options={"require_sub": True})  # JWT206
        """,
        "required, or may be": """
            def f(t, names, options):
                jwt.decode(t, KEY, algorithms=HS, options={"require": ["exp"]})
                jwt.decode(t, KEY, algorithms=HS, options={"require": names})
                jwt.decode(t, KEY, algorithms=HS, options=options)
                jwt.PyJWT({"require": ["exp"]}).decode(t, KEY, algorithms=HS)
                jose_jwt.decode(t, KEY, algorithms=HS, options={"require_exp": True})
        """,
        "another finding says so": """
            def f(t):
                jwt.decode(t, KEY, algorithms=HS, options={"verify_exp": False})  # JWT302
        """,
        "no claims are checked": """
            def f(t):
                jwt.PyJWS().decode(t, KEY, algorithms=HS)
        """,
    },
    "JWT209": {
        "of a helper whose callers differ": """
            def verified(t):
                return jwt.decode(t, KEY, algorithms=HS)
            def f(t):
                verified(t)
            def g(t):
                return verified(t)["sub"]
        """,
        "unpacked": """
            def f(t, make):
                claims = jwt.decode(t, KEY, algorithms=HS)
                return make(**claims)
        """,
        "awaited": """
            import asyncio
            async def f(t):
                await asyncio.to_thread(jwt.decode, t, KEY, HS)  # JWT209
        """,
    },
    "JWT208": {
        "the key is a parameter that nobody is seen to pass": """
            def access(key, u):
                return jwt.encode({"sub": u, "type": "access", "exp": 1}, key)
            def refresh(key, u):
                return jwt.encode({"sub": u, "type": "refresh", "exp": 1}, key)
            def f(key, t):
                return jwt.decode(t, key, algorithms=HS)["sub"]
        """,
        "only one kind": """
            def refresh(u):
                return jwt.encode({"sub": u, "type": "refresh", "exp": 1}, KEY)
            def f(t):
                return jwt.decode(t, KEY, algorithms=HS)["sub"]
        """,
        "handed on": """
            def access(u):
                return jwt.encode({"sub": u, "type": "access", "exp": 1}, KEY)
            def refresh(u):
                return jwt.encode({"sub": u, "type": "refresh", "exp": 1}, KEY)
            def f(t):
                return jwt.decode(t, KEY, algorithms=HS)
        """,
    },
}
CASES = [(code, name) for code, shapes in SHAPES.items() for name in shapes]


@pytest.mark.parametrize(("check", "name"), CASES, ids=[f"{code} {name}" for code, name in CASES])
def test_shape(check: str, name: str) -> None:
    verify(SHAPES[check][name], PRELUDE, extra=check)


def test_an_issue_date_weighs_less() -> None:
    code = """
        def f(t):
            jwt.decode(t, KEY, algorithms=HS, options={"verify_nbf": False})
            jwt.decode(t, KEY, algorithms=HS, options={"verify_iat": False})
    """
    assert confidences(code, "JWT207", PRELUDE) == ["high", "low"]


def test_a_leeway_that_is_fallen_back_to() -> None:
    code = """
        def f(t):
            jwt.decode(t, KEY, algorithms=HS, leeway=int(os.getenv("LEEWAY") or 86400))
    """
    assert confidences(code, "JWT307", PRELUDE) == ["medium"]


def test_the_message_says_how_long() -> None:
    (finding,) = findings('jwt.decode("t", KEY, algorithms=HS, leeway=86400)', PRELUDE)
    assert finding.message == "expired tokens are accepted for 24 hours more (limit: 5 minutes): lower the leeway"


def test_the_limit_is_a_setting() -> None:
    program = PRELUDE + 'jwt.decode("t", KEY, algorithms=HS, leeway=60)\n'
    for limit, codes in ((30, ["JWT307"]), (60, [])):
        report = Analyzer(Settings(max_leeway=limit)).analyze("app.py", program)
        assert [one.code for one in report.findings if one.code == "JWT307"] == codes
