"""Signs the tokens that customers get: when they log in, and when they have forgotten their password."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

KEY = os.environ["BOOKSHOP_JWT_KEY"]
SESSION = timedelta(hours=2)
RESET_PAGE = "https://bookshop.example/reset"


def session_token(customer_id: str) -> str:
    return _signed({"sub": customer_id, "exp": datetime.now(UTC) + SESSION})


def reset_token(customer_id: str) -> str:
    return _signed({"sub": customer_id, "aud": RESET_PAGE})


def _signed(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, KEY, algorithm="HS256")
