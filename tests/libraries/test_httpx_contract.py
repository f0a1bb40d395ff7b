"""The contract of httpx, which backs the model `jwt_sast/libraries/httpx.py`."""

from __future__ import annotations

import asyncio
import inspect
import ssl
from collections.abc import Callable, Generator
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

# Untyped, because some calls below are mistakes that the library's own annotations refuse.
api: Any = httpx

BEARER = {"Authorization": "Bearer token"}
VERBS = ("get", "options", "head", "post", "put", "patch", "delete")


class Bearer(httpx.Auth):
    """An `auth` object."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers.update(BEARER)
        yield request


def add_bearer(request: httpx.Request) -> httpx.Request:
    """An `auth` callable."""
    request.headers.update(BEARER)
    return request


def parameters(function: Callable[..., Any], kind: Any) -> list[str]:
    """The names of the parameters of one kind."""
    return [name for name, parameter in inspect.signature(function).parameters.items() if parameter.kind is kind]


class TestParameters:
    """Which parameter stands where, and which exists at all."""

    @pytest.mark.parametrize("owner", [httpx, httpx.Client(), httpx.AsyncClient()], ids=["module", "client", "async"])
    @pytest.mark.parametrize(
        ("name", "positional"),
        [*((verb, ["url"]) for verb in VERBS), ("request", ["method", "url"]), ("stream", ["method", "url"])],
    )
    def test_only_method_and_url_are_positional(self, owner: Any, name: str, positional: list[str]) -> None:
        function = getattr(owner, name)
        assert parameters(function, inspect.Parameter.POSITIONAL_OR_KEYWORD) == positional
        assert {"params", "headers", "cookies", "auth"} <= {*parameters(function, inspect.Parameter.KEYWORD_ONLY)}

    @pytest.mark.parametrize("client", [httpx.Client, httpx.AsyncClient])
    def test_a_client_takes_keywords_only(self, client: Callable[..., Any]) -> None:
        assert parameters(client, inspect.Parameter.POSITIONAL_OR_KEYWORD) == []
        expected = {"auth", "params", "headers", "cookies", "verify", "cert", "base_url", "trust_env", "transport"}
        assert expected <= {*parameters(client, inspect.Parameter.KEYWORD_ONLY)}

    @pytest.mark.parametrize("client", [httpx.Client, httpx.AsyncClient])
    @pytest.mark.parametrize("name", [*VERBS, "request", "stream"])
    def test_a_clients_methods_have_no_verify(self, client: type, name: str) -> None:
        assert "verify" not in inspect.signature(getattr(client, name)).parameters

    def test_verify_on_a_clients_method_is_refused(self) -> None:
        with pytest.raises(TypeError, match="verify"):
            api.Client().get("https://127.0.0.1", verify=False)

    def test_a_second_positional_argument_is_refused(self) -> None:
        with pytest.raises(TypeError):
            api.get("http://127.0.0.1", {"token": "t"})


class TestWhereATokenRides:
    """What arrives at a plain HTTP origin, unencrypted."""

    @pytest.mark.parametrize(
        "send",
        [
            lambda url: httpx.get(url, headers=BEARER),
            lambda url: httpx.request("GET", url, headers=BEARER),
            lambda url: httpx.stream("GET", url, headers=BEARER).__enter__(),
            lambda url: httpx.get(url, auth=Bearer()),
            lambda url: httpx.get(url, auth=add_bearer),
            lambda url: httpx.Client().get(url, headers=BEARER),
            lambda url: httpx.Client(headers=BEARER).get(url),
            lambda url: httpx.Client(headers=BEARER).request("GET", url),
            lambda url: httpx.Client(auth=Bearer()).get(url),
            lambda url: httpx.Client(auth=add_bearer).get(url),
            lambda url: httpx.Client().send(httpx.Request("GET", url, headers=BEARER)),
        ],
        ids=[
            "get",
            "request",
            "stream",
            "auth object",
            "auth callable",
            "client call",
            "client",
            "client request",
            "client auth object",
            "client auth callable",
            "send",
        ],
    )
    def test_the_header(
        self, http_origin: str, received: list[BaseHTTPRequestHandler], send: Callable[[str], object]
    ) -> None:
        send(http_origin)
        assert [request.headers["Authorization"] for request in received] == ["Bearer token"]

    def test_the_header_of_an_async_client(self, http_origin: str, received: list[BaseHTTPRequestHandler]) -> None:
        async def send() -> None:
            async with httpx.AsyncClient(headers=BEARER) as client:
                await client.get(http_origin)

        asyncio.run(send())
        assert received[0].headers["Authorization"] == "Bearer token"

    def test_headers_that_a_client_gets_later(self, http_origin: str, received: list[BaseHTTPRequestHandler]) -> None:
        with httpx.Client() as client:
            client.headers.update(BEARER)
            client.get(http_origin)
            client.headers = httpx.Headers({"Authorization": "Bearer another"})
            client.get(http_origin)
        assert [request.headers["Authorization"] for request in received] == ["Bearer token", "Bearer another"]

    def test_a_query(self, http_origin: str, received: list[BaseHTTPRequestHandler]) -> None:
        httpx.get(http_origin, params={"token": "t"})
        assert received[0].path == "/?token=t"

    def test_a_cookie(self, http_origin: str, received: list[BaseHTTPRequestHandler]) -> None:
        httpx.Client(cookies={"token": "t"}).get(http_origin)
        assert received[0].headers["Cookie"] == "token=t"


class TestBaseUrl:
    """How a client's `base_url` and the URL of a call are joined."""

    @pytest.mark.parametrize("base", ["/api", "/api/"])
    @pytest.mark.parametrize("path", ["users", "/users"])
    def test_a_path_is_appended(
        self, http_origin: str, received: list[BaseHTTPRequestHandler], base: str, path: str
    ) -> None:
        httpx.Client(base_url=http_origin + base).get(path)
        assert received[0].path == "/api/users"

    def test_an_absolute_url_goes_its_own_way_with_the_clients_headers(
        self, http_origin: str, received: list[BaseHTTPRequestHandler]
    ) -> None:
        httpx.Client(base_url="https://example.invalid/api", headers=BEARER).get(f"{http_origin}/users")
        assert received[0].path == "/users"
        assert received[0].headers["Authorization"] == "Bearer token"

    def test_a_path_without_a_base_is_refused(self) -> None:
        with pytest.raises(httpx.UnsupportedProtocol):
            httpx.Client().get("/users")


class TestTls:
    """When a certificate is checked that nobody vouches for."""

    @pytest.mark.parametrize(
        "send",
        [
            lambda url: httpx.get(url, headers=BEARER),
            lambda url: httpx.get(url, headers=BEARER, verify=True),
            lambda url: httpx.Client(headers=BEARER).get(url),
            lambda url: httpx.Client(headers=BEARER, verify=ssl.create_default_context()).get(url),
        ],
        ids=["function", "verify True", "client", "default context"],
    )
    def test_it_is_refused(
        self, https_origin: str, received: list[BaseHTTPRequestHandler], send: Callable[[str], object]
    ) -> None:
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            send(https_origin)
        assert not received

    @pytest.mark.parametrize(
        "send",
        [
            lambda url: httpx.get(url, headers=BEARER, verify=False),
            lambda url: httpx.request("GET", url, headers=BEARER, verify=False),
            lambda url: httpx.Client(verify=False, headers=BEARER).get(url),
            lambda url: httpx.Client(verify=unchecked_context(), headers=BEARER).get(url),
        ],
        ids=["function", "request", "client", "unchecked context"],
    )
    def test_it_is_accepted_when_told_not_to_check(
        self, https_origin: str, received: list[BaseHTTPRequestHandler], send: Callable[[str], object]
    ) -> None:
        send(https_origin)
        assert received[0].headers["Authorization"] == "Bearer token"


def unchecked_context() -> ssl.SSLContext:
    """A context that asks for no certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
