"""The standard library's `ssl`: contexts that check certificates or do not.

A context only says how a connection is made, so this model makes no file worth a look by itself. Contract:
tests/libraries/test_clients_contract.py.
"""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.library import Context, Library, Model
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.values import Absent, Known, Mapping, Object, Symbol, Value, alternatives
from jwt_sast.tokens.switches import Setting, Switch, switch

_CONTEXT = "ssl.SSLContext"
_MODE = "verify_mode"
_NONE = (Symbol("ssl.CERT_NONE"), Known(0), Known("CERT_NONE"))


def _context(mode: str) -> Model:
    def model(call: Call, context: Context) -> Value:
        attributes: dict[str, Value] = {_MODE: Symbol(mode)}
        return call.state.allocate(Object(attributes, of=Symbol(_CONTEXT), origin=call.origin()))

    return model


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
    if isinstance(value, Object) and value.of == Symbol(_CONTEXT):
        return switched_by_mode(value.attributes.get(_MODE, Absent()))
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


LIBRARY = Library(
    name="ssl",
    distribution="",
    packages=(),
    carrier=True,
    marks=(),
    functions={
        "ssl.create_default_context": _context("ssl.CERT_REQUIRED"),
        "ssl._create_unverified_context": _context("ssl.CERT_NONE"),
        "ssl._create_stdlib_context": _context("ssl.CERT_NONE"),
    },
)
