"""The client of aiohttp 3 (`aiohttp`). Contract: tests/libraries/test_clients_contract.py."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.http import ALARMS, METHODS, attribute, joined, keep, kept, marks, own_headers, transmit
from jwt_sast.libraries.library import Context, Library, Model, instance
from jwt_sast.libraries.tls import checked
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Object, Produced, Value
from jwt_sast.tokens.switches import Switch

_OPTIONS = "params data json cookies headers auth ssl verify_ssl ssl_context"
_BY_URL = Parameters.of(f"url * {_OPTIONS}")
_BY_METHOD = Parameters.of(f"method url * {_OPTIONS}")
_SESSION = Parameters.of("base_url * connector cookies headers auth")
_CONNECTOR = Parameters.of("* ssl verify_ssl ssl_context")


def _request(parameters: Parameters) -> Model:
    def model(call: Call, context: Context) -> Value:
        bound = call.bind(parameters)
        url = joined(kept(call, "base_url"), bound["url"], call)
        headers = attribute(call, "headers"), bound["headers"].value
        cookies = bound["cookies"]
        if isinstance(cookies.value, Absent):
            cookies = kept(call, "cookies") or cookies
        return transmit(call, context, url, _tls(call, bound), *headers, parameters=bound["params"], cookies=cookies)

    return model


def _tls(call: Call, bound: BoundArguments) -> Switch:
    """The call's own arguments win over the connector's."""
    given = _given(bound)
    connector = kept(call, "connector") if given is None else None
    content = None if connector is None else call.state.content(call.state.opened(connector.value))
    own = content.attributes.get("(tls)") if isinstance(content, Object) else None
    if isinstance(own, Produced) and isinstance(own.detail, Argument):
        given = own.detail
    return checked(call, given or Argument(Absent(), call.place))


def _given(bound: BoundArguments) -> Argument | None:
    """The argument that says how certificates are checked, None where the default holds."""
    for name in ("ssl", "ssl_context", "verify_ssl"):
        argument = bound[name]
        if not isinstance(argument.value, Absent) and argument.value != Known(None):
            return argument
    return None


def _session(call: Call, context: Context) -> Value:
    bound = call.bind(_SESSION)
    headers = call.arguments.keywords.get("headers", bound["headers"])
    connector = call.arguments.keywords.get("connector", bound["connector"])
    attributes = keep(base_url=bound["base_url"], connector=connector, cookies=bound["cookies"])
    return instance(call, {"headers": own_headers(call, headers), **attributes})


def _connector(call: Call, context: Context) -> Value:
    given = _given(call.bind(_CONNECTOR))
    return instance(call, {} if given is None else keep(tls=replace(given)))


LIBRARY = Library(
    name="aiohttp",
    distribution="aiohttp",
    versions="3",
    packages=("aiohttp",),
    carrier=True,
    marks=marks(b"aiohttp"),
    alarms=(*ALARMS, rb"\b(?:verify_)?ssl\s*=\s*False"),
    functions={
        **{f"aiohttp.ClientSession.{name}": _request(_BY_URL) for name in (*METHODS, "ws_connect")},
        "aiohttp.ClientSession.request": _request(_BY_METHOD),
        "aiohttp.request": _request(_BY_METHOD),
        "aiohttp.ClientSession": _session,
        "aiohttp.TCPConnector": _connector,
    },
)
