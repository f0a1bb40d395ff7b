"""cryptojwt 1.11 (`cryptojwt`). Contract: tests/libraries/test_cryptojwt_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.key_objects import key_material, key_object, serves_one_kind
from jwt_sast.libraries.library import (
    Context,
    Library,
    Model,
    aliases,
    defaulted,
    header,
    instance,
    read_unverified,
    sign,
    signed,
    verify,
    where,
)
from jwt_sast.libraries.lifetimes import expiring
from jwt_sast.libraries.objects import constructed, constructor_argument, current, remember
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Constant,
    Entry,
    Known,
    Mapping,
    Object,
    Sequence,
    Symbol,
    Value,
    one_of,
)
from jwt_sast.tokens import jwk
from jwt_sast.tokens.algorithms import NONE
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.reading import TOKEN
from jwt_sast.tokens.switches import OFF, ON, Setting, switch

_JWT = Parameters.of(
    "key_jar iss lifetime sign sign_alg encrypt enc_enc enc_alg msg_cls iss2msg_cls skew allowed_sign_algs "
    "allowed_enc_algs allowed_enc_encs allowed_max_lifetime zip typ2msg_cls"
)
_JWS = Parameters.of("msg with_digest httpc * alg")
_PACK = Parameters.of("payload kid issuer_id recv aud iat jws_headers")
_CLASSES = ("msg_cls", "iss2msg_cls", "typ2msg_cls")


def _jwt(call: Call, context: Context) -> Value:
    """Programs set some of what it was constructed with later: `packer.lifetime = 3600`."""
    bound = call.bind(_JWT)
    names = ("key_jar", "lifetime", "sign", "sign_alg", "allowed_sign_algs", *_CLASSES)
    made = constructed(call, {name: bound[name] for name in names})
    # As they were given: keys are added to a key jar after it has been handed over.
    given = bound.given
    values: dict[str, Value] = {name: given[name].value for name in ("key_jar", "lifetime") if name in given}
    remember(replace(call, receiver=made), values)
    return made


def _pack(call: Call, context: Context) -> Value:
    """Without a lifetime the token has the expiry that its payload has."""
    payload = call.bind(_PACK)["payload"]
    if isinstance(payload.value, Absent) or payload.value == Known(None):
        payload = replace(payload, value=Mapping({}))
    if switch(constructor_argument(call, "sign")).may_be_off:
        return signed(call)
    algorithm = defaulted(constructor_argument(call, "sign_alg"), "RS256")
    return sign(call, context, expiring(payload, current(call, "lifetime")), current(call, "key_jar"), algorithm)


def _unpack(call: Call, context: Context) -> Value:
    """Audience and issuer are looked at by a message class, if there is one."""
    key = key_material(current(call, "key_jar"))
    plain = all(isinstance(constructor_argument(call, name).value, Absent) for name in _CLASSES)
    nothing = Argument(Absent() if plain else call.unknown(), call.place)
    event = Verification(
        where=where(call),
        token=call.bind(Parameters.of("token timestamp"))["token"],
        key=key,
        algorithms=constructor_argument(call, "allowed_sign_algs"),
        any_algorithm=True,
        pinned=serves_one_kind(key),
        checks={"exp": ON, "nbf": ON},
        audience=nothing,
        issuer=nothing,
    )
    return verify(call, context, event)


def _jws(call: Call, context: Context) -> Value:
    bound = call.bind(_JWS)
    return constructed(call, {"alg": bound["alg"], "msg": bound["msg"]})


def _factory(call: Call, context: Context) -> Value:
    """A `JWS` that a token has been put into; its payload can be had at any time."""
    bound = call.bind(Parameters.of("token alg"))
    made = constructed(replace(call, function="cryptojwt.jws.jws.JWS"), {"alg": bound["alg"]})
    of = Symbol("cryptojwt.jws.jws.JWSig")
    parts = Object({TOKEN: bound["token"].value, "headers": header(call, bound["token"])}, of=of, origin=call.origin())
    attributes = {TOKEN: bound["token"].value, "jwt": call.state.allocate(parts)}
    remember(replace(call, receiver=made), attributes)
    return made


def _payload(call: Call, context: Context) -> Value:
    return read_unverified(call, context, _token(call))


def _token(call: Call) -> Argument:
    found = None if call.instance is None else call.instance.attributes.get(TOKEN)
    return Argument(call.unknown() if found is None else found, call.place)


def _sign_compact(call: Call, context: Context) -> Value:
    """Any message is signed; whether it holds claims that need an expiry cannot be said."""
    keys = call.bind(Parameters.of("keys protected"))["keys"]
    algorithm = defaulted(constructor_argument(call, "alg"), "RS256")
    return sign(call, context, Argument(call.unknown(), call.place), keys, algorithm)


def _verify_compact(call: Call, context: Context) -> Value:
    """The signature and no claims are checked. `allow_none` takes a token without one, whatever else is asked for."""
    bound = call.bind(Parameters.of("jws keys allow_none sigalg"))
    key, asked = key_material(bound["keys"]), bound["sigalg"]
    algorithms = defaulted(constructor_argument(call, "alg") if isinstance(asked.value, Absent) else asked, "RS256")
    if switch(bound["allow_none"], default=OFF).setting is Setting.ON:
        algorithms = replace(bound["allow_none"], value=Sequence((Known(NONE),)))
    event = Verification(
        where=where(call),
        token=_token(call) if isinstance(bound["jws"].value, Absent) else bound["jws"],
        key=key,
        algorithms=algorithms,
        honours_none=True,
        pinned=serves_one_kind(key),
    )
    return verify(call, context, event)


def _verify_verbose(call: Call, context: Context) -> Value:
    entries: dict[Constant, Entry] = {"msg": Entry(_verify_compact(call, context))}
    return call.state.allocate(Mapping(entries, open=True, origin=call.origin()))


def _key(call: Call, context: Context) -> Value:
    """`SYMKey(key=…)` is the secret itself, `SYMKey(k=…)` that of a JWK."""
    bound = call.bind(Parameters.of("kty alg use kid x5c x5t x5u k key"))
    content = bound["key"].value
    if isinstance(content, Absent):
        content = Mapping({"kty": Entry(Known("oct")), "k": Entry(bound["k"].value)}, origin=call.origin())
    return key_object(call, "cryptojwt.jwk.JWK", content)


def _key_of_jwk(call: Call, context: Context) -> Value:
    return key_object(call, "cryptojwt.jwk.JWK", call.bind(Parameters.of("jwk_dict private"))["jwk_dict"].value)


def _add_symmetric(call: Call, context: Context) -> Value:
    """Which key of a jar is used is not looked into."""
    added = call.bind(Parameters.of("issuer_id key usage"))["key"].value
    before = None if call.instance is None else call.instance.attributes.get(jwk.MATERIAL)
    remember(call, {jwk.MATERIAL: one_of([one for one in (before, added) if one is not None])})
    return Known(None)


_FUNCTIONS: dict[str, Model] = {
    "cryptojwt.jwt.JWT": _jwt,
    "cryptojwt.jwt.JWT.pack": _pack,
    "cryptojwt.jwt.JWT.unpack": _unpack,
    "cryptojwt.jws.jws.JWS": _jws,
    "cryptojwt.jws.jws.JWS.sign_compact": _sign_compact,
    "cryptojwt.jws.jws.JWS.verify_compact": _verify_compact,
    "cryptojwt.jws.jws.JWS.verify_compact_verbose": _verify_verbose,
    "cryptojwt.jws.jws.JWSig.payload": _payload,
    "cryptojwt.jws.jws.factory": _factory,
    "cryptojwt.jwk.hmac.SYMKey": _key,
    "cryptojwt.jwk.jwk.key_from_jwk_dict": _key_of_jwk,
    "cryptojwt.key_jar.KeyJar": lambda call, context: instance(call),
    "cryptojwt.key_jar.KeyJar.add_symmetric": _add_symmetric,
}

LIBRARY = Library(
    name="cryptojwt",
    distribution="cryptojwt",
    versions="1.11",
    packages=("cryptojwt",),
    marks=((b"cryptojwt",),),
    functions=aliases(
        _FUNCTIONS,
        ("cryptojwt.jwt.JWT", "cryptojwt.JWT"),
        ("cryptojwt.jws.jws.JWS", "cryptojwt.JWS"),
        ("cryptojwt.key_jar.KeyJar", "cryptojwt.KeyJar"),
    ),
    releases=("1.11.0",),
    exports={"cryptojwt": ("JWT", "JWS", "KeyJar")},
)
