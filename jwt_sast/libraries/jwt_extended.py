"""What flask-jwt-extended, its port to Quart, and what is built upon it have in common: settings and functions.

The settings are those of flask-jwt-extended 4.7; 3.25 has the same, under the same names and with the same defaults, as
far as they are used here. Contracts: tests/libraries/test_flask_jwt_extended_contract.py,
tests/apart/flask_jwt_extended3/.
"""

from __future__ import annotations

import re
from dataclasses import replace

from jwt_sast.libraries.application_settings import (
    Configuration,
    a_length_or_never,
    configure_key,
    configure_lifetime,
    seconds_or_never,
    words,
)
from jwt_sast.libraries.library import Context, Model, aliases, header, instance, sign, verify, where
from jwt_sast.libraries.misspelt_settings import report_misspelt
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.values import Absent, Constant, Entry, Known, Presence, Unknown, Value, alternatives, each
from jwt_sast.semantics.values import Mapping as MappingValue
from jwt_sast.tokens.events import Lifetime, RefreshPolicy, TokenCookie, TokenInUrl, TokenKind, Verification
from jwt_sast.tokens.switches import OFF, ON, UNKNOWN, Setting, Switch, switch

_LOADERS = re.compile(rb"\b(?:en|de)code_key_loader\b")
"""Functions that the program gives its own keys by, in place of the settings."""

_REFRESHING = re.compile(rb"\bcreate_refresh_token\b")
_REVOKING = re.compile(rb"\btoken_in_bl(?:ack|ock)list_loader\b")
"""What asks whether a token has been revoked: the one name of release 3, the other of release 4."""

_EXPIRES = {TokenKind.ACCESS: "JWT_ACCESS_TOKEN_EXPIRES", TokenKind.REFRESH: "JWT_REFRESH_TOKEN_EXPIRES"}
_COOKIES = {
    TokenKind.ACCESS: ("JWT_ACCESS_COOKIE_NAME", "access_token_cookie"),
    TokenKind.REFRESH: ("JWT_REFRESH_COOKIE_NAME", "refresh_token_cookie"),
}
_SPELLINGS = (
    *_EXPIRES.values(),
    "JWT_ALGORITHM",
    "JWT_COOKIE_CSRF_PROTECT",
    "JWT_COOKIE_SAMESITE",
    "JWT_COOKIE_SECURE",
    "JWT_DECODE_ALGORITHMS",
    "JWT_DECODE_AUDIENCE",
    "JWT_DECODE_ISSUER",
    "JWT_SECRET_KEY",
    "JWT_TOKEN_LOCATION",
)
"""The settings that a program may think it has made safe."""


def set_up(call: Call, context: Context) -> Value:
    """The manager is made. Which application it is for it may learn later."""
    config = Configuration(call, context)
    if not config.mentions(_LOADERS):
        configure_key(config, ("JWT_SECRET_KEY", "SECRET_KEY"), "JWT_PRIVATE_KEY")
    for kind, name in _EXPIRES.items():
        configure_lifetime(config, name, kind, seconds_or_never)
    locations = {str(word.constant): word for word in words(config.given("JWT_TOKEN_LOCATION", "headers").value)}
    if "cookies" in locations:
        _cookie(config, TokenKind.ACCESS)
    if (query := locations.get("query_string")) is not None:
        place = call.place if query.origin is None else query.origin.root.place
        context.emit(TokenInUrl(where=where(call), token=query, carrier=Argument(query, place), accepted=True))
    if config.mentions(_REFRESHING) and not config.mentions(_REVOKING):
        context.emit(RefreshPolicy(where=where(call), at=call.place, revocable=OFF))
    report_misspelt(config, _SPELLINGS)
    return instance(call)


def _cookie(config: Configuration, kind: TokenKind) -> None:
    """The cookie that holds tokens of a kind."""
    secure, csrf = config.get("JWT_COOKIE_SECURE"), config.get("JWT_COOKIE_CSRF_PROTECT")
    name, default = _COOKIES[kind]
    config.context.emit(
        TokenCookie(
            where=where(config.call),
            cookie=config.given(name, default),
            secure=(UNKNOWN if config.is_open else OFF) if secure is None else switch(secure),
            http_only=ON,
            same_site=config.get("JWT_COOKIE_SAMESITE") or Argument(Absent(), config.call.place),
            csrf=(UNKNOWN if config.is_open else ON) if csrf is None else switch(csrf),
            setting="JWT_COOKIE_SECURE",
        )
    )


def _setting_cookie(kind: TokenKind) -> Model:
    def model(call: Call, context: Context) -> Value:
        config = Configuration(call, context)
        locations = config.get("JWT_TOKEN_LOCATION")
        # Where the settings say that there are cookies, what they lack is said where the manager is made.
        if locations is None or not any(word.constant == "cookies" for word in words(locations.value)):
            _cookie(config, kind)
        return Known(None)

    return model


def _making(kind: TokenKind, parameters: str) -> Model:
    # By keyword, release 3 has the last two.
    wanted = Parameters.of(f"{parameters} additional_claims additional_headers user_claims headers")

    def model(call: Call, context: Context) -> Value:
        bound = call.bind(wanted)
        lifetime = bound["expires_delta"]
        # None and nothing at all stand for what the settings say.
        given = [one for one in alternatives(lifetime.value) if not isinstance(one, Absent) and one != Known(None)]
        if given:
            value = each(lifetime.value, lambda one: a_length_or_never(one) if one in given else call.unknown())
            context.emit(Lifetime(where=where(call), lifetime=replace(lifetime, value=value), kind=kind))
        nothing = Argument(Absent(), call.place)
        return sign(call, context, _claims(bound, kind), nothing, nothing, lifetime=lifetime)

    return model


def _claims(bound: BoundArguments, kind: TokenKind) -> Argument:
    """The claims of a token, at the place of those that the program adds; what else the extension adds is not known."""
    identity, additional, nested = (bound[name] for name in ("identity", "additional_claims", "user_claims"))
    known: dict[Constant, Value] = {"sub": identity.value, "type": Known(kind.value), "exp": Unknown("by the settings")}
    if not isinstance(nested.value, Absent):
        known["user_claims"] = nested.value
    entries = {name: Entry(value, Presence.ALWAYS) for name, value in known.items()}
    added = additional.value if isinstance(additional.value, MappingValue) else MappingValue({})
    entries |= {name: entry for name, entry in added.entries.items() if entry.presence is not Presence.NEVER}
    places = [one.place for one in (additional, nested) if not isinstance(one.value, Absent)]
    return Argument(MappingValue(entries, open=True, origin=added.origin), next(iter(places), identity.place))


def _decode(call: Call, context: Context) -> Value:
    bound = call.bind(Parameters.of("encoded_token csrf_value allow_expired"))
    nothing = Argument(Absent(), call.place)
    event = Verification(
        where=where(call),
        token=bound["encoded_token"],
        key=nothing,
        algorithms=nothing,
        checks={"exp": _opposite(switch(bound["allow_expired"], default=OFF))},
    )
    return verify(call, context, event)


def _opposite(allowing: Switch) -> Switch:
    """The check that an argument switches off by being true."""
    match allowing.setting:
        case Setting.ON:
            return Switch(Setting.OFF, allowing.argument)
        case Setting.OFF:
            return ON
        case _:
            return UNKNOWN


def _header(call: Call, context: Context) -> Value:
    return header(call, call.bind(Parameters.of("encoded_token"))["encoded_token"])


def functions(package: str) -> dict[str, Model]:
    """The functions of a package."""
    table: dict[str, Model] = {
        "jwt_manager.JWTManager": set_up,
        "utils.create_access_token": _making(TokenKind.ACCESS, "identity fresh expires_delta"),
        "utils.create_refresh_token": _making(TokenKind.REFRESH, "identity expires_delta"),
        "utils.decode_token": _decode,
        "utils.get_unverified_jwt_headers": _header,
        "utils.set_access_cookies": _setting_cookie(TokenKind.ACCESS),
        "utils.set_refresh_cookies": _setting_cookie(TokenKind.REFRESH),
    }
    named = {f"{package}.{name}": model for name, model in table.items()}
    return aliases(named, (f"{package}.utils.", f"{package}."), (f"{package}.jwt_manager.", f"{package}."))


def exports(package: str) -> dict[str, tuple[str, ...]]:
    """What a star import of the package binds of these."""
    return {package: tuple(name.rpartition(".")[2] for name in functions(package) if name.count(".") == 1)}
