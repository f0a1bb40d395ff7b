"""The options `JWT_…` that djangorestframework-jwt began with, and which its successors have as well."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.django_options import Options
from jwt_sast.libraries.library import Context
from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.values import Absent, Duration, Environment, Known, Unknown, Value, alternatives, each
from jwt_sast.tokens.events import KeyConfigured, Lifetime, TokenKind, UnverifiedRead, Verification
from jwt_sast.tokens.reading import Reading, Use
from jwt_sast.tokens.switches import ON, Switch, switch


def set_up(options: Options, context: Context, package: str, *, expiry: Switch = ON) -> None:
    """What the settings say: the key, how long tokens live, what is verified. `expiry` tells whether `package` checks
    the expiry where they say nothing about it.
    """
    _key(options, context)
    _lifetimes(options, context)
    if _is_its_own(options["JWT_DECODE_HANDLER"].value, package):
        _verification(options, context, expiry)


def _is_its_own(handler: Value, package: str) -> bool:
    """Whether a handler is left to the package: settings often repeat the default."""
    if isinstance(handler, Known) and isinstance(handler.constant, str):
        return handler.constant.partition(".")[0] == package
    return isinstance(handler, Absent)


def _key(options: Options, context: Context) -> None:
    algorithm = options.defaulted("JWT_ALGORITHM", "HS256")
    private = options["JWT_PRIVATE_KEY"]
    if not isinstance(private.value, Absent):
        context.emit(KeyConfigured(where=options.where, key=private, algorithms=algorithm))
    if _may_be_none(options, "JWT_PRIVATE_KEY") and _may_be_none(options, "JWT_GET_USER_SECRET_KEY"):
        key = options.signing_key("JWT_SECRET_KEY", context)
        context.emit(KeyConfigured(where=options.where, key=key, algorithms=algorithm))


def _may_be_none(options: Options, key: str) -> bool:
    """Whether an option may be None, which is its default."""
    return options.may_lack(key) or Known(None) in alternatives(options[key].value)


def _lifetimes(options: Options, context: Context) -> None:
    kinds = {"JWT_EXPIRATION_DELTA": TokenKind.ACCESS}
    if not switch(options["JWT_ALLOW_REFRESH"]).may_be_off:
        kinds["JWT_REFRESH_EXPIRATION_DELTA"] = TokenKind.REFRESH
    for name, kind in kinds.items():
        given = options[name]
        # Anything but a length of time is refused.
        value = each(
            given.value, lambda one: one if isinstance(one, Duration | Environment) else Unknown("no lifetime")
        )
        context.emit(Lifetime(where=options.where, lifetime=replace(given, value=value), kind=kind))


def _verification(options: Options, context: Context, expiry: Switch) -> None:
    def unknown(what: str) -> Argument:
        return Argument(Unknown(what, options.where.place.node), options.where.place)

    signature = switch(options["JWT_VERIFY"])
    if signature.may_be_off and signature.argument is not None:
        # Whoever the token says that he is, is let in.
        made = Reading(unknown("a token").value, options.where.place, verified=False, open_ends={Use.DECIDES})
        context.emit(
            UnverifiedRead(
                where=options.where,
                token=unknown("a token"),
                at=signature.argument.place,
                sure=signature.is_off,
                reading=made,
                switched_by=signature.argument.value.origin,
            )
        )
    expires = switch(options["JWT_VERIFY_EXPIRATION"], default=expiry)
    if expires.may_be_off:
        event = Verification(
            where=options.where,
            key=unknown("a key"),
            token=unknown("a token"),
            algorithms=unknown("an algorithm"),
            checks={"exp": expires},
        )
        context.emit(event)
