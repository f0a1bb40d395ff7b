"""`Set-Cookie` headers that are written by hand."""

from __future__ import annotations

import pytest
from shape_programs import verify

PRELUDE = """\
import os, time, jwt
def signed():
    return jwt.encode({"sub": "a", "exp": int(time.time()) + 60}, os.environ["KEY"], algorithm="HS256")
"""

PROGRAMS = {
    "an item": """
        def f(response):
            response.headers["Set-Cookie"] = f"s={signed()}; Path=/"  # JWT404 JWT405
            response.headers["Set-Cookie"] = f"s={signed()}; Secure; HttpOnly; SameSite=Lax"
            response.headers["Set-Cookie"] = f"s={signed()}; secure; httponly; samesite=none"  # JWT406
            response.headers["set-cookie"] = "s=%s; HttpOnly" % signed()  # JWT404
            response.headers["Content-Type"] = f"s={signed()}"
    """,
    "a call": """
        def f(self, response, token):
            self.send_header("Set-Cookie", "s=" + signed() + "; Secure")  # JWT405
            response.headers.append("Set-Cookie", f"access_token={token}; HttpOnly")  # JWT404
            response.headers.add("Set-Cookie", f"csrf_token={token}; Secure")
            self.set_header("Set-Cookie", f"theme={token}")
    """,
    "attributes that are not known": """
        def f(response, attributes, age):
            response.headers["Set-Cookie"] = f"s={signed()}; {attributes}"
            response.headers["Set-Cookie"] = f"s={signed()}; Max-Age={age}; Secure"  # JWT405
    """,
    "a cookie that is taken back": """
        def f(response):
            response.headers["Set-Cookie"] = "access_token=; Max-Age=0"
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)
