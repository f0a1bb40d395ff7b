"""What the model of the frameworks' cookies says of calls that no fixture holds."""

from __future__ import annotations

import pytest
from shape_programs import confidences, findings, verify

SIGNED = """\
import os, time, jwt
from {framework} import Response
def signed():
    return jwt.encode({{"sub": "a", "exp": int(time.time()) + 60}}, os.environ["KEY"], algorithm="HS256")
"""
STARLETTE = SIGNED.format(framework="starlette.responses")

PROGRAMS = {
    "a response that comes in": """
        def f(response: Response):
            response.set_cookie("s", signed())  # JWT404 JWT405
    """,
    "a text that holds the token": """
        def f(response):
            response.set_cookie("s", "Bearer " + signed(), httponly=True)  # JWT404
            response.set_cookie("s", "Bearer %s" % signed(), secure=True)  # JWT405
    """,
    "a token that was verified": """
        def f(request, response):
            token = request.headers["x-token"]
            jwt.decode(token, os.environ["KEY"], algorithms=["HS256"])
            response.set_cookie("s", token, secure=True)  # JWT405
    """,
    "a token that is only derived from one": """
        import hashlib
        def f(response):
            response.set_cookie("s", hashlib.sha256(signed().encode()).hexdigest())
            response.set_cookie("s", signed()[:8])
    """,
    "a token that is cut up": """
        NAME = os.getenv("COOKIE", "access_token")
        def f(response, token):
            for number, part in enumerate(token):
                response.set_cookie(f"{NAME}_{number}", part, httponly=True)  # JWT404
                response.set_cookie(f"theme_{number}", part, httponly=True)
    """,
    "options that cannot be seen": """
        def f(response, **options):
            response.set_cookie("s", signed(), **options)
    """,
    "options that are seen": """
        OPTIONS = {"secure": False, "httponly": True}
        def f(response):
            response.set_cookie("s", signed(), **OPTIONS)  # JWT404
    """,
    "one flag is decided as the program runs": """
        def f(request, response):
            response.set_cookie("s", signed(), secure=request.url.scheme == "https", httponly=True)
            response.set_cookie("s", signed(), secure=True if request.tls else False, httponly=True)
            response.set_cookie("s", signed(), secure=request.app.config["SECURE"], httponly=True)
    """,
    "a parameter that is off unless somebody says otherwise": """
        def f(response, secure=False):
            response.set_cookie("s", signed(), secure=secure, httponly=True)  # JWT404
    """,
    "a parameter that is on unless somebody says otherwise": """
        def f(response, secure=True):
            response.set_cookie("s", signed(), secure=secure, httponly=True)
    """,
    "a variable that falls back": """
        OFF = os.getenv("A", os.getenv("B", "false")).lower() == "true"
        ON = os.getenv("A", "true").lower() in ("1", "true")
        def f(response):
            response.set_cookie("s", signed(), secure=OFF, httponly=True)  # JWT404
            response.set_cookie("s", signed(), secure=ON, httponly=True)
            response.set_cookie("s", signed(), secure=os.getenv("A") == "1", httponly=True)  # JWT404
            response.set_cookie("s", signed(), secure=bool(os.environ["A"]), httponly=True)
    """,
    "a cookie that is taken back": """
        def f(response, token):
            response.set_cookie("access_token", "", 0)
            response.set_cookie("access_token", token, max_age=0)
            response.set_cookie("access_token", token, expires=0)
            response.set_cookie("access_token", None)
            response.set_cookie("access_token")
    """,
    "names say that it is a token": """
        def f(response, body, access_token, token):
            response.set_cookie("access_token", body)  # JWT404 JWT405
            response.set_cookie("accessToken", body)  # JWT404 JWT405
            response.set_cookie("s", access_token)  # JWT404 JWT405
            response.set_cookie("s", body["id_token"])  # JWT404 JWT405
            response.set_cookie("s", body.get("refresh_token"))  # JWT404 JWT405
            response.set_cookie(os.environ["JWT_COOKIE"], body)  # JWT404 JWT405
            response.set_cookie("auth-token", token)  # JWT404 JWT405
    """,
    "names say something else": """
        def f(response, body, token):
            response.set_cookie("session_token", body)
            response.set_cookie("s", token)
            response.set_cookie("csrf_token", token)
            response.set_cookie("token_type", body["token_type"])
            response.set_cookie("access_token_expires", body)
            response.set_cookie("has_access_token", body)
    """,
    "a cookie that scripts read": """
        def f(response):
            response.set_cookie("XSRF-TOKEN", signed())
    """,
    "SameSite": """
        def f(response):
            response.set_cookie("s", signed(), secure=True, httponly=True, samesite="None")  # JWT406
            response.set_cookie("s", signed(), secure=True, httponly=True, samesite=None)
            response.set_cookie("s", signed(), secure=True, httponly=True, samesite="Strict")
    """,
    "one of several values is none": """
        def f(response, cross):
            response.set_cookie("s", signed(), secure=True, httponly=True, samesite="none" if cross else "lax")
    """,
    "a method of the same name that sets something else": """
        def f(session, manager, response):
            session.cookies.set_cookie(signed())
            manager.set_cookie(response, "theme")
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, STARLETTE)


FRAMEWORKS = {
    "starlette.responses": ("set_cookie", {"JWT404", "JWT405"}),
    "fastapi": ("set_cookie", {"JWT404", "JWT405"}),
    "flask": ("set_cookie", {"JWT404", "JWT405"}),
    "flask_login": ("set_cookie", {"JWT404", "JWT405"}),
    "quart": ("set_cookie", {"JWT404", "JWT405"}),
    "django.http": ("set_cookie", {"JWT404", "JWT405"}),
    "rest_framework_simplejwt.views": ("set_cookie", {"JWT404", "JWT405"}),
    "aiohttp.web": ("set_cookie", {"JWT404", "JWT405"}),
    "tornado.web": ("set_cookie", {"JWT404", "JWT405"}),
    "bottle": ("set_cookie", {"JWT404", "JWT405"}),
    "litestar": ("set_cookie", {"JWT404", "JWT405"}),
    "falcon": ("set_cookie", set()),
    "sanic.response": ("add_cookie", {"JWT405"}),
    "aiohttp": ("set_cookie", set()),
    "selenium": ("set_cookie", set()),
}
"""Which of the two flags a bare call lacks; of what is no framework of servers, nothing is known."""


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_what_a_framework_does_by_itself(framework: str) -> None:
    method, missing = FRAMEWORKS[framework]
    found = findings(f"def f(r):\n    r.{method}('s', signed())\n", SIGNED.format(framework=framework))
    assert {finding.code for finding in found} == missing


def test_frameworks_that_disagree() -> None:
    prelude = "import falcon\n" + STARLETTE
    assert findings("def f(r):\n    r.set_cookie('s', signed())\n", prelude) == []
    verify("def f(r):\n    r.set_cookie('s', signed(), secure=False)  # JWT404\n", prelude)


def test_the_response_of_bottle_and_the_header_of_werkzeug() -> None:
    verify(
        "from bottle import response\ndef f():\n    response.set_cookie('s', signed())  # JWT404 JWT405\n", STARLETTE
    )
    code = "from werkzeug.http import dump_cookie\ndef f():\n    return dump_cookie('s', signed())  # JWT404 JWT405\n"
    verify(code, STARLETTE)


@pytest.mark.parametrize(
    ("value", "flag", "confidence"),
    [
        ("signed()", "False", "high"),
        ("signed()", "os.getenv('A', 'no') == 'yes'", "medium"),
        ("access_token", "False", "low"),
    ],
)
def test_how_sure_it_is(value: str, flag: str, confidence: str) -> None:
    code = f"def f(r, access_token):\n    r.set_cookie('s', {value}, secure={flag})\n"
    assert confidences(code, "JWT404", STARLETTE) == [confidence]


def test_in_tests_nothing_is_said() -> None:
    from jwt_sast.analyzer import Analyzer
    from jwt_sast.config import Settings

    code = STARLETTE + "def test_f(r):\n    r.set_cookie('s', signed())\n"
    assert Analyzer(Settings()).analyze("tests/test_cookies.py", code).findings == []
