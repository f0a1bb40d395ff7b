"""Tests of settings that a framework keeps: `if app.config["KEY"] == "dev": raise`, and what they turn away.

Such a setting is worked out where an event needs it, by then from what is kept of the test as a fact of the path.
"""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from jwt_sast.semantics import fallbacks, lookup
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import OneOf, Part, Reference, Value


def assume(
    frame: Frame, state: State, settings: cst.BaseExpression, key: object, keep: Callable[[Value], Value | None]
) -> None:
    """Takes note of what `keep` rules out of the item `key` of `settings`; nothing where these are no settings."""
    container = _container(frame, state, settings)
    setting = None if container is None else frame.host.setting(Part(container, key))
    if setting is not None:
        fallbacks.refuse(state, setting.name, state.opened(setting), keep)


def _container(frame: Frame, state: State, node: cst.BaseExpression) -> Value | None:
    """What holds the settings, also where it is an attribute of something unknown: `app.config`."""
    found = lookup.peek(frame, state, node)
    if found is None and isinstance(node, cst.Attribute):
        receiver = lookup.peek(frame, state, node.value)
        if receiver is not None and not isinstance(receiver, OneOf | Reference):
            return Part(receiver, node.attr.value, "attribute")
    return found
