"""The contract of django-graphql-jwt, which backs the models `graphql_jwt.py` and `django_jwt_options.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django_projects import run_with

TOKENS = """
    from graphql_jwt.utils import jwt_decode, jwt_encode, jwt_payload
    from django.conf import settings
    key = settings.SECRET_KEY
    sign = lambda changes, key=key, algorithm="HS256": jwt.encode(
        {"username": "alice", "exp": time.time() + 60} | changes, key, algorithm)
    tokens = {
        "fine": sign({}),
        "forged": sign({}, key="z" * 64),
        "unsigned": sign({}, key=None, algorithm="none"),
        "another algorithm": sign({}, algorithm="HS512"),
        "expired": sign({"exp": time.time() - 60}),
        "without exp": jwt.encode({"username": "alice"}, key, "HS256"),
        "another audience": sign({"aud": "payroll"}),
    }
    accepted = [name for name, token in tokens.items() if not refused(jwt_decode, token)]
"""


def ask(folder: Path, code: str, options: str = "{}") -> Any:
    """What `code` answers where GRAPHQL_JWT is `options`."""
    settings = f"""
from datetime import timedelta
INSTALLED_APPS += ["graphql_jwt"]
GRAPHQL_JWT = {options}
"""
    return run_with(folder, settings, f"{TOKENS}\n    answer = {code}")


@pytest.mark.parametrize(
    ("options", "accepted"),
    [
        ("{}", ["fine", "expired", "without exp", "another audience"]),
        ("{'JWT_VERIFY_EXPIRATION': True}", ["fine", "without exp", "another audience"]),
        ("{'JWT_SECRET_KEY': 'z' * 64}", ["forged"]),
        ("{'JWT_PRIVATE_KEY': 'z' * 64, 'JWT_PUBLIC_KEY': 'z' * 64}", ["forged"]),
    ],
)
def test_what_is_accepted(options: str, accepted: list[str], tmp_path: Path) -> None:
    assert ask(tmp_path, "accepted", options) == accepted


def test_without_verification_anything_is_accepted(tmp_path: Path) -> None:
    assert {"forged", "unsigned"} <= set(ask(tmp_path, "accepted", "{'JWT_VERIFY': False}"))


def test_lifetimes(tmp_path: Path) -> None:
    code = "left(jwt_encode(jwt_payload(alice)))"
    assert ask(tmp_path, code) == pytest.approx(300, abs=30)
    assert ask(tmp_path, code, "{'JWT_EXPIRATION_DELTA': timedelta(days=400)}") == pytest.approx(400 * 86400, abs=30)


def test_none_is_no_lifetime(tmp_path: Path) -> None:
    assert ask(tmp_path, "refused(jwt_payload, alice)", "{'JWT_EXPIRATION_DELTA': None}") == "TypeError"


COOKIE = """
    from django.http import HttpResponse
    from graphql_jwt.decorators import jwt_cookie
    def view(request):
        request.jwt_token = "a.b.c"
        return HttpResponse()
    answer = cookies(jwt_cookie(view)(SimpleNamespace()))
"""


@pytest.mark.parametrize(
    ("options", "name", "secure", "same_site"),
    [
        ("{}", "JWT", "", ""),
        ("{'JWT_COOKIE_SECURE': True, 'JWT_COOKIE_NAME': 'a', 'JWT_COOKIE_SAMESITE': 'Lax'}", "a", True, "Lax"),
    ],
)
def test_the_cookie_of_the_decorator(options: str, name: str, secure: object, same_site: str, tmp_path: Path) -> None:
    settings = f"INSTALLED_APPS += ['graphql_jwt']\nGRAPHQL_JWT = {options}"
    found = run_with(tmp_path, settings, COOKIE)
    assert found == {name: {"secure": secure, "httponly": True, "samesite": same_site}}
