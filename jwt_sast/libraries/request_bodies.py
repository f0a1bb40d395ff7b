"""What clients send to web applications: bodies, forms and queries of Flask, Quart and Starlette, and others by name.

Contract: tests/libraries/test_request_bodies_contract.py. For Django (`request.POST`), Django REST framework
(`request.data`) and aiohttp there is no running proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jwt_sast.libraries.library import Context, Library
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.values import Part, Produced, Symbol, Unknown, Value

if TYPE_CHECKING:
    import libcst as cst

_SENT = "sent by a client"
_QUERY = "query of a request"
"""A query is often carried along, as the state of a login for instance, and nobody vouches for it by signing."""

_ATTRIBUTES = {
    f"{package}.request.{name}": name != "args"
    for package in ("flask", "quart")
    for name in ("json", "form", "args", "values")
}

# By convention: views are handed an object of that name, and it is seldom annotated.
_REQUESTS = frozenset({"request", "req"})
_PARTS = frozenset({"data", "json", "form", "POST", "GET", "query_params", "query"})
_CALLS = frozenset({"a call of json", "a call of form", "a call of get_json", "a call of post"})


def _sent(call: Call, context: Context) -> Value:
    what = _QUERY if ".args." in call.function else _SENT
    return Produced(what, None, call.place.node, origin=call.origin())


def _received(value: Value) -> bool | None:
    """Whether a value is what a client has sent, as a whole: surely; as a query, or by convention of a name (False); or
    not (None).
    """
    match value:
        case Produced(what=what) if what in (_SENT, _QUERY):
            return what == _SENT
        case Symbol(name=name) if name in _ATTRIBUTES:
            return _ATTRIBUTES[name]
        case Part(of=of, key=str() as key, kind="attribute") if key in _PARTS and _is_request(of):
            return False
        case Unknown(reason=reason, site=site) if reason in _CALLS and _is_called_on_a_request(site):
            return False
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
