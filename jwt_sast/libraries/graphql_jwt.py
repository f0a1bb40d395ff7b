"""django-graphql-jwt 0.4 (`graphql_jwt`): the dict GRAPHQL_JWT, and the cookie that `jwt_cookie` sets.

Contract: tests/libraries/test_graphql_jwt_contract.py. Expired tokens are accepted unless the settings say otherwise.
"""

from __future__ import annotations

from jwt_sast.libraries import django_jwt_options
from jwt_sast.libraries.django_options import Options, configured, is_seen, options, words
from jwt_sast.libraries.library import Context, Library, where
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.values import Absent, Value
from jwt_sast.tokens.events import TokenCookie
from jwt_sast.tokens.switches import OFF, ON, switch

_NAMES = ("GRAPHQL_JWT",)


def _set_up(options: Options, context: Context) -> None:
    django_jwt_options.set_up(options, context, "graphql_jwt", expiry=OFF)


def _cookie(call: Call, context: Context) -> Value:
    """`jwt_cookie(view)`: whether the cookie is safe is up to the settings."""
    found = options(call.frame, call.state, _NAMES, where(call))
    if not isinstance(found.whole, Absent) or is_seen(call.state, call.place):
        context.emit(
            TokenCookie(
                where=where(call),
                cookie=found.defaulted("JWT_COOKIE_NAME", "JWT"),
                secure=switch(found["JWT_COOKIE_SECURE"], default=OFF),
                http_only=ON,
                same_site=found["JWT_COOKIE_SAMESITE"],
            )
        )
    return call.unknown()


LIBRARY = Library(
    name="django-graphql-jwt",
    distribution="django-graphql-jwt",
    versions="0.4",
    packages=("graphql_jwt",),
    marks=((b"graphql_jwt",), (b"GRAPHQL_JWT",)),
    functions={"graphql_jwt.decorators.jwt_cookie": _cookie},
    names=words(*_NAMES),
    body=configured(_NAMES, "graphql_jwt", _set_up),
)
