"""The contract of what sends a browser somewhere, which backs the model `jwt_sast/libraries/redirects.py`."""

from __future__ import annotations

import inspect
import webbrowser
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp.web
import bottle
import django.http
import django.shortcuts
import fastapi.responses
import flask
import litestar.response
import pytest
import quart
import sanic.response
import starlette.responses
import werkzeug.utils

PARAMETERS: list[tuple[Callable[..., Any], str]] = [
    (flask.redirect, "location"),
    (quart.redirect, "location"),
    (werkzeug.utils.redirect, "location"),
    (django.shortcuts.redirect, "to"),
    (django.http.HttpResponseRedirect, "redirect_to"),
    (django.http.HttpResponsePermanentRedirect, "redirect_to"),
    (sanic.response.redirect, "to"),
    (aiohttp.web.HTTPFound, "location"),
    (aiohttp.web.HTTPSeeOther, "location"),
    (aiohttp.web.HTTPTemporaryRedirect, "location"),
    (bottle.redirect, "url"),
    (starlette.responses.RedirectResponse, "url"),
    (fastapi.responses.RedirectResponse, "url"),
    (webbrowser.open, "url"),
    (webbrowser.open_new_tab, "url"),
    (litestar.response.Redirect, "path"),
]


@pytest.mark.parametrize(("function", "name"), PARAMETERS, ids=lambda one: getattr(one, "__qualname__", one))
def test_the_address_comes_first(function: Callable[..., Any], name: str) -> None:
    assert next(iter(inspect.signature(function).parameters)) == name


def test_the_query_goes_along() -> None:
    response = starlette.responses.RedirectResponse("https://a.example.com/?token=t")
    assert response.headers["location"] == "https://a.example.com/?token=t"
    with flask.Flask("app").test_request_context():
        assert flask.redirect("https://a.example.com/?token=t").location == "https://a.example.com/?token=t"


def test_a_query_is_encoded_in_the_order_of_the_dict() -> None:
    assert urlencode({"b": 1, "token": "t"}) == "b=1&token=t"
