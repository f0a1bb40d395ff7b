"""Packages that read settings: what they give is set outside, and falls back to what the code says.

python-decouple 3.8, environs 15, django-environ 0.14, Starlette's config 1.10, dynaconf 3.3. Contract:
tests/libraries/test_configuration_contract.py. A file that only reads settings does nothing to tokens, so none of them
lets a file pass the gate.
"""

from __future__ import annotations

from collections.abc import Iterator

from jwt_sast.libraries.library import Context, Library, Model, instance
from jwt_sast.semantics.calls import Argument, Arguments, Call
from jwt_sast.semantics.environment import PathEndsError
from jwt_sast.semantics.values import Absent, Environment, Known, Object, Sequence, Symbol, Value, each


def _name(value: Value) -> str:
    """The name of a setting, "" where it is not known."""
    return value.constant if isinstance(value, Known) and isinstance(value.constant, str) else ""


def _setting(default: int = 1, *, cast: int | None = None) -> Model:
    """A function `read(name, …)` with its default at position `default`, by keyword `default` in any case.

    `cast` is the position of a conversion that the package applies to the default as well; None where it does not.
    Without a default the packages raise where nothing is set, so that there is no fallback.
    """

    def model(call: Call, context: Context) -> Value:
        name, fallback = _name(call.first()), call.value(default, "default")
        if isinstance(fallback, Absent):
            return Environment(name, _declared(call, name), origin=call.origin())
        convert = Absent() if cast is None else call.value(cast, "cast")
        return Environment(name, _converted(call, convert, fallback), origin=call.origin())

    return model


def _converted(call: Call, convert: Value, fallback: Value) -> Value:
    """What `convert` makes of a fallback."""
    if isinstance(convert, Absent) or convert == Known(None):
        return fallback
    try:
        return call.frame.call(call.state, convert, Arguments([Argument(fallback, call.place)]), call.place)
    except PathEndsError:
        # It refuses this fallback, and lets others pass.
        return call.unknown()


def _declared(call: Call, name: str) -> Value | None:
    """The fallback that was declared for a setting where its reader was made."""
    known = call.instance.attributes.get(name) if call.instance is not None else None
    return known.fallback if isinstance(known, Environment) else None


def _reader(call: Call, context: Context) -> Value:
    return instance(call)


def _scheme(call: Call, context: Context) -> Value:
    """`Env(NAME=(type, default))` of django-environ; a type alone has no default."""
    declared: dict[str, Value] = {}
    for name, argument in call.arguments.keywords.items():
        content = call.state.content(argument.value)
        if isinstance(content, Sequence) and len(content.items) == 2:
            declared[name] = Environment(name, content.items[1], origin=call.origin())
    return instance(call, declared)


def _separated(call: Call, context: Context) -> Value:
    """A text cut at its commas: what decouple's `Csv()` and Starlette's `CommaSeparatedStrings` make of it."""

    def one(value: Value) -> Value:
        if not isinstance(value, Known) or not isinstance(value.constant, str):
            return call.unknown()
        parts = (part.strip() for part in value.constant.split(","))
        items = tuple(Known(part, origin=value.origin) for part in parts if part)
        return call.state.allocate(Sequence(items, origin=call.origin()))

    return each(call.first(), one)


def _csv(call: Call, context: Context) -> Value:
    """`Csv()`; one with arguments cuts in a way of its own."""
    return call.unknown() if len(call.arguments) else instance(call)


def _same(call: Call, context: Context) -> Value:
    """A wrapper that hides a value from printing and is turned back by `str`."""
    return call.first()


def _dynaconf(call: Call, context: Context) -> Value:
    """`Dynaconf(NAME=default, validators=[Validator("NAME", default=…)])`: variables and files come before both."""
    declared: dict[str, Value] = {}
    given = {name: one.value for name, one in call.arguments.keywords.items() if name.isupper()}
    for name, value in (*given.items(), *_validated(call)):
        setting = Environment(name, value, origin=call.origin())
        # Names of settings are found in either letter case.
        declared |= {name: setting, name.lower(): setting}
    return instance(call, declared)


def _validated(call: Call) -> Iterator[tuple[str, Value]]:
    """The defaults that validators bring, by name."""
    validators = call.state.content(call.value(len(call.arguments.positional), "validators"))
    for item in validators.items if isinstance(validators, Sequence) else ():
        validator = call.state.content(item)
        if isinstance(validator, Object) and validator.of == Symbol("dynaconf.Validator"):
            yield from validator.attributes.items()


def _validator(call: Call, context: Context) -> Value:
    default = call.arguments.keywords.get("default")
    names = [_name(argument.value) for argument in call.arguments.positional]
    return instance(call, {} if default is None else {name.upper(): default.value for name in names if name})


def _dynaconf_get(call: Call, context: Context) -> Value:
    """`settings.get(name, default)`: None is what it gives where there is no default."""
    name, fallback = _name(call.first()), call.value(1, "default")
    declared = _declared(call, name)
    if declared is None:
        declared = Known(None, origin=call.origin()) if isinstance(fallback, Absent) else fallback
    return Environment(name, declared, origin=call.origin())


_ENVIRONS = ("__call__", "str", "list", "dict", "json", "int", "float", "bool", "url", "path", "enum", "log_level")
_ENVIRON_SECOND = ("str", "bytes", "bool", "int", "float", "json", "url", "path")
_ENVIRON_THIRD = ("__call__", "get_value", "list", "tuple", "dict")

LIBRARY = Library(
    name="configuration",
    distribution="",
    packages=(),
    marks=(),
    functions={
        "decouple.config": _setting(1, cast=2),
        "decouple.AutoConfig": _reader,
        "decouple.Config": _reader,
        "decouple.Csv": _csv,
        "decouple.Csv.__call__": _separated,
        **{f"decouple.{reader}.__call__": _setting(1, cast=2) for reader in ("AutoConfig", "Config")},
        "decouple.Config.get": _setting(1, cast=2),
        "environs.Env": _reader,
        "environs.FileAwareEnv": _reader,
        **{f"environs.{reader}.{name}": _setting() for reader in ("Env", "FileAwareEnv", "env") for name in _ENVIRONS},
        "environs.env": _setting(),
        **{f"environ.{reader}": _scheme for reader in ("Env", "FileAwareEnv")},
        **{f"environ.{reader}.{name}": _setting() for reader in ("Env", "FileAwareEnv") for name in _ENVIRON_SECOND},
        **{f"environ.{reader}.{name}": _setting(2) for reader in ("Env", "FileAwareEnv") for name in _ENVIRON_THIRD},
        "starlette.config.Config": _reader,
        "starlette.config.Config.__call__": _setting(2, cast=1),
        "starlette.config.Config.get": _setting(2, cast=1),
        "starlette.datastructures.Secret": _same,
        "starlette.datastructures.CommaSeparatedStrings": _separated,
        "dynaconf.Dynaconf": _dynaconf,
        "dynaconf.LazySettings": _dynaconf,
        "dynaconf.Validator": _validator,
        **{f"dynaconf.{settings}.get": _dynaconf_get for settings in ("Dynaconf", "LazySettings", "settings")},
        **{f"dynaconf.{settings}.__getitem__": _setting(1) for settings in ("Dynaconf", "LazySettings")},
    },
)
