"""`for` and `while`: unrolled where the items are known, otherwise a bounded number of turns."""

from __future__ import annotations

from math import prod

import libcst as cst

from jwt_sast.semantics.bounds import MAX_LOOP_PASSES, MAX_UNROLLED
from jwt_sast.semantics.comprehensions import Step, element, known_steps
from jwt_sast.semantics.environment import Frame, Loop, PathEndsError
from jwt_sast.semantics.joins import join_states
from jwt_sast.semantics.narrowing import assume
from jwt_sast.semantics.repetition import repeated
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Presence, Sequence, Value


def for_loop(frame: Frame, state: State, node: cst.For) -> State | None:
    """A `for` with its `else`."""
    iterable = state.opened(frame.evaluate(state, node.iter))
    steps = known_steps(state, iterable)
    turns = 1 if steps is None else len(steps)
    unroll = steps is not None and turns * prod(outer.turns for outer in frame.loops) <= MAX_UNROLLED
    if steps is not None and not unroll:
        frame.stop("MAX_UNROLLED")
    loop = Loop(turns if unroll else MAX_LOOP_PASSES)
    frame.loops.append(loop)
    try:
        if steps is not None and unroll:
            end = _unrolled(frame, state, node, iterable, steps, loop)
        else:
            end = _bounded(frame, state, node, iterable, loop)
    finally:
        frame.loops.pop()
    return _after(frame, end, node.orelse, loop)


def _unrolled(
    frame: Frame, state: State, node: cst.For, iterable: Value, steps: tuple[Step, ...], loop: Loop
) -> State | None:
    items = state.content(iterable)
    current: State | None = state.fork()
    for item, presence in steps:
        if current is None:
            return None
        skipped = None if presence is Presence.ALWAYS else current.fork()
        frame.assign(current, node.target, item)
        current = _turn(frame, current, node.body, loop)
        current = join_states(current, skipped, proof=presence is Presence.SOMETIMES)
        if current is not None and isinstance(items, Sequence) and current.content(iterable) != items:
            # The body changes the list that the loop goes through.
            return _bounded(frame, current, node, iterable, loop)
    return current


def _bounded(frame: Frame, state: State, node: cst.For, iterable: Value, loop: Loop) -> State | None:
    """No turn, one turn, several: an empty loop is not shown to happen, so it proves nothing missing."""

    def turn(current: State) -> State | None:
        frame.assign(current, node.target, element(current, iterable, node))
        return _turn(frame, current, node.body, loop)

    return repeated(state, lambda current: current, turn, depth=len(frame.loops) - 1)


def while_loop(frame: Frame, state: State, node: cst.While) -> State | None:
    """A `while` with its `else`."""
    loop = Loop(MAX_LOOP_PASSES)

    def leave(current: State) -> State | None:
        return _tested(frame, current, node.test, outcome=False)

    def turn(current: State) -> State | None:
        entered = _tested(frame, current, node.test, outcome=True)
        return None if entered is None else _turn(frame, entered, node.body, loop)

    frame.loops.append(loop)
    try:
        done = repeated(state, leave, turn, depth=len(frame.loops) - 1)
    finally:
        frame.loops.pop()
    return _after(frame, done, node.orelse, loop)


def _tested(frame: Frame, state: State, test: cst.BaseExpression, *, outcome: bool) -> State | None:
    """The state after a test that comes out as `outcome`, None where it cannot."""
    try:
        decided = frame.test(state, test)
    except PathEndsError:
        return None
    return None if decided is (not outcome) else assume(frame, state, test, outcome)


def _turn(frame: Frame, state: State, body: cst.BaseSuite, loop: Loop) -> State | None:
    """One run of the body, `continue` included."""
    current = frame.execute(state, body.body)
    current = None if current is None else current.fork()
    for left in loop.continues:
        current = join_states(current, left, proof=False)
    loop.continues.clear()
    return current


def _after(frame: Frame, end: State | None, orelse: cst.Else | None, loop: Loop) -> State | None:
    if end is not None and orelse is not None:
        end = frame.execute(end, orelse.body.body)
    for left in loop.breaks:
        end = join_states(end, left, proof=False)
    return end
