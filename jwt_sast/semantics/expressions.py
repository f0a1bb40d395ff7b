"""Evaluates expressions: a CST node and a state in, a Value out; side effects go into the state."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import libcst as cst

from jwt_sast.semantics import comprehensions, containers, definitions, generators, lookup, merging, operators, texts
from jwt_sast.semantics.bounds import MAX_NESTING
from jwt_sast.semantics.calls import Argument, Arguments
from jwt_sast.semantics.comparison import by_fallback, compare
from jwt_sast.semantics.environment import Frame, PathEndsError
from jwt_sast.semantics.field_makers import ANNOTATED, ANNOTATIONS
from jwt_sast.semantics.joins import join_states
from jwt_sast.semantics.narrowing import assume, narrowed
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Known, OneOf, Produced, Symbol, Unknown, Value, each, one_of
from jwt_sast.semantics.written import number_value, string_value


def evaluate(frame: Frame, state: State, node: cst.BaseExpression) -> Value:
    """What `node` can be in `state`. Raises PathEndsError where it never gives a value."""
    handler = _HANDLERS.get(type(node))
    budget = frame.budget
    if budget.nesting >= MAX_NESTING:
        frame.stop("MAX_NESTING")
        handler = None
    if handler is None:
        return Unknown("an expression of another kind", node)
    budget.nesting += 1
    try:
        value = handler(frame, state, node)
    finally:
        budget.nesting -= 1
    if frame.scope.values is not None:
        _record(frame.scope.values, node, state.resolve(value))
    if frame.testing:
        frame.host.use(value, "test", frame.place(node), state)
    return value


def _record(values: dict[cst.CSTNode, Value], node: cst.BaseExpression, value: Value) -> None:
    before = values.get(node)
    values[node] = value if before is None else one_of((before, value), site=node)


_CONSTANTS = {"True": True, "False": False, "None": None, "__debug__": True}


def _name(frame: Frame, state: State, node: cst.Name) -> Value:
    if node.value in _CONSTANTS:
        return Known(_CONSTANTS[node.value], origin=frame.origin(node))
    return lookup.name(frame, state, node.value)


def _string(frame: Frame, state: State, node: cst.SimpleString | cst.ConcatenatedString) -> Value:
    if isinstance(node, cst.ConcatenatedString):
        left, right = evaluate(frame, state, node.left), evaluate(frame, state, node.right)
        return operators.binary(cst.Add, left, right, frame.origin(node))
    return Known(string_value(node), origin=frame.origin(node))


def _number(frame: Frame, state: State, node: cst.Integer | cst.Float | cst.Imaginary) -> Value:
    try:
        return Known(number_value(node), origin=frame.origin(node))
    except ValueError:  # more digits than the interpreter converts
        return Unknown("a very long number", node)


def _formatted(frame: Frame, state: State, node: cst.FormattedString) -> Value:
    pieces: list[str | Value] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            pieces.append(_unescaped(part.value, raw="r" in node.start.lower()))
        elif isinstance(part, cst.FormattedStringExpression):
            value = evaluate(frame, state, part.expression)
            pieces.append(texts.formatted(value, part.conversion, _specification(part)))
    return texts.text(tuple(pieces), frame.origin(node))


def _specification(part: cst.FormattedStringExpression) -> str | None:
    """What stands behind the colon of `{value:spec}`, None where it is computed; `{value=}` counts as computed."""
    texts = [one.value for one in part.format_spec or () if isinstance(one, cst.FormattedStringText)]
    computed = len(texts) < len(part.format_spec or ()) or part.equal is not None
    return None if computed else "".join(texts)


def _unescaped(text: str, *, raw: bool) -> str:
    text = text.replace("{{", "{").replace("}}", "}")
    if raw or "\\" not in text:
        return text
    try:
        return str(ast.literal_eval('"""' + text.replace('"', '\\"') + '"""'))
    except (SyntaxError, ValueError):
        return text


def _boolean(frame: Frame, state: State, node: cst.BooleanOperation) -> Value:
    """`and` / `or`: the left value where it decides, otherwise the right one, evaluated on the path that reaches it."""
    is_or = isinstance(node.operator, cst.Or)
    left = evaluate(frame, state, node.left)
    decided = state.truth(left)
    if decided is not None:
        return left if decided is is_or else evaluate(frame, state, node.right)
    on, off = assume(frame, state.fork(), node.left, not is_or), assume(frame, state.fork(), node.left, is_or)
    kept = narrowed(state, left, is_or)
    if on is None:
        return kept or left
    try:
        right = evaluate(frame, on, node.right)
    except PathEndsError:
        if off is None:
            raise
        state.become(off)
        return kept or left
    after = join_states(on, off, frame.origin(node.left))
    if after is not None:
        state.become(after)
    return right if kept is None else one_of((kept, right))


def _binary(frame: Frame, state: State, node: cst.BinaryOperation) -> Value:
    left, right = evaluate(frame, state, node.left), evaluate(frame, state, node.right)
    left, right = state.opened(left), state.opened(right)
    origin = frame.origin(node)
    for side, expression in ((left, node.left), (right, node.right)):
        frame.host.use(side, "read", frame.place(expression), state)
    if isinstance(node.operator, cst.Modulo):
        formatted = containers.percent(frame, state, left, right, origin)
        if formatted is not None:
            return formatted
    if isinstance(node.operator, cst.Add | cst.BitOr):
        merged = merging.merge(state, type(node.operator), left, right, origin)
        if merged is not None:
            return merged
    return operators.binary(type(node.operator), left, right, origin)


def _unary(frame: Frame, state: State, node: cst.UnaryOperation) -> Value:
    value = evaluate(frame, state, node.expression)
    if isinstance(node.operator, cst.Not):
        decided = state.truth(value)
        return Unknown("a condition", node) if decided is None else Known(not decided, origin=frame.origin(node))
    if isinstance(node.operator, cst.Minus):
        return each(state.opened(value), lambda option: operators.negate(option, frame.origin(node)))
    if isinstance(node.operator, cst.Plus) and not isinstance(value, Known):
        return value
    return Unknown("an operation", node)


def _comparison(frame: Frame, state: State, node: cst.Comparison) -> Value:
    left = state.opened(evaluate(frame, state, node.left))
    answer: bool | None = True
    setting: Value | None = None
    for target in node.comparisons:
        right = state.opened(evaluate(frame, state, target.comparator))
        for side, expression in ((left, node.left), (right, target.comparator)):
            frame.host.use(side, "test", frame.place(expression), state)
        sides = state.resolve(left), state.resolve(right)
        one = compare(type(target.operator), *sides)
        if one is None and len(node.comparisons) == 1:
            setting = by_fallback(type(target.operator), *sides)
        answer = False if one is False else (None if one is None else answer)
        if answer is False:
            break
        left = right
    if answer is None:
        return setting or Unknown("a condition", node)
    return Known(answer, origin=frame.origin(node))


def _conditional(frame: Frame, state: State, node: cst.IfExp) -> Value:
    decided = frame.test(state, node.test)
    values: list[Value] = []
    after: State | None = None
    for outcome, branch in ((True, node.body), (False, node.orelse)):
        if decided is not None and decided is not outcome:
            continue
        path = assume(frame, state.fork(), node.test, outcome)
        if path is None:
            continue
        try:
            values.append(evaluate(frame, path, branch))
        except PathEndsError:
            continue
        after = join_states(after, path, frame.origin(node.test))
    if after is None:
        raise PathEndsError
    state.become(after)
    return one_of(values, site=node)


def _named(frame: Frame, state: State, node: cst.NamedExpr) -> Value:
    value = evaluate(frame, state, node.value)
    if isinstance(node.target, cst.Name):
        state.names[node.target.value] = value
    return value


def _lambda(frame: Frame, state: State, node: cst.Lambda) -> Value:
    return definitions.define_lambda(frame, state, node)


def _await(frame: Frame, state: State, node: cst.Await) -> Value:
    return evaluate(frame, state, node.expression)


def _yield(frame: Frame, state: State, node: cst.Yield) -> Value:
    value: Value = Known(None)
    if isinstance(node.value, cst.From):
        value = comprehensions.element(state, evaluate(frame, state, node.value.item), node)
    elif node.value is not None:
        value = evaluate(frame, state, node.value)
        frame.host.use(value, "return", frame.place(node.value), state)
    generators.hand_out(frame, state, value)
    return Unknown("sent to a generator", node)


def _call(frame: Frame, state: State, node: cst.Call) -> Value:
    callee = evaluate(frame, state, node.func)
    arguments = Arguments()
    for arg in node.args:
        value = evaluate(frame, state, arg.value)
        here = frame.place(arg.value)
        argument = Argument(value, _owner_place(frame, arg.value, value) or here, here)
        if arg.star == "*":
            arguments.add_star(argument, state)
        elif arg.star == "**":
            arguments.add_double_star(argument, state)
        elif arg.keyword is not None:
            arguments.keywords[arg.keyword.value] = argument
        elif arguments.more_positional:
            state.escape(value)
        else:
            arguments.positional.append(argument)
    value = frame.call(state, callee, arguments, frame.place(node))
    if isinstance(value, OneOf) and value.outcomes:
        frame.answers[node] = value
    elif frame.answers:
        frame.answers.pop(node, None)
    return value


def _owner_place(frame: Frame, node: cst.BaseExpression, value: Value) -> Place | None:
    """Where a parameter that is passed on unchanged would be changed: it belongs to the caller."""
    if isinstance(node, cst.Name):
        passed = frame.arguments.get(node.value)
        if passed is not None and passed.value is value:
            return passed.place
    return None


def _attribute(frame: Frame, state: State, node: cst.Attribute) -> Value:
    receiver = evaluate(frame, state, node.value)
    return lookup.attribute(frame, state, receiver, node.attr.value, frame.place(node))


def _subscript(frame: Frame, state: State, node: cst.Subscript) -> Value:
    receiver = evaluate(frame, state, node.value)
    if isinstance(receiver, Symbol) and receiver.name in ANNOTATIONS:
        parts = [evaluate(frame, state, one.slice.value) for one in node.slice if isinstance(one.slice, cst.Index)]
        return Produced(ANNOTATED, tuple(parts), node, origin=frame.origin(node))
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
        key = evaluate(frame, state, node.slice[0].slice.value)
        return containers.item(frame, state, receiver, key, frame.place(node))
    bounds: list[Value | None] = []
    for element in node.slice:
        if isinstance(element.slice, cst.Slice):
            for bound in (element.slice.lower, element.slice.upper, element.slice.step):
                bounds.append(None if bound is None else evaluate(frame, state, bound))
        elif isinstance(element.slice, cst.Index):
            evaluate(frame, state, element.slice.value)
    return containers.sliced(state, receiver, bounds, frame.origin(node))


def _dict(frame: Frame, state: State, node: cst.Dict) -> Value:
    elements: list[tuple[Value | None, Value]] = []
    for element in node.elements:
        if isinstance(element, cst.DictElement):
            key = state.opened(evaluate(frame, state, element.key))
            elements.append((key, evaluate(frame, state, element.value)))
        else:
            elements.append((None, evaluate(frame, state, element.value)))
    return containers.make_mapping(state, elements, frame.origin(node))


def _sequence(frame: Frame, state: State, node: cst.List | cst.Tuple | cst.Set) -> Value:
    items: list[tuple[bool, Value]] = []
    for element in node.elements:
        items.append((isinstance(element, cst.StarredElement), evaluate(frame, state, element.value)))
    return containers.make_sequence(state, items, type(node).__name__.lower(), frame.origin(node))


def _comprehension(frame: Frame, state: State, node: Any) -> Value:
    return comprehensions.evaluate(frame, state, node)


_HANDLERS: dict[type[cst.CSTNode], Callable[[Frame, State, Any], Value]] = {
    cst.Attribute: _attribute,
    cst.Await: _await,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.Call: _call,
    cst.Comparison: _comparison,
    cst.ConcatenatedString: _string,
    cst.Dict: _dict,
    cst.DictComp: _comprehension,
    cst.Float: _number,
    cst.FormattedString: _formatted,
    cst.GeneratorExp: _comprehension,
    cst.IfExp: _conditional,
    cst.Imaginary: _number,
    cst.Integer: _number,
    cst.Lambda: _lambda,
    cst.List: _sequence,
    cst.ListComp: _comprehension,
    cst.Name: _name,
    cst.NamedExpr: _named,
    cst.Set: _sequence,
    cst.SetComp: _comprehension,
    cst.SimpleString: _string,
    cst.Subscript: _subscript,
    cst.Tuple: _sequence,
    cst.UnaryOperation: _unary,
    cst.Yield: _yield,
}
