"""quart-jwt-extended 0.1 (`quart_jwt_extended`), a port of flask-jwt-extended 3.

Contract: tests/libraries/test_flask_jwt_extended_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries.jwt_extended import exports, functions
from jwt_sast.libraries.library import Library

LIBRARY = Library(
    name="quart-jwt-extended",
    distribution="quart-jwt-extended",
    versions="0.1",
    packages=("quart_jwt_extended",),
    marks=((b"quart_jwt_extended",),),
    functions=functions("quart_jwt_extended"),
    exports=exports("quart_jwt_extended"),
)
