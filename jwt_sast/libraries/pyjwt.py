"""PyJWT, releases 1.7 to 2.15 (`import jwt`). Contract: tests/libraries/test_pyjwt_contract.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jwt_sast.libraries import pyjwt_algorithms, pyjwt_keys
from jwt_sast.libraries.library import (
    UNKNOWN_OPTION,
    Context,
    Library,
    Model,
    aliases,
    header,
    ignore,
    instance,
    signed,
    verify,
    where,
)
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Constant,
    Entry,
    Known,
    Mapping,
    Presence,
    Sequence,
    Value,
    alternatives,
    each,
)
from jwt_sast.tokens.algorithms import NONE
from jwt_sast.tokens.events import Signing, Verification
from jwt_sast.tokens.switches import ON, Switch, option, switch

_ENCODE = Parameters.of("payload key algorithm headers json_encoder sort_headers", required=2)
_DECODE_1 = Parameters.of("jwt key verify algorithms options audience issuer leeway verify_expiration")
_DECODE_2 = Parameters.of(
    "jwt key algorithms options verify detached_payload audience subject issuer leeway", required=2
)
_COMPLETE_2 = Parameters.of(
    "jwt key algorithms options verify detached_payload audience issuer subject leeway", required=2
)
_DECODE_2_5 = Parameters.of("jwt key algorithms options verify detached_payload audience issuer leeway * subject")
_DECODE_2_0 = Parameters.of("jwt key algorithms options * verify detached_payload audience subject issuer leeway")

_RAW_ENCODE = Parameters.of("payload key algorithm headers json_encoder is_payload_detached sort_headers", required=2)
_RAW_DECODE_1 = Parameters.of("jwt key verify algorithms options * audience issuer")
_RAW_DECODE_2 = Parameters.of("jwt key algorithms options detached_payload * verify audience issuer", required=2)
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
    "algorithm": "write `algorithms`, or nothing is pinned",
    "iss": "write `issuer`, or the issuer is not checked",
    "aud": "write `audience`, or the audience is not checked",
    "option": "write `options`, or no option takes effect",
    "verify": "PyJWT 2 goes by `options`; remove it",
    "verify_signature": "an instance goes on verifying; give it to `decode()`",
}


def _encode(call: Call, context: Context) -> Value:
    bound = call.bind(_ENCODE)
    return _sign(call, context, bound, "jwt.encode", bound["payload"])


def _raw_encode(call: Call, context: Context) -> Value:
    """`PyJWS.encode` signs any bytes; whether they hold claims that need an expiry cannot be said."""
    bound = call.bind(_RAW_ENCODE)
    return _sign(call, context, bound, "jwt.PyJWS.encode", replace(bound["payload"], value=call.unknown()))


def _sign(call: Call, context: Context, bound: BoundArguments, function: str, claims: Argument) -> Value:
    version = context.version(LIBRARY)
    context.emit(
        Signing(
            where=where(call, function),
            claims=claims,
            key=pyjwt_keys.material(bound["key"]),
            algorithm=_effective_algorithm(bound, version),
            empty_key=version < (2, 13),
            context=call.frame.function_name,
            headers=bound["headers"],
        )
    )
    return signed(call)


def _effective_algorithm(bound: BoundArguments, version: tuple[int, ...]) -> Argument:
    """The header's `alg` wins over the argument (from 2.2); None means unsigned, but HS256 in 2.10. Where none is
    named, a `PyJWK` brings its own.
    """
    headers = bound["headers"].value
    if isinstance(headers, Mapping) and headers.presence("alg") is Presence.ALWAYS and version >= (2, 2):
        return replace(bound["headers"], value=headers.get("alg"))
    argument = bound["algorithm"]
    if isinstance(argument.value, Absent):
        return replace(argument, value=pyjwt_keys.algorithm(bound["key"].value) or Known("HS256"))
    none_means = "HS256" if (2, 10) <= version < (2, 11) else NONE

    def effective(value: Value) -> Value:
        is_none = isinstance(value, Known) and value.constant is None
        return Known(none_means, origin=value.origin) if is_none else value

    return replace(argument, value=each(argument.value, effective))


def _decode(call: Call, context: Context) -> Value:
    return _verify(call, context, _DECODE_2)


def _complete(call: Call, context: Context) -> Value:
    return _parts(call, _verify(call, context, _COMPLETE_2, at_once=False))


def _verify(call: Call, context: Context, newest: Parameters, *, at_once: bool = True) -> Value:
    """`decode` and `decode_complete`: of the newest releases the parameters are not the same."""
    version = context.version(LIBRARY)
    if version < (2,):
        return _decode_1(call, context)
    bound = call.bind(_DECODE_2_0 if version < (2, 5) else _DECODE_2_5 if version < (2, 10) else newest)
    _report_ignored(call, context, bound, _OPTIONS_2)
    event = _verification(call, bound, version, any_algorithm=False, empty_key=version < (2, 13))
    return verify(call, context, event, option(bound["options"], "verify_signature"), at_once=at_once)


def _parts(call: Call, claims: Value) -> Value:
    """What `decode_complete` gives: a dict with the claims in it, which are read where somebody takes them out."""
    parts: dict[Constant, Entry] = {
        "header": Entry(_header(call)),
        "payload": Entry(claims),
        "signature": Entry(call.unknown()),
    }
    return call.state.allocate(Mapping(parts, origin=call.origin()))


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
        key=replace(key, value=Known("")) if isinstance(key.value, Absent) else pyjwt_keys.material(key),
        algorithms=bound["algorithms"],
        any_algorithm=any_algorithm,
        pinned=all(map(pyjwt_keys.is_jwk, alternatives(key.value))),
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
    """The options of the instance, Absent where it has none."""
    kept = call.instance.attributes.get("options", Absent()) if call.instance is not None else Absent()
    return Argument(call.state.resolve(kept), call.place)


def _report_ignored(call: Call, context: Context, bound: BoundArguments, known: set[str], *, old: bool = False) -> None:
    ignored = dict(bound.unexpected)
    if not old and "verify" in bound.given:
        ignored["verify"] = bound["verify"]
    for name, argument in ignored.items():
        # That is so whoever has passed its value, and is mended where it stands.
        stands = replace(argument, place=argument.at or argument.place)
        ignore(context, call, name, stands, _MEANT.get(name, "the library does not know it; remove it"))
    for option_set in alternatives(bound["options"].value):
        for key in option_set.entries if isinstance(option_set, Mapping) else ():
            if isinstance(key, str) and key not in known:
                ignore(context, call, key, bound["options"], UNKNOWN_OPTION)


def _instance(call: Call, context: Context) -> Value:
    options = call.bind(Parameters.of("options"))["options"]
    if option(options, "verify_signature").may_be_off:
        ignore(context, call, "verify_signature", options, _MEANT["verify_signature"])
    return instance(call, {} if isinstance(options.value, Absent) else {"options": call.value(0, "options")})


def _raw_instance(call: Call, context: Context) -> Value:
    """`PyJWS(algorithms, options)`: here `verify_signature` counts, and its list is no allow-list for `decode`."""
    options = call.value(1, "options")
    return instance(call, {} if isinstance(options, Absent) else {"options": options})


def _raw_decode(call: Call, context: Context) -> Value:
    return _raw_verify(call, context)


def _raw_verify(call: Call, context: Context, *, at_once: bool = True) -> Value:
    """`PyJWS.decode` checks the signature and no claims; its payload is bytes and need not be claims."""
    version = context.version(LIBRARY)
    old = version < (2,)
    bound = call.bind(_RAW_DECODE_1 if old else _RAW_DECODE_2)
    event = _verification(call, bound, version, any_algorithm=old, empty_key=version < (2, 13))
    event.checks, event.audience, event.leeway = {}, None, None
    signature = option(bound["options"], "verify_signature", default=option(_own_options(call), "verify_signature"))
    whole = switch(bound["verify"]) if old else ON
    return verify(call, context, event, whole if whole.may_be_off else signature, at_once=at_once)


def _raw_complete(call: Call, context: Context) -> Value:
    return _parts(call, _raw_verify(call, context, at_once=False))


def _header(call: Call, context: Context | None = None) -> Value:
    return header(call, call.bind(_COMPLETE_2)["jwt"])


_FUNCTIONS: dict[str, Model] = {
    "jwt.encode": _encode,
    "jwt.decode": _decode,
    "jwt.decode_complete": _complete,
    "jwt.get_unverified_header": _header,
    "jwt.PyJWT": _instance,
}
_RAW_FUNCTIONS: dict[str, Model] = {
    "jwt.PyJWS.encode": _raw_encode,
    "jwt.PyJWS.decode": _raw_decode,
    "jwt.PyJWS.decode_complete": _raw_complete,
    "jwt.PyJWS.get_unverified_header": _header,
}

_ALIASES = (
    ("jwt.", "jwt.PyJWT."),
    ("jwt.", "jwt.api_jwt."),
    # The instance of PyJWT whose methods the module's functions are; programs keep it to call it under their own name.
    ("jwt.", "jwt.api_jwt._jwt_global_obj."),
    ("jwt.", "jwt.api_jwt.PyJWT."),
)

LIBRARY = Library(
    name="PyJWT",
    distribution="pyjwt",
    versions="1.7 to 2.15",
    version_name="jwt.__version__",
    packages=("jwt",),
    marks=((b"jwt",),),
    functions={
        **aliases(_FUNCTIONS, *_ALIASES),
        **aliases(_RAW_FUNCTIONS, ("jwt.PyJWS.", "jwt.api_jws.PyJWS."), ("jwt.PyJWS.", "jwt.api_jws.")),
        **dict.fromkeys(("jwt.PyJWS", "jwt.api_jws.PyJWS"), _raw_instance),
        **pyjwt_algorithms.FUNCTIONS,
        **aliases(
            pyjwt_keys.FUNCTIONS,
            ("jwt.PyJWKClient", "jwt.jwks_client.PyJWKClient"),
            ("jwt.PyJWK", "jwt.api_jwk.PyJWK"),
        ),
    },
    signatures=aliases({"jwt.encode": _ENCODE, "jwt.decode": _DECODE_2, "jwt.decode_complete": _COMPLETE_2}, *_ALIASES),
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
