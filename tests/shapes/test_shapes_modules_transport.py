"""SHAPES E over two modules: base addresses, headers, sessions and clients lie somewhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import Files, packaged, verify

SHAPES: dict[str, Files] = {
    "E1 a base address": {
        "app/settings.py": """
            BASE = "http://api.example.com"
            SAFE = "https://api.example.com"
            LOCAL = "http://localhost:8000"
            class Settings:
                base = "http://api.example.com"
            settings = Settings()
        """,
        "app/service.py": """
            from urllib.parse import urljoin
            import requests
            from app import settings as module
            from app.settings import BASE, LOCAL, SAFE, settings
            def f(token):
                h = {"Authorization": f"Bearer {token}"}
                requests.get(BASE, headers=h)  # JWT401
                requests.get(f"{BASE}/me", headers=h)  # JWT401
                requests.get(BASE + "/me", headers=h)  # JWT401
                requests.get("%s/me" % BASE, headers=h)  # JWT401
                requests.get("{}/me".format(BASE), headers=h)  # JWT401
                requests.get(urljoin(BASE, "/me"), headers=h)  # JWT401
                requests.get("/".join([BASE, "me"]), headers=h)  # JWT401
                requests.get(f"{module.BASE}/me", headers=h)  # JWT401
                requests.get(f"{settings.base}/me", headers=h)  # JWT401
                requests.get(f"{SAFE}/me", headers=h)
                requests.get(f"{LOCAL}/me", headers=h)
                requests.get(f"{BASE}/me")
        """,
    },
    "E1 an address that is built elsewhere": {
        "app/urls.py": """
            BASE = "http://api.example.com"
            def url(path):
                return f"{BASE}/{path}"
            def safe(path):
                return "https://api.example.com/" + path
        """,
        "app/service.py": """
            import requests
            from app.urls import safe, url
            def f(token):
                h = {"Authorization": f"Bearer {token}"}
                requests.get(url("me"), headers=h)  # JWT401
                requests.get(safe("me"), headers=h)
        """,
    },
    "E1 headers": {
        "app/headers.py": """
            def bearer(token):
                return {"Authorization": f"Bearer {token}"}
            def plain():
                return {"Accept": "text/plain"}
            ACCEPT = {"Accept": "text/plain"}
        """,
        "app/service.py": """
            import requests
            from app.headers import ACCEPT, bearer, plain
            def f(token):
                requests.get("http://api.example.com", headers=bearer(token))  # JWT401
                requests.get("http://api.example.com", headers=plain())
                requests.get("http://api.example.com", headers=ACCEPT)
                h = dict(ACCEPT)
                h["Authorization"] = "Bearer " + token
                requests.get("http://api.example.com", headers=h)  # JWT401
                requests.get("http://api.example.com", headers={**ACCEPT, **bearer(token)})  # JWT401
        """,
    },
    "E1 a session that is made elsewhere": {
        "app/sessions.py": """
            import requests
            def session(token):
                s = requests.Session()
                s.headers["Authorization"] = f"Bearer {token}"
                return s
            def bare():
                return requests.Session()
        """,
        "app/service.py": """
            import requests
            from app.sessions import bare, session
            def f(token):
                session(token).get("http://api.example.com")  # JWT401
                session(token).get("https://api.example.com")
                s = bare()
                s.get("http://api.example.com")
                s.headers.update({"Authorization": f"Bearer {token}"})
                s.get("http://api.example.com")  # JWT401
        """,
    },
    "E1 a client of a base class": {
        "app/base.py": """
            import requests
            class Client:
                base = "http://api.example.com"
                def __init__(self, token):
                    self.session = requests.Session()
                    self.session.headers["Authorization"] = f"Bearer {token}"
                def url(self, path):
                    return f"{self.base}/{path}"
        """,
        "app/service.py": """
            # The client sets the Authorization header.
            import requests
            from app.base import Client
            class Users(Client):
                def me(self):
                    return self.session.get(self.url("me"))  # JWT401
            class Safe(Client):
                base = "https://api.example.com"
                def me(self):
                    return self.session.get(self.url("me"))
        """,
    },
    "E1 an authentication object": {
        "app/auth.py": """
            import requests
            class BearerAuth(requests.auth.AuthBase):
                def __init__(self, token):
                    self.token = token
                def __call__(self, r):
                    r.headers["Authorization"] = f"Bearer {self.token}"
                    return r
        """,
        "app/service.py": """
            # Sends the Authorization header.
            import requests
            from app.auth import BearerAuth
            def f(token):
                requests.get("http://api.example.com", auth=BearerAuth(token))  # JWT401
                requests.get("https://api.example.com", auth=BearerAuth(token))
        """,
    },
    "E1 a helper that sends": {
        "app/requests_helper.py": """
            import requests
            def get(url, token, **more):
                return requests.get(url, headers={"Authorization": f"Bearer {token}"}, **more)
        """,
        "app/service.py": """
            # Sends the Authorization header.
            from app.requests_helper import get
            def f(token):
                get("http://api.example.com", token)  # JWT401
                get("https://api.example.com", token)
                get("https://api.example.com", token, verify=False)  # JWT403
        """,
    },
    "E3 the certificate": {
        "app/settings.py": """
            VERIFY = False
            CHECK = True
        """,
        "app/service.py": """
            import requests
            from app.settings import CHECK, VERIFY
            def f(token):
                h = {"Authorization": f"Bearer {token}"}
                requests.get("https://api.example.com", headers=h, verify=VERIFY)  # JWT403
                requests.get("https://api.example.com", headers=h, verify=CHECK)
                s = requests.Session()
                s.verify = VERIFY
                s.get("https://api.example.com", headers=h)  # JWT403
        """,
    },
    "E1 httpx": {
        "app/clients.py": """
            import httpx
            BASE = "http://api.example.com"
            def client(token):
                return httpx.Client(base_url=BASE, headers={"Authorization": f"Bearer {token}"})  # JWT401
        """,
        "app/service.py": """
            import httpx
            from app.clients import BASE, client
            def f(token):
                client(token).get("/me")
                httpx.get(BASE, headers={"Authorization": f"Bearer {token}"})  # JWT401
        """,
    },
}


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape_in_packages(files: Files, tmp_path: Path) -> None:
    verify(packaged(files), tmp_path)
