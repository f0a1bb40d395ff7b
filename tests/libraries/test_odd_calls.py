"""No call of a modelled function, however odd, is more than a model can take: every one of them is run."""

from __future__ import annotations

import pytest
from shape_programs import findings

from jwt_sast.libraries.library import Library
from jwt_sast.libraries.registry import known

ARGUMENTS = (
    "",
    "*args",
    "**kwargs",
    "*args, **kwargs",
    "None, None, None, None",
    "1, 2.5, b'x', ...",
    "{}, [], (), set()",
    "{'a': x}, {'keys': x}, {'kty': 'oct'}, {'kty': 'oct', 'k': x}",
    "x, *[None, x], **{'options': None, 'alg': None}",
    "{}, {}, key={}, jwt=x, claims=None, header=None, algs=None, alg={}, algorithms={}, options=1",
    "x if x else None, x if x else {}, x or '', [x] if x else 5",
    "lambda: x, object, print, f'{x}'",
)


def program(name: str) -> str:
    """Calls of a function, of what it gives, and of it as a method of something that is made oddly as well."""
    owner, _, attribute = name.rpartition(".")
    lines = [f"import {name.partition('.')[0]}", "def f(x, *args, **kwargs):"]
    for arguments, others in zip(ARGUMENTS, reversed(ARGUMENTS), strict=True):
        lines += [f"    made = {name}({arguments})", "    made.attribute, made['item'], made(), str(made)"]
        lines += [f"    {owner}({others}).{attribute}({arguments})", f"    {owner}().{attribute}({arguments})"]
    return "\n".join([*lines, "    return made"])


@pytest.mark.parametrize("library", known(), ids=lambda library: library.name)
def test_any_call_can_be_analysed(library: Library) -> None:
    for name in sorted(library.functions):
        # What cannot be analysed is an error, which this refuses.
        findings(program(name), prelude="")
