"""sanic-jwt 1.8 (`sanic_jwt`). Contract: tests/libraries/test_sanic_jwt_contract.py.

A setting is an argument of `Initialize`, otherwise an attribute of a subclass of `Configuration`, otherwise one of the
application's settings, otherwise a default. The default of the secret is in the library's source for all to read.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries import policies, sanic_applications
from jwt_sast.libraries.library import Context, Library, Model, where
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.inheritance import order
from jwt_sast.semantics.values import Absent, Class, Environment, Known, Sequence, Symbol, Value, alternatives
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.keys import possible
from jwt_sast.tokens.switches import switch

DEFAULT_SECRET = "This is a big secret. Shhhhh"
_CONFIGURATIONS = ("sanic_jwt.Configuration", "sanic_jwt.configuration.Configuration")
_OTHER_NAMES = {"secret": ("public_key",)}
_INITIALIZE = Parameters.of("instance app")
_FUNCTION = Parameters.of("instance authenticate * app")


def _initialize(parameters: Parameters) -> Model:
    def model(call: Call, context: Context) -> Value:
        bound = call.bind(parameters)
        named = bound["app"].value
        settings = _Settings(call, bound["instance"].value if isinstance(named, Absent) else named)
        _report_tokens(call, context, settings)
        if settings.is_on("cookie_set"):
            policies.cookie(
                call,
                context,
                settings.get("cookie_access_token_name", Known("access_token")),
                secure=switch(settings.get("cookie_secure", Known(False))),
                http_only=switch(settings.get("cookie_httponly", Known(True))),
                same_site=settings.get("cookie_samesite", Known("Lax")),
            )
        return call.unknown()

    return model


def _report_tokens(call: Call, context: Context, settings: _Settings) -> None:
    algorithm = settings.get("algorithm", Known("HS256"))
    secret = settings.get("secret", Known(DEFAULT_SECRET, origin=call.origin()))
    if settings.has_secrets_of_users():
        secret = Argument(call.unknown("a secret for each user"), call.place)
    context.emit(
        Verification(
            where=where(call),
            token=Argument(call.unknown("a request"), call.place),
            key=secret,
            algorithms=replace(algorithm, value=Sequence((algorithm.value,))),
            checks={"exp": switch(settings.get("verify_exp", Known(True)))},
            audience=settings.get("claim_aud", Known(None)),
            issuer=settings.get("claim_iss", Known(None)),
        )
    )
    policies.key(call, context, settings.get("private_key", Known(None)), algorithm)
    policies.lifetime(call, context, settings.get("expiration_delta", Known(30 * 60)))


class _Settings:
    """What sanic-jwt goes by when it is set up."""

    def __init__(self, call: Call, application: Value) -> None:
        self._call = call
        self._application = application

    def get(self, name: str, default: Value) -> Argument:
        """A setting, `default` where it is provably not set."""
        call = self._call
        given = call.arguments.keywords
        for spelled in (name, *_OTHER_NAMES.get(name, ())):
            if spelled in given:
                return call.resolved(given[spelled])
        if call.arguments.more_keywords:
            return Argument(call.unknown("hidden by stars"), call.place)
        own = given.get("configuration_class")
        found = None if own is None else self._of_class(call.state.opened(own.value), name)
        if found is not None:
            place = call.place if found.origin is None else found.origin.root.place
            return call.resolved(Argument(found, place))
        return sanic_applications.setting(call, self._application, f"SANIC_JWT_{name.upper()}", default)

    def _of_class(self, value: Value, name: str) -> Value | None:
        """What a configuration class of the project says; None where it says nothing."""
        unseen = self._call.unknown("a configuration that is not seen")
        if not isinstance(value, Class):
            return unseen
        classes = order(value)
        bases = [option for one in classes for base in one.bases for option in alternatives(base)]
        if any(not isinstance(one, Class) and not _is_configuration(one) for one in bases):
            return unseen
        names = (name, *_OTHER_NAMES.get(name, ()))
        if any(value.member(f"{verb}_{one}") is not None for verb in ("get", "set") for one in names):
            return unseen
        return next((found for one in names if (found := value.member(one)) is not None), None)

    def is_on(self, name: str) -> bool:
        """Whether a setting that is off by default is on, as far as the program says."""
        options = [one for one in possible(self.get(name, Known(False)).value) if not isinstance(one, Environment)]
        return bool(options) and all(isinstance(one, Known) and bool(one.constant) for one in options)

    def has_secrets_of_users(self) -> bool:
        """Whether each user may have a secret, which then takes the place of the one secret."""
        if "retrieve_user_secret" in self._call.arguments.keywords:
            return True
        options = possible(self.get("user_secret_enabled", Known(False)).value)
        return any(isinstance(one, Known) and bool(one.constant) for one in options)


def _is_configuration(value: Value) -> bool:
    return isinstance(value, Symbol) and value.name in _CONFIGURATIONS


LIBRARY = Library(
    name="sanic-jwt",
    distribution="sanic-jwt",
    versions="1.8",
    packages=("sanic_jwt", "sanic"),
    marks=((b"sanic_jwt",),),
    functions={
        "sanic_jwt.Initialize": _initialize(_INITIALIZE),
        "sanic_jwt.initialization.Initialize": _initialize(_INITIALIZE),
        "sanic_jwt.initialize": _initialize(_FUNCTION),
        "sanic_jwt.initialization.initialize": _initialize(_FUNCTION),
        **sanic_applications.FUNCTIONS,
    },
    exports={"sanic_jwt": ("Initialize", "initialize", "Configuration")},
)
