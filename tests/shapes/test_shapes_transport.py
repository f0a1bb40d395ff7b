"""SHAPES E: tokens on their way."""

from __future__ import annotations

import pytest
from shape_programs import verify

PRELUDE = """\
import os, requests, httpx
from urllib.parse import urljoin
BASE = "http://api.example.com"
token = os.environ["TOKEN"]
h = {"Authorization": f"Bearer {token}"}
"""

SHAPES = {
    "E1 a direct call": """
        requests.get("http://api.example.com", headers={"Authorization": f"Bearer {token}"})  # JWT401
    """,
    "E1 a base and a path": """
        requests.get(f"{BASE}/me", headers=h)  # JWT401
        requests.get(urljoin(BASE, "/me"), headers=h)  # JWT401
        requests.get(BASE + "/me", headers=h)  # JWT401
        requests.get("%s/me" % BASE, headers=h)  # JWT401
        requests.get("{}/me".format(BASE), headers=h)  # JWT401
    """,
    "E1 a session": """
        def a():
            s = requests.Session()
            s.headers.update(h)
            return s.get("http://api.example.com/me")  # JWT401
        def b():
            s = requests.Session()
            s.headers["Authorization"] = "Bearer " + token
            return s.get("http://api.example.com/me")  # JWT401
        def c():
            with requests.Session() as s:
                s.headers = h
                return s.post("http://api.example.com/me", json={})  # JWT401
    """,
    "E1 an authentication object": """
        class BearerAuth(requests.auth.AuthBase):
            def __init__(self, token):
                self.token = token
            def __call__(self, r):
                r.headers["Authorization"] = f"Bearer {self.token}"
                return r
        def f():
            s = requests.Session()
            s.auth = BearerAuth(token)
            return s.get("http://api.example.com/me")  # JWT401
    """,
    "E1 an httpx client": """
        def f():
            return httpx.Client(base_url="http://api.example.com", headers=h).get("/me")  # JWT401
        async def g():
            async with httpx.AsyncClient(headers=h) as client:
                return await client.get("http://api.example.com/me")  # JWT401
    """,
    "E1 no token": """
        requests.get("http://api.example.com")
        requests.get("http://api.example.com", headers={"Accept": "text/plain"})
        requests.get("http://api.example.com", headers={"Authorization": "Basic dXNlcjpwdw=="})
    """,
    "E1 TLS": """
        requests.get("https://api.example.com", headers=h)
    """,
    "E1 this machine and the private network": """
        def f():
            requests.get("http://localhost:8000/me", headers=h)
            requests.get("http://127.0.0.1/me", headers=h)
            requests.get("http://[::1]:8000/me", headers=h)
            requests.get("http://printer.local/me", headers=h)
            requests.get("http://host.docker.internal/me", headers=h)
            requests.get("http://backend:8000/me", headers=h)
    """,
    "E1 a host that is not known": """
        def f(host):
            requests.get(f"http://{host}/me", headers=h)
    """,
    "E1 the header is taken off": """
        def f():
            s = requests.Session()
            s.headers.update(h)
            del s.headers["Authorization"]
            return s.get("http://api.example.com/me")
    """,
    "E3 the certificate is not checked": """
        def f():
            requests.get("https://api.example.com", headers=h, verify=False)  # JWT403
            requests.get("https://api.example.com", verify=False)
            s = requests.Session()
            s.verify = False
            s.headers.update(h)
            s.get("https://api.example.com")  # JWT403
            httpx.Client(verify=False, headers=h).get("https://api.example.com")  # JWT403
    """,
}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)
