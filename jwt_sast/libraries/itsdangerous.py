"""The JWS serializers of itsdangerous up to 2.0 (`itsdangerous`); 2.1 has none.

Contract: tests/apart/itsdangerous2/test_itsdangerous_contract.py. Two methods are left alone that read what is not
verified: `loads_unsafe` says in its result whether the token verifies, and what becomes of that answer is not followed;
`load_payload` takes a token without its signature, which is another text than the token that is verified elsewhere.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.key_objects import key_material
from jwt_sast.libraries.library import Context, Library, Model, aliases, defaulted, header, sign, verify, where
from jwt_sast.libraries.lifetimes import expiring
from jwt_sast.libraries.objects import constructed, constructor_argument
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Known,
    Sequence,
    Value,
    each,
)
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.switches import OFF, ON, switch

_LATER = "salt serializer serializer_kwargs signer signer_kwargs algorithm_name"
_UNTIMED = Parameters.of(f"secret_key {_LATER}")
_TIMED = Parameters.of(f"secret_key expires_in * {_LATER}")
_HOUR = 3600


def _serializer(parameters: Parameters) -> Model:
    def model(call: Call, context: Context) -> Value:
        bound = call.bind(parameters)
        return constructed(call, {name: bound[name] for name in ("secret_key", "expires_in", "algorithm_name")})

    return model


def _algorithm(call: Call) -> Argument:
    return defaulted(constructor_argument(call, "algorithm_name"), "HS512")


def _dumps(*, timed: bool) -> Model:
    def model(call: Call, context: Context) -> Value:
        content = call.bind(Parameters.of("obj salt header_fields"))["obj"]
        claims = _expiring(call, content) if timed else content
        return sign(call, context, claims, constructor_argument(call, "secret_key"), _algorithm(call), empty_key=True)

    return model


def _expiring(call: Call, content: Argument) -> Argument:
    """The expiry is put into the header, in an hour if nothing else is said; one in the payload is not looked at."""
    lifetime = constructor_argument(call, "expires_in")

    def one(value: Value) -> Value:
        return Known(_HOUR) if isinstance(value, Absent) or value == Known(None) else value

    return expiring(content, replace(lifetime, value=each(lifetime.value, one)))


def _loads(*, timed: bool) -> Model:
    def model(call: Call, context: Context) -> Value:
        bound = call.bind(Parameters.of("s salt return_header"))
        algorithm = _algorithm(call)
        event = Verification(
            where=where(call),
            token=bound["s"],
            key=key_material(constructor_argument(call, "secret_key")),
            algorithms=replace(algorithm, value=Sequence((algorithm.value,))),
            honours_none=True,
            empty_key=True,
            checks={"exp": ON if timed else OFF},
            required=frozenset({"exp"} if timed else ()),
            audience=Argument(Absent(), call.place),
            issuer=Argument(Absent(), call.place),
        )
        return _with_header(call, bound["s"], verify(call, context, event), bound["return_header"])

    return model


def _with_header(call: Call, token: Argument, content: Value, asked: Argument) -> Value:
    """The payload, or payload and header where both are asked for."""
    if switch(asked, default=OFF).is_off:
        return content
    return call.state.allocate(Sequence((content, header(call, token)), kind="tuple", origin=call.origin()))


def _methods(of: str, parameters: Parameters, *, timed: bool) -> dict[str, Model]:
    return {
        of: _serializer(parameters),
        f"{of}.dumps": _dumps(timed=timed),
        f"{of}.loads": _loads(timed=timed),
    }


_FUNCTIONS = {
    **_methods("itsdangerous.JSONWebSignatureSerializer", _UNTIMED, timed=False),
    **_methods("itsdangerous.TimedJSONWebSignatureSerializer", _TIMED, timed=True),
}

LIBRARY = Library(
    name="itsdangerous",
    distribution="itsdangerous",
    versions="up to 2.0",
    packages=("itsdangerous",),
    marks=((b"itsdangerous", b"JSONWebSignature"),),
    functions=aliases(_FUNCTIONS, ("itsdangerous.", "itsdangerous.jws.")),
    releases=("2.0.1",),
    exports={"itsdangerous": ("JSONWebSignatureSerializer", "TimedJSONWebSignatureSerializer")},
)
