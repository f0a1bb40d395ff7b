"""httpx 0.28 (`httpx`). Contract: tests/libraries/test_httpx_contract.py."""

from __future__ import annotations

from jwt_sast.libraries.http import ALARMS, METHODS, attribute, auth_headers, joined, transmit
from jwt_sast.libraries.library import Context, Library, Model, aliases, instance
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Mapping, Produced, Value
from jwt_sast.tokens.switches import switch

_OPTIONS = "params content data files json headers cookies auth follow_redirects timeout extensions verify proxy"
_BY_URL = Parameters.of(f"url * {_OPTIONS}")
_BY_METHOD = Parameters.of(f"method url * {_OPTIONS}")
_CLIENT = Parameters.of("* auth params headers cookies verify cert http1 http2 proxy mounts timeout base_url")


def _request(parameters: Parameters) -> Model:
    def model(call: Call, context: Context) -> Value:
        bound = call.bind(parameters)
        own_auth = call.arguments.keywords.get("auth")
        added = auth_headers(call, attribute(call, "auth") if own_auth is None else own_auth.value)
        url = joined(_kept(call, "base_url"), bound["url"], call)
        # A client's `verify` is its constructor's; only the module-level functions take one themselves.
        verify = bound["verify"] if call.receiver is None else _kept(call, "verify")
        tls = switch(verify or Argument(Absent(), call.place))
        return transmit(call, context, url, tls, attribute(call, "headers"), bound["headers"].value, added)

    return model


def _kept(call: Call, name: str) -> Argument | None:
    """An argument of the client's constructor."""
    found = attribute(call, f"({name})")
    return found.detail if isinstance(found, Produced) else None


def _client(call: Call, context: Context) -> Value:
    bound = call.bind(_CLIENT)
    headers = call.arguments.keywords.get("headers")
    own = call.state.content(headers.value) if headers is not None else Mapping({})
    content = own if isinstance(own, Mapping) else Mapping({}, open=True)
    auth = call.arguments.keywords.get("auth")
    kept = {f"({name})": Produced("argument", bound[name]) for name in ("base_url", "verify")}
    return instance(
        call,
        {
            "headers": call.state.allocate(content),
            "auth": Known(None) if auth is None else auth.value,
            **kept,
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
    packages=("httpx",),
    carrier=True,
    alarms=ALARMS,
    # A token rides in the header of that name, in either case of its first letter.
    marks=((b"httpx", b"uthorization"),),
    functions=aliases(_FUNCTIONS, ("httpx.Client", "httpx.AsyncClient")),
    signatures={f"httpx.{prefix}{name}": _BY_URL for prefix in ("", "Client.") for name in METHODS},
    exports={"httpx": (*METHODS, "request", "stream", "Client", "AsyncClient")},
)
