"""flask-praetorian 1.6 (`flask_praetorian`).

Contract: tests/apart/flask_praetorian/test_flask_praetorian_contract.py. It has no setting that lets a token live for
ever, but a method: its "eternal" tokens expire after a million days.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.application_settings import Configuration, a_length, configure_key, configure_lifetime
from jwt_sast.libraries.library import Context, Library, aliases, instance, signed, where
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.stdlib.times import SECONDS
from jwt_sast.semantics.values import Absent, Duration, Known, Mapping, Value, each
from jwt_sast.tokens.events import Lifetime, TokenKind

_SETTINGS = {TokenKind.ACCESS: "JWT_ACCESS_LIFESPAN", TokenKind.REFRESH: "JWT_REFRESH_LIFESPAN"}
_OVERRIDING = {TokenKind.ACCESS: "override_access_lifespan", TokenKind.REFRESH: "override_refresh_lifespan"}
_ENCODE = Parameters.of(f"user {' '.join(_OVERRIDING.values())}")


def _set_up(call: Call, context: Context) -> Value:
    config = Configuration(call, context)
    configure_key(config, ("SECRET_KEY",))
    for kind, name in _SETTINGS.items():
        configure_lifetime(config, name, kind, _lifespan)
    return instance(call)


def _lifespan(value: Value) -> Value:
    """A length of time, which may be written as a dict: `{"hours": 24}`."""
    if not isinstance(value, Mapping):
        return a_length(value)
    total = 0.0
    for name, entry in value.entries.items():
        number = entry.value.constant if isinstance(entry.value, Known) else None
        if not isinstance(number, int | float) or name not in SECONDS:
            return Duration(None, origin=value.origin)
        total += number * SECONDS[str(name)]
    return Duration(None if value.open else total, origin=value.origin)


def _encode(call: Call, context: Context) -> Value:
    bound = call.bind(_ENCODE)
    for kind, name in _OVERRIDING.items():
        if not isinstance(bound[name].value, Absent):
            lifetime = replace(bound[name], value=each(bound[name].value, _lifespan))
            context.emit(Lifetime(where=where(call), lifetime=lifetime, kind=kind))
    return signed(call)


def _encode_eternal(call: Call, context: Context) -> Value:
    context.emit(Lifetime(where=where(call), lifetime=Argument(Known(None, origin=call.origin()), call.place)))
    return signed(call)


LIBRARY = Library(
    name="flask-praetorian",
    distribution="flask-praetorian",
    versions="1.6",
    packages=("flask_praetorian",),
    marks=((b"flask_praetorian",), (b"encode_eternal_jwt_token",)),
    functions=aliases(
        {
            "flask_praetorian.Praetorian": _set_up,
            "flask_praetorian.Praetorian.encode_jwt_token": _encode,
            "flask_praetorian.Praetorian.encode_eternal_jwt_token": _encode_eternal,
        },
        ("flask_praetorian.", "flask_praetorian.base."),
    ),
    # No other library has a method of this name.
    methods={"encode_eternal_jwt_token": _encode_eternal},
    exports={"flask_praetorian": ("Praetorian",)},
)
