"""PyJWT's algorithm objects, which verify and say so, and what it takes tokens apart with.

Contract: tests/libraries/test_pyjwt_contract.py.
"""

from __future__ import annotations

from jwt_sast.libraries.dotted import decode_section
from jwt_sast.libraries.library import Context, Model, answered, instance
from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.values import Object, Symbol, Value

_ALGORITHMS = ("HMACAlgorithm", "RSAAlgorithm", "RSAPSSAlgorithm", "ECAlgorithm", "OKPAlgorithm")


def _algorithm(call: Call, context: Context) -> Value:
    """Which one it is does not matter: each can verify."""
    return call.state.allocate(Object({}, of=Symbol("jwt.algorithms.HMACAlgorithm"), origin=call.origin()))


FUNCTIONS: dict[str, Model] = {
    "jwt.utils.base64url_decode": decode_section,
    **{f"jwt.algorithms.{name}": lambda call, context: instance(call) for name in _ALGORITHMS},
    **{f"jwt.algorithms.{name}.verify": answered for name in _ALGORITHMS},
    "jwt.get_algorithm_by_name": _algorithm,
}
