"""Context managers: what `with … as name` binds."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.semantics.calls import Arguments
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.generators import values_of
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Class, Function, Object, Value, each, one_of


def entered(frame: Frame, state: State, manager: Value, place: Place) -> Value:
    """What entering `manager` gives: what its generator yields, or what its `__enter__` returns."""
    return each(manager, lambda option: _entered(frame, state, option, place))


def _entered(frame: Frame, state: State, manager: Value, place: Place) -> Value:
    values = values_of(manager)
    if values is not None:
        return one_of(values, site=place.node)
    content = state.content(manager)
    if isinstance(content, Object) and isinstance(content.of, Class):
        enter = content.of.member("__enter__") or content.of.member("__aenter__")
        if isinstance(enter, Function):
            return frame.call(state, replace(enter, receiver=manager), Arguments(), place)
    return manager
