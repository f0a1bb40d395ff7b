"""python-jose 3.5 (`jose`). Contract: tests/libraries/test_python_jose_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.dotted import decode_section
from jwt_sast.libraries.library import (
    UNKNOWN_OPTION,
    Context,
    Library,
    answered,
    header,
    ignore,
    read_unverified,
    signed,
    verify,
    where,
)
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Mapping, Object, Part, Symbol, Value, alternatives, one_of
from jwt_sast.tokens import jwk, reading
from jwt_sast.tokens.events import Encryption, Signing, Verification
from jwt_sast.tokens.surroundings import is_statement
from jwt_sast.tokens.switches import OFF, ON, Setting, option, switch

_ENCODE = Parameters.of("claims key algorithm headers access_token", required=2)
_SIGN = Parameters.of("payload key headers algorithm", required=2)
_DECODE = Parameters.of("token key algorithms options audience issuer subject access_token", required=2)
_ENCRYPT = Parameters.of("plaintext key encryption algorithm zip cty kid")
_VERIFY = Parameters.of("token key algorithms verify", required=3)

_ALGORITHM = "algorithm"

_CLAIMS = ("exp", "nbf", "aud", "iss")
_NAMES = (*_CLAIMS, "iat", "sub", "jti", "at_hash")
_OPTIONS = {
    "verify_signature",
    "leeway",
    *(f"verify_{name}" for name in _NAMES),
    *(f"require_{name}" for name in _NAMES),
}


def _encode(call: Call, context: Context) -> Value:
    bound = call.bind(_ENCODE)
    algorithm = bound["algorithm"]
    context.emit(
        Signing(
            where=where(call, "jose.jwt.encode"),
            claims=bound["claims"],
            key=_material(bound["key"]),
            algorithm=replace(algorithm, value=Known("HS256")) if isinstance(algorithm.value, Absent) else algorithm,
            empty_key=True,
            context=call.frame.function_name,
            headers=bound["headers"],
        )
    )
    return signed(call)


def _decode(call: Call, context: Context) -> Value:
    bound = call.bind(_DECODE)
    _report_ignored(call, context)
    options = bound["options"]
    checks = {name: option(options, f"verify_{name}") for name in _CLAIMS}
    required = {name for name in _CLAIMS if _may_be_required(options, name)}
    if option(options, "require_exp", default=OFF).setting is Setting.ON:
        checks["exp"] = ON  # requiring it forces the check back on
    event = _verification(call, bound, "jose.jwt.decode")
    event.checks, event.audience, event.issuer = checks, bound["audience"], bound["issuer"]
    event.required, event.leeway = frozenset(required), _leeway(options)
    return verify(call, context, event, option(options, "verify_signature"))


def _may_be_required(options: Argument, name: str) -> bool:
    return not option(options, f"require_{name}", default=OFF).is_off


def _leeway(options: Argument) -> Argument | None:
    found = [one.get("leeway") for one in alternatives(options.value) if isinstance(one, Mapping)]
    return replace(options, value=one_of(found)) if found else None


def _material(key: Argument) -> Argument:
    """A key is a text, a JWK or a set of them, as a dict or as its text, or a key object."""
    return replace(key, value=jwk.material(jwk.parsed(key.value)))


def _construct(call: Call, context: Context) -> Value:
    """`jwk.construct(key, algorithm)`: only a dict is read as a JWK here; the algorithm may be its `alg`."""
    bound = call.bind(Parameters.of("key_data algorithm"))
    key, algorithm = bound["key_data"].value, bound["algorithm"].value
    if isinstance(algorithm, Absent) and isinstance(key, Mapping):
        algorithm = key.get("alg")
    attributes = {jwk.MATERIAL: jwk.material(key), _ALGORITHM: algorithm}
    return call.state.allocate(Object(attributes, of=Symbol("jose.jwk.Key"), origin=call.origin()))


def _key_verify(call: Call, context: Context) -> Value:
    """`key.verify(message, signature)` answers whether the signature holds: of whatever the message was cut out of."""
    if is_statement(call.place):
        return answered(call, context)
    message = call.bind(Parameters.of("msg sig"))["msg"]
    part = message.value
    while isinstance(part, Part):
        reading.succeed(part, call.state)
        part = part.of
    key = call.instance.attributes if call.instance is not None else {}
    material, algorithm = (call.state.resolve(key.get(name, call.unknown())) for name in (jwk.MATERIAL, _ALGORITHM))
    event = Verification(
        where=where(call),
        token=replace(message, value=part),
        key=replace(message, value=material),
        algorithms=replace(message, value=algorithm),
        pinned=True,
        empty_key=True,
    )
    verify(call, context, event)
    return call.unknown()


def _verification(call: Call, bound: BoundArguments, function: str) -> Verification:
    return Verification(
        where=where(call, function),
        token=bound["token"],
        key=_material(bound["key"]),
        algorithms=bound["algorithms"],
        any_algorithm=True,
        empty_key=True,
    )


def _report_ignored(call: Call, context: Context) -> None:
    options = call.bind(_DECODE)["options"]
    for one in alternatives(options.value):
        for name in one.entries if isinstance(one, Mapping) else ():
            if isinstance(name, str) and name not in _OPTIONS:
                ignore(context, call, name, options, UNKNOWN_OPTION)


def _raw_verify(call: Call, context: Context) -> Value:
    """`jws.verify` checks the signature and no claims."""
    bound = call.bind(_VERIFY)
    return verify(call, context, _verification(call, bound, "jose.jws.verify"), switch(bound["verify"]))


def _unverified_claims(call: Call, context: Context) -> Value:
    return read_unverified(call, context, call.bind(Parameters.of("token"))["token"])


def _header(call: Call, context: Context) -> Value:
    return header(call, call.bind(Parameters.of("token"))["token"])


def _raw_sign(call: Call, context: Context) -> Value:
    """`jws.sign` signs any payload; whether it holds claims that need an expiry cannot be said."""
    bound = call.bind(_SIGN)
    algorithm = bound["algorithm"]
    context.emit(
        Signing(
            where=where(call, "jose.jws.sign"),
            claims=replace(bound["payload"], value=call.unknown()),
            key=_material(bound["key"]),
            algorithm=replace(algorithm, value=Known("HS256")) if isinstance(algorithm.value, Absent) else algorithm,
            empty_key=True,
        )
    )
    return signed(call)


def _encrypt(call: Call, context: Context) -> Value:
    """`jwe.encrypt` takes the key as it is unless told of another algorithm."""
    bound = call.bind(_ENCRYPT)
    algorithm = bound["algorithm"]
    context.emit(
        Encryption(
            where=where(call),
            key=_material(bound["key"]),
            algorithm=replace(algorithm, value=Known("dir")) if isinstance(algorithm.value, Absent) else algorithm,
        )
    )
    return signed(call)


LIBRARY = Library(
    name="python-jose",
    distribution="python-jose",
    versions="3.5",
    version_name="jose.__version__",
    packages=("jose",),
    marks=((b"jose",),),
    functions={
        "jose.jwe.encrypt": _encrypt,
        "jose.jwk.construct": _construct,
        "jose.jwk.Key.verify": _key_verify,
        "jose.jwe.get_unverified_header": _header,
        "jose.jwt.encode": _encode,
        "jose.jwt.decode": _decode,
        "jose.jwt.get_unverified_claims": _unverified_claims,
        "jose.jwt.get_unverified_header": _header,
        "jose.jwt.get_unverified_headers": _header,
        "jose.utils.base64url_decode": decode_section,
        "jose.jws.sign": _raw_sign,
        "jose.jws.verify": _raw_verify,
        "jose.jws.get_unverified_claims": _unverified_claims,
        "jose.jws.get_unverified_header": _header,
        "jose.jws.get_unverified_headers": _header,
    },
    signatures={
        "jose.jwt.encode": _ENCODE,
        "jose.jwt.decode": _DECODE,
        "jose.jws.sign": _SIGN,
        "jose.jws.verify": _VERIFY,
    },
    releases=("3.5.0",),
    exports={"jose": ("jwt", "jws", "jwk", "jwe")},
)
