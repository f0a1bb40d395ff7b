"""djangorestframework-simplejwt 5.5 (`rest_framework_simplejwt`), and the dict SIMPLE_JWT in Django's settings.

Contract: tests/libraries/test_simplejwt_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries import simplejwt_parts
from jwt_sast.libraries.django_options import words
from jwt_sast.libraries.library import Library

_PACKAGE = "rest_framework_simplejwt"
_NAMES = ("SIMPLE_JWT",)

LIBRARY = Library(
    name="djangorestframework-simplejwt",
    distribution="djangorestframework-simplejwt",
    versions="5.5",
    packages=(_PACKAGE,),
    marks=((b"rest_framework_simplejwt",), (b"SIMPLE_JWT",)),
    functions=simplejwt_parts.functions(_PACKAGE),
    names=words(*_NAMES),
    body=simplejwt_parts.body(_NAMES, _PACKAGE),
)
