"""djangorestframework-simplejwt 5.5 (`rest_framework_simplejwt`), and the dict SIMPLE_JWT in Django's settings.

Contract: tests/libraries/test_simplejwt_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries import simplejwt_parts
from jwt_sast.libraries.django_options import configured, words
from jwt_sast.libraries.library import Context, Library
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.state import State

_PACKAGE = "rest_framework_simplejwt"
_SETTINGS = configured(("SIMPLE_JWT",), _PACKAGE, simplejwt_parts.set_up)
_CLASSES = simplejwt_parts.classes(_PACKAGE)


def _body(frame: Frame, state: State, context: Context) -> None:
    _SETTINGS(frame, state, context)
    _CLASSES(frame, state, context)


LIBRARY = Library(
    name="djangorestframework-simplejwt",
    distribution="djangorestframework-simplejwt",
    versions="5.5",
    packages=(_PACKAGE,),
    marks=((b"rest_framework_simplejwt",), (b"SIMPLE_JWT",)),
    functions=simplejwt_parts.functions(_PACKAGE),
    names=words("SIMPLE_JWT"),
    body=_body,
)
