"""httpx 0.28 (`httpx`). Contract: tests/libraries/test_httpx_contract.py."""

from __future__ import annotations

from jwt_sast.libraries.http import (
    ALARMS,
    METHODS,
    attribute,
    auth_headers,
    joined,
    keep,
    kept,
    marks,
    own_headers,
    transmit,
)
from jwt_sast.libraries.library import Context, Library, Model, aliases, instance
from jwt_sast.libraries.tls import checked
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Value

_OPTIONS = "params content data files json headers cookies auth follow_redirects timeout extensions verify proxy"
_BY_URL = Parameters.of(f"url * {_OPTIONS}")
_BY_METHOD = Parameters.of(f"method url * {_OPTIONS}")
_CLIENT = Parameters.of("* auth params headers cookies verify cert http1 http2 proxy mounts timeout base_url")


def _request(parameters: Parameters) -> Model:
    def model(call: Call, context: Context) -> Value:
        bound = call.bind(parameters)
        own_auth = call.arguments.keywords.get("auth")
        added = auth_headers(call, attribute(call, "auth") if own_auth is None else own_auth.value)
        url = joined(kept(call, "base_url"), bound["url"], call)
        # A client's `verify` is its constructor's; only the module-level functions take one themselves.
        verify = bound["verify"] if call.receiver is None else kept(call, "verify")
        tls = checked(call, verify or Argument(Absent(), call.place))
        headers = attribute(call, "headers"), bound["headers"].value, added
        return transmit(call, context, url, tls, *headers, parameters=bound["params"], cookies=bound["cookies"])

    return model


def _client(call: Call, context: Context) -> Value:
    bound = call.bind(_CLIENT)
    auth = call.arguments.keywords.get("auth")
    given = call.arguments.keywords.get("headers")
    return instance(
        call,
        {
            "headers": own_headers(call, given or bound["headers"]),
            "auth": Known(None) if auth is None else auth.value,
            **keep(base_url=bound["base_url"], verify=bound["verify"]),
        },
    )


_FUNCTIONS = {
    **{f"httpx.{name}": _request(_BY_URL) for name in METHODS},
    **{f"httpx.{name}": _request(_BY_METHOD) for name in ("request", "stream")},
    **{f"httpx.Client.{name}": _request(_BY_URL) for name in METHODS},
    **{f"httpx.Client.{name}": _request(_BY_METHOD) for name in ("request", "stream")},
    "httpx.Client": _client,
}

LIBRARY = Library(
    name="httpx",
    distribution="httpx",
    versions="0.28",
    packages=("httpx",),
    carrier=True,
    alarms=ALARMS,
    marks=marks(b"httpx"),
    functions=aliases(_FUNCTIONS, ("httpx.Client", "httpx.AsyncClient")),
    signatures={f"httpx.{prefix}{name}": _BY_URL for prefix in ("", "Client.") for name in METHODS},
    exports={"httpx": (*METHODS, "request", "stream", "Client", "AsyncClient")},
)
