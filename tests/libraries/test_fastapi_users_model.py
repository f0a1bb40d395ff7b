"""What the model of fastapi-users says of how it is set up."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

PRELUDE = """\
import os
from fastapi_users.authentication import CookieTransport, JWTStrategy
KEY = os.environ["KEY"]
"""

PROGRAMS = {
    "lifetimes": """
        def f(seconds):
            JWTStrategy(KEY, 3600)
            JWTStrategy(KEY, seconds)
            JWTStrategy(KEY, None)  # JWT304
            JWTStrategy(KEY, lifetime_seconds=0)  # JWT304
            JWTStrategy(KEY, 365 * 24 * 3600)  # JWT303
            JWTStrategy(KEY, int(os.environ.get("SECONDS", "3600")))
    """,
    "keys": """
        def f():
            JWTStrategy("not a secret any more", 3600)  # JWT501
            JWTStrategy(os.environ.get("KEY", "not a secret any more"), 3600)  # JWT502
    """,
    "a public key's private one": """
        def f(private, public):
            JWTStrategy(private, 3600, algorithm="RS256", public_key=public)
    """,
    "cookies": """
        CookieTransport()
        CookieTransport(cookie_max_age=3600)
        CookieTransport(cookie_secure=False)  # JWT404
        CookieTransport(cookie_secure=False, cookie_httponly=False)  # JWT404 JWT405
        CookieTransport(cookie_samesite="none")  # JWT406
        CookieTransport(cookie_secure=os.environ["SECURE"] == "1")
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)


@pytest.mark.parametrize(("lifetime", "confidence"), [("None", "high"), ("None if staff else 60", "medium")])
def test_how_sure_it_is(lifetime: str, confidence: str) -> None:
    assert confidences(f"def f(staff):\n    JWTStrategy(KEY, {lifetime})\n", "JWT304", PRELUDE) == [confidence]
