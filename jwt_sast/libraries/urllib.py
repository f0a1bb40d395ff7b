"""The standard library's `urllib.request`. Contract: tests/libraries/test_clients_contract.py."""

from __future__ import annotations

from jwt_sast.libraries.http import ALARMS, attribute, keep, kept, marks, own_headers, transmit
from jwt_sast.libraries.library import Context, Library, Model, instance
from jwt_sast.libraries.tls import checked
from jwt_sast.semantics import containers
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Mapping, Object, Produced, Reference, Value

_REQUEST = Parameters.of("url data headers origin_req_host unverifiable method")
_URLOPEN = Parameters.of("url data timeout * cafile capath cadefault context")
_OPEN = Parameters.of("fullurl data timeout")


def _request(call: Call, context: Context) -> Value:
    bound = call.bind(_REQUEST)
    headers = call.arguments.keywords.get("headers", bound["headers"])
    if len(call.arguments.positional) > 2:
        headers = call.arguments.positional[2]
    return instance(call, {"headers": own_headers(call, headers), **keep(url=bound["url"])})


def _add_header(call: Call, context: Context) -> None:
    headers = attribute(call, "headers")
    content = call.state.content(headers)
    if isinstance(headers, Reference) and isinstance(content, Mapping) and len(call.arguments.positional) > 1:
        name, value = (argument.value for argument in call.arguments.positional[:2])
        call.state.update(headers, containers.put(content, name, value))


def _open(parameters: Parameters) -> Model:
    """`urlopen` takes a URL or a request."""

    def model(call: Call, context: Context) -> Value:
        bound = call.bind(parameters)
        given = bound[parameters.names[0]]
        request = call.arguments.positional[0].value if call.arguments.positional else given.value
        content = call.state.content(call.state.opened(request))
        url = given
        headers: Value = Absent()
        if isinstance(content, Object):
            inner = content.attributes.get("(url)")
            url = inner.detail if isinstance(inner, Produced) else given
            headers = content.attributes.get("headers", headers)
        own = bound["context"] if "context" in parameters.names else kept(call, "context")
        return transmit(call, context, url, checked(call, own or Argument(Absent(), call.place)), headers)

    return model


LIBRARY = Library(
    name="urllib",
    distribution="",
    packages=("urllib",),
    carrier=True,
    marks=marks(b"urllib"),
    alarms=(*ALARMS, rb"_create_unverified_context|CERT_NONE"),
    functions={
        "urllib.request.Request": _request,
        "urllib.request.Request.add_header": _add_header,
        "urllib.request.Request.add_unredirected_header": _add_header,
        "urllib.request.urlopen": _open(_URLOPEN),
        "urllib.request.build_opener": lambda call, context: instance(call),
        "urllib.request.build_opener.open": _open(_OPEN),
    },
)
