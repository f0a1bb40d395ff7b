"""Runs the web applications under `fixtures/` as their servers would, WSGI or ASGI, and reads the cookies they set."""

from __future__ import annotations

import asyncio
import inspect
import io
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any
from wsgiref.util import setup_testing_defaults

import httpx


def cookies_of(app: Any) -> dict[str, Mapping[str, Any]]:
    """The attributes of the cookies that `POST /login` sets, by the cookie's name, over TLS."""
    headers = _over_wsgi(app) if _takes(app) == 2 else asyncio.run(_over_asgi(app))
    found: dict[str, Mapping[str, Any]] = {}
    for header in headers:
        for name, morsel in SimpleCookie(header).items():
            found[name] = morsel
    return found


def _takes(app: Any) -> int:
    """How many arguments the application takes: two over WSGI (PEP 3333), three over ASGI."""
    call = app if inspect.isfunction(app) else type(app).__call__
    return len(inspect.signature(call).parameters) - (0 if inspect.isfunction(app) else 1)


def _over_wsgi(app: Any) -> list[str]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/login",
        "wsgi.input": io.BytesIO(),
        "CONTENT_LENGTH": "0",
        "wsgi.url_scheme": "https",
    }
    setup_testing_defaults(environ)
    answered: list[tuple[str, str]] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        answered.extend(headers)

    list(app(environ, start))
    return [value for name, value in answered if name.lower() == "set-cookie"]


async def _over_asgi(app: Any) -> list[str]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://shop.example.com") as client:
        return (await client.post("/login")).headers.get_list("set-cookie")
