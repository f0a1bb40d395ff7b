"""Reads what the payment provider tells us: a token that it has signed, for us and for its other customers."""

import jwt

PROVIDER = "https://pay.example"
KEYS = jwt.PyJWKClient(f"{PROVIDER}/.well-known/jwks.json")
OPTIONS = {"verify_aud": False, "require": ["exp", "iss"]}


def paid_order(token: str) -> str:
    key = KEYS.get_signing_key_from_jwt(token)
    claims = jwt.decode(token, key, algorithms=["RS256"], issuer=PROVIDER, options=OPTIONS)
    return str(claims["order"])
