"""drf-jwt 1.19 and, under the same name, djangorestframework-jwt 1.11 (`rest_framework_jwt`): the dict JWT_AUTH.

Contracts: tests/libraries/test_drf_jwt_contract.py, tests/apart/djangorestframework_jwt. The two differ in the cookie.
"""

from __future__ import annotations

from jwt_sast.libraries import django_jwt_options
from jwt_sast.libraries.django_options import Options, configured, words
from jwt_sast.libraries.library import Context, Library
from jwt_sast.semantics.truth import truth
from jwt_sast.semantics.values import Absent, alternatives
from jwt_sast.tokens.events import TokenCookie
from jwt_sast.tokens.switches import OFF, ON, switch

_OLD = Library(
    name="djangorestframework-jwt",
    distribution="djangorestframework-jwt",
    packages=(),
    marks=(),
    functions={},
    # There is no 2: it stands for a project that declares nothing of the kind, and uses drf-jwt.
    releases=("1.11.0", "2"),
)


def _set_up(options: Options, context: Context) -> None:
    django_jwt_options.set_up(options, context, "rest_framework_jwt")
    name = options["JWT_AUTH_COOKIE"]
    if all(isinstance(one, Absent) or truth(one) is False for one in alternatives(name.value)):
        return
    if context.version(_OLD) < (2,):
        # It knows no option for any attribute.
        nothing = options["JWT_AUTH_COOKIE_"]
        cookie = TokenCookie(where=options.at(name), cookie=name, secure=OFF, http_only=ON, same_site=nothing)
    else:
        cookie = TokenCookie(
            where=options.at(name),
            cookie=name,
            secure=switch(options["JWT_AUTH_COOKIE_SECURE"]),
            http_only=ON,
            same_site=options.defaulted("JWT_AUTH_COOKIE_SAMESITE", "Lax"),
        )
    context.emit(cookie)


LIBRARY = Library(
    name="drf-jwt",
    distribution="drf-jwt",
    versions="drf-jwt 1.19, djangorestframework-jwt 1.11",
    packages=("rest_framework_jwt",),
    marks=((b"rest_framework_jwt",), (b"JWT_AUTH",)),
    functions={},
    names=words("JWT_AUTH"),
    body=configured(("JWT_AUTH",), "rest_framework_jwt", _set_up),
)
