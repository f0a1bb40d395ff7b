"""Tokens in URLs: in the query, in the path, in the parameters that a client makes a query of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Absent, Environment, Known, Mapping, Text, Value, alternatives
from jwt_sast.tokens.naming import names, says_token
from jwt_sast.tokens.recognition import tokens_in

_PARAMETER = re.compile(r"[?&]([\w-]+)=\Z")

ALARMS = (
    rb"[?&](?:\w*token|jwt)=",
    rb"[\"'](?:\w*token|jwt)[\"']\s*:",
    rb"[=/]\{[\w.\[\]\"']*(?:[tT]oken|TOKEN|[jJ]wt)[\"'\]]*\}",
    rb"urlencode",
)
"""A query parameter that is called like a token, by itself or in a dict, or a hole of a URL that is; a query that is
put together elsewhere.
"""

MARKS = (
    *(start + name + b"=" for start in (b"?", b"&") for name in (b"token", b"jwt")),
    *(quote + b"jwt" + quote + b":" for quote in (b"'", b'"')),
    b"access_token",
    b"auth_token",
    b"id_token",
)
"""Without one of these, no query of a file has a name that says so."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A token in a URL. `named` tells that only names say what it is, `clearly` that they leave no doubt."""

    token: Value
    named: bool
    clearly: bool = True


def in_url(url: Value, state: State) -> Iterator[Carried]:
    """The tokens that a URL holds."""
    for option in alternatives(url):
        pieces = option.pieces if isinstance(option, Text) else ()
        for before, piece in zip(("", *pieces), pieces, strict=False):
            if isinstance(piece, Value):
                match = _PARAMETER.search(before) if isinstance(before, str) else None
                yield from _carried(match[1] if match else "", piece, state)


def in_parameters(parameters: Value, state: State) -> Iterator[Carried]:
    """The tokens in a mapping of query parameters, or of cookies."""
    for option in alternatives(parameters):
        for key, entry in option.entries.items() if isinstance(option, Mapping) else ():
            yield from _carried(str(key), entry.value, state)


def _carried(parameter: str, value: Value, state: State) -> Iterator[Carried]:
    """What is put in under a parameter's name, "" for the path."""
    found = next(tokens_in(value, state), None)
    if found is not None:
        yield Carried(found, named=False)
    elif all(isinstance(one, Absent | Known) for one in alternatives(value)):
        return
    elif says_token(parameter) or any(says_token(name) for one in alternatives(value) for name in names(one)):
        yield Carried(value, named=True)
    elif parameter in ("token", "auth_token") and not isinstance(value, Environment):
        yield Carried(value, named=True, clearly=False)
