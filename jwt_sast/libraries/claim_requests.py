"""What is asked of claims in the manner of OpenID Connect Core §5.5.1: `{"aud": {"essential": True, "value": …}}`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from jwt_sast.libraries.library import Context, ignore
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.values import Absent, Known, Mapping, Presence, Value, alternatives
from jwt_sast.tokens.late_checks import Demands

_ESSENTIAL = "essential"


def _required_claims(requests: Value) -> frozenset[str]:
    """The claims without which a token is refused on every path."""
    found = [frozenset(_required(one)) for one in alternatives(requests)]
    return frozenset.intersection(*found)


def _required(requests: Value) -> Iterator[str]:
    for name, entry in requests.entries.items() if isinstance(requests, Mapping) else ():
        request = entry.value
        always = entry.presence is Presence.ALWAYS and isinstance(request, Mapping)
        if always and isinstance(name, str) and isinstance(request, Mapping) and request.get(_ESSENTIAL) == Known(True):
            yield name


def _expected(requests: Argument, claim: str) -> Argument | None:
    """The value, or the values, that a claim must have; None where nothing is asked of it."""
    for one in alternatives(requests.value):
        request = one.get(claim) if isinstance(one, Mapping) else None
        for name in ("value", "values") if isinstance(request, Mapping) else ():
            value = request.get(name) if isinstance(request, Mapping) else Absent()
            if not isinstance(value, Absent):
                return replace(requests, value=value)
    return None


def demands(requests: Argument) -> Demands:
    """All that is asked of the claims."""
    return Demands(_required_claims(requests.value), _expected(requests, "aud"), _expected(requests, "iss"))


def report_unknown(call: Call, context: Context, requests: Argument, known: Collection[str]) -> None:
    """Says which members of requests the library passes over: a claim that is asked for by a misspelt name is not."""
    for one in alternatives(requests.value):
        for entry in one.entries.values() if isinstance(one, Mapping) else ():
            members = entry.value.entries if isinstance(entry.value, Mapping) else ()
            for name in members:
                if isinstance(name, str) and name not in known:
                    ignore(context, call, name, requests, "no option of a claim is called so; `essential` requires it")
