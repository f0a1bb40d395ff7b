"""urllib3 2 (`urllib3`). Contract: tests/libraries/test_clients_contract.py."""

from __future__ import annotations

from jwt_sast.libraries.http import ALARMS, attribute, keep, kept, marks, own_headers, transmit
from jwt_sast.libraries.library import Context, Library, Model, instance
from jwt_sast.libraries.tls import checked, checked_by_mode
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Value
from jwt_sast.tokens.switches import Switch

_REQUEST = Parameters.of("method url body fields headers json * ")
_FUNCTION = Parameters.of("method url * body fields headers json")
_POOL = Parameters.of("num_pools headers * cert_reqs ca_certs ssl_context assert_hostname")
_QUERY = ("GET", "HEAD")


def _request(parameters: Parameters) -> Model:
    def model(call: Call, context: Context) -> Value:
        bound = call.bind(parameters)
        # Headers of a call take the place of the pool's.
        given = bound["headers"].value
        headers = attribute(call, "headers") if isinstance(given, Absent) else given
        method = getattr(bound["method"].value, "constant", None)
        fields = bound["fields"] if str(method).upper() in _QUERY else None
        return transmit(call, context, bound["url"], _tls(call), headers, parameters=fields)

    return model


def _tls(call: Call) -> Switch:
    """What is said of certificates wins over what a context says of them."""
    nothing = Argument(Absent(), call.place)
    mode = kept(call, "cert_reqs") or nothing
    if isinstance(mode.value, Absent) or mode.value == Known(None):
        return checked(call, kept(call, "ssl_context") or nothing)
    return checked_by_mode(call, mode)


def _pool(call: Call, context: Context) -> Value:
    bound = call.bind(_POOL)
    headers = call.arguments.keywords.get("headers", bound["headers"])
    tls = keep(cert_reqs=bound["cert_reqs"], ssl_context=bound["ssl_context"])
    return instance(call, {"headers": own_headers(call, headers), **tls})


LIBRARY = Library(
    name="urllib3",
    distribution="urllib3",
    versions="2",
    packages=("urllib3",),
    carrier=True,
    marks=marks(b"urllib3"),
    alarms=(*ALARMS, rb"CERT_NONE"),
    functions={
        "urllib3.request": _request(_FUNCTION),
        "urllib3.PoolManager": _pool,
        "urllib3.PoolManager.request": _request(_REQUEST),
        "urllib3.PoolManager.urlopen": _request(Parameters.of("method url * body fields headers")),
    },
)
