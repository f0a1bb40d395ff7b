"""`for` and `while`: unrolled where the items are known, otherwise a bounded number of turns."""

from __future__ import annotations

from math import prod

import libcst as cst

from jwt_sast.semantics.bounds import MAX_LOOP_PASSES, MAX_UNROLLED
from jwt_sast.semantics.comprehensions import element, known_items
from jwt_sast.semantics.environment import Frame, Loop, PathEndsError
from jwt_sast.semantics.narrowing import assume
from jwt_sast.semantics.state import State, join_states
from jwt_sast.semantics.values import Value


def for_loop(frame: Frame, state: State, node: cst.For) -> State | None:
    """A `for` with its `else`."""
    iterable = frame.evaluate(state, node.iter)
    items = known_items(state, iterable)
    turns = 1 if items is None else len(items)
    unroll = items is not None and turns * prod(outer.turns for outer in frame.loops) <= MAX_UNROLLED
    loop = Loop(turns if unroll else MAX_LOOP_PASSES)
    frame.loops.append(loop)
    try:
        if items is not None and unroll:
            end = _unrolled(frame, state, node, items, loop)
        else:
            end = _bounded(frame, state, node, iterable, loop)
    finally:
        frame.loops.pop()
    return _after(frame, end, node.orelse, loop)


def _unrolled(frame: Frame, state: State, node: cst.For, items: tuple[Value, ...], loop: Loop) -> State | None:
    current: State | None = state.fork()
    for item in items:
        if current is None:
            return None
        frame.assign(current, node.target, item)
        current = _turn(frame, current, node.body, loop)
    return current


def _bounded(frame: Frame, state: State, node: cst.For, iterable: Value, loop: Loop) -> State | None:
    """No turn, one turn, two turns: an empty loop is not shown to happen, so it proves nothing missing."""
    done: State | None = state.fork()
    current: State | None = state.fork()
    for _ in range(MAX_LOOP_PASSES):
        if current is None:
            break
        frame.assign(current, node.target, element(current, iterable, node))
        current = _turn(frame, current, node.body, loop)
        done = join_states(done, None if current is None else current.fork(), proof=False)
    return done


def while_loop(frame: Frame, state: State, node: cst.While) -> State | None:
    """A `while` with its `else`."""
    loop = Loop(MAX_LOOP_PASSES)
    frame.loops.append(loop)
    done: State | None = None
    current: State | None = state.fork()
    try:
        for _ in range(MAX_LOOP_PASSES):
            if current is None:
                break
            try:
                decided = frame.test(current, node.test)
            except PathEndsError:
                break
            if decided is not True:
                leaving = assume(frame, current.fork(), node.test, False)
                done = join_states(done, leaving, proof=False)
            current = None if decided is False else assume(frame, current, node.test, True)
            current = None if current is None else _turn(frame, current, node.body, loop)
        if current is not None:
            done = join_states(done, assume(frame, current, node.test, False), proof=False)
    finally:
        frame.loops.pop()
    return _after(frame, done, node.orelse, loop)


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
