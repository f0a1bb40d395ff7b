"""All functions of the standard library that have a model, by qualified name."""

from __future__ import annotations

from collections.abc import Mapping

from jwt_sast.semantics.calls import Model
from jwt_sast.semantics.stdlib import builtin_functions, environ, iteration, modules, randomness, runners, times

FUNCTIONS: Mapping[str, Model] = {
    **builtin_functions.FUNCTIONS,
    **environ.FUNCTIONS,
    **iteration.FUNCTIONS,
    **modules.FUNCTIONS,
    **randomness.FUNCTIONS,
    **runners.FUNCTIONS,
    **times.FUNCTIONS,
}
