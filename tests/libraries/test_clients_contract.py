"""The contract of aiohttp, urllib.request, urllib3, http.client, websockets and websocket-client, which backs their
models in `jwt_sast/libraries/`, and that of the contexts of `ssl`.

The servers here speak HTTP only: a client of web sockets fails, but not before its first request has arrived.
"""

from __future__ import annotations

import asyncio
import http.client
import inspect
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import urllib3
import websocket
import websockets
import websockets.legacy.client
import websockets.sync.client
from older_releases import ask

BEARER = {"Authorization": "Bearer token"}
Received = list[BaseHTTPRequestHandler]
Send = Callable[[str], object]
REFUSED = (
    aiohttp.ClientError,
    urllib.error.URLError,
    urllib3.exceptions.HTTPError,
    ssl.SSLError,
)


def by_aiohttp(url: str, *, method: str = "get", session: Mapping[str, Any] | None = None, **options: Any) -> None:
    async def send() -> None:
        given = dict(session or {})
        if "connector" in given:
            given["connector"] = aiohttp.TCPConnector(**given["connector"])
        async with aiohttp.ClientSession(**given) as client, getattr(client, method)(url, **options):
            pass

    asyncio.run(send())


def by_urllib(url: str, headers: Mapping[str, str] = BEARER, **options: Any) -> None:
    with urllib.request.urlopen(urllib.request.Request(url, headers=dict(headers)), **options):
        pass


def added(url: str) -> None:
    request = urllib.request.Request(url)
    request.add_header("Authorization", "Bearer token")
    with urllib.request.build_opener().open(request):
        pass


def by_http_client(url: str, **options: Any) -> None:
    scheme, _, host = url.partition("://")
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    connection = kind(host, **options)
    connection.request("GET", "/me", None, BEARER)
    connection.getresponse().read()


def by_websockets(url: str, **options: Any) -> None:
    async def send() -> None:
        async with websockets.connect(url.replace("http", "ws"), **options):
            pass

    with suppress(websockets.exceptions.InvalidHandshake):
        asyncio.run(send())


def by_websockets_legacy(url: str, **options: Any) -> None:
    async def send() -> None:
        async with websockets.legacy.client.connect(url.replace("http", "ws"), **options):
            pass

    with suppress(websockets.exceptions.InvalidHandshake):
        asyncio.run(send())


def by_websockets_sync(url: str, **options: Any) -> None:
    with (
        suppress(websockets.exceptions.InvalidHandshake),
        websockets.sync.client.connect(url.replace("http", "ws"), **options),
    ):
        pass


def by_websocket_client(url: str, **options: Any) -> None:
    with suppress(websocket.WebSocketBadStatusException):
        websocket.create_connection(url.replace("http", "ws"), **options)


def by_application(url: str, **options: Any) -> None:
    websocket.WebSocketApp(url.replace("http", "ws"), BEARER).run_forever(**options)


def by_socket(url: str, **options: Any) -> None:
    with suppress(websocket.WebSocketBadStatusException):
        client: Any = websocket.WebSocket(**options)
        client.connect(url.replace("http", "ws"), header=BEARER)


def relaxed() -> ssl.SSLContext:
    """A context that asks for a certificate, of whomever."""
    context = ssl.create_default_context()
    context.check_hostname = False
    return context


def unchecked() -> ssl.SSLContext:
    context = relaxed()
    context.verify_mode = ssl.CERT_NONE
    return context


CARRIERS: dict[str, Send] = {
    "aiohttp, call": lambda url: by_aiohttp(url, headers=BEARER),
    "aiohttp, session": lambda url: by_aiohttp(url, session={"headers": BEARER}),
    "aiohttp, base": lambda url: by_aiohttp("/me", session={"headers": BEARER, "base_url": url}),
    "aiohttp, socket": lambda url: _failing(lambda: by_aiohttp(url, method="ws_connect", headers=BEARER)),
    "urllib, request": by_urllib,
    "urllib, third": lambda url: urllib.request.urlopen(urllib.request.Request(url, None, BEARER)).close(),
    "urllib, added": added,
    "urllib3, pool": lambda url: urllib3.PoolManager(headers=BEARER).request("GET", url),
    "urllib3, second of pool": lambda url: urllib3.PoolManager(10, BEARER).request("GET", url),
    "urllib3, fifth of call": lambda url: urllib3.PoolManager().request("GET", url, None, None, BEARER),
    "urllib3, function": lambda url: urllib3.request("GET", url, headers=BEARER),
    "http.client": by_http_client,
    "websockets": lambda url: by_websockets(url, additional_headers=BEARER),
    "websockets, pairs": lambda url: by_websockets(url, additional_headers=list(BEARER.items())),
    "websockets, legacy": lambda url: by_websockets_legacy(url, extra_headers=BEARER),
    "websockets, sync": lambda url: by_websockets_sync(url, additional_headers=BEARER),
    "websocket-client": lambda url: by_websocket_client(url, header=BEARER),
    "websocket-client, texts": lambda url: by_websocket_client(url, header=["Authorization: Bearer token"]),
    "websocket-client, application": by_application,
    "websocket-client, socket": by_socket,
}


def _failing(send: Callable[[], object]) -> None:
    with suppress(aiohttp.ClientError):
        send()


@pytest.mark.parametrize("send", CARRIERS.values(), ids=CARRIERS)
def test_the_token_arrives(send: Send, http_origin: str, received: Received) -> None:
    send(http_origin)
    assert received[0].headers["Authorization"] == "Bearer token"


_BEFORE_14 = """
import asyncio, contextlib, json, sys, websockets
url, headers = json.load(sys.stdin)
async def send():
    async with websockets.connect(url, extra_headers=headers):
        pass
with contextlib.suppress(websockets.InvalidHandshake):
    asyncio.run(send())
print("null")
"""


def test_the_token_arrives_from_websockets_13(http_origin: str, received: Received, tmp_path: Path) -> None:
    ask("websockets==13.0", _BEFORE_14, [http_origin.replace("http", "ws"), BEARER], tmp_path)
    assert received[0].headers["Authorization"] == "Bearer token"


def test_headers_of_a_call_replace_those_of_a_pool(http_origin: str, received: Received) -> None:
    urllib3.PoolManager(headers=BEARER).request("GET", http_origin, headers={"Accept": "text/plain"})
    assert received[0].headers["Authorization"] is None


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_fields_of_urllib3_are_the_query(method: str, http_origin: str, received: Received) -> None:
    urllib3.PoolManager().request(method, http_origin, fields={"token": "t"})
    assert received[0].path == "/?token=t"


def test_parameters_of_aiohttp_are_the_query(http_origin: str, received: Received) -> None:
    by_aiohttp(http_origin, params={"token": "t"})
    assert received[0].path == "/?token=t"


CHECKING: dict[str, Send] = {
    "aiohttp": lambda url: by_aiohttp(url, headers=BEARER),
    "aiohttp, True": lambda url: by_aiohttp(url, headers=BEARER, ssl=True),
    "urllib": by_urllib,
    "urllib, None": lambda url: by_urllib(url, context=None),
    "urllib3": lambda url: urllib3.PoolManager(headers=BEARER).request("GET", url, retries=False),
    "urllib3, context": lambda url: urllib3.PoolManager(
        headers=BEARER, ssl_context=ssl.create_default_context()
    ).request("GET", url, retries=False),
    "urllib3, both": lambda url: urllib3.PoolManager(
        headers=BEARER, ssl_context=unchecked(), cert_reqs="CERT_REQUIRED"
    ).request("GET", url, retries=False),
    "http.client": by_http_client,
    "websockets": lambda url: by_websockets(url, additional_headers=BEARER),
    "websocket-client": lambda url: by_websocket_client(url, header=BEARER),
}
UNCHECKING: dict[str, Send] = {
    "aiohttp": lambda url: by_aiohttp(url, headers=BEARER, ssl=False),
    "aiohttp, connector": lambda url: by_aiohttp(url, headers=BEARER, session={"connector": {"ssl": False}}),
    "urllib": lambda url: by_urllib(url, context=unchecked()),
    "urllib, private function": lambda url: by_urllib(url, context=ssl._create_unverified_context()),
    "urllib3": lambda url: urllib3.PoolManager(headers=BEARER, cert_reqs="CERT_NONE").request("GET", url),
    "urllib3, constant": lambda url: urllib3.PoolManager(headers=BEARER, cert_reqs=ssl.CERT_NONE).request("GET", url),
    "urllib3, context": lambda url: urllib3.PoolManager(headers=BEARER, ssl_context=unchecked()).request("GET", url),
    "urllib3, both": lambda url: urllib3.PoolManager(
        headers=BEARER, ssl_context=relaxed(), cert_reqs="CERT_NONE"
    ).request("GET", url),
    "http.client": lambda url: by_http_client(url, context=unchecked()),
    "websockets": lambda url: by_websockets(url, additional_headers=BEARER, ssl=unchecked()),
    "websocket-client": lambda url: by_websocket_client(url, header=BEARER, sslopt={"cert_reqs": ssl.CERT_NONE}),
    "websocket-client, socket": lambda url: by_socket(url, sslopt={"cert_reqs": ssl.CERT_NONE}),
}


@pytest.mark.parametrize("send", CHECKING.values(), ids=CHECKING)
def test_a_certificate_that_nobody_vouches_for_is_refused(send: Send, https_origin: str, received: Received) -> None:
    with pytest.raises(REFUSED):
        send(https_origin)
    assert not received


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
@pytest.mark.parametrize("send", UNCHECKING.values(), ids=UNCHECKING)
def test_a_certificate_that_nobody_vouches_for_is_taken(send: Send, https_origin: str, received: Received) -> None:
    send(https_origin)
    assert received[0].headers["Authorization"] == "Bearer token"


@pytest.mark.filterwarnings("ignore:ssl.*deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("context", "checks"),
    [
        (ssl.create_default_context, True),
        (ssl._create_unverified_context, False),
        (ssl._create_stdlib_context, False),  # type: ignore[attr-defined]
        (lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), True),
        (ssl.SSLContext, False),
        (lambda: ssl.SSLContext(ssl.PROTOCOL_TLS), False),
        (lambda: ssl.SSLContext(ssl.PROTOCOL_SSLv23), False),
        (lambda: ssl.SSLContext(ssl.PROTOCOL_TLSv1_2), False),
    ],
    ids=["default", "unverified", "stdlib", "client", "nothing said", "TLS", "SSLv23", "TLSv1.2"],
)
def test_what_contexts_check(context: Callable[[], ssl.SSLContext], checks: bool) -> None:
    made = context()
    assert (made.verify_mode is ssl.CERT_REQUIRED) is checks
    assert made.check_hostname is checks


@pytest.mark.parametrize(
    ("function", "order"),
    [
        (urllib.request.Request, "url data headers origin_req_host unverifiable method"),
        (http.client.HTTPConnection.request, "self method url body headers encode_chunked"),
        (urllib3.PoolManager.request, "self method url body fields headers json urlopen_kw"),
        (websocket.create_connection, "url timeout class_ options"),
    ],
    ids=["Request", "HTTPConnection", "PoolManager", "create_connection"],
)
def test_order(function: Callable[..., Any], order: str) -> None:
    assert list(inspect.signature(function).parameters) == order.split()
