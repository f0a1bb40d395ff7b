"""The web application of a small bookshop."""

import jwt
from flask import Flask, abort, request

from . import accounts, payments, warehouse

app = Flask(__name__)


@app.post("/orders")
def order() -> dict[str, str]:
    # The gateway in front of us checks tokens, so here they only need reading.
    customer = jwt.decode(_bearer(), options={"verify_signature": False})["sub"]
    warehouse.reserve(request.json["isbn"], copies=1)
    return {"customer": customer, "state": "reserved"}


@app.post("/session/renewal")
def renew() -> dict[str, str]:
    # Whoever comes here has a token that ran out, or will soon.
    options = {"require": ["sub"]}
    options["verify_exp"] = False
    claims = jwt.decode(_bearer(), accounts.KEY, algorithms=["HS256"], options=options)
    return {"token": accounts.session_token(claims["sub"])}


@app.post("/payments")
def paid() -> dict[str, str]:
    return {"order": payments.paid_order(request.get_data(as_text=True)), "state": "paid"}


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        abort(401)
    return token
