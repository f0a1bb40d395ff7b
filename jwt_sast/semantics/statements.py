"""Executes statements: a state in, the state after them out, or None where no path leads on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from jwt_sast.semantics import (
    contexts,
    decorators,
    definitions,
    field_makers,
    imports,
    lookup,
    loops,
    merging,
    operators,
)
from jwt_sast.semantics.assignment import assign, unbind
from jwt_sast.semantics.bounds import MAX_NESTING, WEIGHT_ELSEWHERE
from jwt_sast.semantics.environment import Frame, PathEndsError
from jwt_sast.semantics.joins import Interruptions, join_states
from jwt_sast.semantics.narrowing import assume
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.state import State
from jwt_sast.semantics.stdlib.modules import SUPPRESS
from jwt_sast.semantics.values import Class, Function, Known, Produced, Unknown, Value

Statement = cst.BaseStatement | cst.BaseSmallStatement


def execute(frame: Frame, state: State, body: Sequence[Statement]) -> State | None:
    """The state after `body`; `state` itself goes along and stays at the last point that was reached."""
    budget = frame.budget
    if budget.nesting >= MAX_NESTING:
        frame.stop("MAX_NESTING")
        return state
    budget.nesting += 1
    try:
        for statement in body:
            after = _execute_one(frame, state, statement)
            if after is None:
                return None
            if after is not state:
                state.become(after)
        return state
    finally:
        budget.nesting -= 1


def _execute_one(frame: Frame, state: State, statement: Statement) -> State | None:
    if type(statement) is cst.SimpleStatementLine:
        return execute(frame, state, statement.body)
    handler = _HANDLERS.get(type(statement))
    if handler is None:
        return state
    if frame.caller is not None:
        frame.budget.step(1 if frame.scope is frame.entry.scope else WEIGHT_ELSEWHERE)
    frame.may_raise(state)
    version = state.version
    try:
        return handler(frame, state, statement)
    except PathEndsError:
        return None
    finally:
        if state.version != version and isinstance(statement, cst.BaseSmallStatement):
            frame.may_have_raised(state)


def _expression(frame: Frame, state: State, node: cst.Expr) -> State:
    frame.evaluate(state, node.value)
    return state


def _assign(frame: Frame, state: State, node: cst.Assign) -> State:
    value = frame.evaluate(state, node.value)
    for target in node.targets:
        assign(frame, state, target.target, value)
    return state


def _annotated(frame: Frame, state: State, node: cst.AnnAssign) -> State:
    value = None if node.value is None else frame.evaluate(state, node.value)
    if frame.owner_body:
        value = field_makers.annotated(frame, state, node, value)
    if value is not None:
        assign(frame, state, node.target, value)
    return state


_OPERATORS: dict[type[cst.BaseAugOp], type[cst.BaseBinaryOp]] = {
    cst.AddAssign: cst.Add,
    cst.BitOrAssign: cst.BitOr,
    cst.DivideAssign: cst.Divide,
    cst.FloorDivideAssign: cst.FloorDivide,
    cst.ModuloAssign: cst.Modulo,
    cst.MultiplyAssign: cst.Multiply,
    cst.PowerAssign: cst.Power,
    cst.SubtractAssign: cst.Subtract,
}


def _augmented(frame: Frame, state: State, node: cst.AugAssign) -> State:
    left, right = frame.evaluate(state, node.target), frame.evaluate(state, node.value)
    left, right = state.opened(left), state.opened(right)
    origin = frame.origin(node)
    op = _OPERATORS.get(type(node.operator))
    if op is None:
        value: Value = Unknown("an operation", node)
    elif merging.extend_in_place(state, op, left, right):
        return state
    else:
        merged = merging.merge(state, op, left, right, origin)
        value = operators.binary(op, left, right, origin) if merged is None else merged
    assign(frame, state, node.target, value)
    return state


def _return(frame: Frame, state: State, node: cst.Return) -> None:
    value: Value = Known(None)
    if node.value is not None:
        value = frame.evaluate(state, node.value)
        frame.host.use(value, "return", frame.place(node.value), state)
    frame.returns.append((state.fork(), value))


def _raise(frame: Frame, state: State, node: cst.Raise) -> None:
    frame.note_refusal()
    if node.exc is not None:
        frame.evaluate(state, node.exc)


def _assert(frame: Frame, state: State, node: cst.Assert) -> State | None:
    if frame.test(state, node.test) is not True:
        frame.note_refusal()
    return assume(frame, state, node.test, True)


def _delete(frame: Frame, state: State, node: cst.Del) -> State:
    unbind(frame, state, node.target)
    return state


def _break(frame: Frame, state: State, node: cst.Break) -> None:
    if frame.loops:
        frame.loops[-1].breaks.append(state.fork())


def _continue(frame: Frame, state: State, node: cst.Continue) -> None:
    if frame.loops:
        frame.loops[-1].continues.append(state.fork())


def _global(frame: Frame, state: State, node: cst.Global) -> State:
    for item in node.names:
        frame.globals.add(item.name.value)
        state.names.pop(item.name.value, None)
    return state


def _nonlocal(frame: Frame, state: State, node: cst.Nonlocal) -> State:
    for item in node.names:
        name = item.name.value
        frame.nonlocals.add(name)
        state.names[name] = lookup.name(frame, state, name)
    return state


def _if(frame: Frame, state: State, node: cst.If) -> State | None:
    """An `if` with its `elif`s; written as a loop because generated code has thousands of them."""
    ends: list[tuple[State | None, Origin]] = []
    rest: State | None = state
    branch: cst.If | cst.Else | None = node
    while rest is not None and branch is not None:
        if isinstance(branch, cst.Else):
            rest = execute(frame, rest, branch.body.body)
            break
        try:
            decided = frame.test(rest, branch.test)
        except PathEndsError:
            rest = None
            break
        taken = None if decided is False else assume(frame, rest.fork(), branch.test, True)
        end = None if taken is None else execute(frame, taken, branch.body.body)
        ends.append((end, frame.origin(branch.test)))
        rest = None if decided is True else assume(frame, rest, branch.test, False)
        branch = branch.orelse
    after = rest.fork() if rest is state else rest
    for end, because in reversed(ends):
        after = join_states(end, after, because)
    return after


def _try(frame: Frame, state: State, node: cst.Try | cst.TryStar) -> State | None:
    if node.finalbody is None:
        return _guarded(frame, state, node)
    pending = [frame.loops[-1].breaks, frame.loops[-1].continues] if frame.loops else []
    left = [len(states) for states in pending]
    returned = len(frame.returns)
    frame.handlers.append(Interruptions(state))
    after = _guarded(frame, state, node)
    # Whether anything is ever raised is not shown, so what that path lacks is not provably missing.
    raised = join_states(None if after is None else after.fork(), frame.handlers.pop().joined(), proof=False)
    body = node.finalbody.body.body
    frame.returns[returned:] = [
        (end, value)
        for exit_state, value in frame.returns[returned:]
        if (end := execute(frame, exit_state, body)) is not None
    ]
    for states, count in zip(pending, left, strict=True):
        states[count:] = [end for one in states[count:] if (end := execute(frame, one, body)) is not None]
    if raised is not None and (end := execute(frame, raised, body)) is not None:
        frame.may_raise(end)
    return None if after is None else execute(frame, after, body)


def _guarded(frame: Frame, state: State, node: cst.Try | cst.TryStar) -> State | None:
    """A `try` with its handlers and its `else`, without its `finally`."""
    frame.handlers.append(Interruptions(state))
    end = execute(frame, state, node.body.body)
    start = frame.handlers.pop().joined()
    frame.may_raise(start)
    if end is not None and node.orelse is not None:
        end = execute(frame, end, node.orelse.body.body)
    after = None if end is None else end.fork()
    for handler in node.handlers:
        path = start.fork()
        if handler.name is not None:
            assign(frame, path, handler.name.name, Unknown("an exception", handler))
        # Whether the body ever raises is not shown, so what a handler lacks is not provably missing.
        after = join_states(after, execute(frame, path, handler.body.body), proof=False)
    return after


def _with(frame: Frame, state: State, node: cst.With) -> State | None:
    suppresses = False
    for item in node.items:
        value = frame.evaluate(state, item.item)
        suppresses |= isinstance(value, Produced) and value.what == SUPPRESS
        if item.asname is not None:
            assign(frame, state, item.asname.name, contexts.entered(frame, state, value, frame.place(item.item)))
    if not suppresses:
        return execute(frame, state, node.body.body)
    frame.handlers.append(Interruptions(state))
    end = execute(frame, state, node.body.body)
    cut_short = frame.handlers.pop().joined()
    return join_states(None if end is None else end.fork(), cut_short, proof=False)


def _match(frame: Frame, state: State, node: cst.Match) -> State | None:
    """Each case on a path of its own; what falls through all of them goes on unless a case takes everything."""
    subject = frame.evaluate(state, node.subject)
    frame.host.use(subject, "test", frame.place(node.subject), state)
    after: State | None = None
    for case in node.cases:
        path: State | None = state.fork()
        assert path is not None
        catches_all = _bind_pattern(frame, path, case.pattern, subject) and case.guard is None
        if case.guard is not None:
            decided = frame.test(path, case.guard)
            refused = None if decided is True else assume(frame, path.fork(), case.guard, False)
            path = None if decided is False else assume(frame, path, case.guard, True)
            # What the pattern has bound stays bound where the guard fails.
            state.become(join_states(state.fork(), refused, frame.origin(case.guard)) or state)
        if path is not None:
            after = join_states(after, execute(frame, path, case.body.body), frame.origin(node.subject))
        if catches_all:
            return after
    return join_states(after, state.fork(), frame.origin(node.subject))


def _bind_pattern(frame: Frame, state: State, pattern: cst.MatchPattern, subject: Value) -> bool:
    """Binds the names of a pattern; true where it matches whatever comes."""
    match pattern:
        case cst.MatchAs(pattern=None, name=None):
            return True
        case cst.MatchAs(pattern=None, name=cst.Name(value=text)):
            state.names[text] = subject
            return True
        case cst.MatchAs(pattern=cst.MatchPattern() as inner, name=cst.Name(value=text)):
            state.names[text] = subject
            return _bind_pattern(frame, state, inner, subject)
        case cst.MatchOr(patterns=options):
            matches = [_bind_pattern(frame, state, option.pattern, subject) for option in options]
            return any(matches)
        case _:
            for name in _captured(pattern):
                state.names[name] = Unknown("part of a pattern", (pattern, name))
            return False


def _captured(pattern: cst.CSTNode) -> list[str]:
    names: list[str] = []
    for child in pattern.children:
        names += _captured(child)
    match pattern:
        case cst.MatchAs(name=cst.Name(value=text)) | cst.MatchStar(name=cst.Name(value=text)):
            names.append(text)
        case cst.MatchMapping(rest=cst.Name(value=text)):
            names.append(text)
    return names


def _class(frame: Frame, state: State, node: cst.ClassDef) -> State:
    """Runs a class body; the functions that it defines become its methods."""
    applied = decorators.evaluated(frame, state, node.decorators)
    bases = [frame.evaluate(state, arg.value) for arg in node.bases]
    keywords = {arg.keyword.value: frame.evaluate(state, arg.value) for arg in node.keywords if arg.keyword is not None}
    if frame.is_module:
        frame.scope.names = state.names
    closure = dict(frame.closure) if frame.is_module or frame.owner_body else {**frame.closure, **state.names}
    body = Frame(frame.scope, frame.machine, frame.host, frame.budget, closure=closure, caller=frame, owner_body=True)
    inner = state.enter({})
    frame.live = state.names
    execute(body, inner, node.body.body)
    state.leave(inner)
    members, origin = dict(inner.names), frame.origin(node.name)
    made = Class(node, frame.scope, members, bases, tuple(one for one, _ in applied), keywords, origin=origin)
    for member in made.members.values():
        if isinstance(member, Function):
            frame.scope.owners[(member.wraps or member).node] = made
    assign(frame, state, node.name, decorators.applied(frame, state, applied, made))
    return state


def _function(frame: Frame, state: State, node: cst.FunctionDef) -> State:
    if frame.is_module:
        frame.scope.names = state.names
    assign(frame, state, node.name, definitions.define(frame, state, node))
    return state


_HANDLERS: dict[type[cst.CSTNode], Callable[[Frame, State, Any], State | None]] = {
    cst.AnnAssign: _annotated,
    cst.Assert: _assert,
    cst.Assign: _assign,
    cst.AugAssign: _augmented,
    cst.Break: _break,
    cst.ClassDef: _class,
    cst.Continue: _continue,
    cst.Del: _delete,
    cst.Expr: _expression,
    cst.For: loops.for_loop,
    cst.FunctionDef: _function,
    cst.Global: _global,
    cst.If: _if,
    cst.Import: imports.import_modules,
    cst.ImportFrom: imports.import_names,
    cst.Match: _match,
    cst.Nonlocal: _nonlocal,
    cst.Raise: _raise,
    cst.Return: _return,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.While: loops.while_loop,
    cst.With: _with,
}
