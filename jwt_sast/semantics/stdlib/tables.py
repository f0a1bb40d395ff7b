"""All functions of the standard library that have a model, by qualified name."""

from __future__ import annotations

from collections.abc import Mapping

from jwt_sast.semantics import dependencies, field_makers, inheritance, record_functions
from jwt_sast.semantics.calls import Model
from jwt_sast.semantics.stdlib import (
    builtin_functions,
    command_line,
    environ,
    ini_files,
    iteration,
    modules,
    randomness,
    runners,
    times,
)

FUNCTIONS: Mapping[str, Model] = {
    **builtin_functions.FUNCTIONS,
    **command_line.FUNCTIONS,
    **environ.FUNCTIONS,
    **ini_files.FUNCTIONS,
    **iteration.FUNCTIONS,
    **modules.FUNCTIONS,
    **randomness.FUNCTIONS,
    **runners.FUNCTIONS,
    **times.FUNCTIONS,
    **dependencies.FUNCTIONS,
    **field_makers.FUNCTIONS,
    **inheritance.FUNCTIONS,
    **record_functions.FUNCTIONS,
}

KEEPING = frozenset(
    {
        *dependencies.FUNCTIONS,
        *field_makers.FUNCTIONS,
        *inheritance.FUNCTIONS,
        *(name for name, model in FUNCTIONS.items() if model is builtin_functions.harmless),
        "functools.partial",
    }
)
"""Those that keep what they are given for later, or do nothing with it: it need not be known for them."""
