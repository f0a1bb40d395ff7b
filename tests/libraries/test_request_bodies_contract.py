"""What a web framework gives a program of a request is what the client has sent, whatever that is."""

from __future__ import annotations

import asyncio
from typing import Any

from flask import Flask, request
from quart import Quart
from quart import request as quart_request
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

SENT = {"sub": "mallory", "role": "admin"}


def test_flask() -> None:
    app = Flask(__name__)
    with app.test_request_context("/", method="POST", json=SENT):
        assert request.json == request.get_json() == SENT
    with app.test_request_context("/?colour=red", method="POST", data=SENT):
        assert request.form.to_dict() == SENT
        assert request.args.to_dict() == {"colour": "red"}
        assert request.values.to_dict() == SENT | {"colour": "red"}


def test_quart() -> None:
    async def body() -> Any:
        async with Quart(__name__).test_request_context("/?colour=red", method="POST", json=SENT):
            return await quart_request.get_json(), quart_request.args.to_dict()

    assert asyncio.run(body()) == (SENT, {"colour": "red"})


def test_starlette() -> None:
    async def echo(request: Request) -> JSONResponse:
        body = await request.json() if request.headers["content-type"] == "application/json" else await request.form()
        return JSONResponse({**body, **request.query_params})

    client = TestClient(Starlette(routes=[Route("/", echo, methods=["POST"])]))
    assert client.post("/?colour=red", json=SENT).json() == SENT | {"colour": "red"}
