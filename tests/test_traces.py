"""A finding's trace is the story of the value: where it begins, what it goes through, the call that uses it."""

from __future__ import annotations

import textwrap

import pytest

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings

PRELUDE = """\
import os
import jwt
KEY = os.environ["KEY"]
"""
_ANALYZER = Analyzer(Settings())


def stories(code: str) -> list[str]:
    """Each finding as one line: `code @ line`, then its steps as `line message`; the prelude is not counted."""
    report = _ANALYZER.analyze("app/service.py", PRELUDE + textwrap.dedent(code).lstrip("\n"))
    assert report.errors == []
    lines = []
    for finding in filter(Settings().wants, report.findings):
        steps = [f"{step.location.line - 3} {step.message}" for step in finding.trace]
        lines.append("; ".join([f"{finding.code} @ {finding.location.line - 3}", *steps]))
    return lines


STORIES = {
    "claims in place": (
        """
        jwt.encode({"sub": "u"}, KEY)
        """,
        ["JWT301 @ 1; 1 signed here"],
    ),
    "claims with a name": (
        """
        payload = {"sub": "u"}
        token = jwt.encode(payload, KEY)
        """,
        ["JWT301 @ 2; 1 `payload` is set here; 2 signed here"],
    ),
    "claims of a caller": (
        """
        def sign(claims):
            return jwt.encode(claims, KEY)
        def issue(payload):
            return sign(payload)
        def f(u):
            mine = {"sub": u}
            return issue(mine)
        """,
        ["JWT301 @ 7; 6 `mine` is set here; 4 passed as `claims`; 2 signed here"],
    ),
    "claims that a function returns": (
        """
        def claims(u):
            return {"sub": u}
        def f(u):
            return jwt.encode(claims(u), KEY)
        """,
        ["JWT301 @ 4; 2 it is returned here; 4 signed here"],
    ),
    "claims on self": (
        """
        class Service:
            def __init__(self, u):
                self.claims = {"sub": u}
            def f(self):
                return jwt.encode(self.claims, KEY)
        """,
        ["JWT301 @ 5; 3 `self.claims` is set here; 5 signed here"],
    ),
    "missing on one path": (
        """
        def f(u, ttl):
            payload = {"sub": u}
            if ttl:
                payload["exp"] = ttl
            return jwt.encode(payload, KEY)
        """,
        ["JWT301 @ 5; 2 `payload` is set here; 3 without `exp` from here; 5 signed here"],
    ),
    "a key on its way": (
        """
        SECRET_KEY = "a-secret-of-some-length-that-is-long"
        def sign(payload, key):
            return jwt.encode(payload, key, algorithm="HS256")
        def f(payload):
            return sign(payload, SECRET_KEY)
        """,
        ["JWT501 @ 1; 5 passed as `key`; 3 the key of jwt.encode here"],
    ),
    "a key that is a default": (
        """
        def sign(payload, key="a-secret-of-some-length-that-is-long"):
            return jwt.encode(payload, key, algorithm="HS256")
        """,
        ["JWT501 @ 1; 2 the key of jwt.encode here"],
    ),
    "a check that a caller switches off": (
        """
        def read(t, verify=True):
            return jwt.decode(t, KEY, algorithms=["HS256"], options={"verify_signature": verify})
        OFF = False
        def f(t):
            return read(t, verify=OFF)["sub"]
        """,
        ["JWT102 @ 5; 3 `OFF` is set here; 2 the token is read here"],
    ),
    "options with a name": (
        """
        OPTIONS = {"verify_signature": False}
        def f(t):
            return jwt.decode(t, options=OPTIONS)["sub"]
        """,
        ["JWT102 @ 3; 1 `OPTIONS` is set here; 3 the token is read here"],
    ),
    "an address": (
        """
        import requests
        BASE = "http://api.example.com"
        def get(token, url=BASE):
            return requests.get(url, headers={"Authorization": f"Bearer {token}"})
        """,
        ["JWT401 @ 4; 2 `BASE` is set here; 4 sent here"],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str) -> None:
    code, expected = STORIES[name]
    assert stories(code) == expected


def test_names_are_told_and_values_are_not() -> None:
    secret = "hunter2-hunter2-hunter2-hunter2-hunter2"
    told = stories(f"""
        KEYS = {{"a": "{secret}"}}
        def sign(p, key):
            return jwt.encode(p, key)
        sign({{"sub": 1}}, KEYS["a"])
    """)
    assert len(told) == 2
    assert not any("hunter2" in line for line in told)
