"""SHAPES A21 and A22: secrets in claims, and claims that the client chooses."""

from __future__ import annotations

import pytest
from shape_programs import PRELUDE, confidences, findings, verify

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings

SECRETS = {
    "by its name, however it is written": """
        def f(u, pw, key):
            jwt.encode({"sub": u, "exp": soon, "userPassword": pw}, KEY)  # JWT203
            jwt.encode({"sub": u, "exp": soon, "API-KEY": key}, KEY)  # JWT203
            jwt.encode(dict(sub=u, exp=soon, card_number=pw), KEY)  # JWT203
    """,
    "a record": """
        from pydantic import BaseModel
        class User(BaseModel):
            name: str
            hashed_password: str
        def f(u: User):
            jwt.encode({**u.model_dump(), "exp": soon}, KEY)  # JWT203
            jwt.encode({**u.model_dump(exclude={"hashed_password"}), "exp": soon}, KEY)
    """,
    "names that are near": """
        def f(u, x):
            jwt.encode({"exp": soon, "password_changed_at": x, "has_password": x, "secretary": u, "pwd_exp": x}, KEY)
    """,
    "an identifier": """
        def f(config):
            jwt.encode({"exp": soon, "iss": config.api_key, "sub": config.secret}, KEY)
    """,
    "a fingerprint of a password": """
        def f(user, digest):
            jwt.encode({"exp": soon, "fp": digest(user.password), "tail": user.password[-8:]}, KEY)
    """,
    "not there": """
        def f(user):
            jwt.encode({"exp": soon, "password": None}, KEY)
            p = {"exp": soon, "password": user.password}
            p.pop("password")
            jwt.encode(p, KEY)
    """,
}

RECEIVED = """\
import os
import jwt
from flask import request as flask_request
KEY = os.environ["KEY"]
"""

CLIENTS = {
    "the body": """
        def f():
            return jwt.encode(flask_request.json, KEY)  # JWT204
        def g():
            return jwt.encode(payload=flask_request.get_json(force=True), key=KEY)  # JWT204
    """,
    "a view's parameter": """
        class View:
            def post(self, request):
                return jwt.encode(request.data, KEY)  # JWT204
            def get(self):
                return jwt.encode(self.request.query_params, KEY)  # JWT204
        async def view(request):
            return jwt.encode(await request.json(), KEY)  # JWT204
    """,
    "a part of it": """
        def f(request):
            return jwt.encode(request.data["claims"], KEY)
        def g():
            return jwt.encode({"sub": flask_request.json["name"], "exp": 1}, KEY)
    """,
    "what another service has answered": """
        def f(response, client):
            jwt.encode(response.json(), KEY)
            jwt.encode(client.get("https://api.example.com").json(), KEY)
            jwt.encode(response.data, KEY)
    """,
    "a serializer that has checked it": """
        def f(request, Serializer):
            serializer = Serializer(data=request.data)
            serializer.is_valid(raise_exception=True)
            return jwt.encode(serializer.validated_data, KEY)
    """,
}


@pytest.mark.parametrize("code", SECRETS.values(), ids=SECRETS)
def test_secrets(code: str) -> None:
    verify(code)


@pytest.mark.parametrize("code", CLIENTS.values(), ids=CLIENTS)
def test_clients(code: str) -> None:
    verify(code, RECEIVED)


def test_how_sure_a_secret_is() -> None:
    code = """
        def f(user, pw, old):
            claims = {"exp": soon, "x": user.password}
            jwt.encode(claims, KEY)
            claims = {"exp": soon}
            if old:
                claims["password"] = pw
            jwt.encode(claims, KEY)
            jwt.encode({"exp": soon, "password": pw}, KEY)
    """
    assert confidences(code, "JWT203") == ["medium", "medium", "high"]


def test_how_sure_a_request_is() -> None:
    code = """
        def f(request):
            jwt.encode(request.data, KEY)
            jwt.encode(flask_request.json, KEY)
            jwt.encode(flask_request.args, KEY)
            jwt.encode(flask_request.args.to_dict(), KEY)
    """
    assert confidences(code, "JWT204", RECEIVED) == ["medium", "high", "low", "low"]


def test_the_message_names_the_claim_and_no_value() -> None:
    (finding,) = findings('jwt.encode({"exp": soon, "password": "hunter2"}, KEY)')
    assert finding.message.startswith("everybody can read the claim `password`: ")
    assert "hunter2" not in finding.message


def test_names_of_the_project_s_own() -> None:
    program = PRELUDE + 'jwt.encode({"exp": soon, "salary_band": now}, KEY)\n'
    own = Analyzer(Settings(sensitive_claims=("salaryBand",))).analyze("app.py", program)
    assert "JWT203" in [finding.code for finding in own.findings]
    assert "JWT203" not in [finding.code for finding in Analyzer(Settings()).analyze("app.py", program).findings]
