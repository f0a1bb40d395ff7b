"""GehirnInc's jwt 1.4 (`import jwt`, as PyJWT). Contract: tests/apart/gehirn_jwt/test_gehirn_jwt_contract.py.

Nothing has to tell it from PyJWT: neither of them has a function of the same name as the other.
"""

from __future__ import annotations

from collections.abc import Callable

from jwt_sast.libraries.key_objects import key_material, key_object, serves_one_kind
from jwt_sast.libraries.library import Context, Library, Model, aliases, defaulted, instance, sign, verify, where
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.stdlib import times
from jwt_sast.semantics.values import Absent, Instant, Value, each
from jwt_sast.tokens import jwk
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.switches import switch

_ENCODE = Parameters.of("payload key alg optional_headers")
_DECODE = Parameters.of("message key do_verify algorithms do_time_check")


def _encode(call: Call, context: Context) -> Value:
    """The argument decides on the algorithm; one in the headers is written over."""
    bound = call.bind(_ENCODE)
    algorithm = defaulted(bound["alg"], "HS256")
    return sign(call, context, bound["payload"], bound["key"], algorithm, empty_key=True)


def _decode(call: Call, context: Context) -> Value:
    """Without a list any algorithm is taken that the key's kind serves; audience and issuer are not looked at."""
    bound = call.bind(_DECODE)
    key, in_time = key_material(bound["key"]), switch(bound["do_time_check"])
    event = Verification(
        where=where(call),
        token=bound["message"],
        key=key,
        algorithms=bound["algorithms"],
        any_algorithm=True,
        pinned=serves_one_kind(key),
        empty_key=True,
        checks={"exp": in_time, "nbf": in_time},
        audience=Argument(Absent(), call.place),
        issuer=Argument(Absent(), call.place),
    )
    return verify(call, context, event, switch(bound["do_verify"]))


def _key(parameters: str, made_of: Callable[[Value], Value]) -> Model:
    """A key object, made of the first of its parameters."""
    order = Parameters.of(parameters)
    return lambda call, context: key_object(call, "jwt.Key", made_of(call.bind(order)[order.names[0]].value))


def _as_it_is(content: Value) -> Value:
    return content


def _seconds(call: Call, context: Context) -> Value:
    """A naive datetime is taken for local time, as its own `timestamp()` does, whatever the documentation says."""
    point = call.bind(Parameters.of("value"))["value"].value

    def one(value: Value) -> Value:
        return times.method(value, "timestamp", call) if isinstance(value, Instant) else call.unknown()

    return each(point, one)


_FUNCTIONS: dict[str, Model] = {
    "jwt.JWT": lambda call, context: instance(call),
    "jwt.JWT.encode": _encode,
    "jwt.JWT.decode": _decode,
    "jwt.jwk_from_dict": _key("dct", _as_it_is),
    "jwt.jwk_from_pem": _key("pem_content private_password options", jwk.of_pem),
    "jwt.jwk_from_bytes": _key("content private_loader public_loader private_password backend options", jwk.of_pem),
    "jwt.jwk.OctetJWK": _key("key kid", _as_it_is),
    "jwt.utils.get_int_from_datetime": _seconds,
}

LIBRARY = Library(
    name="GehirnInc jwt",
    distribution="jwt",
    versions="1.4",
    packages=("jwt",),
    marks=((b"jwt",),),
    functions=aliases(_FUNCTIONS, ("jwt.JWT", "jwt.jwt.JWT"), ("jwt.jwk_from", "jwt.jwk.jwk_from")),
    releases=("1.4.0",),
    exports={"jwt": ("JWT", "jwk_from_dict", "jwk_from_pem", "jwk_from_bytes")},
)
