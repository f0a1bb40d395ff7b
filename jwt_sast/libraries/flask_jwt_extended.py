"""flask-jwt-extended 3.25 to 4.7 (`flask_jwt_extended`).

Contracts: tests/libraries/test_flask_jwt_extended_contract.py, tests/apart/flask_jwt_extended3/.
"""

from __future__ import annotations

from jwt_sast.libraries.jwt_extended import exports, functions
from jwt_sast.libraries.library import Library

LIBRARY = Library(
    name="flask-jwt-extended",
    distribution="flask-jwt-extended",
    versions="3.25 to 4.7",
    packages=("flask_jwt_extended",),
    marks=((b"flask_jwt_extended",),),
    functions=functions("flask_jwt_extended"),
    exports=exports("flask_jwt_extended"),
)
