"""What all HTTP clients have in common: which header carries a token, and how a URL is put together."""

from __future__ import annotations

import re
from dataclasses import replace

from jwt_sast.libraries.library import Context, fetched, where
from jwt_sast.semantics import texts
from jwt_sast.semantics.calls import Argument, Arguments, Call
from jwt_sast.semantics.values import (
    Absent,
    Class,
    Function,
    Known,
    Mapping,
    Object,
    Produced,
    Symbol,
    Text,
    Value,
    alternatives,
)
from jwt_sast.tokens import urls
from jwt_sast.tokens.events import Transmission
from jwt_sast.tokens.switches import Setting, Switch

METHODS = ("get", "options", "head", "post", "put", "patch", "delete")

ALARMS = (
    rb"\b(?:http|ftp|ws)://(?!(?:localhost|127\.|0\.0\.0\.0|\[::1\])[:/\"'])",
    rb"[\"'](?:http|ftp|ws)[\"']",
    rb"\bverify\b[\"']?\s*[=:](?!\s*True)",
    rb"\bverify\b[\"']\]",
)
"""A plain address of another machine, or its scheme alone; a switch for the check of certificates."""

_SCHEME = re.compile(r"(?i)\s*(?:bearer|jwt)\b")
"""RFC 6750 §2.1, and the scheme that JWT frameworks of Django use."""


def _bearer(headers: Mapping) -> tuple[Value | None, bool]:
    """The Authorization header's value if it carries a token, and whether there is such a header."""
    for key, entry in headers.entries.items():
        if isinstance(key, str | bytes) and key.lower() in ("authorization", b"authorization"):
            carried = [one for one in alternatives(entry.value) if _carries_token(one)]
            return (carried[0] if carried else None), True
    return None, False


def _carries_token(value: Value) -> bool:
    match value:
        case Known(constant=str() as text):
            return _SCHEME.match(text) is not None and len(text.split()) > 1
        case Text():
            return _SCHEME.match(value.prefix) is not None
        case Produced(what="token"):
            return True
        case _:
            return False


def auth_headers(call: Call, auth: Value) -> Value:
    """The headers that an authentication object adds: its `__call__` is run on a request without headers."""
    auth = call.state.opened(auth)
    content = call.state.content(auth)
    if not isinstance(content, Object) or not isinstance(content.of, Class):
        return Absent()
    for name in ("__call__", "auth_flow", "sync_auth_flow"):
        method = content.of.member(name)
        if isinstance(method, Function):
            headers = call.state.allocate(Mapping({}))
            request = call.state.allocate(Object({"headers": headers}, of=Symbol("http.request")))
            argument = Argument(request, call.place)
            bound = replace(method, receiver=auth)
            call.frame.call(call.state, bound, Arguments(positional=[argument]), call.place)
            return headers
    return Absent()


def transmit(call: Call, context: Context, url: Argument, tls: Switch, *headers: Value) -> Value:
    """Says that a request goes out, if a token rides on it; what comes back is what is kept under the URL. Of several
    mappings of headers later ones win.
    """
    carrier: Value | None = None
    unknown: list[Value] = []
    for option in (one for source in headers for one in alternatives(call.state.resolve(source, open_up=True))):
        if isinstance(option, Mapping):
            own, said = _bearer(option)
            carrier = own if said else carrier
        else:
            unknown.append(option)
    if carrier is not None:
        context.emit(Transmission(where=where(call), url=url, carrier=carrier, tls=tls))
    elif urls.may_be_seen(url.value) or tls.setting is not Setting.ON:
        context.leave_open(call, *unknown)
    for argument in call.arguments:
        call.frame.host.use(argument.value, "argument", argument.place, call.state)
    return fetched(call, url.value)


def joined(base: Argument | None, url: Argument, call: Call) -> Argument:
    """A URL relative to a client's base URL; the place is that of the part that has the scheme."""
    if base is None or isinstance(base.value, Absent):
        return url
    if isinstance(url.value, Known) and "://" in str(url.value.constant):
        return url
    return replace(base, value=texts.text((base.value, "/", url.value), call.origin()))


def attribute(call: Call, name: str) -> Value:
    """An attribute of the client object that the method is called on; Absent where there is none."""
    content = call.state.content(call.receiver) if call.receiver is not None else None
    found = content.attributes.get(name) if isinstance(content, Object) else None
    return Absent() if found is None else call.state.opened(found)
