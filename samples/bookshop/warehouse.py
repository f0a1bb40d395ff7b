"""Asks the warehouse to put books aside."""

import os
import time

import jwt
import requests

KEY = os.environ.get("BOOKSHOP_WAREHOUSE_KEY", "only-for-development")
RESERVATIONS = "http://warehouse.example.com/reservations"


def reserve(isbn: str, copies: int) -> None:
    now = int(time.time())
    token = jwt.encode({"iss": "bookshop", "iat": now, "exp": now + 60}, KEY, algorithm="HS256")
    answer = requests.post(
        RESERVATIONS,
        json={"isbn": isbn, "copies": copies},
        headers={"Authorization": f"Bearer {token}"},
        timeout=5,
    )
    answer.raise_for_status()
