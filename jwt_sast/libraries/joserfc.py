"""joserfc 1.0 to 1.8 (`joserfc.jwt`, `jws`, `jwk`). Contract: tests/libraries/test_joserfc_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries import claim_requests, header_first, key_makers
from jwt_sast.libraries.library import (
    Context,
    Library,
    Model,
    check_of_their_own,
    header,
    read_unverified,
    signed,
    verify,
    where,
)
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Entry,
    Known,
    Mapping,
    Object,
    Symbol,
    Value,
    alternatives,
    each,
)
from jwt_sast.tokens import jwk, late_checks
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.late_checks import LateChecks

_ENCODE = Parameters.of("header claims key algorithms registry encoder_cls default_type", required=3)
_DECODE = Parameters.of("value key algorithms registry decoder_cls", required=2)
_SERIALIZE = Parameters.of("protected payload private_key algorithms registry", required=3)
_SERIALIZE_JSON = Parameters.of("members payload private_key algorithms registry", required=3)
_DESERIALIZE = Parameters.of("value public_key algorithms registry payload", required=2)
_VALIDATE = Parameters.of("obj public_key algorithms registry", required=2)

_KEY = "joserfc.jwk.Key"
_KEY_SET = "joserfc.jwk.KeySet"
_SIGNATURE = "joserfc.jws.CompactSignature"
_TOKEN = "token"
_OPTIONS = ("essential", "allow_blank", "value", "values")


def _allowed(algorithms: Argument, registry: Argument) -> Argument:
    """The allow-list: that of the registry wins; with none of either HS256, RS256 and ES256 are accepted."""
    if isinstance(registry.value, Absent) or registry.value == Known(None):
        return algorithms
    return header_first.kept(registry.value) or replace(algorithms, value=registry.value)


def _material(call: Call, key: Argument) -> Argument:
    """What a key object was made of. A key is an object, or a function that gives one; before 1.2 also a text."""
    key = key_makers.chosen(call, key, call.unknown())
    return replace(key, value=each(key.value, lambda one: jwk.material(one) if isinstance(one, Object) else one))


def _encode(call: Call, context: Context) -> Value:
    bound = call.bind(_ENCODE)
    allowed = _allowed(bound["algorithms"], bound["registry"])
    return _sign(call, context, bound["header"], bound["claims"], bound["key"], allowed)


def _sign(call: Call, context: Context, head: Argument, claims: Argument, key: Argument, allowed: Argument) -> Value:
    empty_key = context.version(LIBRARY) < (1, 6, 8)
    return header_first.sign(call, context, head, claims, _material(call, key), allowed, empty_key=empty_key)


def _serialize(parameters: Parameters) -> Model:
    """A signature over any payload; whether it holds claims that need an expiry cannot be said."""

    def model(call: Call, context: Context) -> Value:
        head, payload, key, algorithms, registry = (call.bind(parameters)[name] for name in parameters.names)
        payload = replace(payload, value=call.unknown())
        return _sign(call, context, head, payload, key, _allowed(algorithms, registry))

    return model


def _verification(
    call: Call, context: Context, token: Argument, key: Argument, algorithms: Argument, registry: Argument
) -> Verification:
    version = context.version(LIBRARY)
    return Verification(
        where=where(call),
        token=token,
        key=_material(call, key),
        algorithms=_allowed(algorithms, registry),
        honours_none=version >= (1, 1),
        # Every algorithm takes key objects of its own kind only.
        pinned=version >= (1, 2) or all(map(key_makers.is_object, alternatives(key.value))),
        empty_key=version < (1, 6, 8),
    )


def _decode(call: Call, context: Context) -> Value:
    """The signature is checked; the claims wait for a registry's `validate(token.claims)`."""
    bound = call.bind(_DECODE)
    event = _verification(call, context, bound["value"], bound["key"], bound["algorithms"], bound["registry"])
    late = LateChecks("JWTClaimsRegistry.validate()")
    attributes = {"claims": verify(call, context, event, late=late), "header": header(call, bound["value"])}
    return call.state.allocate(Object(attributes, of=Symbol("joserfc.jwt.Token"), origin=call.origin()))


def _registry(call: Call, context: Context) -> Value:
    """`JWTClaimsRegistry(now, leeway, exp={"essential": True}, …)`."""
    bound = call.bind(Parameters.of("now leeway"))
    requests = Argument(
        Mapping({name: Entry(call.resolved(one).value) for name, one in bound.unexpected.items()}), call.place
    )
    claim_requests.report_unknown(call, context, requests, _OPTIONS)
    return header_first.keep(call, requests)


def _validate(call: Call, context: Context) -> Value:
    """Checks exp, nbf and iat where they are there, and what the registry asks for."""
    requests = header_first.kept(call.instance)
    claims = call.bind(Parameters.of("claims"))["claims"].value
    late_checks.make(claims, call.state, None if requests is None else claim_requests.demands(requests))
    return Known(None)


def _signature(call: Call, token: Argument, payload: Value) -> Value:
    """An object with the payload of a token, its headers, and the token itself for a later verification."""
    attributes = {"payload": payload, _TOKEN: token.value}
    return call.state.allocate(Object(attributes, of=Symbol(_SIGNATURE), origin=call.origin()))


def _deserialize(call: Call, context: Context) -> Value:
    """The signature is checked and no claims."""
    bound = call.bind(_DESERIALIZE)
    event = _verification(call, context, bound["value"], bound["public_key"], bound["algorithms"], bound["registry"])
    return _signature(call, bound["value"], verify(call, context, event))


def _extract(call: Call, context: Context) -> Value:
    """Nothing is checked until `validate_compact` is called with the result."""
    token = call.bind(Parameters.of("value payload registry"))["value"]
    return _signature(call, token, read_unverified(call, context, token, at_once=False))


def _validate_compact(call: Call, context: Context) -> Value:
    """Answers whether the signature holds."""
    bound = call.bind(_VALIDATE)
    found = bound["obj"].value
    token = found.attributes.get(_TOKEN) if isinstance(found, Object) else None
    token_argument = bound["obj"] if token is None else replace(bound["obj"], value=token)
    verify(
        call,
        context,
        _verification(call, context, token_argument, bound["public_key"], bound["algorithms"], bound["registry"]),
    )
    return call.unknown()


def _headers(call: Call, context: Context) -> Value:
    token = call.instance.attributes.get(_TOKEN) if call.instance is not None else None
    return call.unknown() if token is None else header(call, Argument(call.state.resolve(token), call.place))


_IMPORT = "value parameters password"
LIBRARY = Library(
    name="joserfc",
    distribution="joserfc",
    versions="1.0 to 1.8",
    version_name="joserfc.__version__",
    packages=("joserfc",),
    marks=((b"joserfc",),),
    methods={"validate": check_of_their_own},
    functions={
        "joserfc.jwt.encode": _encode,
        "joserfc.jwt.decode": _decode,
        "joserfc.jwt.JWTClaimsRegistry": _registry,
        "joserfc.jwt.JWTClaimsRegistry.validate": _validate,
        "joserfc.jwt.JWTClaimsRegistry.validate_exp": _validate,
        "joserfc.jwe.encrypt_compact": lambda call, context: signed(call),
        "joserfc.jws.serialize_compact": _serialize(_SERIALIZE),
        "joserfc.jws.serialize_json": _serialize(_SERIALIZE_JSON),
        "joserfc.jws.deserialize_compact": _deserialize,
        "joserfc.jws.deserialize_json": _deserialize,
        "joserfc.jws.extract_compact": _extract,
        "joserfc.jws.validate_compact": _validate_compact,
        f"{_SIGNATURE}.headers": _headers,
        "joserfc.jws.JWSRegistry": header_first.keeping("algorithms", "header_registry algorithms"),
        "joserfc.jwk.import_key": key_makers.key(_KEY, "data key_type parameters"),
        "joserfc.jwk.generate_key": key_makers.drawn(_KEY, "crv_or_size"),
        "joserfc.jwk.OctKey.generate_key": key_makers.drawn_secret(_KEY),
        **{f"joserfc.jwk.{kind}Key.import_key": key_makers.key(_KEY, _IMPORT) for kind in ("Oct", "RSA", "EC", "OKP")},
        _KEY_SET: key_makers.key(_KEY_SET, "keys"),
        f"{_KEY_SET}.import_key_set": key_makers.key(_KEY_SET, "value parameters"),
        f"{_KEY_SET}.get_by_kid": key_makers.picked(_KEY),
    },
    signatures={"joserfc.jwt.encode": _ENCODE, "joserfc.jwt.decode": _DECODE},
    releases=("1.0.0", "1.1.0", "1.2.0", "1.6.8", "1.8.0"),
    exports={
        "joserfc": ("jwt", "jws", "jwk", "jwe"),
        "joserfc.jwt": ("encode", "decode", "JWTClaimsRegistry"),
        "joserfc.jwk": ("import_key", "generate_key", "OctKey", "RSAKey", "ECKey", "OKPKey", "KeySet"),
    },
)
