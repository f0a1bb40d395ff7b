"""What clients are told about certificates: by a context of `ssl`, one of its constants, a switch, or options."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.values import Absent, Known, Mapping, Object, Symbol, Value, alternatives
from jwt_sast.tokens.switches import Setting, Switch, switch

CONTEXT = "ssl.SSLContext"
MODE = "verify_mode"
"""The class of contexts, and the attribute that says whether one checks."""

_NONE = (Symbol("ssl.CERT_NONE"), Known(0), Known("CERT_NONE"))


def checked(call: Call, argument: Argument) -> Switch:
    """Whether a connection checks the certificate, by what it is given for that: a context, a switch, or nothing."""
    value = call.resolved(argument).value
    found = {_setting(one) for one in alternatives(value)}
    if found == {None}:
        return switch(replace(argument, value=value))
    if Setting.OFF in found:
        return Switch(Setting.OFF if len(found) == 1 else Setting.SOMETIMES_OFF, argument)
    return Switch(Setting.UNKNOWN, argument)


def _setting(value: Value) -> Setting | None:
    """What a context says; None for what is none."""
    if isinstance(value, Object) and value.of == Symbol(CONTEXT):
        return switched_by_mode(value.attributes.get(MODE, Absent()))
    return None


def switched_by_mode(mode: Value) -> Setting:
    """What one of the constants says by which a connection is told whether to check."""
    options = alternatives(mode)
    off = [one for one in options if one in _NONE]
    if len(off) == len(options):
        return Setting.OFF
    return Setting.SOMETIMES_OFF if off else Setting.UNKNOWN


def checked_by_mode(call: Call, argument: Argument) -> Switch:
    """The same for an argument such as `cert_reqs`."""
    return Switch(switched_by_mode(call.resolved(argument).value), argument)


def checked_by_options(call: Call, argument: Argument) -> Switch:
    """The same for a mapping of options that holds `cert_reqs`."""
    value = call.resolved(argument).value
    modes = [one.get("cert_reqs") for one in alternatives(value) if isinstance(one, Mapping)]
    found = {switched_by_mode(mode) for mode in modes}
    return Switch(Setting.OFF if found == {Setting.OFF} else Setting.UNKNOWN, argument)
