"""flask-jwt 0.3 (`flask_jwt`).

Contract: tests/apart/flask_jwt/test_flask_jwt_contract.py. Handlers that make or read tokens in the program's own way
are not followed. What `JWT_VERIFY_CLAIMS` leaves out is checked all the same.
"""

from __future__ import annotations

from jwt_sast.libraries.application_settings import Configuration, a_length, configure_key, configure_lifetime
from jwt_sast.libraries.library import Context, Library, instance
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.values import Value
from jwt_sast.tokens.events import TokenKind


def _set_up(call: Call, context: Context) -> Value:
    config = Configuration(call, context)
    configure_key(config, ("JWT_SECRET_KEY", "SECRET_KEY"))
    configure_lifetime(config, "JWT_EXPIRATION_DELTA", TokenKind.ACCESS, a_length)
    return instance(call)


LIBRARY = Library(
    name="Flask-JWT",
    distribution="flask-jwt",
    versions="0.3",
    packages=("flask_jwt",),
    marks=((b"flask_jwt",),),
    functions={"flask_jwt.JWT": _set_up},
    exports={"flask_jwt": ("JWT",)},
)
