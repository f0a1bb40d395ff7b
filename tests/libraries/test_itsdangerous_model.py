"""What the model of itsdangerous says of calls that no fixture holds."""

from __future__ import annotations

import pytest
from shape_programs import verify

ITSDANGEROUS = """\
import os, time
from datetime import timedelta
from itsdangerous import JSONWebSignatureSerializer, TimedJSONWebSignatureSerializer as Serializer
KEY = os.environ["KEY"]
"""

PROGRAMS = {
    "the end of a token": """
        def f(user):
            return JSONWebSignatureSerializer(KEY).dumps({"id": user})  # JWT301
        def g(user):
            return Serializer(KEY).dumps({"id": user})
        def h(user):
            return Serializer(KEY, 365 * 24 * 3600).dumps({"id": user})  # JWT303
        def i(user, seconds=600):
            return Serializer(KEY, expires_in=seconds).dumps({"id": user})
        def j(user):
            late = Serializer(KEY, expires_in=timedelta(days=90).total_seconds())  # JWT303
            return late.dumps(user)
        def k(text):
            return JSONWebSignatureSerializer(KEY).dumps(text)
    """,
    "keys": """
        def f(t):
            return Serializer("s3cr3t").loads(t)  # JWT501
        def g(t):
            return Serializer(os.getenv("K", "s3cr3t")).loads(t)  # JWT502
        def h(t):
            return Serializer(os.getenv("K", "")).loads(t)  # JWT107
        def i(t):
            return Serializer([os.environ["OLD"], KEY]).loads(t)
    """,
    "none": """
        def f(user):
            return Serializer(KEY, algorithm_name="none").dumps({"id": user})  # JWT101
        def g(t):
            return Serializer(KEY, algorithm_name="none").loads(t)  # JWT101
        def h(t):
            return Serializer(KEY, algorithm_name="HS256").loads(t)
    """,
    "times": """
        def f(t):
            return JSONWebSignatureSerializer(KEY).loads(t)["id"]  # JWT302
        def g(t):
            return Serializer(KEY).loads(t)["id"]
        def h(t):
            claims = JSONWebSignatureSerializer(KEY).loads(t)
            if claims["exp"] < time.time():
                raise PermissionError
            return claims["id"]
        def i(t):
            claims, header = JSONWebSignatureSerializer(KEY).loads(t, return_header=True)  # JWT302
            return claims["id"]
    """,
    "kept on an object": """
        class Tokens:
            def __init__(self, key):
                self.serializer = Serializer(key, expires_in=3600)
            def issue(self, user):
                return self.serializer.dumps({"id": user})
            def accept(self, token):
                return self.serializer.loads(token)["id"]
        tokens = Tokens("s3cr3t")  # JWT501
        def f(user):
            return tokens.issue(user)
    """,
    "what is no JWS": """
        from itsdangerous import URLSafeTimedSerializer
        def f(t):
            return URLSafeTimedSerializer("s3cr3t").loads(t)
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, ITSDANGEROUS)
