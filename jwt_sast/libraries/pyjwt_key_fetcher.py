"""pyjwt-key-fetcher 0.8. Contract: tests/libraries/test_pyjwt_key_fetcher_contract.py."""

from __future__ import annotations

from jwt_sast.libraries.library import Context, Library, aliases, claims, header, instance, read_unverified
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Absent, Constant, Entry, Mapping, Part, Sequence, Value
from jwt_sast.tokens.reading import Reading

_ISSUERS = "valid_issuers"


def _token(call: Call) -> Argument:
    return call.bind(Parameters.of("token"))["token"]


def _fetcher(call: Call, context: Context) -> Value:
    issuers = call.value(0, _ISSUERS)
    return instance(call, {} if isinstance(issuers, Absent) else {_ISSUERS: issuers})


def _key(call: Call, context: Context) -> Value:
    """A key and its algorithm, as arguments for `jwt.decode(token, **entry)`. Where no issuers are named it comes from
    whatever address the token gives as its own.
    """
    token = _token(call).value
    named = call.instance.attributes.get(_ISSUERS) if call.instance is not None else None
    key: Value = call.unknown()
    if named is None or call.state.truth(named) is False:
        issuer = Part(claims(call, Reading(token, call.place, verified=False)), "iss", origin=call.origin())
        key = Part(issuer, call.place.node, "call", origin=call.origin())
    return _entry(call, key)


def _key_by_name(call: Call, context: Context) -> Value:
    return _entry(call, call.unknown())


def _entry(call: Call, key: Value) -> Value:
    """The list is empty where the JWK names no algorithm; PyJWT refuses that."""
    algorithms = call.state.allocate(Sequence((call.unknown(),), open=True, origin=call.origin()))
    entries: dict[Constant, Entry] = {"key": Entry(key), "algorithms": Entry(algorithms)}
    return call.state.allocate(Mapping(entries, origin=call.origin()))


def _issuer(call: Call, context: Context) -> Value:
    """The token's `iss`, read without a check of the signature."""
    return Part(read_unverified(call, context, _token(call), at_once=False), "iss", origin=call.origin())


def _key_id(call: Call, context: Context) -> Value:
    return Part(header(call, _token(call)), "kid", origin=call.origin())


_FUNCTIONS = {
    "pyjwt_key_fetcher.AsyncKeyFetcher": _fetcher,
    "pyjwt_key_fetcher.AsyncKeyFetcher.get_key": _key,
    "pyjwt_key_fetcher.AsyncKeyFetcher.get_key_by_iss_and_kid": _key_by_name,
    "pyjwt_key_fetcher.AsyncKeyFetcher.get_issuer": _issuer,
    "pyjwt_key_fetcher.AsyncKeyFetcher.get_kid": _key_id,
}

LIBRARY = Library(
    name="pyjwt-key-fetcher",
    distribution="pyjwt-key-fetcher",
    versions="0.8",
    packages=("pyjwt_key_fetcher",),
    marks=((b"pyjwt_key_fetcher",),),
    functions=aliases(_FUNCTIONS, ("pyjwt_key_fetcher.", "pyjwt_key_fetcher.fetcher.")),
    releases=("0.8.0",),
    exports={"pyjwt_key_fetcher": ("AsyncKeyFetcher",)},
)
