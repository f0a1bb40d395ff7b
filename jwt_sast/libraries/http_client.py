"""The standard library's `http.client`. Contract: tests/libraries/test_clients_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.http import ALARMS, keep, kept, marks, transmit
from jwt_sast.libraries.library import Context, Library, Model, instance
from jwt_sast.libraries.tls import checked
from jwt_sast.semantics import texts
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Value

_CONNECTION = Parameters.of("host port * timeout context")
_REQUEST = Parameters.of("method url body headers * encode_chunked")


def _connection(call: Call, context: Context) -> Value:
    bound = call.bind(_CONNECTION)
    given = call.arguments.keywords.get("context", bound["context"])
    return instance(call, keep(host=bound["host"], context=given))


def _request(scheme: str) -> Model:
    """The path comes with the request, the host with the connection."""

    def model(call: Call, context: Context) -> Value:
        bound = call.bind(_REQUEST)
        host = kept(call, "host") or Argument(call.unknown(), call.place)
        address = texts.text((f"{scheme}://", host.value, bound["url"].value), call.origin())
        tls = checked(call, kept(call, "context") or Argument(Absent(), call.place))
        return transmit(call, context, replace(host, value=address), tls, bound["headers"].value)

    return model


LIBRARY = Library(
    name="http.client",
    distribution="",
    packages=("http",),
    carrier=True,
    marks=marks(b"http.client"),
    alarms=(*ALARMS, rb"HTTPConnection|_create_unverified_context|CERT_NONE"),
    functions={
        "http.client.HTTPConnection": _connection,
        "http.client.HTTPSConnection": _connection,
        "http.client.HTTPConnection.request": _request("http"),
        "http.client.HTTPSConnection.request": _request("https"),
    },
)
