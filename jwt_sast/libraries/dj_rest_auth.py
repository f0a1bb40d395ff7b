"""dj-rest-auth 3 to 7 (`dj_rest_auth`): the cookies with the tokens of simplejwt, by the dict REST_AUTH.

Contract: tests/libraries/test_dj_rest_auth_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries import simplejwt_parts
from jwt_sast.libraries.django_options import Options, configured, words
from jwt_sast.libraries.library import Context, Library
from jwt_sast.semantics.truth import truth
from jwt_sast.semantics.values import Absent, alternatives
from jwt_sast.tokens.events import TokenCookie
from jwt_sast.tokens.switches import OFF, ON, UNKNOWN, Setting, switch


def _set_up(options: Options, context: Context) -> None:
    """Tokens are made by simplejwt. They are put into cookies with a name, which all have the same attributes."""
    uses = options["USE_JWT"]
    if switch(uses, default=OFF).setting is not Setting.ON:
        return
    simplejwt_parts.set_up(options.of(("SIMPLE_JWT",), options.at(uses)), context)
    forced = switch(options["JWT_AUTH_COOKIE_ENFORCE_CSRF_ON_UNAUTHENTICATED"], default=OFF)
    for key in ("JWT_AUTH_COOKIE", "JWT_AUTH_REFRESH_COOKIE"):
        name = options[key]
        if not all(isinstance(one, Absent) or truth(one) is False for one in alternatives(name.value)):
            context.emit(
                TokenCookie(
                    where=options.at(name),
                    cookie=name,
                    secure=switch(options["JWT_AUTH_SECURE"], default=OFF),
                    http_only=switch(options["JWT_AUTH_HTTPONLY"]),
                    same_site=options.defaulted("JWT_AUTH_SAMESITE", "Lax"),
                    csrf=ON
                    if forced.setting is Setting.ON
                    else switch(options["JWT_AUTH_COOKIE_USE_CSRF"], default=UNKNOWN),
                )
            )
            return


LIBRARY = Library(
    name="dj-rest-auth",
    distribution="dj-rest-auth",
    versions="3 to 7",
    packages=("dj_rest_auth",),
    marks=((b"REST_AUTH", b"USE_JWT"),),
    functions={},
    names=words("REST_AUTH"),
    body=configured(("REST_AUTH",), "dj_rest_auth", _set_up),
)
