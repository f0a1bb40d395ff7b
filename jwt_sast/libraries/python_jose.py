"""python-jose 3.5 (`jose`). Contract: tests/libraries/test_python_jose_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.dotted import decode_section
from jwt_sast.libraries.library import Context, Library, answered, header, ignore, read_unverified, verify, where
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Mapping, Object, Produced, Symbol, Value, alternatives, one_of
from jwt_sast.tokens import jwk
from jwt_sast.tokens.events import Encryption, Signing, Verification
from jwt_sast.tokens.switches import OFF, ON, Setting, option, switch

_ENCODE = Parameters.of("claims key algorithm headers access_token")
_SIGN = Parameters.of("payload key headers algorithm")
_DECODE = Parameters.of("token key algorithms options audience issuer subject access_token")
_ENCRYPT = Parameters.of("plaintext key encryption algorithm zip cty kid")
_VERIFY = Parameters.of("token key algorithms verify")

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
    return Produced("token", None, call.place.node, origin=call.origin())


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
    """`jwk.construct(key, algorithm)`: only a dict is read as a JWK here."""
    key = call.bind(Parameters.of("key_data algorithm"))["key_data"]
    attributes = {jwk.MATERIAL: jwk.material(key.value)}
    return call.state.allocate(Object(attributes, of=Symbol("jose.jwk.Key"), origin=call.origin()))


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
                ignore(context, call, name, options, "the library knows no such option")


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
    return Produced("token", None, call.place.node, origin=call.origin())


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
    return Produced("token", None, call.place.node, origin=call.origin())


LIBRARY = Library(
    name="python-jose",
    distribution="python-jose",
    packages=("jose",),
    marks=((b"jose",),),
    functions={
        "jose.jwe.encrypt": _encrypt,
        "jose.jwk.construct": _construct,
        "jose.jwk.Key.verify": answered,
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
    releases=("3.5.0",),
    exports={"jose": ("jwt", "jws", "jwk", "jwe")},
)
