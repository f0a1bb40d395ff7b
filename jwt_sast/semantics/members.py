"""Everything that a module, class or instance holds by name, for those who take it over as a whole.

A module that ends in `from local_settings import *` may be changed by what that one holds. Where it is not part of the
project, each deployment has its own, and what was said before is a fallback.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jwt_sast.semantics import lookup
from jwt_sast.semantics.bounds import MAX_HOPS
from jwt_sast.semantics.environment import Frame, ModuleScope
from jwt_sast.semantics.inheritance import order
from jwt_sast.semantics.promises import World
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.settings import Setting, one_of_several
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Class, Environment, Object, Symbol, Unknown, Value, alternatives


def members(
    frame: Frame, state: State, value: Value, wanted: Callable[[str], bool], place: Place
) -> dict[str, Value] | None:
    """What `value` holds under the names that are `wanted`; None where it cannot be seen as a whole."""
    value = state.opened(value)
    state.world.link(state, value)
    content = state.content(value)
    if isinstance(content, Symbol):
        path = state.world.module(content)
        if path is None:
            return None
        module, origin = _Module(path), Origin(place)
        names = filter(wanted, state.world.names(path))
        return {name: Setting(module, name, done="taken over", origin=origin) for name in names}
    of = content.of if isinstance(content, Object) else content
    if not isinstance(of, Class) or any(_hides_something(one) for one in order(of)):
        return None
    own = content.attributes if isinstance(content, Object) else {}
    names = filter(wanted, dict.fromkeys([*own, *(name for one in order(of) for name in one.members)]))
    return {name: lookup.attribute(frame, state, value, name, place) for name in names}


def _hides_something(of: Class) -> bool:
    """Whether a class has a base that is not seen."""
    options = (option for base in of.bases for option in alternatives(base))
    return any(
        not isinstance(one, Class) and not (isinstance(one, Symbol) and one.name == "builtins.object")
        for one in options
    )


@dataclass(frozen=True, slots=True)
class _Module:
    """The source of what a module holds, which is looked at when somebody needs it: it may hold hundreds of things."""

    path: str

    def find(self, world: World, state: State, name: str, importer: str) -> Sequence[Value | None]:
        """What the module holds under the name."""
        return [of_module(world, self.path, name)]


def of_module(world: World, path: str, name: str, depth: int = MAX_HOPS) -> Value | None:
    """What a module holds under a name once all its stars have been taken in; None where it is not there."""
    scope = world.open(path, name)
    if scope is None:
        return Unknown("a module that is not opened", (path, name)) if name in world.names(path) else None
    return of_scope(world, scope, name, depth)


def of_scope(world: World, scope: ModuleScope, name: str, depth: int = MAX_HOPS) -> Value | None:
    """The same of a module whose body has been run."""
    own = value = scope.names.get(name)
    for star in scope.stars if depth else ():
        if own is not None and not _stands_behind(star, own):
            continue
        inner = world.module(star)
        if inner is not None:
            value = _after(value, of_module(world, inner, name, depth - 1))
        elif value is not None and not isinstance(value, Environment):
            value = Environment(name, value, origin=value.origin)
    return value


def _after(before: Value | None, later: Value | None) -> Value | None:
    """What a name is after a star that may be conditional, as in `if DEBUG: from .development import *`."""
    if before is None or later is None:
        return before if later is None else later
    return one_of_several((later, before))


def _stands_behind(star: Symbol, value: Value) -> bool:
    """Whether an import is written after a value, in the same file."""
    if star.origin is None or value.origin is None:
        return False
    one, other = star.origin.place.location, value.origin.place.location
    return one.path == other.path and (one.line, one.column) > (other.line, other.column)
