"""django-ninja-jwt 5.4 (`ninja_jwt`), which reads the dict SIMPLE_JWT in Django's settings, or else NINJA_JWT.

Contract: tests/libraries/test_simplejwt_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries import simplejwt_parts
from jwt_sast.libraries.django_options import words
from jwt_sast.libraries.library import Library

_PACKAGE = "ninja_jwt"
_NAMES = ("SIMPLE_JWT", "NINJA_JWT")

LIBRARY = Library(
    name="django-ninja-jwt",
    distribution="django-ninja-jwt",
    versions="5.4",
    packages=(_PACKAGE,),
    marks=((b"ninja_jwt",), (b"NINJA_JWT",)),
    functions=simplejwt_parts.functions(_PACKAGE),
    names=words(*_NAMES),
    body=simplejwt_parts.body(_NAMES, _PACKAGE),
)
