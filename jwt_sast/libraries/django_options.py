"""Packages that take their options from a dict in Django's settings: `SIMPLE_JWT = {"SIGNING_KEY": …}`.

Which module has the settings, and what a module built upon another one leaves of them, is for `SETTINGS` to find; where
it finds none, what the analysed module says counts. Django 5.2. Contract: tests/libraries/test_web_settings_contract.py
and those of the packages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from jwt_sast.libraries.library import BodyModel, Context
from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.setting_modules import Modules
from jwt_sast.semantics.settings import Setting, one_of_several
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Absent,
    Environment,
    Known,
    Mapping,
    Presence,
    Unknown,
    Value,
    alternatives,
    each,
    one_of,
)
from jwt_sast.semantics.values import Sequence as SequenceValue
from jwt_sast.tokens.events import Where
from jwt_sast.tokens.switches import OFF, ON, UNKNOWN, Switch

SETTINGS = Modules(
    variable="DJANGO_SETTINGS_MODULE",
    name="settings",
    marks=re.compile(rb"^(?:INSTALLED_APPS|MIDDLEWARE|ROOT_URLCONF)\b", re.MULTILINE),
)

_INSTALLING = ("INSTALLED_APPS", "MIDDLEWARE", "AUTHENTICATION_BACKENDS", "REST_FRAMEWORK", "GRAPHENE")
"""The settings in which packages are named by strings."""


def words(*names: str) -> re.Pattern[bytes]:
    """Finds the settings with which a module sets up a package that has its options in one of `names`."""
    return re.compile(rf"^({'|'.join((*names, *_INSTALLING))})\b".encode(), re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one package. `where` is where it is set up, `name` the setting that holds them, and `whole` what
    that is: Absent where the project has no such setting.
    """

    where: Where
    name: str
    whole: Value
    frame: Frame
    state: State

    def __getitem__(self, key: str) -> Argument:
        """An option at the place where it is set; Absent, where the package is set up, if it is not."""
        found = [self._in(one, key) for one in alternatives(self.whole)]
        place = next((one.place for one in found if not isinstance(one.value, Absent)), self.where.place)
        value = found[0].value if len(found) == 1 else one_of_several([one.value for one in found])
        return Argument(value, place)

    def _in(self, whole: Value, key: str) -> Argument:
        match whole:
            case Environment(fallback=Value() as fallback, name=name):
                inner = self._in(fallback, key)
                return replace(inner, value=Environment(name, inner.value, origin=inner.value.origin))
            case Mapping():
                return self._entry(whole, key)
            case Absent():
                return Argument(whole, self.where.place)
            case _:
                return Argument(Unknown("options that are not seen", (self.where.place.node, key)), self.where.place)

    def _entry(self, mapping: Mapping, key: str) -> Argument:
        # LibCST comes with this one, and the gate, which needs every library's model, must do without it.
        from jwt_sast.semantics.displays import place_of

        value, presence = mapping.get(key), mapping.presence(key)
        if presence is Presence.SOMETIMES:
            value = one_of((value, Absent()))
        elif presence is Presence.UNKNOWN and key in mapping.entries:
            value = one_of((value, Unknown("may not be set", (self.where.place.node, key))))
        there = mapping.entries.get(key)
        place = None if there is None or presence is Presence.NEVER else place_of(mapping, key, there.value)
        return Argument(value, place or self.where.place)

    def defaulted(self, key: str, default: str) -> Argument:
        """The same, and where it is not set, the text that the package goes by then."""
        return self._filled(key, Known(default))

    def _filled(self, key: str, default: Value) -> Argument:

        def one(value: Value) -> Value:
            if isinstance(value, Environment) and isinstance(value.fallback, Absent):
                return replace(value, fallback=default)
            return default if isinstance(value, Absent) else value

        given = self[key]
        return replace(given, value=each(given.value, one))

    def may_lack(self, key: str) -> bool:
        """Whether an option is not set, on some path or where what is not seen does not set it."""
        return any(
            isinstance(one.fallback if isinstance(one, Environment) else one, Absent)
            for one in alternatives(self[key].value)
        )

    def signing_key(self, key: str, context: Context) -> Argument:
        """An option that is a key, and by default Django's own SECRET_KEY."""
        if not self.may_lack(key):
            return self[key]
        secret = setting(self.frame, self.state, "SECRET_KEY", self.where.place, f"the default of {key}")
        for one in alternatives(secret):
            context.session_secret(one)
        return self._filled(key, Unknown("no SECRET_KEY") if isinstance(secret, Absent) else secret)

    def installs(self, application: str) -> Switch:
        """Whether Django is told of an application, by its name or that of its configuration; it starts with none."""
        installed = setting(self.frame, self.state, "INSTALLED_APPS", self.where.place)
        answers = {_lists(one, application) for one in alternatives(installed)}
        return ON if answers == {True} else OFF if answers == {False} else UNKNOWN

    def of(self, names: Sequence[str], where: Where) -> Options:
        """Those of another package, which has them in the first of `names` that is set."""
        return options(self.frame, self.state, names, where)

    def has_any(self) -> bool:
        """Whether some of the options are seen."""
        return any(isinstance(one, Mapping) and one.entries for one in alternatives(self.whole))

    def at(self, argument: Argument) -> Where:
        """Where the package is set up, at the place of one option."""
        return replace(self.where, place=argument.place)


def _lists(installed: Value, application: str) -> bool | None:
    """Whether one value of `INSTALLED_APPS` has an application; None where that is not known."""
    match installed:
        case Absent():
            return False
        case SequenceValue(items=items, open=is_open):
            names = [item.constant if isinstance(item, Known) else None for item in items]
            if any(isinstance(name, str) and f"{name}.".startswith(f"{application}.") for name in names):
                return True
            return None if is_open or None in names else False
        case _:
            return None


def setting(frame: Frame, state: State, name: str, place: Place, done: str = "looked up") -> Value:
    """What a setting of the project is for somebody at `place`, who has it `done`; Absent where nobody sets it, which
    is what it falls back to where only a module that is not seen may set it.
    """
    # LibCST comes with this one, and the gate, which needs every library's model, must do without it.
    from jwt_sast.semantics import members

    asked = Setting(SETTINGS, name, done=done, origin=Origin(place))
    found = state.resolve(asked, open_up=True)
    if not isinstance(found, Setting):
        return found
    own = members.of_scope(state.world, frame.scope, name)
    if own is not None:
        return state.resolve(own, open_up=True)
    hidden = any(state.world.module(star) is None for star in frame.scope.stars)
    return Environment(name, Absent()) if hidden else Absent()


def options(frame: Frame, state: State, names: Sequence[str], where: Where) -> Options:
    """The options that a package has in the first of `names` that is set, for somebody who uses it at `where`."""
    for name in names:
        whole = setting(frame, state, name, where.place)
        if not isinstance(whole, Absent):
            return Options(where, name, whole, frame, state)
    return Options(where, names[0], Absent(), frame, state)


def configured(names: Sequence[str], package: str, set_up: Callable[[Options, Context], None]) -> BodyModel:
    """A model of modules that set up `package`: by one of the settings `names`, or by naming something of it."""

    def model(frame: Frame, state: State, context: Context) -> None:
        name, place = _own(frame, state, names)
        named = _mentioned(state, package)
        at = place or next(named, None)
        if at is None:
            return
        found = options(frame, state, names, Where(at, name or names[0]))
        if found.has_any() or place is None or next(named, None) is not None:
            set_up(found, context)

    return model


def _own(frame: Frame, state: State, names: Sequence[str]) -> tuple[str, Place | None]:
    """The first of `names` that the module itself binds, and where."""
    for name in names:
        value = state.names.get(name)
        for option in alternatives(value) if value is not None else ():
            origin = option.origin or state.content(option).origin
            if origin is not None and origin.place.source is frame.scope.source:
                return name, origin.place
    return "", None


def _mentioned(state: State, package: str) -> Iterator[Place]:
    """Where a module names a package, or something in it, in the settings that install such things."""
    for name in _INSTALLING:
        for text in _texts(state.resolve(state.names.get(name, Absent()))):
            if str(text.constant).partition(".")[0] == package and text.origin is not None:
                yield text.origin.root.place


def _texts(value: Value) -> Iterator[Known]:
    for option in alternatives(value):
        match option:
            case Known(constant=str()):
                yield option
            case SequenceValue(items=items):
                for item in items:
                    yield from _texts(item)
            case Mapping(entries=entries):
                for entry in entries.values():
                    yield from _texts(entry.value)


def is_seen(state: State, place: Place) -> bool:
    """Whether the settings of the project are seen from `place`."""
    asked = Setting(SETTINGS, "INSTALLED_APPS", origin=Origin(place))
    return not isinstance(state.resolve(asked, open_up=True), Setting)
