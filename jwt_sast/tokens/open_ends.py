"""What is left open of an event because it depends on who calls the function that it happens in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from jwt_sast.semantics.values import Mapping, Presence, Text, Unknown, Value, alternatives, base
from jwt_sast.tokens import claims
from jwt_sast.tokens.events import Event, KeyUsed, Lifetime, Signing, Transmission, UnverifiedRead, Verification
from jwt_sast.tokens.reading import Use
from jwt_sast.tokens.switches import Setting

if TYPE_CHECKING:
    from jwt_sast.semantics.names import Names

_UNDECIDED = (Setting.UNKNOWN, Setting.SOMETIMES_OFF)


def asked_for(events: Iterable[Event], names: Names) -> frozenset[str]:
    """The functions and classes of a module whose callers decide about its tokens; `names` are those of the module."""
    asked: set[str] = set()
    params: set[object] = set()
    for event in events:
        if callers_judge(event):
            asked.add(event.where.entry)
        for value in _decisive(event):
            params |= parameters(value)
    asked |= names.owners(params)
    return frozenset(name for name in asked if name and not name.startswith("__"))


def parameters(value: Value) -> set[object]:
    """The parameters that nobody is seen to pass, among what a value can be or is made of."""
    found: set[object] = set()
    for option in alternatives(value):
        inner = base(option)
        if isinstance(inner, Unknown) and inner.reason == "a parameter":
            found.add(inner.site)
        elif isinstance(option, Mapping):
            found.update(*(parameters(entry.value) for entry in option.entries.values()))
        if option.origin is not None:
            found.add(option.origin.root.place.node)
    return found


def callers_judge(event: Event) -> bool:
    """Whether callers may add what the function has left out: a claim, a check of a claim, a verification."""
    if isinstance(event, UnverifiedRead):
        return max(event.reading.open_ends, default=Use.READ) <= Use.HANDED_ON
    if event.where.nested:
        return False
    if isinstance(event, Signing):
        mappings = (one for one in alternatives(event.claims.value) if isinstance(one, Mapping))
        without = any(one.open and one.presence("exp") is Presence.UNKNOWN for one in mappings)
        return without or any(one.offset is None for one in claims.instants(event.claims.value, "exp"))
    if isinstance(event, Verification):
        undecided = any(one.setting in _UNDECIDED for one in (event.signature, *event.checks.values()))
        checked = (*event.checks, *(() if event.late is None else event.late.claims))
        return undecided or (event.handed_on and any(event.check(claim).may_be_off for claim in checked))
    return False


def callers_answer(event: Event) -> bool:
    """Whether a function does nothing with unchecked claims but hand them on, so that its callers answer for it."""
    if not isinstance(event, Verification) or event.where.nested or not event.where.entry:
        return False
    return event.handed_on if event.late is None else event.late.only_handed_on


def is_answered(event: Verification) -> bool:
    """Whether a caller makes one of the checks that the verification has left out."""
    tested = frozenset() if event.claims is None else frozenset(event.claims.tested)
    if event.late is not None:
        return event.late.made or not tested.isdisjoint(event.late.claims)
    return any(claim in tested and event.check(claim).may_be_off for claim in event.checks)


def _decisive(event: Event) -> Iterator[Value]:
    """What the checks judge an event by."""
    if isinstance(event, KeyUsed):
        yield event.key.value
    if isinstance(event, Signing):
        yield event.claims.value
    if isinstance(event, Verification):
        yield event.algorithms.value
        for switch in (event.signature, *event.checks.values()):
            if switch.argument is not None:
                yield switch.argument.value
    if isinstance(event, Lifetime):
        yield event.lifetime.value
    if isinstance(event, Transmission):
        yield from beginnings(event.url.value)
        if event.tls.argument is not None:
            yield event.tls.argument.value


def beginnings(url: Value) -> Iterator[Value]:
    """What an address begins with, where it is put together: that decides how it is reached."""
    for option in alternatives(url):
        if isinstance(option, Text) and isinstance(head := option.pieces[0], Value):
            yield from beginnings(head)
        else:
            yield option
