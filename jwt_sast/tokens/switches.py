"""A check that can be switched on and off: what is known of it at one call."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.truth import truth
from jwt_sast.semantics.values import Absent, Environment, Known, Mapping, Presence, Value, alternatives


class Setting(enum.Enum):
    """On, off, or in between."""

    ON = "on"
    OFF = "off"
    SOMETIMES_OFF = "off on some path"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Switch:
    """A setting and the argument that decides it (None where that is the library's default)."""

    setting: Setting
    argument: Argument | None = None

    @property
    def may_be_off(self) -> bool:
        """Whether it is provably off on some path."""
        return self.setting in (Setting.OFF, Setting.SOMETIMES_OFF)

    @property
    def is_off(self) -> bool:
        """Whether it is off on every path."""
        return self.setting is Setting.OFF


ON = Switch(Setting.ON)
OFF = Switch(Setting.OFF)
UNKNOWN = Switch(Setting.UNKNOWN)


def switch(argument: Argument, *, default: Switch = ON) -> Switch:
    """What an argument that is read for its truth says; `default` where it is not given."""
    if isinstance(argument.value, Absent):
        return default
    return Switch(_setting(settings_of(argument.value, default)), argument)


def settings_of(value: Value, default: Switch = ON) -> set[Setting]:
    """What each alternative of a value says."""
    found: set[Setting] = set()
    for option in alternatives(value):
        if isinstance(option, Absent):
            found.add(default.setting)
        elif isinstance(option, Environment) and option.fallback is not None:
            # What is set outside is the operator's choice; the fallback is the author's.
            found |= {Setting.UNKNOWN}
        else:
            answer = truth(option)
            found.add(Setting.UNKNOWN if answer is None else Setting.ON if answer else Setting.OFF)
    return found


def _setting(found: set[Setting]) -> Setting:
    if found == {Setting.OFF}:
        return Setting.OFF
    if Setting.OFF in found or Setting.SOMETIMES_OFF in found:
        return Setting.SOMETIMES_OFF
    return Setting.ON if found == {Setting.ON} else Setting.UNKNOWN


def option(options: Argument, name: str, *, default: Switch = ON) -> Switch:
    """What an options mapping says of `name`; other things than mappings say nothing."""
    if isinstance(options.value, Absent):
        return default
    found: set[Setting] = set()
    said = False
    passed: Value | None = None
    for one in alternatives(options.value):
        if isinstance(one, Known) and one.constant is None:
            found.add(default.setting)
        elif isinstance(one, Mapping):
            presence = one.presence(name)
            if presence in (Presence.ALWAYS, Presence.SOMETIMES):
                found |= settings_of(one.get(name), default)
                passed = passed or _passed(one.get(name))
                said = True
            elif presence is Presence.UNKNOWN and name in one.entries:
                found |= settings_of(one.entries[name].value, default)
                said = True
            if presence in (Presence.NEVER, Presence.SOMETIMES):
                found.add(default.setting)
            elif presence is Presence.UNKNOWN:
                found.add(Setting.UNKNOWN)
        else:
            found.add(Setting.UNKNOWN)
    if not said and found == {default.setting}:
        return default
    owner = None if passed is None or passed.origin is None else passed.origin.owner
    return Switch(_setting(found), options if passed is None or owner is None else Argument(passed, owner))


def _passed(value: Value) -> Value | None:
    """The value that switches the check off, where a caller has passed it."""
    switched_off = (one for one in alternatives(value) if truth(one) is False and one.origin is not None)
    return next((one for one in switched_off if one.origin is not None and one.origin.owner is not None), None)
