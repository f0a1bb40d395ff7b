"""The contract of `Set-Cookie` as clients read it, which backs the model `jwt_sast/libraries/cookie_headers.py`."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

import bottle
import pytest


def read(header: str) -> dict[str, Any]:
    """The attributes of the one cookie in a header."""
    ((_, morsel),) = SimpleCookie(header).items()
    return dict(morsel)


@pytest.mark.parametrize(
    "header", ["s=a.b.c; Secure; HttpOnly", "s=a.b.c; secure; httponly", "s=a.b.c;Secure;HttpOnly"]
)
def test_flags_stand_behind_the_value(header: str) -> None:
    attributes = read(header)
    assert (attributes["secure"], attributes["httponly"]) == (True, True)


def test_a_flag_that_is_not_there_is_off() -> None:
    attributes = read("s=a.b.c; Path=/secure")
    assert (attributes["secure"], attributes["httponly"]) == ("", "")


@pytest.mark.parametrize("header", ["s=a.b.c; SameSite=None", "s=a.b.c; samesite=none"])
def test_same_site(header: str) -> None:
    assert read(header)["samesite"].lower() == "none"


@pytest.mark.parametrize("method", ["add_header", "set_header"])
def test_headers_of_bottle(method: str) -> None:
    response = bottle.BaseResponse()
    getattr(response, method)("Set-Cookie", "s=a.b.c; HttpOnly")
    assert ("Set-Cookie", "s=a.b.c; HttpOnly") in response.headerlist
    assert hasattr(bottle.response, method)
