"""Settings that a framework keeps for a whole program: read in one module, set in another one.

Who reads such a setting gets a Setting, which is worked out when an event needs it. A Source knows where to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.values import Environment, Known, Value, alternatives, each, one_of

if TYPE_CHECKING:
    from jwt_sast.semantics.linking import LinkedWorld
    from jwt_sast.semantics.state import State


class Source(Protocol):
    """One framework's settings."""

    def find(self, world: LinkedWorld, state: State, name: str, importer: str) -> Sequence[Value | None]:
        """What the setting is set to in the project of the file `importer`, one value for each place that can decide.

        None stands for a place that decides and does not set it. What the values refer to is in the world's heap.
        """
        ...


@dataclass(frozen=True, slots=True)
class Setting(Value):
    """A setting by its name; `fallback` is what the reader takes where it is not set. `done` says in a trace what is
    done with it at its origin.
    """

    source: Source = field(repr=False)
    name: str
    fallback: Value | None = None
    done: str = field(default="read from the settings", compare=False)

    def names_the_same(self, other: Setting) -> bool:
        """Whether both are the same setting, whatever each reader falls back to."""
        return self.source == other.source and self.name == other.name


def worked_out(setting: Setting, found: Sequence[Value | None]) -> Value:
    """What a setting is, of which a source has `found` values; the setting itself where that does not tell."""
    options = [option for one in found if one is not None for option in alternatives(one)]
    # Who reads a setting only to set it where it is not set yet says nothing beside those who just set it.
    readings = [option for option in options if isinstance(option, Setting) and option.names_the_same(setting)]
    given = [option for option in options if option not in readings]
    fallbacks = [setting.fallback, *(reading.fallback for reading in readings)]
    values = [option for option in given if not _is_placeholder(option)]
    if not given or None in found:
        kept = [one for one in fallbacks if one is not None and not _is_placeholder(one)]
        values += [Environment(setting.name, one, origin=one.origin) for one in kept]
    if not values:
        return setting
    together = one_of(values) if len(found) == 1 else one_of_several(values)
    return each(together, lambda value: _came_by(value, setting))


def one_of_several(values: Sequence[Value]) -> Value:
    """One of the values that a setting has in several places, of which something outside of the code chooses one.

    A literal beside a value that comes from outside is what one of the choices says, and not what the others fall
    back to.
    """
    options = [option for value in values for option in alternatives(value)]
    if not all(isinstance(option, Known) for option in options):
        options = [replace(option, chosen=True) if isinstance(option, Known) else option for option in options]
    return one_of(options)


def _is_placeholder(value: Value) -> bool:
    """Whether a value says that somebody else has to set it."""
    return isinstance(value, Known) and value.constant in (None, "", b"")


def _came_by(value: Value, setting: Setting) -> Value:
    """A value of a setting, which came here by the reading of it; so did what it falls back to."""
    if isinstance(value, Environment) and value.fallback is not None:
        value = replace(value, fallback=each(value.fallback, lambda one: _came_by(one, setting)))
    if setting.origin is None or value.origin is None:
        return value
    read, *later = setting.origin
    origin = Origin(read.place, f"`{setting.name}` is {setting.done} here", value.origin)
    for step in later:
        origin = Origin(step.place, step.message, origin, step.passed)
    return replace(value, origin=origin)
