"""The contract of drf-jwt, which backs the models `drf_jwt.py` and `django_jwt_options.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django_projects import run_with

TOKENS = """
    from rest_framework_jwt.utils import jwt_create_payload, jwt_decode_token, jwt_encode_payload
    from django.conf import settings
    key = settings.SECRET_KEY
    sign = lambda changes, key=key, algorithm="HS256": jwt.encode(
        {"user_id": 1, "exp": time.time() + 60} | changes, key, algorithm)
    tokens = {
        "fine": sign({}),
        "forged": sign({}, key="z" * 64),
        "unsigned": sign({}, key=None, algorithm="none"),
        "another algorithm": sign({}, algorithm="HS512"),
        "expired": sign({"exp": time.time() - 60}),
        "without exp": jwt.encode({"user_id": 1}, key, "HS256"),
    }
    accepted = [name for name, token in tokens.items() if not refused(jwt_decode_token, token)]
"""


def ask(folder: Path, code: str, options: str = "{}") -> Any:
    """What `code` answers where JWT_AUTH is `options`."""
    settings = f"""
from datetime import timedelta
INSTALLED_APPS += ["rest_framework_jwt"]
JWT_AUTH = {options}
"""
    return run_with(folder, settings, f"{TOKENS}\n    answer = {code}")


@pytest.mark.parametrize(
    ("options", "accepted"),
    [
        ("{}", ["fine", "without exp"]),
        ("{'JWT_VERIFY': False}", ["fine", "forged", "without exp"]),
        ("{'JWT_VERIFY_EXPIRATION': False}", ["fine", "expired", "without exp"]),
        ("{'JWT_SECRET_KEY': 'z' * 64}", ["forged"]),
    ],
)
def test_what_is_accepted(options: str, accepted: list[str], tmp_path: Path) -> None:
    assert ask(tmp_path, "accepted", options) == accepted


def test_lifetimes(tmp_path: Path) -> None:
    code = "left(jwt_encode_payload(jwt_create_payload(alice)))"
    assert ask(tmp_path, code) == pytest.approx(300, abs=30)
    options = "{'JWT_EXPIRATION_DELTA': timedelta(days=400)}"
    assert ask(tmp_path, code, options) == pytest.approx(400 * 86400, abs=30)


@pytest.mark.parametrize("lifetime", ["None", "3600"])
def test_anything_but_a_length_of_time_is_refused(lifetime: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="ImproperlyConfigured"):
        ask(tmp_path, "0", f"{{'JWT_EXPIRATION_DELTA': {lifetime}}}")


def test_a_private_key_counts_with_its_algorithm_only(tmp_path: Path) -> None:
    options = "{'JWT_PRIVATE_KEY': 'z' * 64}"
    assert ask(tmp_path, "accepted", options) == ["fine", "without exp"]


COOKIE = """
    from django.http import HttpResponse
    from rest_framework_jwt.compat import set_cookie_with_token
    response = HttpResponse()
    set_cookie_with_token(response, "auth", "a.b.c")
    answer = cookies(response)["auth"]
"""


@pytest.mark.parametrize(
    ("options", "secure", "same_site"),
    [
        ("{}", True, "Lax"),
        ("{'JWT_AUTH_COOKIE_SECURE': False, 'JWT_AUTH_COOKIE_SAMESITE': 'None'}", "", "None"),
    ],
)
def test_the_cookie(options: str, secure: object, same_site: str, tmp_path: Path) -> None:
    settings = f"INSTALLED_APPS += ['rest_framework_jwt']\nJWT_AUTH = {options}"
    assert run_with(tmp_path, settings, COOKIE) == {"secure": secure, "httponly": True, "samesite": same_site}


def test_no_cookie_without_a_name(tmp_path: Path) -> None:
    code = "from rest_framework_jwt.settings import api_settings\nanswer = api_settings.JWT_AUTH_COOKIE"
    assert run_with(tmp_path, "INSTALLED_APPS += ['rest_framework_jwt']", code) is None
