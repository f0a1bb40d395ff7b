"""PyJWT, releases 1.7 to 2.15 (`import jwt`). Contract: tests/libraries/test_pyjwt_contract.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jwt_sast.libraries.dotted import decode_section
from jwt_sast.libraries.library import (
    Context,
    Library,
    aliases,
    answered,
    fetched,
    header,
    ignore,
    instance,
    verify,
    where,
)
from jwt_sast.semantics import containers
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Known,
    Mapping,
    Object,
    Presence,
    Produced,
    Sequence,
    Symbol,
    Value,
    alternatives,
    each,
)
from jwt_sast.tokens import jwk
from jwt_sast.tokens.algorithms import NONE
from jwt_sast.tokens.events import Signing, Verification
from jwt_sast.tokens.switches import Switch, option, switch

_ENCODE = Parameters.of("payload key algorithm headers json_encoder sort_headers", required=2)
_DECODE_1 = Parameters.of("jwt key verify algorithms options audience issuer leeway verify_expiration")
_DECODE_2 = Parameters.of(
    "jwt key algorithms options verify detached_payload audience subject issuer leeway", required=2
)
_DECODE_2_0 = Parameters.of("jwt key algorithms options * verify detached_payload audience subject issuer leeway")

_JWK = Symbol("jwt.PyJWK")
_URI = "uri"
_REFUSES_THE_FUTURE = (2, 6)
"""The first release that looks at `iat` at all."""


_CLAIMS = ("exp", "nbf", "iat", "aud", "iss")
_OPTIONS_1 = {"verify_signature", "require_exp", "require_iat", "require_nbf", *(f"verify_{name}" for name in _CLAIMS)}
_OPTIONS_2 = {
    "verify_signature",
    *(f"verify_{name}" for name in _CLAIMS),
    "verify_sub",
    "verify_jti",
    "require",
    "strict_aud",
    "enforce_minimum_key_length",
}
_MEANT = {
    "algorithm": "it pins nothing; the parameter is `algorithms`",
    "iss": "the issuer is not checked; the parameter is `issuer`",
    "aud": "the audience is not checked; the parameter is `audience`",
    "option": "no option takes effect; the parameter is `options`",
    "verify": "PyJWT 2 verifies all the same; `options` decides",
    "verify_signature": "it has no effect on an instance; it has to be given to decode()",
}


def _encode(call: Call, context: Context) -> Value:
    bound = call.bind(_ENCODE)
    version = context.version(LIBRARY)
    context.emit(
        Signing(
            where=where(call, "jwt.encode"),
            claims=bound["payload"],
            key=_material(bound["key"]),
            algorithm=_effective_algorithm(bound, version),
            empty_key=version < (2, 13),
            context=call.frame.function_name,
            headers=bound["headers"],
        )
    )
    return Produced("token", None, call.place.node, origin=call.origin())


def _effective_algorithm(bound: BoundArguments, version: tuple[int, ...]) -> Argument:
    """The header's `alg` wins over the argument (from 2.2); None means unsigned, but HS256 in 2.10."""
    headers = bound["headers"].value
    if isinstance(headers, Mapping) and headers.presence("alg") is Presence.ALWAYS and version >= (2, 2):
        return replace(bound["headers"], value=headers.get("alg"))
    argument = bound["algorithm"]
    if isinstance(argument.value, Absent):
        return replace(argument, value=Known("HS256"))
    none_means = "HS256" if (2, 10) <= version < (2, 11) else NONE

    def effective(value: Value) -> Value:
        is_none = isinstance(value, Known) and value.constant is None
        return Known(none_means, origin=value.origin) if is_none else value

    return replace(argument, value=each(argument.value, effective))


def _decode(call: Call, context: Context) -> Value:
    version = context.version(LIBRARY)
    if version < (2,):
        return _decode_1(call, context)
    bound = call.bind(_DECODE_2_0 if version < (2, 5) else _DECODE_2)
    _report_ignored(call, context, bound, _OPTIONS_2)
    event = _verification(call, bound, version, any_algorithm=False, empty_key=version < (2, 13))
    return verify(call, context, event, option(bound["options"], "verify_signature"))


def _decode_1(call: Call, context: Context) -> Value:
    """PyJWT 1: `verify` stands in third place, and without a list any registered algorithm is accepted."""
    bound = call.bind(_DECODE_1)
    _report_ignored(call, context, bound, _OPTIONS_1, old=True)
    event = _verification(call, bound, (1,), any_algorithm=True, empty_key=True)
    if switch(bound["verify_expiration"]).may_be_off:
        event.checks = {**event.checks, "exp": switch(bound["verify_expiration"])}
    whole = switch(bound["verify"])
    return verify(call, context, event, whole if whole.may_be_off else option(bound["options"], "verify_signature"))


def _verification(
    call: Call, bound: BoundArguments, version: tuple[int, ...], *, any_algorithm: bool, empty_key: bool
) -> Verification:
    key = bound["key"]
    return Verification(
        where=where(call, "jwt.decode"),
        token=bound["jwt"],
        key=replace(key, value=Known("")) if isinstance(key.value, Absent) else _material(key),
        algorithms=bound["algorithms"],
        any_algorithm=any_algorithm,
        pinned=isinstance(key.value, Object) and key.value.of == _JWK,
        empty_key=empty_key,
        checks={
            name: _claim_switch(call, bound["options"], f"verify_{name}")
            for name in _CLAIMS
            if name != "iat" or version >= _REFUSES_THE_FUTURE
        },
        required=frozenset((*_required(bound["options"].value), *_required(_own_options(call).value))),
        audience=bound["audience"],
        issuer=bound["issuer"],
        leeway=bound["leeway"],
    )


def _required(options: Value) -> Iterator[str]:
    """The claims that `require` names on every path, or `require_exp` and the like in PyJWT 1; where it cannot be said
    which these are, all of them.
    """
    if isinstance(options, Mapping):
        names = options.get("require")
        for item in names.items if isinstance(names, Sequence) else ():
            if isinstance(item, Known) and isinstance(item.constant, str):
                yield item.constant
        if not isinstance(names, Absent | Sequence) or (isinstance(names, Sequence) and names.open):
            yield from _CLAIMS
        for name in _CLAIMS:
            if options.get(f"require_{name}") == Known(True):
                yield name


def _claim_switch(call: Call, options: Argument, name: str) -> Switch:
    """The call's own options win over those of a `PyJWT(options=…)` instance."""
    return option(options, name, default=option(_own_options(call), name))


def _own_options(call: Call) -> Argument:
    own = call.instance
    given = own is not None and "options" in own.attributes
    value = call.state.resolve(own.attributes["options"]) if own is not None and given else Absent()
    return Argument(value, call.place)


def _report_ignored(call: Call, context: Context, bound: BoundArguments, known: set[str], *, old: bool = False) -> None:
    for name, argument in bound.unexpected.items():
        ignore(context, call, name, argument, _MEANT.get(name, "the library does not know it"))
    if not old and "verify" in bound.given:
        ignore(context, call, "verify", bound["verify"], _MEANT["verify"])
    for option_set in alternatives(bound["options"].value):
        for key in option_set.entries if isinstance(option_set, Mapping) else ():
            if isinstance(key, str) and key not in known:
                ignore(context, call, key, bound["options"], "the library knows no such option")


def _instance(call: Call, context: Context) -> Value:
    options = call.bind(Parameters.of("options"))["options"]
    if option(options, "verify_signature").may_be_off:
        ignore(context, call, "verify_signature", options, _MEANT["verify_signature"])
    return instance(call, {} if isinstance(options.value, Absent) else {"options": call.value(0, "options")})


def _raw_decode(call: Call, context: Context) -> Value:
    """`PyJWS.decode` checks the signature and no claims; its payload is bytes and need not be claims."""
    bound = call.bind(Parameters.of("jwt key algorithms options * audience issuer"))
    version = context.version(LIBRARY)
    event = _verification(call, bound, version, any_algorithm=version < (2,), empty_key=False)
    event.checks, event.audience, event.leeway = {}, None, None
    return verify(call, context, event, option(bound["options"], "verify_signature"))


def _header(call: Call, context: Context) -> Value:
    return header(call, call.bind(Parameters.of("jwt"))["jwt"])


def _complete(call: Call, context: Context) -> Value:
    """`decode_complete` gives header, payload and signature; the payload is the claims."""
    payload = _decode(call, context)
    head = header(call, call.bind(_DECODE_2)["jwt"])
    return Produced("complete", (payload, head), call.place.node, origin=call.origin())


def _material(key: Argument) -> Argument:
    """A `PyJWK` stands for what it was made of; a dict is no key here."""
    return replace(key, value=each(key.value, lambda one: jwk.material(one) if isinstance(one, Object) else one))


def _client(call: Call, context: Context) -> Value:
    return instance(call, {_URI: call.state.resolve(call.value(0, "uri"), open_up=True)})


def _fetched_key(call: Call, context: Context) -> Value:
    """A JWK: it pins the algorithm that it was made for, and is as good as the address that it comes from."""
    address = None if call.instance is None else call.instance.attributes.get(_URI)
    known = {} if address is None else {jwk.MATERIAL: fetched(call, address)}
    return call.state.allocate(Object(known, of=_JWK, origin=call.origin()))


def _key(call: Call, context: Context) -> Value:
    """`PyJWK(dict)`; `from_json` takes its text."""
    return _key_of(call, jwk.parsed(call.bind(Parameters.of("jwk_data algorithm"))["jwk_data"].value))


def _key_of(call: Call, content: Value) -> Value:
    return call.state.allocate(Object({jwk.MATERIAL: jwk.material(content)}, of=_JWK, origin=call.origin()))


def _key_set(call: Call, context: Context) -> Value:
    """`PyJWKSet([dict, …])`; `from_dict` and `from_json` take what has them under `keys`."""
    content = jwk.parsed(call.state.resolve(call.first()))
    members = content.get("keys") if isinstance(content, Mapping) else content
    if not isinstance(members, Sequence):
        return call.unknown()
    keys = Sequence(tuple(_key_of(call, one) for one in members.items), members.open, origin=call.origin())
    attributes = {"keys": call.state.allocate(keys)}
    return call.state.allocate(Object(attributes, of=Symbol("jwt.PyJWKSet"), origin=call.origin()))


def _key_of_set(call: Call, context: Context) -> Value:
    """`keys[kid]`: which of them is not looked into."""
    keys = call.state.content(call.instance.attributes["keys"]) if call.instance is not None else None
    return containers.any_item(call.state, keys, call.place.node) if isinstance(keys, Sequence) else call.unknown()


_ALGORITHMS = ("HMACAlgorithm", "RSAAlgorithm", "RSAPSSAlgorithm", "ECAlgorithm", "OKPAlgorithm")


def _algorithm(call: Call, context: Context) -> Value:
    """Which one it is does not matter: each can verify."""
    return call.state.allocate(Object({}, of=Symbol("jwt.algorithms.HMACAlgorithm"), origin=call.origin()))


_FUNCTIONS = {
    "jwt.encode": _encode,
    "jwt.decode": _decode,
    "jwt.decode_complete": _complete,
    "jwt.get_unverified_header": _header,
    "jwt.PyJWT": _instance,
    "jwt.PyJWS": lambda call, context: instance(call),
    "jwt.PyJWS.decode": _raw_decode,
    "jwt.PyJWS.get_unverified_header": _header,
    "jwt.PyJWK": _key,
    "jwt.PyJWK.from_dict": _key,
    "jwt.PyJWK.from_json": _key,
    "jwt.PyJWKClient": _client,
    "jwt.PyJWKClient.get_signing_key": _fetched_key,
    "jwt.PyJWKClient.get_signing_key_from_jwt": _fetched_key,
    "jwt.utils.base64url_decode": decode_section,
    **{f"jwt.algorithms.{name}": lambda call, context: instance(call) for name in _ALGORITHMS},
    **{f"jwt.algorithms.{name}.verify": answered for name in _ALGORITHMS},
    "jwt.get_algorithm_by_name": _algorithm,
    "jwt.PyJWKSet": _key_set,
    "jwt.PyJWKSet.from_dict": _key_set,
    "jwt.PyJWKSet.from_json": _key_set,
    "jwt.PyJWKSet.__getitem__": _key_of_set,
}

_ALIASES = (
    ("jwt.", "jwt.PyJWT."),
    ("jwt.", "jwt.api_jwt."),
    # The instance of PyJWT whose methods the module's functions are; programs keep it to call it under their own name.
    ("jwt.", "jwt.api_jwt._jwt_global_obj."),
    ("jwt.", "jwt.jwks_client."),
    ("jwt.PyJWS", "jwt.api_jws.PyJWS"),
    ("jwt.PyJWT", "jwt.api_jwt.PyJWT"),
    ("jwt.PyJWK", "jwt.api_jwk.PyJWK"),
)

LIBRARY = Library(
    name="PyJWT",
    distribution="pyjwt",
    packages=("jwt",),
    marks=((b"jwt",),),
    functions=aliases(_FUNCTIONS, *_ALIASES),
    signatures=aliases({"jwt.encode": _ENCODE, "jwt.decode": _DECODE_2}, *_ALIASES),
    releases=(
        "1.7.1",
        "2.0.1",
        "2.1.0",
        "2.2.0",
        "2.4.0",
        "2.6.0",
        "2.9.0",
        "2.10.1",
        "2.11.0",
        "2.12.1",
        "2.13.0",
        "2.15.1",
    ),
    exports={
        "jwt": (
            "encode",
            "decode",
            "decode_complete",
            "get_unverified_header",
            "PyJWT",
            "PyJWS",
            "PyJWK",
            "PyJWKClient",
            "PyJWKSet",
        )
    },
)
