"""Where a request goes: in the clear or not, to another machine or not."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator

from jwt_sast.semantics.values import Environment, Known, Text, Value, alternatives

_PLAIN = re.compile(r"(?i)(?:http|ws|ftp)://(?P<rest>.*)", re.DOTALL)
_HOLE = "\0"
"""Stands for a piece of a URL that is not known."""

_LOCAL_SUFFIXES = (".local", ".localhost", ".internal", ".test", ".example", ".invalid", ".svc", ".lan")
_LOCAL_NAMES = ("localhost", "host.docker.internal")


def addresses(url: Value) -> Iterator[str]:
    """The texts that a URL can be, with a NUL for each unknown piece."""
    for option in alternatives(url):
        match option:
            case Known(constant=str() as text):
                yield text
            case Text(pieces=pieces):
                yield from _texts(pieces)
            case Environment(fallback=Value() as fallback):
                yield from addresses(fallback)


def _texts(pieces: tuple[str | Value, ...]) -> Iterator[str]:
    """Only the first hole can be a base URL with alternatives of its own; the others stay holes."""
    head, rest = pieces[0], pieces[1:]
    tail = "".join(piece if isinstance(piece, str) else _HOLE for piece in rest)
    if isinstance(head, str):
        yield head + tail
        return
    heads = list(addresses(head))
    yield from (start + tail for start in heads) if heads else (_HOLE + tail,)


def may_be_seen(url: Value) -> bool:
    """Whether a URL may be one without TLS."""
    found = list(addresses(url))
    return not found or any(not address.lower().startswith(("https:", "wss:")) for address in found)


def plain_host(address: str) -> str | None:
    """The host of an address without TLS; "" where the host is not known; None for any other address."""
    match = _PLAIN.match(address.strip())
    if match is None:
        return None
    authority = re.split(r"[/?#]", match["rest"], maxsplit=1)[0].rpartition("@")[2]
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    host, _, _ = authority.partition(":")
    return "" if _HOLE in host else host


def _canonical(host: str) -> str:
    """A host name as it compares: case and the dot of the root mean nothing (RFC 4343, RFC 1034 §3.1)."""
    return host.lower().rstrip(".")


def is_local(host: str, local_hosts: Collection[str] = ()) -> bool:
    """Whether a host is this machine or one of the same private network by its name alone."""
    host = _canonical(host)
    if host in map(_canonical, local_hosts) or host in _LOCAL_NAMES or host.endswith(_LOCAL_SUFFIXES):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return address.is_loopback or address.is_unspecified
