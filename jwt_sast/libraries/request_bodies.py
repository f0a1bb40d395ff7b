"""What clients send to web applications: bodies, forms and queries of Flask, Quart and Starlette, and others by name.

Contract: tests/libraries/test_request_bodies_contract.py. For Django (`request.POST`), Django REST framework
(`request.data`) and aiohttp there is no running proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jwt_sast.findings import Confidence
from jwt_sast.libraries.library import Context, Library
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.values import Part, Produced, Symbol, Unknown, Value

if TYPE_CHECKING:
    import libcst as cst

_SENT = "sent by a client"
"""What is produced; the detail says how sure it is."""

# A query is often carried along, as the state of a login for instance, and nobody vouches for it by signing.
_FLASK = {"json": Confidence.HIGH, "form": Confidence.HIGH, "values": Confidence.HIGH, "args": Confidence.LOW}
_ATTRIBUTES = {f"{package}.request.{name}": sure for package in ("flask", "quart") for name, sure in _FLASK.items()}

# By convention: views are handed an object of that name, and it is seldom annotated.
_REQUESTS = frozenset({"request", "req"})
_PARTS = {
    **dict.fromkeys(("data", "json", "form", "POST"), Confidence.MEDIUM),
    **dict.fromkeys(("GET", "query_params", "query"), Confidence.LOW),
}
_CALLS = frozenset({"a call of json", "a call of form", "a call of get_json", "a call of post"})


def _sent(call: Call, context: Context) -> Value:
    sure = _ATTRIBUTES.get(call.function.removesuffix(".to_dict"), Confidence.HIGH)
    return Produced(_SENT, sure, call.place.node, origin=call.origin())


def _received(value: Value) -> Confidence | None:
    """How sure it is that a value is what a client has sent, as a whole; None where nothing says so."""
    match value:
        case Produced(what=what, detail=Confidence() as sure) if what == _SENT:
            return sure
        case Symbol(name=name):
            return _ATTRIBUTES.get(name)
        case Part(of=of, key=str() as key, kind="attribute") if _is_request(of):
            return _PARTS.get(key)
        case Unknown(reason=reason, site=site) if reason in _CALLS and _is_called_on_a_request(site):
            return Confidence.MEDIUM
        case _:
            return None


def _is_request(value: Value) -> bool:
    """A parameter of that name, or `self.request`."""
    if isinstance(value, Part):
        return value.kind == "attribute" and value.key in _REQUESTS
    name = getattr(getattr(value.site, "name", None), "value", "") if isinstance(value, Unknown) else ""
    return name in _REQUESTS


def _is_called_on_a_request(site: object) -> bool:
    """`request.json()`, of which the call is all that is known."""
    node: cst.CSTNode | None = getattr(getattr(site, "func", None), "value", None)
    named = getattr(node, "attr", node)
    return getattr(named, "value", "") in _REQUESTS


LIBRARY = Library(
    name="request bodies",
    distribution="",
    packages=(),
    marks=(),
    functions={
        f"{package}.request.{name}": _sent
        for package in ("flask", "quart")
        for name in ("get_json", "form.to_dict", "args.to_dict", "values.to_dict")
    },
    received=_received,
)
