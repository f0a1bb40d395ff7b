"""Tokens in URLs, addresses of keys, and switches that let tokens go without TLS."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

from jwt_sast.tokens.urls import leads_to_keys

PRELUDE = """\
import os, time, jwt, requests, httpx, webbrowser
from urllib.parse import urlencode
from flask import redirect
from starlette.responses import RedirectResponse
KEY = os.environ["KEY"]
API = "https://api.example.com"
def signed():
    return jwt.encode({"sub": "a", "exp": int(time.time()) + 60}, KEY, algorithm="HS256")
"""

PROGRAMS = {
    "in a query": """
        def f(token, answer):
            requests.get(API + "?token=" + signed())  # JWT402
            requests.get(f"{API}?a=1&x={signed()}")  # JWT402
            requests.get("%s?access_token=%s" % (API, token))  # JWT402
            requests.get(f"{API}?jwt={token}")  # JWT402
            requests.get(f"{API}?token={token}")  # JWT402
            httpx.post(f"{API}?q={answer['id_token']}")  # JWT402
    """,
    "in a path": """
        def f(access_token, token):
            requests.get(f"{API}/tokens/{access_token}")  # JWT402
            requests.get(f"{API}/tokens/{signed()}/info")  # JWT402
            requests.get(f"{API}/tokens/{token}")
        def g(kept, answer):
            access = kept["access_token"] if kept else answer["token"]
            requests.delete(f"{API}/tokens/{access}")  # JWT402
    """,
    "in parameters": """
        def f(token):
            requests.get(API, params={"access_token": token})  # JWT402
            requests.get(API, {"t": signed()})  # JWT402
            httpx.Client(base_url=API).get("/", params={"token": token})  # JWT402
            requests.post(API, data={"access_token": token})
            requests.post(API, json={"access_token": token})
    """,
    "other parameters": """
        def f(token, page):
            requests.get(API, params={"page_token": page, "token_type": "x", "access_token": None})
            requests.get(f"{API}?csrf_token={page}&token_type={page}&code={page}")
            requests.get(f"{API}?access_token=public&x={page}")
    """,
    "an encoded query": """
        def f(token):
            query = urlencode({"a": 1, "access_token": token})
            requests.get(f"{API}?{query}")  # JWT402
    """,
    "a redirect": """
        def f(token):
            return redirect(f"{API}?token={signed()}")  # JWT402
        def g(token):
            return RedirectResponse(url=API + "?access_token=" + token)  # JWT402
        def h(token):
            return redirect(f"{API}#access_token={token}")
        def i(token):
            webbrowser.open(f"{API}?{urlencode({'token': token})}")  # JWT402
    """,
    "in the clear": """
        def f(token):
            requests.get("http://api.example.com", params={"access_token": token})  # JWT401 JWT402
            requests.get("http://api.example.com", cookies={"access_token": token})  # JWT401
            requests.get("http://api.example.com", cookies={"theme": token})
    """,
    "keys": """
        def f(host, issuer):
            jwt.PyJWKClient("http://idp.example.com/keys")  # JWT407
            jwt.PyJWKClient(f"http://{host}/keys")
            jwt.PyJWKClient(uri="https://idp.example.com/keys")
            requests.get("http://idp.example.com/.well-known/openid-configuration")  # JWT407
            requests.get("http://idp.example.com/oauth/jwks.json")  # JWT407
            requests.get("http://idp.example.com/oauth/jwks")  # JWT407
            requests.get("http://localhost/oauth/jwks")
            requests.get("http://idp.example.com/.well-known/security.txt")
    """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)


@pytest.mark.parametrize(("hole", "confidence"), [("signed()", "high"), ("token", "low")])
def test_how_sure_it_is(hole: str, confidence: str) -> None:
    code = f"def f(token):\n    requests.get(f'https://a.example.com?access_token={{{hole}}}')\n"
    assert confidences(code, "JWT402", PRELUDE) == [confidence]


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://a/.well-known/openid-configuration", True),
        ("https://a/.well-known/jwks.json", True),
        ("https://a/x/jwks/", True),
        ("https://a/x/jwks?kid=1", True),
        ("https://a/x/jwksx", False),
        ("https://a/keys", False),
        ("", False),
    ],
)
def test_where_keys_are_published(address: str, leads: bool) -> None:
    assert leads_to_keys(address) is leads


SWITCHES = {
    "items": """
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # JWT409
        os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "true"  # JWT409
        os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = ""
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = os.environ["INSECURE"]
    """,
    "calls": """
        def f():
            os.environ.setdefault("OAUTHLIB_INSECURE_TRANSPORT", "1")  # JWT409
            os.environ.update({"AUTHLIB_INSECURE_TRANSPORT": "1"})  # JWT409
            os.putenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # JWT409
            os.environ.pop("OAUTHLIB_INSECURE_TRANSPORT")
            return os.environ.get("OAUTHLIB_INSECURE_TRANSPORT", "1")
    """,
    "on one path": """
        def f(debug):
            if debug:
                os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # JWT409
    """,
}


@pytest.mark.parametrize("code", SWITCHES.values(), ids=SWITCHES)
def test_switch(code: str) -> None:
    verify(code, "import os\n")
