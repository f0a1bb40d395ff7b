"""What a test that came out true, or false, says of the values that it looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics import fallbacks, guarded_settings, lookup, outcomes, owners, variables
from jwt_sast.semantics.bounds import MAX_TESTS
from jwt_sast.semantics.comparison import compare, identical, same
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.joins import join_states
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Absent,
    Entry,
    Environment,
    Known,
    Mapping,
    Object,
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
from jwt_sast.semantics.written import number_value, string_value
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
            variables.assume_read(frame, state, test, outcome)
            return _assume_item(frame, state, test, lambda value: _by_truth(state, value, outcome))
        case cst.Call(func=cst.Name(value="bool"), args=[cst.Arg(value=inner)]):
            return assume(frame, state, inner, outcome)
        case _:
            variables.assume_read(frame, state, test, outcome)
            return _filter(frame, state, test, lambda value: _by_truth(state, value, outcome), follow=False)


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
    if kept is None and outcome:
        fallbacks.found(state, value.name)
    elif kept is not None and not outcome:
        fallbacks.missed(state, value.name)
    return replace(value, fallback=kept)


def _with_fallback(value: Environment, keep: Keep) -> Environment:
    """A setting with what `keep` leaves of its fallback; that it is set to something that passes is always possible."""
    if value.fallback is None:
        return value
    kept = [left for option in alternatives(value.fallback) if (left := keep(option)) is not None]
    return replace(value, fallback=one_of(kept) if kept else None)


def _filter(frame: Frame, state: State, node: cst.BaseExpression, keep: Keep, *, follow: bool = True) -> State | None:
    """Narrows a name or attribute to what `keep` leaves of it. Unless told to `follow` them, it leaves what calls of
    other modules give as it is: too much is merely asked for its truth.
    """
    value = lookup.peek(frame, state, node) or _answer(frame, node)
    if value is not None and (follow or isinstance(value, Symbol)):
        value = state.opened(value)
    if value is None:
        return _assume_item(frame, state, node, keep)
    kept = [left for option in alternatives(value) if (left := keep(option)) is not None]
    if not kept:
        return None
    if (after := one_of(kept)) is not value:
        outcomes.learn(state, value, kept)
        lookup.rebind(frame, state, node, after)
    return state


def _answer(frame: Frame, node: cst.BaseExpression) -> Value | None:
    """What the call that is tested has just given, where that tells more than itself."""
    return frame.answers.get(node.expression if isinstance(node, cst.Await) else node) if frame.answers else None


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
            return _assume_length(frame, state, left, operator, right, outcome)
    expected = _constant(frame, state, right)
    if expected is None and (reverse := _constant(frame, state, left)) is not None:
        expected, left = reverse, right
    if expected is None:
        return _filter(frame, state, left, lambda value: _member_of(value, right)) if positive else state

    if expected.constant is None:
        variables.assume_read(frame, state, left, not positive)

    def keep(value: Value) -> Value | None:
        return _by_equality(value, expected, positive, identity=identity)

    return _filter(frame, state, left, keep if positive else _turning_away(state, keep))


def _assume_length(
    frame: Frame,
    state: State,
    left: cst.BaseExpression,
    operator: cst.BaseCompOp,
    right: cst.BaseExpression,
    outcome: bool,
) -> State | None:
    """`len(key) < 32`: rules out the texts that are longer or shorter than that."""
    bound = Known(number_value(right)) if isinstance(right, cst.Integer) else _constant(frame, state, right)
    if bound is None or not isinstance(left, cst.Call) or len(left.args) != 1:
        return state
    if lookup.peek(frame, state, left.func) != Symbol("builtins.len"):
        return state

    def keep(value: Value) -> Value | None:
        match value:
            case Known(constant=str() | bytes() as text):
                return None if compare(type(operator), Known(len(text)), bound) is (not outcome) else value
            case Environment():
                return _with_fallback(value, keep)
            case _:
                return value

    return _filter(frame, state, left.args[0].value, _turning_away(state, keep))


def _constant(frame: Frame, state: State, node: cst.BaseExpression) -> Known | None:
    value = _peek(frame, state, node)
    return value if isinstance(value, Known) else None


def _peek(frame: Frame, state: State, node: cst.BaseExpression) -> Value | None:
    """What a test compares with."""
    value = lookup.peek(frame, state, node)
    return None if value is None else state.opened(value)


def _by_equality(value: Value, expected: Known, equal: bool, *, identity: bool = False) -> Value | None:
    match value:
        case Known():
            if (identical if identity else same)(value, expected) is (not equal):
                return None
            return replace(value, tested=True) if equal and value.constant is not None else value
        case Environment():
            return _with_fallback(value, lambda one: _by_equality(one, expected, equal, identity=identity))
        case Part() if equal and _member_of(value, None) is not value:
            return replace(expected, tested=True)
        case Unknown() | Part() | Symbol():
            # What an unknown is stays unknown: `if key == "dev": warn()` does not make "dev" the key.
            return replace(expected, tested=True) if equal and expected.constant is None else value
        case _:
            return None if equal and expected.constant is None else value


def _assume_member(
    frame: Frame, state: State, left: cst.BaseExpression, right: cst.BaseExpression, outcome: bool
) -> State | None:
    """`left in right`: a key of a mapping, or one of a fixed set of values."""
    container = _peek(frame, state, right)
    if container == variables.ENVIRON:
        variables.assume(frame, state, left, outcome)
        return state
    if container is None:
        display = _display(right)
        return state if display is None else _among(frame, state, left, display, outcome)
    content = state.content(container)
    if isinstance(content, Sequence) and not content.open and all(isinstance(one, Known) for one in content.items):
        return _among(frame, state, left, content.items, outcome)
    key = _peek(frame, state, left)
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
    strings = [one.value for one in node.elements if isinstance(one.value, cst.SimpleString)]
    return tuple(Known(string_value(one)) for one in strings) if len(strings) == len(node.elements) else None


def _among(
    frame: Frame, state: State, node: cst.BaseExpression, allowed: tuple[Value, ...], outcome: bool
) -> State | None:
    constants = [replace(one, tested=True) for one in allowed if isinstance(one, Known)]

    def keep(value: Value) -> Value | None:
        match value:
            case Known():
                return value if any(same(value, one) for one in constants) is outcome else None
            case Environment():
                return _with_fallback(value, keep)
            case _:
                return one_of([replace(one, assumed=True) for one in constants]) if outcome else value

    return _filter(frame, state, node, keep if outcome else _turning_away(state, keep))


def _turning_away(state: State, keep: Keep) -> Keep:
    """`keep`, with what it takes from a setting noted as turned away."""

    def noted(value: Value) -> Value | None:
        left = keep(value)
        if isinstance(value, Environment):
            fallbacks.refuse_lost(state, value, left)
        return left

    return noted


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
        case cst.Attribute():
            return owners.assume(frame, state, node, keep)
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
        guarded_settings.assume(frame, state, inner, string_value(key), keep)
        return state
    content = state.content(container)
    constant = string_value(key)
    if isinstance(content, Object) and isinstance(content.of, Symbol) and isinstance(constant, str):
        return _assume_kept(state, container, content, constant, keep)
    if not isinstance(content, Mapping):
        return state
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


def _assume_kept(state: State, container: Reference, content: Object, key: str, keep: Keep) -> State | None:
    """The same of an object of a library, which keeps its items as attributes."""
    value = content.attributes.get(key)
    if value is not None:
        kept = [left for one in alternatives(value) if (left := keep(one)) is not None]
        if not kept:
            return None
        state.update(container, replace(content, attributes={**content.attributes, key: one_of(kept)}))
    return state
