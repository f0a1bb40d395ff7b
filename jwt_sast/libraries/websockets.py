"""websockets 13 and later (`websockets`). Contract: tests/libraries/test_clients_contract.py."""

from __future__ import annotations

from jwt_sast.libraries.http import ALARMS, marks, transmit
from jwt_sast.libraries.library import Context, Library
from jwt_sast.libraries.tls import checked
from jwt_sast.semantics.calls import Call, Parameters
from jwt_sast.semantics.values import Value

_CONNECT = Parameters.of("uri * additional_headers extra_headers ssl")


def _connect(call: Call, context: Context) -> Value:
    bound = call.bind(_CONNECT)
    headers = bound["additional_headers"].value, bound["extra_headers"].value
    return transmit(call, context, bound["uri"], checked(call, bound["ssl"]), *headers)


LIBRARY = Library(
    name="websockets",
    distribution="websockets",
    versions="13 and later",
    packages=("websockets",),
    carrier=True,
    marks=marks(b"websockets"),
    alarms=(*ALARMS, rb"_create_unverified_context|CERT_NONE"),
    functions={
        f"websockets.{module}connect": _connect
        for module in ("", "client.", "asyncio.client.", "sync.client.", "legacy.client.")
    },
)
