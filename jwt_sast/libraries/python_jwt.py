"""python_jwt 4.1 (`python_jwt`); its keys are jwcrypto's. Contract: tests/libraries/test_python_jwt_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.key_objects import key_material, serves_one_kind
from jwt_sast.libraries.library import Context, Library, defaulted, header, read_unverified, sign, verify, where
from jwt_sast.libraries.lifetimes import expiring
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Known,
    Sequence,
    Value,
)
from jwt_sast.tokens.algorithms import NONE
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.switches import OFF, ON, switch

_GENERATE = Parameters.of("claims priv_key algorithm lifetime expires not_before jti_size other_headers")
_VERIFY = Parameters.of("jwt pub_key allowed_algs iat_skew checks_optional ignore_not_implemented")
_TIMES = frozenset({"exp", "nbf", "iat"})


def _generate(call: Call, context: Context) -> Value:
    """Without a key the token is not signed, whatever `algorithm` says."""
    bound = call.bind(_GENERATE)
    key, algorithm = bound["priv_key"], bound["algorithm"]
    signed = switch(key, default=OFF)
    algorithm = replace(key, value=Known(NONE)) if signed.is_off else defaulted(algorithm, "PS512")
    content = expiring(expiring(bound["claims"], bound["expires"]), bound["lifetime"])
    return sign(call, context, content, key, algorithm)


def _verify(call: Call, context: Context) -> Value:
    """Without a key, and with `none` in the list, no signature is checked, whatever the token's algorithm is."""
    bound = call.bind(_VERIFY)
    key = key_material(bound["pub_key"])
    optional = switch(bound["checks_optional"], default=OFF)
    event = Verification(
        where=where(call),
        token=bound["jwt"],
        key=key,
        algorithms=bound["allowed_algs"],
        honours_none=switch(bound["pub_key"], default=OFF).may_be_off,
        pinned=serves_one_kind(key),
        checks={"exp": ON, "nbf": ON, "iat": ON},
        required=_TIMES if optional.is_off else frozenset(),
        audience=Argument(Absent(), call.place),
        issuer=Argument(Absent(), call.place),
    )
    return _pair(call, bound["jwt"], verify(call, context, event))


def _process(call: Call, context: Context) -> Value:
    token = call.bind(Parameters.of("jwt"))["jwt"]
    return _pair(call, token, read_unverified(call, context, token, at_once=False))


def _pair(call: Call, token: Argument, content: Value) -> Value:
    return call.state.allocate(Sequence((header(call, token), content), kind="tuple", origin=call.origin()))


LIBRARY = Library(
    name="python_jwt",
    distribution="python-jwt",
    versions="4.1",
    packages=("python_jwt",),
    marks=((b"python_jwt",),),
    functions={
        "python_jwt.generate_jwt": _generate,
        "python_jwt.verify_jwt": _verify,
        "python_jwt.process_jwt": _process,
    },
    releases=("4.1.0",),
    exports={"python_jwt": ("generate_jwt", "verify_jwt", "process_jwt")},
)
