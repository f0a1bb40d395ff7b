"""The contract of djangorestframework-jwt, which backs the model `jwt_sast/libraries/drf_jwt.py`, and its fixtures.

Its import name is that of drf-jwt, and it wants PyJWT 1, so it is tested apart:
`nox -s 'apart(djangorestframework_jwt)'`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django_projects import run, run_with

FIXTURES = Path(__file__).parents[3] / "fixtures" / "JWT404-insecure-cookie" / "djangorestframework_jwt"

TOKENS = """
    from rest_framework_jwt.utils import jwt_decode_handler, jwt_encode_handler, jwt_payload_handler
    from django.conf import settings
    alice.email = ""
    key = settings.SECRET_KEY
    sign = lambda changes, key=key, algorithm="HS256": jwt.encode(
        {"user_id": 1, "exp": int(time.time()) + 60} | changes, key, algorithm).decode()
    tokens = {
        "fine": sign({}),
        "forged": sign({}, key="z" * 64),
        "unsigned": sign({}, key=None, algorithm="none"),
        "another algorithm": sign({}, algorithm="HS512"),
        "expired": sign({"exp": int(time.time()) - 60}),
        "without exp": jwt.encode({"user_id": 1}, key, "HS256").decode(),
    }
    accepted = [name for name, token in tokens.items() if not refused(jwt_decode_handler, token)]
"""


def ask(folder: Path, code: str, options: str = "{}") -> Any:
    """What `code` answers where JWT_AUTH is `options`."""
    settings = f"from datetime import timedelta\nJWT_AUTH = {options}"
    return run_with(folder, settings, f"{TOKENS}\n    answer = {code}")


@pytest.mark.parametrize(
    ("options", "accepted"),
    [
        ("{}", ["fine", "without exp"]),
        ("{'JWT_VERIFY_EXPIRATION': False}", ["fine", "expired", "without exp"]),
        ("{'JWT_SECRET_KEY': 'z' * 64}", ["forged"]),
        (
            "{'JWT_VERIFY': False}",
            ["fine", "forged", "unsigned", "another algorithm", "expired", "without exp"],
        ),
    ],
)
def test_what_is_accepted(options: str, accepted: list[str], tmp_path: Path) -> None:
    assert ask(tmp_path, "accepted", options) == accepted


def test_lifetimes(tmp_path: Path) -> None:
    code = "left(jwt_encode_handler(jwt_payload_handler(alice)))"
    assert ask(tmp_path, code) == pytest.approx(300, abs=30)
    options = "{'JWT_EXPIRATION_DELTA': timedelta(days=400)}"
    assert ask(tmp_path, code, options) == pytest.approx(400 * 86400, abs=30)


COOKIE = """
    from django.test import RequestFactory
    from rest_framework_jwt import views
    class Serializer:
        object = {"user": alice, "token": "a.b.c"}
        is_valid = lambda self: True
    views.ObtainJSONWebToken.get_serializer = lambda self, *args, **kwargs: Serializer()
    views.ObtainJSONWebToken.authentication_classes = ()
    response = views.obtain_jwt_token(RequestFactory().post("/login"))
    answer = cookies(response)
"""


def test_the_cookie_has_no_flag_but_one(tmp_path: Path) -> None:
    settings = "JWT_AUTH = {'JWT_AUTH_COOKIE': 'auth', 'JWT_AUTH_COOKIE_SECURE': True}"
    assert run_with(tmp_path, settings, COOKIE) == {"auth": {"secure": "", "httponly": True, "samesite": ""}}


def test_the_fixtures() -> None:
    secret = {"JWT_SECRET": "z" * 64}
    (bad,) = run(FIXTURES / "bad_cookie.py", COOKIE, secret).values()
    assert not bad["secure"]
    assert run(FIXTURES / "good_header.py", COOKIE, secret) == {}
