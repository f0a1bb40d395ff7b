"""requests 2 (`requests`). Contract: tests/libraries/test_requests_contract.py."""

from __future__ import annotations

from jwt_sast.libraries.http import ALARMS, METHODS, attribute, auth_headers, marks, transmit
from jwt_sast.libraries.library import Context, Library, Model, aliases, instance
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.values import Absent, Known, Mapping, Value
from jwt_sast.tokens.switches import Switch, switch

_COMMON = "headers cookies files auth timeout allow_redirects proxies hooks stream verify cert json"
_PARAMETERS = {
    "get": Parameters.of(f"url params * data {_COMMON}"),
    "post": Parameters.of(f"url data json * params {_COMMON.removesuffix(' json')}"),
    "put": Parameters.of(f"url data * params {_COMMON}"),
    "patch": Parameters.of(f"url data * params {_COMMON}"),
    "request": Parameters.of(f"method url * params data {_COMMON}"),
}
_OTHER = Parameters.of(f"url * params data {_COMMON}")
_SESSION_REQUEST = Parameters.of(
    "method url params data headers cookies files auth timeout allow_redirects proxies hooks stream verify cert json"
)


def _request(parameters: Parameters) -> Model:
    def model(call: Call, context: Context) -> Value:
        bound = call.bind(parameters)
        return _send(call, context, bound, attribute(call, "headers"), attribute(call, "auth"))

    return model


def _send(call: Call, context: Context, bound: BoundArguments, headers: Value, auth: Value) -> Value:
    """The call's own arguments win over the session's."""
    own_auth = call.arguments.keywords.get("auth")
    added = auth_headers(call, auth if own_auth is None else own_auth.value)
    return transmit(
        call,
        context,
        bound["url"],
        _tls(call, bound),
        headers,
        bound["headers"].value,
        added,
        parameters=bound["params"],
        cookies=bound["cookies"],
    )


def _tls(call: Call, bound: BoundArguments) -> Switch:
    own = bound["verify"]
    if not isinstance(own.value, Absent) and not (isinstance(own.value, Known) and own.value.constant is None):
        return switch(own)
    return switch(Argument(attribute(call, "verify"), bound["url"].place))


def _session(call: Call, context: Context) -> Value:
    headers = call.state.allocate(Mapping({}, origin=call.origin()))
    return instance(call, {"headers": headers, "verify": Known(True), "auth": Known(None)})


_FUNCTIONS = {
    **{f"requests.{name}": _request(_PARAMETERS.get(name, _OTHER)) for name in (*METHODS, "request")},
    **{f"requests.Session.{name}": _request(_PARAMETERS.get(name, _OTHER)) for name in METHODS},
    "requests.Session.request": _request(_SESSION_REQUEST),
    "requests.Session": _session,
}

_SIGNATURES = {
    f"requests.{prefix}{name}": _PARAMETERS.get(name, _OTHER) for prefix in ("", "Session.") for name in METHODS
}

_ALIASES = (
    ("requests.Session", "requests.session"),
    ("requests.Session", "requests.sessions.Session"),
    ("requests.", "requests.api."),
)

LIBRARY = Library(
    name="requests",
    distribution="requests",
    versions="2",
    packages=("requests",),
    carrier=True,
    alarms=ALARMS,
    marks=marks(b"requests"),
    functions=aliases(_FUNCTIONS, *_ALIASES),
    signatures=aliases(_SIGNATURES, *_ALIASES),
    exports={"requests": (*METHODS, "request", "Session", "session")},
)
