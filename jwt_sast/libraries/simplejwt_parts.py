"""What djangorestframework-simplejwt and django-ninja-jwt, which was made from it, have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jwt_sast.libraries.django_options import Options, configured
from jwt_sast.libraries.library import BodyModel, Context, Model, instance, sign, verify, where
from jwt_sast.semantics import searching
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.inheritance import order
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Absent, Class, Known, Object, Symbol, Unknown, Value, alternatives, each
from jwt_sast.tokens.events import KeyConfigured, KeyFetch, Lifetime, RefreshPolicy, TokenKind, Verification, Where
from jwt_sast.tokens.switches import OFF, switch

_LIFETIMES = {
    "ACCESS_TOKEN_LIFETIME": TokenKind.ACCESS,
    "REFRESH_TOKEN_LIFETIME": TokenKind.REFRESH,
    "SLIDING_TOKEN_LIFETIME": TokenKind.ACCESS,
    "SLIDING_TOKEN_REFRESH_LIFETIME": TokenKind.REFRESH,
}
_REFRESH_OPTIONS = ("REFRESH_TOKEN_LIFETIME", "ROTATE_REFRESH_TOKENS", "BLACKLIST_AFTER_ROTATION")
_OWN_REFRESHING = re.compile(rb"\bTokenRefresh(?:Serializer|(?:In|Out)putSchema)\b")
"""What a project derives from to decide itself which refresh tokens count."""

_TOKENS = ("Token", "AccessToken", "RefreshToken", "SlidingToken", "UntypedToken")
_BACKEND = Parameters.of("algorithm signing_key verifying_key audience issuer jwk_url leeway json_encoder")
_SET_EXP = Parameters.of("claim from_time lifetime")


def body(names: Sequence[str], package: str) -> BodyModel:
    """The model of modules that set up `package`, with its options in one of `names`, or derive tokens of their own."""

    def told(options: Options, context: Context) -> None:
        set_up(options, context)
        _refreshing(options, context, package)

    settings, classes = configured(names, package, told), _classes(package)

    def model(frame: Frame, state: State, context: Context) -> None:
        settings(frame, state, context)
        classes(frame, state, context)

    return model


def set_up(options: Options, context: Context) -> None:
    """What the settings say: the key, how long tokens live, where keys are fetched."""
    algorithm, key = options.defaulted("ALGORITHM", "HS256"), options.signing_key("SIGNING_KEY", context)
    context.emit(KeyConfigured(where=options.where, key=key, algorithms=algorithm))
    for name, kind in _LIFETIMES.items():
        _lives(context, options.where, options[name], kind)
    url = options["JWK_URL"]
    if not isinstance(url.value, Absent):
        context.emit(KeyFetch(where=options.where, url=url))


def _refreshing(options: Options, context: Context, package: str) -> None:
    """What becomes of refresh tokens that have been used, in a project that says something of such tokens and leaves
    the refreshing to the package. An application `token_blacklist` keeps the list of those that were revoked.
    """
    path = options.where.place.source.path
    said = any(not isinstance(options[name].value, Absent) for name in _REFRESH_OPTIONS)
    if not said or not isinstance(options["TOKEN_REFRESH_SERIALIZER"].value, Absent):
        return
    if switch(options["CHECK_REVOKE_TOKEN"], default=OFF) == OFF and not searching.mentions(path, _OWN_REFRESHING):
        rotated = options["ROTATE_REFRESH_TOKENS"]
        revocable = options.installs(f"{package}.token_blacklist")
        context.emit(
            RefreshPolicy(
                where=options.where, at=rotated.place, rotated=switch(rotated, default=OFF), revocable=revocable
            )
        )


def _lives(context: Context, at: Where, lifetime: Argument, kind: TokenKind) -> None:
    """Anything but a length of time is refused where a token is made, None too: it switches nothing off."""
    value = each(lifetime.value, lambda one: Unknown("no lifetime", at.place.node) if isinstance(one, Known) else one)
    if not isinstance(value, Absent):
        context.emit(Lifetime(where=at, lifetime=replace(lifetime, value=value), kind=kind))


def _classes(package: str) -> BodyModel:
    """A model of modules that derive classes from those of tokens, with a `lifetime` of their own."""
    names = {f"{package}.tokens.{name}" for name in _TOKENS}

    def model(frame: Frame, state: State, context: Context) -> None:
        for of in state.names.values():
            if not isinstance(of, Class) or of.scope is not frame.scope:
                continue
            lifetime = of.members.get("lifetime")
            bases = _outer_bases(of, state) & names if lifetime is not None else frozenset()
            if lifetime is not None and bases and lifetime.origin is not None:
                refreshes = any(base.endswith("RefreshToken") for base in bases) or _is_refresh(of)
                at = Where(lifetime.origin.place, of.name)
                kind = TokenKind.REFRESH if refreshes else TokenKind.ACCESS
                _lives(context, at, Argument(state.resolve(lifetime, open_up=True), at.place), kind)

    return model


def _outer_bases(of: Class, state: State) -> frozenset[str]:
    """The classes from outside the project that a class derives from, by their qualified names."""
    state.world.link(state, of)
    bases = (option for one in order(of) for base in one.bases for option in alternatives(base))
    return frozenset(base.name for base in bases if isinstance(base, Symbol))


def _is_refresh(of: Class) -> bool:
    return of.member("token_type") == Known("refresh")


def functions(package: str) -> Mapping[str, Model]:
    """The models of the classes of tokens, and of the one that signs and verifies for them."""
    found: dict[str, Model] = {}
    for name in _TOKENS:
        token = f"{package}.tokens.{name}"
        found |= {token: _token, f"{token}.for_user": _for_user, f"{token}.set_exp": _set_exp}
    backend = f"{package}.backends.TokenBackend"
    return {**found, backend: _backend, f"{backend}.encode": _encode, f"{backend}.decode": _decode}


def _token(call: Call, context: Context) -> Value:
    """`AccessToken(token, verify=False)` reads one, without a check of anything; `AccessToken()` makes a new one."""
    bound = call.bind(Parameters.of("token verify"))
    token = bound["token"]
    if isinstance(token.value, Absent) or token.value == Known(None):
        return instance(call, _parts(call, call.function))
    return _verify(call, context, token, bound["verify"], call.unknown(), frozenset({"exp"}))


def _verify(
    call: Call, context: Context, token: Argument, check: Argument, key: Value, required: frozenset[str] = frozenset()
) -> Value:
    """The algorithm is pinned by the settings or by the backend; `none` is none of those that either may name."""
    algorithms = Argument(call.unknown(), call.place)
    event = Verification(
        where=where(call), token=token, key=Argument(key, call.place), algorithms=algorithms, required=required
    )
    return verify(call, context, event, switch(check))


def _parts(call: Call, of: str) -> Mapping[str, Value]:
    """The attributes of a new token: a refresh token gives an access token that lives by its own lifetime."""
    if not of.endswith(".RefreshToken"):
        return {}
    access = Symbol(of.removesuffix("RefreshToken") + "AccessToken")
    return {"access_token": call.state.allocate(Object({}, of=access, origin=call.origin()))}


def _for_user(call: Call, context: Context) -> Value:
    of = call.function.rpartition(".")[0]
    return call.state.allocate(Object(_parts(call, of), of=Symbol(of), origin=call.origin()))


def _set_exp(call: Call, context: Context) -> Value:
    """`token.set_exp(lifetime=…)`: the one that the token already has where None is given."""
    bound = call.bind(_SET_EXP)
    if isinstance(bound["claim"].value, Absent) or bound["claim"].value == Known("exp"):
        kind = TokenKind.REFRESH if ".RefreshToken." in call.function else TokenKind.ACCESS
        _lives(context, where(call), bound["lifetime"], kind)
    return Known(None)


def _backend(call: Call, context: Context) -> Value:
    bound = call.bind(_BACKEND)
    if not isinstance(bound["signing_key"].value, Absent):
        context.emit(KeyConfigured(where=where(call), key=bound["signing_key"], algorithms=bound["algorithm"]))
    url = bound["jwk_url"]
    if not isinstance(url.value, Absent):
        context.emit(KeyFetch(where=where(call), url=url))
    return instance(call, {"algorithm": bound["algorithm"].value, "signing_key": bound["signing_key"].value})


def _kept(call: Call, name: str) -> Argument:
    """What the backend was made with."""
    known = None if call.instance is None else call.instance.attributes.get(name)
    return Argument(call.unknown() if known is None else call.state.resolve(known, open_up=True), call.place)


def _encode(call: Call, context: Context) -> Value:
    """It adds an audience and an issuer, and no expiry."""
    payload = call.bind(Parameters.of("payload"))["payload"]
    return sign(call, context, payload, _kept(call, "signing_key"), _kept(call, "algorithm"))


def _decode(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("token verify"))
    return _verify(call, context, bound["token"], bound["verify"], call.unknown())
