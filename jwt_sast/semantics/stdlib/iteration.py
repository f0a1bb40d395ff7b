"""Taking items one by one: `iter`, `next` and their asynchronous twins."""

from __future__ import annotations

from collections.abc import Mapping

from jwt_sast.semantics import comprehensions
from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.generators import values_of
from jwt_sast.semantics.values import Absent, Sequence, Value, one_of


def _next(call: Call) -> Value:
    """Any item, since how many have been taken before is not followed; or the default."""
    iterator, default = call.first(), call.value(1)
    if values_of(iterator) is None and not isinstance(call.state.content(iterator), Sequence):
        return call.unfollowed()
    item = comprehensions.element(call.state, iterator, call.place.node)
    return item if isinstance(default, Absent) else one_of((item, default), site=call.place.node)


def _iter(call: Call) -> Value:
    """An iterator stands for what it goes through."""
    return call.first() if len(call.arguments) == 1 else call.unfollowed()


FUNCTIONS: Mapping[str, Model] = {
    "builtins.next": _next,
    "builtins.anext": _next,
    "builtins.iter": _iter,
    "builtins.aiter": _iter,
}
