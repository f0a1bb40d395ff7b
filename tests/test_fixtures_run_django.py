"""Runs the fixtures that are settings of Django, with the package that they set up: the bad ones do harm.

- JWT501, JWT502: a token that somebody makes who has the source alone is taken. JWT509: sessions have the same key.
- JWT303: tokens outlive the limit. JWT302, JWT102: expired or forged ones are taken.
- JWT404: the cookie lacks Secure.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django_projects import run
from fixture_keys import DAY, SECRET, STRANGERS_SECRET
from fixture_marks import label, programs
from fixture_programs import is_settings

ISSUE = {
    "rest_framework_simplejwt": "from rest_framework_simplejwt.tokens import AccessToken\n"
    "issue, accept = lambda: str(AccessToken.for_user(alice)), AccessToken",
    "ninja_jwt": "from ninja_jwt.tokens import AccessToken\n"
    "issue, accept = lambda: str(AccessToken.for_user(alice)), AccessToken",
    "rest_framework_jwt": "from rest_framework_jwt.utils import *\n"
    "issue, accept = lambda: jwt_encode_payload(jwt_create_payload(alice)), jwt_decode_token",
    "graphql_jwt": "from graphql_jwt.utils import *\n"
    "issue, accept = lambda: jwt_encode(jwt_payload(alice)), jwt_decode",
}
"""For each package: how it makes a token, and what it verifies one with."""

COOKIES = {
    "dj_rest_auth": "from dj_rest_auth.jwt_auth import set_jwt_cookies\nset_jwt_cookies(response, 'a.b.c', 'd.e.f')",
    "rest_framework_jwt": "from rest_framework_jwt.compat import set_cookie_with_token\n"
    "from rest_framework_jwt.settings import api_settings\n"
    "set_cookie_with_token(response, api_settings.JWT_AUTH_COOKIE, 'a.b.c')",
}
"""How a package sets its cookies."""


def settings(code: str, kind: str) -> pytest.MarkDecorator:
    """Runs a test with every settings module of a kind, bad or good, under the check `code`."""
    paths = [path for path in programs() if is_settings(path) and not path.with_name("requirements.txt").exists()]
    chosen = [path for path in paths if label(path).startswith(code) and path.name.startswith(kind)]
    assert chosen
    return pytest.mark.parametrize("path", chosen, ids=label)


def package(path: Path, table: dict[str, str]) -> str:
    """What the settings set up, of the packages in `table`, and the code that comes with it."""
    text = path.read_text()
    return next(code for name, code in table.items() if name in text)


def ask(path: Path, answer: str, *, secret: str | None = SECRET) -> Any:
    """What `answer` is under the settings at `path`; with None the deployment has no secret."""
    code = f"{package(path, ISSUE)}\nanswer = {answer}"
    return run(path, code, {} if secret is None else {"JWT_SECRET": secret})


def takes(path: Path, token: str) -> bool:
    """Whether the deployment takes a token."""
    return not ask(path, f"refused(accept, {token!r})")


@settings("JWT501", "bad")
def test_a_strangers_token_is_taken(path: Path) -> None:
    assert takes(path, ask(path, "issue()", secret=STRANGERS_SECRET))


@settings("JWT501", "good")
def test_a_strangers_token_is_refused(path: Path) -> None:
    assert not takes(path, ask(path, "issue()", secret=STRANGERS_SECRET))
    assert takes(path, ask(path, "issue()"))


@settings("JWT509", "bad")
def test_the_key_is_the_one_of_sessions(path: Path) -> None:
    answer = "settings.SECRET_KEY != SECRET or refused(jwt.decode, issue(), SECRET, ['HS256'])"
    code = "from django.conf import settings\n" + package(path, ISSUE)
    assert run(path, f"SECRET = {SECRET!r}\n{code}\nanswer = {answer}", {"JWT_SECRET": SECRET}) == ""


@settings("JWT509", "good")
def test_the_key_is_another_one_than_that_of_sessions(path: Path) -> None:
    code = "from django.conf import settings\n" + package(path, ISSUE)
    answer = "refused(jwt.decode, issue(), settings.SECRET_KEY, ['HS256'])"
    assert run(path, f"{code}\nanswer = {answer}", {"JWT_SECRET": SECRET}) == "InvalidSignatureError"


@settings("JWT502", "bad")
def test_without_the_variable_anyone_signs(path: Path) -> None:
    """A deployment without it takes what another one without it has signed; one that has it does not."""
    token = ask(path, "issue()", secret=None)
    assert not ask(path, f"refused(accept, {token!r})", secret=None)
    assert not takes(path, token)


@settings("JWT502", "good")
def test_without_the_variable_nothing_starts(path: Path) -> None:
    with pytest.raises(AssertionError, match="KeyError"):
        ask(path, "issue()", secret=None)
    assert takes(path, ask(path, "issue()"))


@settings("JWT303", "bad")
def test_tokens_outlive_the_limit(path: Path) -> None:
    assert ask(path, "left(issue())") > 30 * DAY


@settings("JWT303", "good")
def test_tokens_stay_within_the_limit(path: Path) -> None:
    assert 0 < ask(path, "left(issue())") <= 30 * DAY


EXPIRED = "jwt.encode(jwt.decode(issue(), options={'verify_signature': False}) | {'exp': 1}, KEY, 'HS256')"


@settings("JWT302", "bad")
def test_expired_tokens_are_taken(path: Path) -> None:
    assert ask(path, f"refused(accept, {EXPIRED.replace('KEY', repr(SECRET))})") == ""


@settings("JWT302", "good")
def test_expired_tokens_are_refused(path: Path) -> None:
    assert ask(path, f"refused(accept, {EXPIRED.replace('KEY', repr(SECRET))})") == "ExpiredSignatureError"


FORGED = EXPIRED.replace("| {'exp': 1}", "| {'sub': 'admin'}").replace("KEY", repr(STRANGERS_SECRET))


@settings("JWT102", "bad")
def test_forged_tokens_are_taken(path: Path) -> None:
    assert ask(path, f"refused(accept, {FORGED})") == ""


@settings("JWT102", "good")
def test_forged_tokens_are_refused(path: Path) -> None:
    assert ask(path, f"refused(accept, {FORGED})") == "InvalidSignatureError"


def flags(path: Path) -> list[Any]:
    """Whether each cookie is Secure."""
    code = f"""
from django.http import HttpResponse
response = HttpResponse()
{package(path, COOKIES)}
answer = [one["secure"] for one in cookies(response).values()]
"""
    found: list[Any] = run(path, code, {"JWT_SECRET": SECRET})
    assert found
    return found


@settings("JWT404", "bad")
def test_the_cookie_goes_in_the_clear(path: Path) -> None:
    assert not any(flags(path))


@settings("JWT404", "good")
def test_the_cookie_is_secure(path: Path) -> None:
    assert all(flags(path))
