"""Whatever a program does, the interpreter has said that it may."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from probing import HEAD, all_booleans, unsound
from random_programs import Grammar


@st.composite
def programs(draw: st.DrawFn) -> str:
    return HEAD + Grammar(lambda options: draw(st.sampled_from(options))).program()


# The same programs each time; with more of them, and others, it is a way to look for what is still wrong.
@settings(max_examples=100, deadline=None, derandomize=True)
@given(programs())
def test_nothing_happens_that_was_ruled_out(program: str) -> None:
    assert unsound(program, all_booleans(3)) == [], program
