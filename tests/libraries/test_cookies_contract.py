"""The contract of the frameworks that set cookies, which backs the model `jwt_sast/libraries/cookies.py`.

Each framework is asked to set a cookie, and the header that it makes of that is read.
"""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import Morsel, SimpleCookie
from typing import Any

import aiohttp.web
import bottle
import falcon
import flask
import litestar
import pytest
import quart
import sanic
import starlette.responses
import tornado.httputil
import tornado.web
import werkzeug.http
from django.conf import settings
from django.http import HttpResponse

Set = Callable[..., str]


def by_django(*arguments: Any, **options: Any) -> str:
    if not settings.configured:
        settings.configure()
    response = HttpResponse()
    response.set_cookie(*arguments, **options)
    return str(response.cookies.output(header="").strip())


def by_starlette(*arguments: Any, **options: Any) -> str:
    response = starlette.responses.Response()
    response.set_cookie(*arguments, **options)
    return response.headers["set-cookie"]


def by_flask(*arguments: Any, **options: Any) -> str:
    response = flask.Response()
    response.set_cookie(*arguments, **options)
    return response.headers["Set-Cookie"]


def by_quart(*arguments: Any, **options: Any) -> str:
    response = quart.Response("")
    response.set_cookie(*arguments, **options)
    return str(response.headers["Set-Cookie"])


def by_aiohttp(*arguments: Any, **options: Any) -> str:
    response = aiohttp.web.Response()
    response.set_cookie(*arguments, **options)
    return response.cookies.output(header="").strip()


def by_sanic(*arguments: Any, **options: Any) -> str:
    response = sanic.response.text("")
    response.add_cookie(*arguments, **options)
    return str(response.headers["Set-Cookie"])


def by_tornado(*arguments: Any, **options: Any) -> str:
    application = tornado.web.Application(cookie_secret="s" * 32)

    class Connection:
        def set_close_callback(self, callback: object) -> None:
            """Tells nobody that it is closed."""

    line = tornado.httputil.RequestStartLine("GET", "/", "HTTP/1.0")
    request = tornado.httputil.HTTPServerRequest(start_line=line, connection=Connection())  # type: ignore[arg-type]
    handler = tornado.web.RequestHandler(application, request)
    handler.set_cookie(*arguments, **options)
    return handler._new_cookie.output(header="").strip()


def by_bottle(*arguments: Any, **options: Any) -> str:
    response = bottle.BaseResponse()
    response.set_cookie(*arguments, **options)
    return str(dict(response.headerlist)["Set-Cookie"])


def by_falcon(*arguments: Any, **options: Any) -> str:
    response = falcon.Response()
    response.set_cookie(*arguments, **options)
    assert response._cookies is not None
    return str(response._cookies.output(header="").strip())


def by_litestar(*arguments: Any, **options: Any) -> str:
    response = litestar.Response("")
    response.set_cookie(*arguments, **options)
    return response.cookies[0].to_header(header="")


WAYS: dict[str, Set] = {
    "Django": by_django,
    "Starlette": by_starlette,
    "Flask": by_flask,
    "Quart": by_quart,
    "werkzeug": werkzeug.http.dump_cookie,
    "aiohttp": by_aiohttp,
    "Sanic": by_sanic,
    "Tornado": by_tornado,
    "Bottle": by_bottle,
    "Falcon": by_falcon,
    "Litestar": by_litestar,
}


def read(header: str) -> Morsel[str]:
    """The one cookie in a header."""
    ((_, morsel),) = SimpleCookie(header).items()
    return morsel


@pytest.mark.parametrize(
    ("framework", "secure", "http_only", "same_site"),
    [
        ("Django", False, False, None),
        ("Starlette", False, False, "lax"),
        ("Flask", False, False, None),
        ("Quart", False, False, None),
        ("werkzeug", False, False, None),
        ("aiohttp", False, False, None),
        ("Sanic", True, False, "Lax"),
        ("Tornado", False, False, None),
        ("Bottle", False, False, None),
        ("Falcon", True, True, None),
        ("Litestar", False, False, "lax"),
    ],
)
def test_defaults(framework: str, secure: bool, http_only: bool, same_site: str | None) -> None:
    cookie = read(WAYS[framework]("name", "value"))
    assert (cookie.key, cookie.value) == ("name", "value")
    assert (bool(cookie["secure"]), bool(cookie["httponly"])) == (secure, http_only)
    assert (cookie["samesite"] or None) == same_site


@pytest.mark.parametrize("framework", ["Django", "Starlette", "Flask", "Quart", "Litestar"])
def test_order(framework: str) -> None:
    cookie = read(WAYS[framework]("name", "value", 60, None, "/", None, True, True, "strict"))
    assert bool(cookie["secure"])
    assert bool(cookie["httponly"])
    assert cookie["samesite"].lower() == "strict"


def test_order_of_werkzeug() -> None:
    cookie = read(werkzeug.http.dump_cookie("name", "value", 60, None, "/", None, True, True, True, 4093, "Strict"))
    assert bool(cookie["secure"])
    assert bool(cookie["httponly"])
    assert cookie["samesite"] == "Strict"


def test_order_of_falcon() -> None:
    cookie = read(by_falcon("name", "value", None, 60, "example.com", "/", False, False, "Lax"))
    assert not cookie["secure"]
    assert not cookie["httponly"]
    assert (cookie["domain"], cookie["max-age"], cookie["samesite"]) == ("example.com", "60", "Lax")


def test_falcon_takes_none_for_its_default() -> None:
    assert read(by_falcon("name", "value", secure=None))["secure"]


@pytest.mark.parametrize("framework", ["aiohttp", "Sanic"])
def test_options_by_keyword_only(framework: str) -> None:
    with pytest.raises(TypeError):
        WAYS[framework]("name", "value", 60)


@pytest.mark.parametrize("framework", ["aiohttp", "Sanic", "Tornado", "Bottle"])
def test_options(framework: str) -> None:
    cookie = read(WAYS[framework]("name", "value", secure=True, httponly=True, samesite="Strict"))
    assert (bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"].lower()) == (True, True, "strict")


def test_order_of_tornado() -> None:
    cookie = read(by_tornado("name", "value", "example.com", None, "/inner", 1))
    assert (cookie["domain"], cookie["path"]) == ("example.com", "/inner")


def test_the_third_of_bottle_signs_the_value() -> None:
    assert "name=value" not in by_bottle("name", "value", "secret")


@pytest.mark.parametrize("framework", ["Django", "Starlette", "Flask", "Quart", "werkzeug", "aiohttp"])
def test_a_cookie_that_lives_for_no_time_is_taken_back(framework: str) -> None:
    assert read(WAYS[framework]("name", "", max_age=0))["max-age"] == "0"
