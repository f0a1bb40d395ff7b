"""What a test that came out true, or false, says of the values that it looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics import lookup
from jwt_sast.semantics.bounds import MAX_TESTS
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.state import State, join_states
from jwt_sast.semantics.values import (
    Absent,
    Entry,
    Environment,
    Known,
    Mapping,
    Part,
    Presence,
    Produced,
    Reference,
    Sequence,
    Symbol,
    Unknown,
    Value,
    alternatives,
    base,
    one_of,
)
from jwt_sast.syntax.visitor import walk

Keep = Callable[[Value], Value | None]
"""Maps an alternative to what is left of it, None where it is ruled out."""


def assume(frame: Frame, state: State, test: cst.BaseExpression, outcome: bool, depth: int = MAX_TESTS) -> State | None:
    """`state`, narrowed by `test` having come out as `outcome`; None where it cannot. Nothing is evaluated again."""
    match test:
        case cst.UnaryOperation() | cst.BooleanOperation() if depth == 0:
            return state
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            return assume(frame, state, inner, not outcome, depth - 1)
        case cst.BooleanOperation(operator=operator, left=left, right=right):
            if isinstance(operator, cst.And) is outcome:
                first = (
                    state if _outdated(frame, state, left, right) else assume(frame, state, left, outcome, depth - 1)
                )
                return None if first is None else assume(frame, first, right, outcome, depth - 1)
            short = assume(frame, state.fork(), left, outcome, depth - 1)
            long = state if _outdated(frame, state, left, right) else assume(frame, state, left, not outcome, depth - 1)
            if long is not None:
                long = assume(frame, long, right, outcome, depth - 1)
            return join_states(short, long)
        case cst.Comparison(left=left, comparisons=[cst.ComparisonTarget(operator=operator, comparator=right)]):
            return _assume_comparison(frame, state, left, operator, right, outcome)
        case cst.Call(func=cst.Attribute(attr=cst.Name(value="get"))):
            return _assume_item(frame, state, test, lambda value: _by_truth(state, value, outcome))
        case cst.Call(func=cst.Name(value="bool"), args=[cst.Arg(value=inner)]):
            return assume(frame, state, inner, outcome)
        case _:
            return _filter(frame, state, test, lambda value: _by_truth(state, value, outcome))


def _outdated(frame: Frame, state: State, test: cst.BaseExpression, later: cst.BaseExpression) -> bool:
    """Whether what a test has shown may no longer hold once `later` has been evaluated."""
    _, rebound, calls = _traits(frame, later)
    if not rebound and not calls:
        return False
    names, _, _ = _traits(frame, test)
    if not rebound.isdisjoint(names):
        return True
    # A call may change a mapping; what stands in a list of what is allowed, no condition changes.
    return calls and any(
        isinstance(state.content(option), Mapping)
        for name in names
        for option in alternatives(lookup.name(frame, state, name))
    )


def _traits(frame: Frame, node: cst.BaseExpression) -> tuple[frozenset[str], frozenset[str], bool]:
    """The names that an expression mentions, those that it binds, and whether it calls anything; looked up once."""
    known = frame.scope.traits.get(node)
    if known is None:
        inner = list(walk(node))
        mentioned = frozenset(one.value for one in inner if type(one) is cst.Name)
        bound = (one.target for one in inner if type(one) is cst.NamedExpr)
        names = frozenset(target.value for target in bound if isinstance(target, cst.Name))
        known = frame.scope.traits[node] = mentioned, names, any(type(one) is cst.Call for one in inner)
    return known


def narrowed(state: State, value: Value, outcome: bool) -> Value | None:
    """The alternatives of `value` that can be truthy (or falsy); None if there are none."""
    kept = [left for option in alternatives(value) if (left := _by_truth(state, option, outcome)) is not None]
    return one_of(kept) if kept else None


def _by_truth(state: State, value: Value, outcome: bool) -> Value | None:
    if isinstance(value, Environment) and value.fallback is not None:
        return _narrow_fallback(state, value, outcome)
    return None if state.truth(value) is (not outcome) else value


def _narrow_fallback(state: State, value: Environment, outcome: bool) -> Value:
    """A truthy environment value cannot be a falsy fallback, and the reverse."""
    assert value.fallback is not None, "the caller has looked"
    kept = narrowed(state, value.fallback, outcome)
    return replace(value, fallback=kept)


def _filter(frame: Frame, state: State, node: cst.BaseExpression, keep: Keep) -> State | None:
    """Narrows a name or attribute to what `keep` leaves of it."""
    value = lookup.peek(frame, state, node)
    if value is None:
        return _assume_item(frame, state, node, keep)
    kept = [left for option in alternatives(value) if (left := keep(option)) is not None]
    if not kept:
        return None
    after = one_of(kept)
    if after is not value:
        lookup.rebind(frame, state, node, after)
    return state


def _assume_comparison(
    frame: Frame,
    state: State,
    left: cst.BaseExpression,
    operator: cst.BaseCompOp,
    right: cst.BaseExpression,
    outcome: bool,
) -> State | None:
    identity = isinstance(operator, cst.Is | cst.IsNot)
    match operator:
        case cst.Is() | cst.Equal():
            positive = outcome
        case cst.IsNot() | cst.NotEqual():
            positive = not outcome
        case cst.In():
            return _assume_member(frame, state, left, right, outcome)
        case cst.NotIn():
            return _assume_member(frame, state, left, right, not outcome)
        case _:
            return state
    expected = _constant(frame, state, right)
    if expected is None and (reverse := _constant(frame, state, left)) is not None:
        expected, left = reverse, right
    if expected is None:
        return _filter(frame, state, left, lambda value: _member_of(value, right)) if positive else state
    return _filter(frame, state, left, lambda value: _by_equality(value, expected, positive, identity=identity))


def _constant(frame: Frame, state: State, node: cst.BaseExpression) -> Known | None:
    value = lookup.peek(frame, state, node)
    return value if isinstance(value, Known) else None


def _by_equality(value: Value, expected: Known, equal: bool, *, identity: bool = False) -> Value | None:
    match value:
        case Known():
            if (_identical if identity else _same)(value, expected) is (not equal):
                return None
            return replace(value, tested=True) if equal and value.constant is not None else value
        case Environment(fallback=Value() as fallback):
            kept = [
                left
                for one in alternatives(fallback)
                if (left := _by_equality(one, expected, equal, identity=identity)) is not None
            ]
            return replace(value, fallback=one_of(kept) if kept else None)
        case Environment():
            # An environment variable without a fallback here is None, or a text that someone chose.
            return value
        case Part() if equal and _member_of(value, None) is not value:
            return replace(expected, tested=True)
        case Unknown() | Part() | Symbol():
            # What an unknown is stays unknown: `if key == "dev": warn()` does not make "dev" the key.
            return replace(expected, tested=True) if equal and expected.constant is None else value
        case _:
            return None if equal and expected.constant is None else value


def _same(one: Known, other: Known) -> bool:
    """`one == other` as Python has it, where 1 is True."""
    return bool(one.constant == other.constant)


def _identical(one: Known, other: Known) -> bool | None:
    """`one is other`; equal texts and numbers may be one object or two."""
    if one != other:
        return False
    return True if one.constant is None or isinstance(one.constant, bool) else None


def _assume_member(
    frame: Frame, state: State, left: cst.BaseExpression, right: cst.BaseExpression, outcome: bool
) -> State | None:
    """`left in right`: a key of a mapping, or one of a fixed set of values."""
    container = lookup.peek(frame, state, right)
    if container is None:
        display = _display(right)
        return state if display is None else _among(frame, state, left, display, outcome)
    content = state.content(container)
    if isinstance(content, Sequence) and not content.open and all(isinstance(one, Known) for one in content.items):
        return _among(frame, state, left, content.items, outcome)
    key = lookup.peek(frame, state, left)
    if isinstance(key, Known):
        return _narrow_key(frame, state, container, key, outcome, frame.origin(right))
    if isinstance(content, Mapping) and not content.open:
        unfit = Presence.NEVER if outcome else None
        keys = [
            Known(key)
            for key, entry in content.entries.items()
            if entry.presence is not unfit and (outcome or entry.presence is Presence.ALWAYS)
        ]
        return _among(frame, state, left, tuple(keys), outcome)
    if outcome:
        return _filter(frame, state, left, lambda value: _member_of(value, left))
    return state


def _member_of(value: Value, site: object) -> Value:
    """A part of something that a model speaks of, once it is known to be in a set that is not known itself.

    It is still unknown, but no longer whatever that something says.
    """
    of_produced = isinstance(value, Part) and isinstance(base(value), Produced)
    return Unknown("a member of a set", site) if of_produced else value


def _display(node: cst.BaseExpression) -> tuple[Value, ...] | None:
    """The constants of a list, tuple or set written out in the test."""
    if not isinstance(node, cst.List | cst.Tuple | cst.Set):
        return None
    values: list[Value] = []
    for element in node.elements:
        if not isinstance(element.value, cst.SimpleString):
            return None
        values.append(Known(element.value.evaluated_value))
    return tuple(values)


def _among(
    frame: Frame, state: State, node: cst.BaseExpression, allowed: tuple[Value, ...], outcome: bool
) -> State | None:
    def keep(value: Value) -> Value | None:
        if isinstance(value, Known):
            found = any(isinstance(one, Known) and _same(value, one) for one in allowed)
            return value if found is outcome else None
        if isinstance(value, Environment) and value.fallback is not None and not outcome:
            kept = [left for option in alternatives(value.fallback) if (left := keep(option)) is not None]
            return replace(value, fallback=one_of(kept) if kept else None)
        return one_of([replace(one, tested=True) for one in allowed if isinstance(one, Known)]) if outcome else value

    return _filter(frame, state, node, keep)


def _narrow_key(
    frame: Frame, state: State, container: Value, key: Known, outcome: bool, origin: Origin
) -> State | None:
    """A key known to be in a mapping, or not to be."""
    impossible = Presence.NEVER if outcome else Presence.ALWAYS
    possible = [
        option
        for option in alternatives(container)
        if not isinstance(content := state.content(option), Mapping) or content.presence(key.constant) is not impossible
    ]
    if not possible:
        return None
    option = possible[0]
    content = state.content(option)
    if len(possible) > 1 or not isinstance(option, Reference) or not isinstance(content, Mapping):
        # Which of several it is stays open, and the others are as they were.
        return state
    if outcome:
        value = content.get(key.constant)
        value = Unknown("an item", (option.address, key.constant)) if isinstance(value, Absent) else value
        state.update(option, content.with_entry(key.constant, Entry(value)))
    else:
        state.update(option, content.without(key.constant, origin))
    return state


def _assume_item(frame: Frame, state: State, node: cst.BaseExpression, keep: Keep) -> State | None:
    """A test of `mapping["key"]` or `mapping.get("key")`: narrows the entry, and whether it is there."""
    fallback: Value | None = None
    match node:
        case cst.Subscript(value=inner, slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))]):
            pass
        case cst.Call(
            func=cst.Attribute(value=inner, attr=cst.Name(value="get")),
            args=[cst.Arg(value=cst.SimpleString() as key), *rest],
        ):
            fallback = lookup.peek(frame, state, rest[0].value) if rest else Known(None)
            if fallback is None:
                return state
        case _:
            return state
    container = lookup.peek(frame, state, inner)
    if not isinstance(container, Reference):
        return state
    content = state.content(container)
    if not isinstance(content, Mapping):
        return state
    constant = key.evaluated_value
    entry = content.entries.get(constant)
    absent_fits = fallback is not None and any(keep(one) is not None for one in alternatives(fallback))
    if entry is None:
        possible = content.open or absent_fits
        if content.open and absent_fits is False:
            state.update(container, content.with_entry(constant, Entry(Unknown("an item", node))))
        return state if possible else None
    kept = [left for one in alternatives(entry.value) if (left := keep(one)) is not None]
    kept = [] if entry.presence is Presence.NEVER else kept
    absent_fits = absent_fits and entry.presence is not Presence.ALWAYS
    if not kept:
        state.update(container, content.without(constant, entry.missing or frame.origin(node)))
        return state if absent_fits else None
    presence = entry.presence if absent_fits else Presence.ALWAYS
    state.update(container, content.with_entry(constant, replace(entry, value=one_of(kept), presence=presence)))
    return state


def compare(operator: type[cst.BaseCompOp], left: Value, right: Value) -> bool | None:
    """Whether a comparison holds; None where that cannot be said."""
    if operator in (cst.In, cst.NotIn):
        found = _contains(right, left)
        return found if found is None or operator is cst.In else not found
    if operator in (cst.Is, cst.Equal, cst.IsNot, cst.NotEqual):
        equal = _equal(left, right, identity=operator in (cst.Is, cst.IsNot))
        return equal if equal is None or operator in (cst.Is, cst.Equal) else not equal
    if not isinstance(left, Known) or not isinstance(right, Known):
        return None
    one, other = left.constant, right.constant
    if isinstance(one, int | float) and isinstance(other, int | float):
        if operator is cst.LessThan:
            return one < other
        if operator is cst.GreaterThan:
            return one > other
        return one <= other if operator is cst.LessThanEqual else one >= other
    return None


def _equal(left: Value, right: Value, *, identity: bool) -> bool | None:
    if isinstance(left, Known) and isinstance(right, Known):
        return _identical(left, right) if identity else _same(left, right)
    for one, other in ((left, right), (right, left)):
        never_none = isinstance(one, Mapping | Sequence) or (
            not isinstance(one, Known | Environment) and truth_of(one) is True
        )
        if isinstance(other, Known) and other.constant is None and never_none:
            return False
    return None


def truth_of(value: Value) -> bool | None:
    """The truth of a value that is not in the heap."""
    return State().truth(value)


def _contains(container: Value, item: Value) -> bool | None:
    if isinstance(container, Mapping) and isinstance(item, Known):
        presence = container.presence(item.constant)
        return {Presence.ALWAYS: True, Presence.NEVER: False}.get(presence)
    if isinstance(container, Sequence) and isinstance(item, Known):
        known = [one for one in container.items if isinstance(one, Known)]
        if container.open:
            return None
        if any(_same(item, one) for one in known):
            return True
        return False if len(known) == len(container.items) else None
    if isinstance(container, Known) and isinstance(item, Known):
        whole, part = container.constant, item.constant
        if isinstance(whole, str) and isinstance(part, str):
            return part in whole
    return None
