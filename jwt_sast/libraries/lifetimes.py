"""Libraries that add the expiry themselves, from a lifetime that they are given."""

from __future__ import annotations

from jwt_sast.semantics.calls import Argument
from jwt_sast.semantics.values import Duration, Entry, Form, Instant, Known, Mapping, Presence, Value, Zone, each
from jwt_sast.tokens.switches import OFF, Setting, switch

_PRESENCE = {
    Setting.ON: Presence.ALWAYS,
    Setting.SOMETIMES_OFF: Presence.SOMETIMES,
    Setting.UNKNOWN: Presence.UNKNOWN,
}


def expiring(content: Argument, end: Argument) -> Argument:
    """Claims with the expiry that a lifetime or a point in time adds, at the place of that; None and 0 add nothing.

    A lifetime is a number of seconds or a length of time.
    """
    given = switch(end, default=OFF)
    mapping = content.value if isinstance(content.value, Mapping) else Mapping({}, open=True)
    presence = _PRESENCE.get(given.setting, Presence.NEVER)
    has_its_own = presence is not Presence.ALWAYS and mapping.presence("exp") is Presence.ALWAYS
    if presence is Presence.NEVER or has_its_own:
        return content
    return Argument(mapping.with_entry("exp", Entry(each(end.value, _point), presence)), end.place)


def _point(end: Value) -> Value:
    """When a token ends: a lifetime counts from now."""
    match end:
        case Duration(seconds=seconds):
            return Instant(Form.SECONDS, Zone.AWARE, seconds, origin=end.origin)
        case Known(constant=int() | float() as seconds):
            return Instant(Form.SECONDS, Zone.AWARE, seconds, origin=end.origin)
        case _:
            return end
