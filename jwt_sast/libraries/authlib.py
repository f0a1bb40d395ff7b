"""Authlib 1.2 to 1.9 (`authlib.jose`). Contract: tests/libraries/test_authlib_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries import claim_requests, header_first, key_makers
from jwt_sast.libraries.library import (
    Context,
    Library,
    Model,
    aliases,
    check_of_their_own,
    header,
    instance,
    signed,
    verify,
    where,
)
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.settings import Setting
from jwt_sast.semantics.values import (
    Absent,
    Environment,
    Known,
    Object,
    Produced,
    Sequence,
    Symbol,
    Text,
    Unknown,
    Value,
    alternatives,
    each,
)
from jwt_sast.tokens import jwk, late_checks
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.late_checks import LateChecks

_ENCODE = Parameters.of("header payload key check", required=3)
_DECODE = Parameters.of("s key claims_cls claims_options claims_params", required=2)
_CLAIMS = "authlib.jose.JWTClaims"
_KEY = "authlib.jose.Key"
_KEY_SET = "authlib.jose.KeySet"
_READ = tuple(f"a call of {name}" for name in ("read", "read_text", "read_bytes"))
"""What becomes of a file's content, whichever file it is."""
_OPTIONS = ("essential", "value", "values", "validate")


def _allowed(call: Call) -> Argument:
    """The allow-list of the instance, where None stands for every registered algorithm; Absent for the ready instance
    `authlib.jose.jwt`, whose list mixes HMAC and public-key ones.
    """
    if call.instance is None:
        return Argument(Absent(), call.place)
    return header_first.kept(call.instance) or Argument(call.unknown(), call.place)


def _encode(call: Call, context: Context) -> Value:
    bound = call.bind(_ENCODE)
    return _sign(call, context, "authlib.jose.jwt.encode", bound["header"], bound["payload"], bound["key"])


def _sign(call: Call, context: Context, function: str, head: Argument, claims: Argument, key: Argument) -> Value:
    key = key_makers.chosen(call, key, head.value, claims.value)
    key = replace(key, value=jwk.material(jwk.parsed(key.value)))
    empty_key = context.version(LIBRARY) < (1, 9, 1)
    return header_first.sign(call, context, head, claims, key, _allowed(call), function=function, empty_key=empty_key)


def _decode(call: Call, context: Context) -> Value:
    """The signature is checked; the claims wait for `claims.validate()`."""
    bound = call.bind(_DECODE)
    requests = bound["claims_options"]
    claim_requests.report_unknown(call, context, requests, _OPTIONS)
    event = _verification(call, context, "authlib.jose.jwt.decode", bound["s"], bound["key"])
    late = LateChecks("claims.validate()", demands=claim_requests.demands(requests))
    claims = verify(call, context, event, late=late)
    return each(claims, lambda one: replace(one, of=_CLAIMS) if isinstance(one, Produced) else one)


def _verification(call: Call, context: Context, function: str, token: Argument, key: Argument) -> Verification:
    version, allowed = context.version(LIBRARY), _allowed(call)
    key = key_makers.chosen(call, key, header(call, token), call.unknown())
    forms = alternatives(jwk.parsed(key.value))
    return Verification(
        where=where(call, function),
        token=token,
        key=replace(key, value=jwk.material(jwk.parsed(key.value))),
        algorithms=allowed,
        any_algorithm=any(_is_text(context, one) for one in forms) and not _is_empty(allowed),
        honours_none=version >= (1, 6),
        pinned=all(map(key_makers.is_object, forms)),
        empty_key=version < (1, 9, 1),
    )


def _is_text(context: Context, key: Value) -> bool:
    """Whether a key is a text or bytes, which fit every kind of algorithm. A key object fits one kind only, and one
    that is not known may be such an object.
    """
    if isinstance(key, Unknown):
        return key.reason in _READ
    return isinstance(key, Known | Environment | Text | Setting) or context.setting(key) is not None


def _is_empty(allowed: Argument) -> bool:
    return isinstance(allowed.value, Sequence) and not allowed.value.items and not allowed.value.open


def _validate(call: Call, context: Context) -> Value:
    """`claims.validate()` checks exp, nbf and iat where they are there, and whatever the options ask for."""
    if call.receiver is not None:
        late_checks.make(call.receiver, call.state)
    return Known(None)


def _serialize(names: str) -> Model:
    """A signature over any payload; whether it holds claims that need an expiry cannot be said."""
    parameters = Parameters.of(names)

    def model(call: Call, context: Context) -> Value:
        head, payload, key = (call.bind(parameters)[name] for name in parameters.names)
        payload = replace(payload, value=call.unknown())
        return _sign(call, context, "authlib.jose.JsonWebSignature.serialize", head, payload, key)

    return model


def _deserialize(names: str) -> Model:
    """The signature is checked and no claims; gives a dict of header and payload."""
    parameters = Parameters.of(names)

    def model(call: Call, context: Context) -> Value:
        token, key, _ = (call.bind(parameters)[name] for name in parameters.names)
        event = _verification(call, context, "authlib.jose.JsonWebSignature.deserialize", token, key)
        made = Object({}, of=Symbol("authlib.jose.JWSObject"), origin=call.origin())
        return call.state.allocate(replace(made, attributes={"payload": verify(call, context, event)}))

    return model


def _member(call: Call, context: Context) -> Value:
    """`result["payload"]`."""
    name = call.first()
    found = call.instance.attributes.get(str(name.constant)) if call.instance and isinstance(name, Known) else None
    return call.unknown() if found is None else found


def _user_info(call: Call, context: Context) -> Value:
    """A dict with nothing but what it is given, unchecked."""
    return call.first() if call.arguments.positional else call.unknown()


_CONSTRUCTOR = "algorithms private_headers"
_IMPORTS = "raw options"
_FUNCTIONS: dict[str, Model] = {
    "authlib.jose.jwt.encode": _encode,
    "authlib.jose.jwt.decode": _decode,
    "authlib.jose.JsonWebToken": header_first.keeping("algorithms", _CONSTRUCTOR),
    "authlib.jose.JsonWebToken.encode": _encode,
    "authlib.jose.JsonWebToken.decode": _decode,
    "authlib.jose.JWTClaims.validate": _validate,
    "authlib.jose.JWTClaims.validate_exp": _validate,
    "authlib.jose.JsonWebSignature": header_first.keeping("algorithms", _CONSTRUCTOR),
    "authlib.jose.JsonWebSignature.serialize": _serialize("header payload key"),
    "authlib.jose.JsonWebSignature.serialize_compact": _serialize("protected payload key"),
    "authlib.jose.JsonWebSignature.serialize_json": _serialize("header_obj payload key"),
    "authlib.jose.JsonWebSignature.deserialize": _deserialize("s key decode"),
    "authlib.jose.JsonWebSignature.deserialize_compact": _deserialize("s key decode"),
    "authlib.jose.JsonWebSignature.deserialize_json": _deserialize("obj key decode"),
    "authlib.jose.JWSObject.__getitem__": _member,
    "authlib.oidc.core.UserInfo": _user_info,
    "authlib.jose.JsonWebEncryption": lambda call, context: instance(call),
    "authlib.jose.JsonWebEncryption.serialize_compact": lambda call, context: signed(call),
    "authlib.jose.JsonWebKey.import_key": key_makers.key(_KEY, _IMPORTS),
    "authlib.jose.JsonWebKey.import_key_set": key_makers.key(_KEY_SET, "raw", jwk.parsed),
    "authlib.jose.JsonWebKey.generate_key": key_makers.drawn(_KEY, "crv_or_size"),
    "authlib.jose.KeySet": key_makers.key(_KEY_SET, "keys"),
    "authlib.jose.KeySet.find_by_kid": key_makers.picked(_KEY),
    "authlib.jose.OctKey.generate_key": key_makers.drawn_secret(_KEY),
    **{f"authlib.jose.{kind}Key.import_key": key_makers.key(_KEY, _IMPORTS) for kind in ("Oct", "RSA", "EC", "OKP")},
}

LIBRARY = Library(
    name="Authlib",
    distribution="authlib",
    versions="1.2 to 1.9",
    version_name="authlib.__version__",
    packages=("authlib",),
    marks=((b"authlib", b"jose"),),
    methods={"validate": check_of_their_own},
    functions=aliases(
        _FUNCTIONS,
        ("authlib.jose.JsonWebToken", "authlib.jose.rfc7519.JsonWebToken"),
        ("authlib.jose.JsonWebToken", "authlib.jose.rfc7519.jwt.JsonWebToken"),
        ("authlib.jose.JsonWebSignature", "authlib.jose.rfc7515.JsonWebSignature"),
        ("authlib.jose.JsonWebSignature", "authlib.jose.rfc7515.jws.JsonWebSignature"),
        ("authlib.jose.JsonWebKey", "authlib.jose.rfc7517.JsonWebKey"),
    ),
    signatures={
        "authlib.jose.jwt.encode": _ENCODE,
        "authlib.jose.jwt.decode": _DECODE,
        "authlib.jose.JsonWebToken.encode": _ENCODE,
        "authlib.jose.JsonWebToken.decode": _DECODE,
    },
    results=(_CLAIMS,),
    releases=("1.2.1", "1.6.0", "1.9.1", "1.9.10"),
    exports={
        "authlib.jose": (
            "JsonWebSignature",
            "JsonWebToken",
            "JsonWebKey",
            "KeySet",
            "OctKey",
            "RSAKey",
            "ECKey",
            "OKPKey",
            "JWTClaims",
            "jwt",
        )
    },
)
