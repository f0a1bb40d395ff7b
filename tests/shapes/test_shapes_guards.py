"""SHAPES C7 and C16: fallbacks that cannot run, and values that are only compared."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

PRELUDE = """\
import os, jwt
def p():
    import time
    return {"sub": "u", "exp": int(time.time()) + 60}
"""

SHAPES = {
    "C7 an exit": """
        import sys
        S = os.getenv("S", "dev")
        if S == "dev":
            sys.exit("no key")
        jwt.encode(p(), S)
    """,
    "C7 an assertion": """
        S = os.getenv("S", "dev")
        assert S != "dev"
        jwt.encode(p(), S)
    """,
    "C7 a set of refused keys": """
        WEAK = frozenset({"dev", "changeme"})
        S = os.getenv("S", "dev")
        if S in WEAK or S in ("other",):
            raise RuntimeError("no key")
        jwt.encode(p(), S)
    """,
    "C7 a set without the fallback": """
        S = os.getenv("S", "dev")  # JWT502
        if S in ("other", "changeme"):
            raise RuntimeError("no key")
        jwt.encode(p(), S)
    """,
    "C7 a length": """
        LEAST = 32
        S = os.getenv("S", "dev")
        T = os.getenv("T", "a fallback that is very long and public")  # JWT502
        if len(S) < 32:
            raise RuntimeError("no key")
        if len(T) < LEAST:
            raise RuntimeError("no key")
        jwt.encode(p(), S)
        jwt.encode(p(), T)
    """,
    "C7 a helper that looks at the key": """
        DEFAULT = "dev"
        def check(value):
            if value == DEFAULT:
                raise RuntimeError("no key")
        S = os.getenv("S", DEFAULT)
        check(S)
        def sign():
            return jwt.encode(p(), S)
    """,
    "C7 a helper that looks at the environment": """
        def require(name):
            if name not in os.environ:
                raise RuntimeError(name)
        def needed(name):
            if not os.environ.get(name):
                raise RuntimeError(name)
        def wanted(name):
            value = os.getenv(name)
            if value is None:
                raise RuntimeError(name)
        require("S")
        needed("T")
        wanted("U")
        jwt.encode(p(), os.getenv("S", "dev"))
        jwt.encode(p(), os.getenv("T", "dev"))
        jwt.encode(p(), os.getenv("U", "dev"))
        jwt.encode(p(), os.getenv("V", "dev"))  # JWT502
    """,
    "C7 a test that refuses nothing": """
        S = os.getenv("S", "dev")  # JWT502
        if "S" in os.environ:
            print("configured")
        if not os.getenv("S"):
            print("not configured")
        jwt.encode(p(), S)
    """,
    "C16 a warning about weak keys": """
        WEAK = {"changeme", "secret"}
        def f():
            key = os.environ["KEY"]
            if key in WEAK:
                print("choose another key")
            jwt.encode(p(), key)
        def g(key, cfg):
            if key in WEAK or cfg["key"] in ("x", "y"):
                print("choose another key")
            jwt.encode(p(), key)
            jwt.encode(p(), key.encode())
            jwt.encode(p(), cfg["key"])
    """,
}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)


HARDLY_RUN = {
    "in one expression": """
        if not DEBUG and S == "dev":
            raise RuntimeError("no key")
    """,
    "nested": """
        if not DEBUG:
            if S == "dev":
                raise RuntimeError("no key")
    """,
    "a helper": """
        def require(name):
            if name not in os.environ:
                raise RuntimeError(name)
        if not DEBUG:
            require("S")
    """,
}


@pytest.mark.parametrize("guard", HARDLY_RUN.values(), ids=HARDLY_RUN)
def test_a_fallback_for_development_only_is_of_low_confidence(guard: str) -> None:
    before = """
        DEBUG = os.environ.get("DEBUG") == "1"
        S = os.getenv("S", "dev")
    """
    after = """
        jwt.encode(p(), S)
        def sign():
            return jwt.encode(p(), S)
    """
    assert confidences(before + guard + after, "JWT502", PRELUDE) == ["low"]


def test_a_test_for_another_key_changes_nothing() -> None:
    code = """
        S = os.getenv("S", "dev")
        if S == "changeme":
            print("choose another key")
        if S:
            print("configured")
        jwt.encode(p(), S)
    """
    assert confidences(code, "JWT502", PRELUDE) == ["high"]
