"""All functions of the standard library that have a model, by qualified name."""

from __future__ import annotations

from collections.abc import Mapping

from jwt_sast.semantics import dependencies, field_makers, inheritance, record_functions
from jwt_sast.semantics.calls import Model
from jwt_sast.semantics.stdlib import builtin_functions, environ, modules, randomness, times

FUNCTIONS: Mapping[str, Model] = {
    **builtin_functions.FUNCTIONS,
    **environ.FUNCTIONS,
    **modules.FUNCTIONS,
    **randomness.FUNCTIONS,
    **times.FUNCTIONS,
    **dependencies.FUNCTIONS,
    **field_makers.FUNCTIONS,
    **inheritance.FUNCTIONS,
    **record_functions.FUNCTIONS,
}
