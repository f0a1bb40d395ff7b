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
    Constant,
    Entry,
    Function,
    Known,
    Mapping,
    Object,
    Produced,
    Sequence,
    Symbol,
    Text,
    Value,
    alternatives,
)
from jwt_sast.tokens import queries, urls
from jwt_sast.tokens.events import KeyFetch, TokenInUrl, Transmission
from jwt_sast.tokens.recognition import TOKEN
from jwt_sast.tokens.switches import Setting, Switch

METHODS = ("get", "options", "head", "post", "put", "patch", "delete")

MARKS = (b"uthorization", b".well-known", b"jwks", *queries.MARKS)
"""What occurs in a file from which a token is sent, in either case of a header's first letter, or from which keys are
fetched."""

ALARMS = (
    *queries.ALARMS,
    rb"\b(?:http|ftp|ws)://(?!(?:localhost|127\.|0\.0\.0\.0|\[::1\])[:/\"'])",
    rb"[\"'](?:http|ftp|ws)[\"']",
    rb"\bverify\b[\"']?\s*[=:](?!\s*True)",
    rb"\bverify\b[\"']\]",
)
"""A plain address of another machine, or its scheme alone; a switch for the check of certificates."""

_SCHEME = re.compile(r"(?i)\s*(?:bearer|jwt)\b")
"""RFC 6750 §2.1, and the scheme that JWT frameworks of Django use."""


def _as_mapping(headers: Value) -> Value:
    """Headers that are given as pairs, or as texts like `Name: value`, in the form of a mapping."""
    if not isinstance(headers, Sequence):
        return headers
    entries: dict[Constant, Entry] = {}
    for item in headers.items:
        match item:
            case Sequence(items=(Known(constant=str() as name), value)):
                entries[name] = Entry(value)
            case Known(constant=str() as text) if ":" in text:
                name, _, rest = text.partition(":")
                entries[name] = Entry(replace(item, constant=rest))
            case Text(pieces=(str() as first, *others)) if ":" in first:
                name, _, rest = first.partition(":")
                entries[name] = Entry(replace(item, pieces=(rest, *others)))
    return Mapping(entries, headers.open, origin=headers.origin)


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
        case Produced(what=what):
            return what == TOKEN
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


def marks(package: bytes) -> tuple[tuple[bytes, ...], ...]:
    """The marks of a client that is imported by the name `package`."""
    return tuple((package, mark) for mark in MARKS)


def transmit(
    call: Call,
    context: Context,
    url: Argument,
    tls: Switch,
    *headers: Value,
    parameters: Argument | None = None,
    cookies: Argument | None = None,
) -> Value:
    """Says that a request goes out, if a token rides on it or if it is for keys; what comes back is what
    is kept under the URL. Of several mappings of headers later ones win. `parameters` are those of the query.
    """
    carrier: Value | None = None
    unknown: list[Value] = []
    sources = (one for source in headers for one in alternatives(call.state.resolve(source, open_up=True)))
    for option in map(_as_mapping, sources):
        if isinstance(option, Mapping):
            own, said = _bearer(option)
            carrier = own if said else carrier
        else:
            unknown.append(option)
    elsewhere = _elsewhere(call, context, url, parameters, cookies)
    carrier = carrier or elsewhere
    if any(map(urls.leads_to_keys, urls.addresses(url.value))):
        context.emit(KeyFetch(where=where(call), url=url))
    if carrier is not None:
        context.emit(Transmission(where=where(call), url=url, carrier=carrier, tls=tls))
    elif urls.may_be_seen(url.value) or tls.setting is not Setting.ON:
        context.leave_open(call, *unknown)
    for argument in call.arguments:
        call.frame.host.use(argument.value, "argument", argument.place, call.state)
    return fetched(call, url.value)


def _elsewhere(
    call: Call, context: Context, url: Argument, parameters: Argument | None, cookies: Argument | None
) -> Value | None:
    """A token that rides in the URL, which is said by itself, or in a cookie."""
    carrier: Value | None = None
    for place, found in (
        (url, queries.in_url(url.value, call.state)),
        *([] if parameters is None else [(parameters, queries.in_parameters(parameters.value, call.state))]),
    ):
        for one in found:
            context.emit(TokenInUrl(where=where(call), token=one.token, carrier=place, named=one.named))
            carrier = carrier or (one.token if one.clearly else None)
    for one in queries.in_parameters(cookies.value, call.state) if cookies is not None else ():
        carrier = carrier or (one.token if one.clearly else None)
    return carrier


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


def keep(**arguments: Argument) -> dict[str, Value]:
    """Arguments of a client's constructor as attributes of the client, for `kept`."""
    return {f"({name})": Produced("argument", argument) for name, argument in arguments.items()}


def kept(call: Call, name: str) -> Argument | None:
    """An argument of the constructor of the client that a method is called on."""
    found = attribute(call, f"({name})")
    return found.detail if isinstance(found, Produced) else None


def own_headers(call: Call, headers: Argument) -> Value:
    """The headers that a client is made with: a mapping that the program may go on to change."""
    content = call.state.content(headers.value)
    if isinstance(content, Absent) or content == Known(None):
        content = Mapping({}, origin=call.origin())
    return call.state.allocate(content if isinstance(content, Mapping) else Mapping({}, open=True))
