"""jwskate 0.12 (`jwskate`). Contract: tests/libraries/test_jwskate_contract.py.

A `SignedJwt` gives its claims before it is verified and after; `verify_signature` answers with true or false, and is
taken for a verification.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries import jwskate_parts
from jwt_sast.libraries.jwskate_parts import material
from jwt_sast.libraries.key_objects import serves_one_kind
from jwt_sast.libraries.library import Context, Library, Model, aliases, header, read_unverified, verify, where
from jwt_sast.libraries.objects import constructed, constructor_argument, remember
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.values import (
    Absent,
    Known,
    Object,
    Part,
    Sequence,
    Symbol,
    Value,
)
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.reading import TOKEN
from jwt_sast.tokens.switches import OFF, ON, switch

_VERIFY = Parameters.of("key * alg algs")
_VERIFY_SIGNATURE = Parameters.of("key alg algs")
_VALIDATE = Parameters.of("key * alg algs issuer audience check_exp")
_VERIFIER = Parameters.of("jwkset * issuer audience alg algs leeway verifiers")


_PROPERTIES = {
    "subject": "sub",
    "issuer": "iss",
    "audiences": "aud",
    "expires_at": "exp",
    "issued_at": "iat",
    "not_before": "nbf",
    "jwt_token_id": "jti",
}


def _token_object(call: Call, context: Context) -> Value:
    """`Jwt(token)`, `SignedJwt(token)`: what it holds counts where it is used."""
    token = call.bind(Parameters.of("value"))["value"]
    content = read_unverified(call, context, token, at_once=False)
    attributes = {TOKEN: token.value, "headers": header(call, token), **_views(content, call.origin())}
    return call.state.allocate(Object(attributes, of=Symbol("jwskate.SignedJwt"), origin=call.origin()))


def _views(content: Value, origin: Origin) -> dict[str, Value]:
    """The attributes that show the claims; each registered one has its own name as well."""
    names = {**_PROPERTIES, **{claim: claim for claim in _PROPERTIES.values()}}
    return {"claims": content, **{name: Part(content, claim, origin=origin) for name, claim in names.items()}}


def _claim(call: Call, context: Context) -> Value:
    """`token["claim"]`, `token.get_claim("claim")`."""
    content = None if call.instance is None else call.instance.attributes.get("claims")
    name = call.first()
    if content is None or not isinstance(name, Known):
        return call.unknown()
    return Part(content, name.constant, origin=call.origin())


def _is_expired(call: Call, context: Context) -> Value:
    expiry = None if call.instance is None else call.instance.attributes.get("exp")
    if expiry is not None:
        call.frame.host.use(expiry, "test", call.place, call.state)
    return call.unknown()


def _verify(parameters: Parameters) -> Model:
    """Only the signature is checked; claims are a matter of `validate`."""

    def model(call: Call, context: Context) -> Value:
        event = _verification(call, _token_of(call, call.receiver), call.bind(parameters))
        event.checks = {"exp": OFF}
        event.audience = event.issuer = Argument(Absent(), call.place)
        _verified(call, verify(call, context, event))
        return call.unknown() if parameters is _VERIFY_SIGNATURE or call.receiver is None else call.receiver

    return model


def _validate(call: Call, context: Context) -> Value:
    """An expiry is required, unless its check is switched off."""
    bound = call.bind(_VALIDATE)
    in_time = switch(bound["check_exp"])
    event = _verification(call, _token_of(call, call.receiver), bound)
    event.checks = {"exp": in_time}
    event.required = frozenset({"exp"} if in_time.setting is ON.setting else ())
    event.audience, event.issuer = bound["audience"], bound["issuer"]
    _verified(call, verify(call, context, event))
    return Known(None)


def _verification(call: Call, token: Argument, bound: BoundArguments) -> Verification:
    """Without an algorithm that of the key counts; that of the token is never looked at."""
    key, algorithms = material(bound["key"]), bound["algs"]
    if isinstance(algorithms.value, Absent) and not isinstance(bound["alg"].value, Absent):
        algorithms = replace(bound["alg"], value=Sequence((bound["alg"].value,)))
    return Verification(
        where=where(call), token=token, key=key, algorithms=algorithms, pinned=serves_one_kind(key), empty_key=True
    )


def _token_of(call: Call, token: Value | None) -> Argument:
    """The text that a token object was made of; a text is the token itself."""
    content = call.unknown() if token is None else call.state.content(token)
    value = content.attributes.get(TOKEN) if isinstance(content, Object) else content
    return Argument(call.unknown() if value is None else value, call.place)


def _verified(call: Call, content: Value) -> None:
    """From now on the claims that the object shows are verified ones."""
    remember(call, _views(content, call.origin()))


def _verifier(call: Call, context: Context) -> Value:
    bound = call.bind(_VERIFIER)
    return constructed(call, {name: bound[name] for name in ("jwkset", "issuer", "audience", "alg", "algs")})


def _verifier_verify(call: Call, context: Context) -> Value:
    """An expiry is checked if there is one."""
    given = {name: constructor_argument(call, name) for name in ("issuer", "audience", "alg", "algs")}
    bound = BoundArguments(call, {**given, "key": constructor_argument(call, "jwkset")}, {})
    token = call.arguments.positional[0].value if call.arguments.positional else call.value(0, "jwt")
    event = _verification(call, _token_of(call, token), bound)
    event.checks = {"exp": ON}
    event.audience, event.issuer = bound["audience"], bound["issuer"]
    _verified(replace(call, receiver=token), verify(call, context, event))
    return Known(None)


_FUNCTIONS: dict[str, Model] = {
    **jwskate_parts.FUNCTIONS,
    "jwskate.Jwt": _token_object,
    "jwskate.SignedJwt": _token_object,
    "jwskate.SignedJwt.verify": _verify(_VERIFY),
    "jwskate.SignedJwt.verify_signature": _verify(_VERIFY_SIGNATURE),
    "jwskate.SignedJwt.validate": _validate,
    "jwskate.SignedJwt.is_expired": _is_expired,
    "jwskate.SignedJwt.get_claim": _claim,
    "jwskate.SignedJwt.__getitem__": _claim,
    "jwskate.JwtVerifier": _verifier,
    "jwskate.JwtVerifier.verify": _verifier_verify,
}

LIBRARY = Library(
    name="jwskate",
    distribution="jwskate",
    versions="0.12",
    packages=("jwskate",),
    marks=((b"jwskate",),),
    functions=aliases(
        _FUNCTIONS,
        ("jwskate.Jwt", "jwskate.jwt.Jwt"),
        ("jwskate.SignedJwt", "jwskate.jwt.SignedJwt"),
        ("jwskate.Jwk", "jwskate.jwk.Jwk"),
    ),
    releases=("0.12.2",),
    exports={"jwskate": ("Jwt", "SignedJwt", "JwtSigner", "JwtVerifier", "Jwk", "JwkSet", "SymmetricJwk", "to_jwk")},
)
