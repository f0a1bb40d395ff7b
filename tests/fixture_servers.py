"""Runs the web applications under `fixtures/` as their servers would, and reads the cookies that they set."""

from __future__ import annotations

import asyncio
import inspect
import io
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie
from typing import Any
from wsgiref.util import setup_testing_defaults

import aiohttp.test_utils
import aiohttp.web
import httpx
import tornado.httpserver
import tornado.netutil
import tornado.web


def cookies_of(app: Any) -> dict[str, Mapping[str, Any]]:
    """The attributes of the cookies that `POST /login` sets, by the cookie's name.

    Over TLS, as far as the application can tell, where it speaks WSGI or ASGI.
    """
    match app:
        case aiohttp.web.Application():
            headers = asyncio.run(_by_aiohttp(app))
        case tornado.web.Application():
            headers = asyncio.run(_by_tornado(app))
        case _ if _takes(app) == 2:
            headers = _over_wsgi(app)
        case _:
            headers = asyncio.run(_over_asgi(app))
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
    async with _alive(app), httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        return await _login(client, "https://shop.example.com")


@asynccontextmanager
async def _alive(app: Any) -> AsyncIterator[None]:
    """Starts an application up and shuts it down, which some cannot do without."""
    sent: asyncio.Queue[Any] = asyncio.Queue()
    answered: asyncio.Queue[Any] = asyncio.Queue()
    life = asyncio.create_task(app({"type": "lifespan", "asgi": {"version": "3.0"}}, sent.get, answered.put))
    await sent.put({"type": "lifespan.startup"})
    assert (await answered.get())["type"] == "lifespan.startup.complete"
    yield
    await sent.put({"type": "lifespan.shutdown"})
    await life


async def _by_aiohttp(app: aiohttp.web.Application) -> list[str]:
    async with aiohttp.test_utils.TestServer(app) as server, httpx.AsyncClient() as client:
        return await _login(client, str(server.make_url("")).rstrip("/"))


async def _by_tornado(app: tornado.web.Application) -> list[str]:
    server = tornado.httpserver.HTTPServer(app)
    (socket,) = tornado.netutil.bind_sockets(0, "127.0.0.1")
    server.add_socket(socket)
    async with httpx.AsyncClient() as client:
        headers = await _login(client, f"http://127.0.0.1:{socket.getsockname()[1]}")
    server.stop()
    await server.close_all_connections()
    return headers


async def _login(client: httpx.AsyncClient, site: str) -> list[str]:
    return (await client.post(f"{site}/login")).headers.get_list("set-cookie")
