"""Generators: run where they are called, to their end; what they have yielded is what a loop over them goes through."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from jwt_sast.semantics.bounds import MAX_YIELDS
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.joins import join_all
from jwt_sast.semantics.state import HeapObject, State
from jwt_sast.semantics.values import (
    Mapping,
    Produced,
    Reference,
    Sequence,
    Unknown,
    Value,
    alternatives,
    one_of,
)

GENERATOR = "generator"
"""What a called generator is; the detail is a tuple of what it yields."""


@dataclass(slots=True)
class Yielded:
    """A value as it was when it was yielded, and the state of the generator then.

    `copied` maps the containers that it was made of to the copies that are yielded.
    """

    value: Value
    state: State
    copied: dict[int, tuple[HeapObject, Reference]]


def hand_out(frame: Frame, state: State, value: Value) -> None:
    """`yield value` in `frame`: whoever gets it may change it, and the generator may change it afterwards."""
    originals = [
        option
        for option in alternatives(value)
        if isinstance(option, Reference) and isinstance(state.look(option), Mapping | Sequence)
    ]
    copies: dict[int, Reference] = {}
    for option in originals:
        content = state.look(option)
        assert content is not None, "it has been looked at"
        copies[option.address] = state.allocate(content)
    state.escape(value)
    copied = {
        address: (content, copy) for address, copy in copies.items() if (content := state.at(address)) is not None
    }
    if len(frame.yielded) < MAX_YIELDS:
        made = one_of([_copy(option, copies) for option in alternatives(value)])
        frame.yielded.append(Yielded(made, state.fork(), copied))
    else:
        frame.yielded[-1].value = Unknown("one of many things that are yielded")


def _copy(option: Value, copies: dict[int, Reference]) -> Value:
    return copies.get(option.address, option) if isinstance(option, Reference) else option


def finish(frame: Frame, before: State, after: State | None, node: cst.CSTNode) -> tuple[State, Value]:
    """The state in which the caller of a generator goes on, and what the call gives.

    `before` is the state in which it was called, `after` the one at its end, None where it never ends. How far it is
    ever run is not known.
    """
    states = [before, *(one.state for one in frame.yielded), *(() if after is None else (after,))]
    joined = join_all(states)
    for one in frame.yielded:
        for address, (content, copy) in one.copied.items():
            if joined.at(address) is not content:
                # It has changed since, and is the same object.
                joined.escape(copy)
    values = tuple(dict.fromkeys(one.value for one in frame.yielded))
    return joined, Produced(GENERATOR, values, node)


def values_of(generator: Value) -> tuple[Value, ...] | None:
    """Everything that a generator may yield, None for anything else."""
    if isinstance(generator, Produced) and generator.what == GENERATOR:
        values: tuple[Value, ...] = generator.detail
        return values
    return None
