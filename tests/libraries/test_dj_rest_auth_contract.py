"""The contract of dj-rest-auth, which backs the model `dj_rest_auth.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django_projects import run_with

COOKIES = """
    from django.http import HttpResponse
    from dj_rest_auth.jwt_auth import set_jwt_cookies
    response = HttpResponse()
    set_jwt_cookies(response, "a.b.c", "d.e.f")
    answer = cookies(response)
"""


def ask(folder: Path, options: str, code: str = COOKIES) -> Any:
    """What `code` answers where REST_AUTH is `options`."""
    settings = f"""
INSTALLED_APPS += ["rest_framework.authtoken", "rest_framework_simplejwt", "dj_rest_auth"]
REST_AUTH = {options}
"""
    return run_with(folder, settings, code)


def test_without_names_there_are_no_cookies(tmp_path: Path) -> None:
    assert ask(tmp_path, "{}") == {}


def test_their_flags_by_default(tmp_path: Path) -> None:
    flags = {"secure": "", "httponly": True, "samesite": "Lax"}
    options = "{'JWT_AUTH_COOKIE': 'auth', 'JWT_AUTH_REFRESH_COOKIE': 'renew'}"
    assert ask(tmp_path, options) == {"auth": flags, "renew": flags}


def test_their_flags_as_they_are_set(tmp_path: Path) -> None:
    options = """{
        'JWT_AUTH_COOKIE': 'auth', 'JWT_AUTH_SECURE': True, 'JWT_AUTH_HTTPONLY': False, 'JWT_AUTH_SAMESITE': 'None'}"""
    assert ask(tmp_path, options) == {"auth": {"secure": True, "httponly": "", "samesite": "None"}}


def test_tokens_are_not_used_unless_that_is_said(tmp_path: Path) -> None:
    code = "from dj_rest_auth.app_settings import api_settings\nanswer = api_settings.USE_JWT"
    assert ask(tmp_path, "{}", code) is False


CSRF = """
    from dj_rest_auth.jwt_auth import JWTCookieAuthentication
    from django.test import RequestFactory
    from rest_framework_simplejwt.tokens import AccessToken
    request = RequestFactory().post("/pay")
    request.COOKIES["auth"] = str(AccessToken.for_user(alice))
    authentication = JWTCookieAuthentication()
    authentication.get_user = lambda token: alice
    answer = refused(authentication.authenticate, request)
"""


@pytest.mark.parametrize(
    ("option", "error"),
    [
        ("'JWT_AUTH_COOKIE_USE_CSRF': False", ""),
        ("'JWT_AUTH_COOKIE_USE_CSRF': True", "PermissionDenied"),
        ("'JWT_AUTH_COOKIE_ENFORCE_CSRF_ON_UNAUTHENTICATED': True", "PermissionDenied"),
    ],
)
def test_requests_of_other_sites(option: str, error: str, tmp_path: Path) -> None:
    assert ask(tmp_path, f"{{'JWT_AUTH_COOKIE': 'auth', {option}}}", CSRF) == error
