"""Reading the process environment."""

from __future__ import annotations

from collections.abc import Mapping

from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.stdlib.constants import variable
from jwt_sast.semantics.values import Absent, Environment, Known, Value
from jwt_sast.semantics.values import Mapping as MappingValue


def _get(call: Call) -> Value:
    """`os.getenv(name, fallback)`: None is what it gives where there is no fallback."""
    fallback = call.value(1, "default")
    name = call.value(0, "key")
    if isinstance(fallback, Absent):
        found = variable(call.frame, name, call.origin())
        if isinstance(found, Environment) and found.fallback is not None:
            return found
        fallback = Known(None, origin=call.origin())
    return variable(call.frame, name, call.origin(), fallback)


def _setdefault(call: Call) -> Value:
    fallback = call.value(1)
    name = call.first()
    if isinstance(name, Known) and isinstance(name.constant, str) and call.state.world.owns(call.frame.scope):
        call.frame.scope.fallbacks[name.constant] = fallback
    return variable(call.frame, name, call.origin(), fallback)


def _pop(call: Call) -> Value:
    fallback = call.value(1)
    missing = isinstance(fallback, Absent)
    return variable(call.frame, call.first(), call.origin(), None if missing else fallback)


def _copy(call: Call) -> Value:
    """A dict of its own, of which no key is known."""
    return call.state.allocate(MappingValue({}, open=True, origin=call.origin()))


FUNCTIONS: Mapping[str, Model] = {
    "os.getenv": _get,
    "os.getenvb": _get,
    "os.environ.copy": _copy,
    "os.environ.get": _get,
    "os.environ.setdefault": _setdefault,
    "os.environ.pop": _pop,
}
