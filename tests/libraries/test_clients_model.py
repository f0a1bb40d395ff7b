"""Clients besides requests and httpx: where the token rides, where it goes, and whether the certificate is checked."""

from __future__ import annotations

import pytest
from shape_programs import verify

PRELUDE = """\
import http.client, os, ssl, urllib.request
import aiohttp, urllib3, websocket, websockets
from websockets.sync.client import connect as sync_connect
token = os.environ["TOKEN"]
BEARER = {"Authorization": f"Bearer {token}"}
PLAIN = "http://api.example.com/me"
"""

PROGRAMS = {
    "aiohttp": """
        async def f():
            async with aiohttp.ClientSession(headers=BEARER) as session:
                async with session.get(PLAIN) as response:  # JWT401
                    await response.json()
                await session.ws_connect("ws://api.example.com")  # JWT401
                await session.get("https://api.example.com", ssl=False)  # JWT403
                await session.get("https://api.example.com", ssl=True)
                await session.get("https://api.example.com", ssl=None)
                await session.request("GET", PLAIN)  # JWT401
        async def g():
            session = aiohttp.ClientSession("http://api.example.com", headers=BEARER)  # JWT401
            await session.post("/me", json={})
        async def h():
            async with aiohttp.ClientSession() as session:
                await session.get(PLAIN, headers=BEARER)  # JWT401
                await session.get(PLAIN)
                await session.get("https://api.example.com", params={"access_token": token})  # JWT402
                session.headers.update(BEARER)
                await session.get(PLAIN)  # JWT401
        async def i():
            connector = aiohttp.TCPConnector(ssl=False)  # JWT403
            async with aiohttp.ClientSession(connector=connector, headers=BEARER) as session:
                await session.get("https://api.example.com")
        async def j():
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1), headers=BEARER) as session:
                await session.get("https://api.example.com")
        async def k():
            async with aiohttp.request("GET", PLAIN, headers=BEARER) as response:  # JWT401
                return response
    """,
    "urllib": """
        def f():
            request = urllib.request.Request(PLAIN, headers=BEARER)  # JWT401
            return urllib.request.urlopen(request)
        def g():
            request = urllib.request.Request("http://api.example.com", None, BEARER)  # JWT401
            return urllib.request.build_opener().open(request)
        def h():
            request = urllib.request.Request(PLAIN)  # JWT401
            request.add_header("Authorization", "Bearer " + token)
            return urllib.request.urlopen(request)
        def i():
            urllib.request.urlopen(urllib.request.Request(PLAIN))
            urllib.request.urlopen(PLAIN)
            urllib.request.urlopen(f"https://api.example.com?access_token={token}")  # JWT402
            urllib.request.urlopen("https://api.example.com?jwt=" + os.environ["JWT"])  # JWT402
    """,
    "urllib and certificates": """
        def f():
            request = urllib.request.Request("https://api.example.com", headers=BEARER)
            urllib.request.urlopen(request)
            urllib.request.urlopen(request, context=ssl.create_default_context())
            urllib.request.urlopen(request, context=ssl._create_unverified_context())  # JWT403
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            urllib.request.urlopen(request, context=context)  # JWT403
    """,
    "urllib3": """
        def f():
            pool = urllib3.PoolManager(headers=BEARER)
            pool.request("GET", PLAIN)  # JWT401
            pool.request("GET", PLAIN, headers={"Accept": "text/plain"})
            urllib3.request("GET", PLAIN, headers=BEARER)  # JWT401
            pool.request("GET", "https://api.example.com", fields={"access_token": token})  # JWT402
            pool.request("POST", "https://api.example.com", fields={"access_token": token})
        def g():
            pool = urllib3.PoolManager(cert_reqs="CERT_NONE")  # JWT403
            pool.request("GET", "https://api.example.com", headers=BEARER)
        def h():
            pool = urllib3.PoolManager(cert_reqs="CERT_REQUIRED")
            pool.request("GET", "https://api.example.com", headers=BEARER)
        def i():
            unchecked = ssl._create_unverified_context()
            pool = urllib3.PoolManager(ssl_context=unchecked)  # JWT403
            pool.request("GET", "https://api.example.com", headers=BEARER)
            pool = urllib3.PoolManager(ssl_context=unchecked, cert_reqs=ssl.CERT_REQUIRED)
            pool.request("GET", "https://api.example.com", headers=BEARER)
            pool = urllib3.PoolManager(ssl_context=ssl.create_default_context(), cert_reqs=None)
            pool.request("GET", "https://api.example.com", headers=BEARER)
    """,
    "http.client": """
        def f():
            connection = http.client.HTTPConnection("api.example.com")  # JWT401
            connection.request("GET", "/me", headers=BEARER)
        def g():
            connection = http.client.HTTPConnection("localhost", 8080)
            connection.request("GET", "/me", None, BEARER)
        def h():
            connection = http.client.HTTPSConnection("api.example.com")
            connection.request("GET", "/me", None, BEARER)
        def i():
            insecure = ssl._create_unverified_context()
            connection = http.client.HTTPSConnection("api.example.com", context=insecure)  # JWT403
            connection.request("GET", "/me", None, BEARER)
    """,
    "websockets": """
        async def f():
            async with websockets.connect("ws://api.example.com", additional_headers=BEARER) as socket:  # JWT401
                await socket.send("")
            pairs = [("Authorization", f"Bearer {token}")]
            await websockets.connect("ws://api.example.com", extra_headers=pairs)  # JWT401
            await websockets.connect("wss://api.example.com", additional_headers=BEARER)
            await websockets.connect("ws://localhost:80", additional_headers=BEARER)
            await websockets.connect(f"wss://api.example.com?jwt={token}")  # JWT402
            await websockets.connect(
                "wss://a.example.com",
                additional_headers=BEARER,
                ssl=ssl._create_unverified_context(),  # JWT403
            )
        def g(jwt):
            sync_connect("ws://api.example.com", additional_headers=BEARER)  # JWT401
            sync_connect(f"wss://api.example.com?jwt={jwt}")  # JWT402
    """,
    "websocket-client": """
        def f():
            websocket.create_connection("ws://api.example.com", header=[f"Authorization: Bearer {token}"])  # JWT401
            websocket.create_connection("ws://api.example.com", header=BEARER)  # JWT401
            websocket.create_connection("ws://api.example.com", header=["Accept: text/plain"])
            websocket.create_connection(
                "wss://api.example.com",
                header=BEARER,
                sslopt={"cert_reqs": ssl.CERT_NONE},  # JWT403
            )
            websocket.create_connection("wss://api.example.com", header=BEARER, sslopt={"ca_certs": "a.pem"})
        def g():
            app = websocket.WebSocketApp("ws://api.example.com", header=BEARER)  # JWT401
            app.run_forever()
        def h():
            socket = websocket.WebSocket(sslopt={"cert_reqs": ssl.CERT_NONE})  # JWT403
            socket.connect("wss://api.example.com", header=BEARER)
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)


def test_a_context_for_httpx() -> None:
    code = """
        import httpx
        def f():
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            httpx.get("https://api.example.com", headers=BEARER, verify=context)  # JWT403
            httpx.get("https://api.example.com", headers=BEARER, verify=ssl.create_default_context())
    """
    verify(code, PRELUDE)


def test_contexts_that_a_program_makes_itself() -> None:
    code = """
        def f():
            request = urllib.request.Request("https://api.example.com", headers=BEARER)
            urllib.request.urlopen(request, context=ssl.SSLContext())  # JWT403
            urllib.request.urlopen(request, context=ssl.SSLContext(ssl.PROTOCOL_TLSv1_2))  # JWT403
            urllib.request.urlopen(request, context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
            context = ssl.SSLContext(protocol=ssl.PROTOCOL_TLS)
            context.verify_mode = ssl.CERT_REQUIRED
            urllib.request.urlopen(request, context=context)
        def g(protocol):
            request = urllib.request.Request("https://api.example.com", headers=BEARER)
            urllib.request.urlopen(request, context=ssl.SSLContext(protocol))
    """
    verify(code, PRELUDE)
