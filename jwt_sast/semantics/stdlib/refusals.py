"""Answers of web applications that say no, by their HTTP status."""

from __future__ import annotations

from jwt_sast.semantics.values import Known, Symbol, Value

REFUSAL = "refusal"
"""An answer of a web application that says no: a response made with a status such as 401."""

_REFUSALS = ("UNAUTHORIZED", "FORBIDDEN", "BAD_REQUEST")


def is_refusal_status(value: Value) -> bool:
    """Whether a value is an HTTP status that refuses what the client asked for (RFC 9110 §15.5)."""
    match value:
        case Known(constant=int() as number):
            return not isinstance(number, bool) and number in (400, 401, 403)
        case Symbol(name=name):
            return name.endswith(_REFUSALS)
        case _:
            return False
