"""The configuration of Sanic applications, as far as extensions read it when they are set up.

Sanic 25. Contract: tests/libraries/test_sanic_jwt_contract.py. An application is an object with its configuration in an
attribute, a configuration an object with the settings as its attributes.
"""

from __future__ import annotations

from collections.abc import Mapping

from jwt_sast.libraries.library import Context, Model
from jwt_sast.libraries.objects import remember
from jwt_sast.semantics import containers
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.values import Environment, Known, Object, Presence, Symbol, Unknown, Value
from jwt_sast.semantics.values import Mapping as MappingValue

_APPLICATION, _CONFIG = "sanic.Sanic", "sanic.config.Config"
_UNFILLED = "(unfilled)"
"""An attribute of our own: None until code that is not seen gets hold of the configuration and may fill it."""


def setting(call: Call, application: Value, name: str, otherwise: Value) -> Argument:
    """What an application's configuration says under `name` by now: `otherwise`, or what the environment has under the
    same name with Sanic's prefix, where the program says nothing; Unknown where that cannot be said.
    """
    content = call.state.content(call.state.opened(application))
    config = None
    if isinstance(content, Object) and content.of == Symbol(_APPLICATION):
        config = call.state.content(content.attributes["config"])
    if not isinstance(config, Object) or config.of != Symbol(_CONFIG):
        return Argument(call.unknown("an application that is not seen"), call.place)
    found = config.attributes.get(name)
    if found is not None:
        place = call.place if found.origin is None else found.origin.root.place
        return call.resolved(Argument(found, place))
    if isinstance(config.attributes.get(_UNFILLED), Unknown):
        return Argument(call.unknown("a configuration that may be filled elsewhere"), call.place)
    return Argument(Environment(f"SANIC_{name}", otherwise, origin=call.origin()), call.place)


def _application(call: Call, context: Context) -> Value:
    """`Sanic(name)`; one that is given a configuration or a way to load it may have any setting."""
    unfilled: Value = Known(None)
    if call.arguments.more_keywords or not call.arguments.keywords.keys().isdisjoint({"config", "env_prefix"}):
        unfilled = call.unknown()
    made = Object({_UNFILLED: unfilled}, open=False, of=Symbol(_CONFIG), origin=call.origin())
    attributes = {"config": call.state.allocate(made)}
    return call.state.allocate(Object(attributes, open=False, of=Symbol(_APPLICATION), origin=call.origin()))


def _set(call: Call, context: Context) -> Value:
    name = call.first()
    if isinstance(name, Known) and isinstance(name.constant, str):
        remember(call, {name.constant: call.value(1)})
    else:
        remember(call, {_UNFILLED: call.unknown()})
    return Known(None)


def _update(call: Call, context: Context) -> Value:
    mapping = containers.updated(call, MappingValue({}))
    given = {key: entry for key, entry in mapping.entries.items() if isinstance(key, str)}
    sure = all(entry.presence is Presence.ALWAYS for entry in given.values())
    remember(call, {key: entry.value for key, entry in given.items() if entry.presence is Presence.ALWAYS})
    if mapping.open or not sure:
        remember(call, {_UNFILLED: call.unknown()})
    return Known(None)


def _load(call: Call, context: Context) -> Value:
    """Settings come out of a file, a module or an object: any may be there."""
    owner = call
    content = call.instance
    if content is not None and content.of == Symbol(_APPLICATION):
        owner = Call(call.function, call.arguments, call.place, call.frame, call.state, content.attributes["config"])
    remember(owner, {_UNFILLED: call.unknown()})
    return Known(None)


FUNCTIONS: Mapping[str, Model] = {
    _APPLICATION: _application,
    "sanic.app.Sanic": _application,
    f"{_APPLICATION}.update_config": _load,
    f"{_CONFIG}.__setitem__": _set,
    f"{_CONFIG}.update": _update,
    f"{_CONFIG}.update_config": _load,
    f"{_CONFIG}.load": _load,
    f"{_CONFIG}.load_environment_vars": _load,
}
