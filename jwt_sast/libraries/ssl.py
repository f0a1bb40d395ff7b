"""The standard library's `ssl`: contexts that check certificates or do not.

A context only says how a connection is made, so this model makes no file worth a look by itself. Contract:
tests/libraries/test_clients_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries.library import Context, Library, Model
from jwt_sast.libraries.tls import CONTEXT, MODE
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.values import Absent, Known, Object, Symbol, Value, each

_CHECKED, _UNCHECKED = Symbol("ssl.CERT_REQUIRED"), Symbol("ssl.CERT_NONE")

_PROTOCOLS = tuple(Symbol(f"ssl.PROTOCOL_{name}") for name in ("TLS", "SSLv23", "TLSv1", "TLSv1_1", "TLSv1_2"))
"""Those with which a client does not check."""


def _made(call: Call, mode: Value) -> Value:
    return call.state.allocate(Object({MODE: mode}, of=Symbol(CONTEXT), origin=call.origin()))


def _context(mode: Value) -> Model:
    return lambda call, context: _made(call, mode)


def _by_protocol(call: Call, context: Context) -> Value:
    """`SSLContext(protocol)`, or `SSLContext()`, which is one for clients and servers, and checks nothing."""
    return _made(call, each(call.value(0, "protocol"), lambda one: _mode(call, one)))


def _mode(call: Call, protocol: Value) -> Value:
    if protocol == Symbol("ssl.PROTOCOL_TLS_CLIENT"):
        return _CHECKED
    unchecked = isinstance(protocol, Absent) or protocol == Known(None) or protocol in _PROTOCOLS
    return _UNCHECKED if unchecked else call.unknown()


LIBRARY = Library(
    name="ssl",
    distribution="",
    packages=(),
    carrier=True,
    marks=(),
    alarms=(rb"\bSSLContext\(|_create_(?:stdlib|unverified)_context",),
    functions={
        CONTEXT: _by_protocol,
        "ssl.create_default_context": _context(_CHECKED),
        "ssl._create_unverified_context": _context(_UNCHECKED),
        "ssl._create_stdlib_context": _context(_UNCHECKED),
    },
)
