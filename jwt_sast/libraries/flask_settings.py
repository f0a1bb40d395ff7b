"""The configuration of Flask and Quart applications: `app.config`, filled in one module and read in others.

Flask 3.1, Quart 0.22. Contract: tests/libraries/test_web_settings_contract.py. What a file or the environment may
bring in is not known; what was there before is then a fallback. An application is an object with its configuration in
an attribute, a configuration an object with the settings as its attributes.

No running proof: the classes of other packages that derive from those of Flask or Quart (`apiflask`, `flask_api`,
`flask_openapi3`, `quart_trio`), and those that hold an application (`connexion`), as their documentation has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from jwt_sast.libraries.library import Context, Library, Model, aliases, instance
from jwt_sast.semantics import containers
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.filled_settings import Filled
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.settings import Setting, one_of_several
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Absent,
    Entry,
    Environment,
    Known,
    Object,
    Part,
    Presence,
    Reference,
    Symbol,
    Unknown,
    Value,
    alternatives,
    base,
    each,
    one_of,
)
from jwt_sast.semantics.values import Mapping as MappingValue

_APPLICATION, _CONFIG, _OWNER = "flask.Flask", "flask.Config", "application"
_ALIASES = {"SECRET_KEY": "secret_key"}

_ALWAYS_THERE = frozenset({"SECRET_KEY", "SECRET_KEY_FALLBACKS"})
"""Settings that every configuration has from the beginning, as None: no default ever counts for them."""

_DERIVED = ("apiflask.APIFlask", "flask_api.FlaskAPI", "flask_openapi3.OpenAPI", "quart_trio.QuartTrio")
"""Classes of other packages that derive from Flask or Quart."""
_WRAPPERS = ("connexion.App", "connexion.FlaskApp")

_MAKERS = ("Flask", "Quart", *(name.rpartition(".")[2] for name in (*_DERIVED, *_WRAPPERS)))

_OUTSIDE = tuple(f"from_{what}" for what in ("envvar", "pyfile", "file", "json", "toml", "prefixed_env"))
"""Methods that bring settings in from a file or the environment."""

_Settings = dict[str, Value]


def _application(state: State, origin: Origin) -> Reference:
    """An application with a configuration of its own."""
    application = state.allocate(Object({}, of=Symbol(_APPLICATION), origin=origin))
    config = state.allocate(Object({_OWNER: application}, of=Symbol(_CONFIG), origin=origin))
    state.update(application, Object({"config": config}, of=Symbol(_APPLICATION), origin=origin))
    return application


SETTINGS = Filled(
    holders=(_CONFIG,),
    attribute="config",
    application=_application,
    layers=re.compile(
        rb"\.(?:from_object|from_mapping|%s)\(|\.config(?:\.update\(|\[\w+\]\s*=)" % "|".join(_OUTSIDE).encode()
    ),
    makes=re.compile(rb"\b(?:%s)\(" % "|".join(_MAKERS).encode()),
    aliases=_ALIASES,
)


def _make_application(call: Call, context: Context) -> Value:
    return _application(call.state, call.origin())


def _make_wrapper(call: Call, context: Context) -> Value:
    """Something that holds an application."""
    return instance(call, {"app": _application(call.state, call.origin())})


def _name(value: Value) -> str:
    return value.constant if isinstance(value, Known) and isinstance(value.constant, str) else ""


def _there(call: Call, name: str) -> Value | None:
    """What the configuration is seen to hold under a name."""
    content = call.instance
    if content is None:
        return None
    found = content.attributes.get(name)
    owner = call.state.content(content.attributes.get(_OWNER, Absent()))
    if found is None and isinstance(owner, Object) and name in _ALIASES:
        found = owner.attributes.get(_ALIASES[name])
    return found


def _read(call: Call, context: Context, fallback: Value | None) -> Value:
    name = _name(call.first())
    found = _there(call, name)
    if found is None:
        fallback = None if name in _ALWAYS_THERE else fallback
        found = Setting(SETTINGS, name, fallback, origin=call.origin()) if name else call.unknown()
    if name == "SECRET_KEY":
        context.session_secret(found)
    return found


def _item(call: Call, context: Context) -> Value:
    return _read(call, context, None)


def _get(call: Call, context: Context) -> Value:
    fallback = call.value(1, "default")
    return _read(call, context, None if isinstance(fallback, Absent) else fallback)


def _put(call: Call, settings: Mapping[str, Value]) -> None:
    content = call.instance
    if content is not None and isinstance(call.receiver, Reference):
        attributes = {**content.attributes, **settings}
        call.state.update(call.receiver, Object(attributes, of=content.of, origin=content.origin))
    elif call.receiver is None and call.state.world.fills:
        # `current_app` stands for an application that is not seen from here.
        call.state.allocate(Object(dict(settings), of=Symbol(_CONFIG), origin=call.origin()))


def _set(call: Call, context: Context) -> Value:
    name = _name(call.first())
    _put(call, {name: call.value(1)} if name else {SETTINGS.others: call.unknown()})
    return Known(None)


def _setdefault(call: Call, context: Context) -> Value:
    """`setdefault(name, value)`: where nothing has set it before, which other modules may have done."""
    found = _read(call, context, call.value(1, "default"))
    name = _name(call.first())
    if name and name not in _ALWAYS_THERE:
        _put(call, {name: found})
    return found


def _given(call: Call, *, upper: bool) -> tuple[_Settings, bool]:
    """The settings that `update` and `from_mapping` are given, and whether there may be others."""
    mapping = containers.updated(call, MappingValue({}))
    settings: _Settings = {}
    for key, entry in mapping.entries.items():
        if isinstance(key, str) and entry.presence is not Presence.NEVER and (key.isupper() or not upper):
            settings[key] = _maybe(call, key, entry)
    return settings, mapping.open


def _maybe(call: Call, key: str, entry: Entry) -> Value:
    before = None if entry.presence is Presence.ALWAYS else _there(call, key)
    return entry.value if before is None else one_of((entry.value, before))


def _taking(*, upper: bool) -> Model:
    def model(call: Call, context: Context) -> Value:
        settings, is_open = _given(call, upper=upper)
        if is_open:
            _replaceable(call)
        _put(call, settings)
        return Known(True) if upper else Known(None)

    return model


def _replaceable(call: Call, spared: Mapping[str, Value] | None = None) -> None:
    """What is there may be replaced by something that is not in the source, which may set other things as well."""
    there = {} if call.instance is None else call.instance.attributes
    replaced: _Settings = {
        name: Environment(name, value, origin=value.origin)
        for name, value in there.items()
        if name.isupper() and name not in (spared or {}) and not isinstance(value, Environment | Setting)
    }
    _put(call, {**replaced, SETTINGS.others: call.unknown()})


def _from_outside(call: Call, context: Context) -> Value:
    _replaceable(call)
    return call.unknown()


def _from_object(call: Call, context: Context) -> Value:
    """`from_object("module.Class")`: the names in upper case of a class, a module or an instance."""
    layers: list[_Settings | None] = []
    replaceable = False
    given = call.value(0, "obj")
    for value in alternatives(call.state.opened(given) if call.state.world.fills else given):
        if isinstance(value, Environment):
            # Which one it is can be set; what is named in the source is what it falls back to.
            replaceable = True
            layers += [_layer(call, one) for one in alternatives(value.fallback or value)]
        else:
            layers.append(_layer(call, value))
    known = [layer for layer in layers if layer is not None]
    if not known and not call.state.world.fills:
        _forget(call)
        return Known(None)
    settings = {name: _of_layers(call, name, known) for name in dict.fromkeys(n for one in known for n in one)}
    if len(known) < len(layers):
        _replaceable(call, settings)
    if replaceable:
        settings = {name: Environment(name, value, origin=value.origin) for name, value in settings.items()}
        settings[SETTINGS.others] = call.unknown()
    _put(call, settings)
    return Known(None)


def _layer(call: Call, value: Value) -> _Settings | None:
    """What a class or module sets; None where it is not seen, or lies elsewhere and need not be looked at now."""
    if isinstance(value, Known) and isinstance(value.constant, str):
        value = Symbol(value.constant, origin=value.origin or call.origin())
    if isinstance(value, Symbol | Part) and not call.state.world.fills:
        return None
    from jwt_sast.semantics import members

    return members.members(call.frame, call.state, value, str.isupper, call.place)


def _of_layers(call: Call, name: str, layers: list[_Settings]) -> Value:
    found = [layer.get(name, _there(call, name)) for layer in layers]
    together = one_of_several([call.state.opened(value) for value in found if value is not None])
    return each(together, _chosen) if None in found else together


def _chosen(value: Value) -> Value:
    """What is set in some of the classes only that may be taken over."""
    return replace(value, chosen=True) if isinstance(value, Known) else value


def _forget(call: Call) -> None:
    """Something that has not been looked at is put over what is there: who reads it looks for it then."""
    content = call.instance
    if content is not None and isinstance(call.receiver, Reference):
        attributes = {name: value for name, value in content.attributes.items() if not name.isupper()}
        call.state.update(call.receiver, Object(attributes, of=content.of, origin=content.origin))


def _named(value: Value) -> Setting | None:
    """`app.config["KEY"]` of something that nothing is known of: it counts where a project has such a setting."""
    match value:
        case Part(of=Part(of=of, key="config", kind="attribute"), key=str() as name, kind="item"):
            is_setting = name.isupper() and isinstance(base(of), Unknown)
            return Setting(SETTINGS, name, origin=value.origin) if is_setting else None
        case Symbol(name="flask.current_app.secret_key" | "quart.current_app.secret_key"):
            return Setting(SETTINGS, "SECRET_KEY", origin=value.origin)
        case _:
            return None


_METHODS: Mapping[str, Model] = {
    "__getitem__": _item,
    "__setitem__": _set,
    "get": _get,
    "setdefault": _setdefault,
    "update": _taking(upper=False),
    "from_mapping": _taking(upper=True),
    "from_object": _from_object,
    **dict.fromkeys(_OUTSIDE, _from_outside),
}

LIBRARY = Library(
    name="flask-settings",
    distribution="",
    packages=(),
    marks=(),
    functions=aliases(
        {
            _APPLICATION: _make_application,
            "flask.app.Flask": _make_application,
            **dict.fromkeys(_DERIVED, _make_application),
            **dict.fromkeys(_WRAPPERS, _make_wrapper),
            **{f"{_CONFIG}.{name}": model for name, model in _METHODS.items()},
            **{f"flask.current_app.config.{name}": model for name, model in _METHODS.items()},
        },
        (_APPLICATION, "quart.Quart"),
        ("flask.current_app.", "quart.current_app."),
    ),
    setting=_named,
)
