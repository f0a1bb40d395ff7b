"""websocket-client 1 (`websocket`). Contract: tests/libraries/test_clients_contract.py."""

from __future__ import annotations

from jwt_sast.libraries.http import ALARMS, keep, kept, marks, transmit
from jwt_sast.libraries.library import Context, Library, instance
from jwt_sast.libraries.tls import checked_by_options
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Value

_CONNECT = Parameters.of("url timeout class_ * header cookie sslopt")
_APP = Parameters.of("url header * cookie")
_RUN = Parameters.of("sockopt sslopt")
_METHOD = Parameters.of("url * header cookie")


def _create(call: Call, context: Context) -> Value:
    bound = call.bind(_CONNECT)
    return transmit(call, context, bound["url"], checked_by_options(call, bound["sslopt"]), bound["header"].value)


def _app(call: Call, context: Context) -> Value:
    bound = call.bind(_APP)
    return instance(call, keep(url=bound["url"], header=bound["header"]))


def _run(call: Call, context: Context) -> Value:
    nothing = Argument(Absent(), call.place)
    url, header = kept(call, "url") or nothing, kept(call, "header") or nothing
    return transmit(call, context, url, checked_by_options(call, call.bind(_RUN)["sslopt"]), header.value)


def _socket(call: Call, context: Context) -> Value:
    return instance(call, keep(sslopt=call.bind(Parameters.of("get_mask_key sockopt sslopt"))["sslopt"]))


def _connect(call: Call, context: Context) -> Value:
    bound = call.bind(_METHOD)
    options = kept(call, "sslopt") or Argument(Absent(), call.place)
    return transmit(call, context, bound["url"], checked_by_options(call, options), bound["header"].value)


LIBRARY = Library(
    name="websocket-client",
    distribution="websocket-client",
    versions="1",
    packages=("websocket",),
    carrier=True,
    marks=marks(b"websocket"),
    alarms=(*ALARMS, rb"CERT_NONE"),
    functions={
        "websocket.create_connection": _create,
        "websocket.WebSocketApp": _app,
        "websocket.WebSocketApp.run_forever": _run,
        "websocket.WebSocket": _socket,
        "websocket.WebSocket.connect": _connect,
    },
)
