"""Libraries that sign under a header which the caller writes: `encode({"alg": "HS256"}, claims, key)`."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.libraries.library import Context, Model, instance, signed, where
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import Known, Mapping, Object, Produced, Sequence, Value, alternatives, each
from jwt_sast.tokens.algorithms import NONE
from jwt_sast.tokens.events import Signing

_KEPT = "kept"


def keeping(name: str, parameters: str) -> Model:
    """A constructor whose argument `name` counts for later calls: an allow-list."""
    return lambda call, context: keep(call, call.bind(Parameters.of(parameters))[name])


def keep(call: Call, argument: Argument) -> Value:
    """An instance that keeps an argument for later calls."""
    return instance(call, {_KEPT: Produced(_KEPT, argument)})


def kept(of: Value | None) -> Argument | None:
    """What an instance has kept; None where it has not, or is none."""
    found = of.attributes.get(_KEPT) if isinstance(of, Object) else None
    return found.detail if isinstance(found, Produced) and isinstance(found.detail, Argument) else None


def sign(
    call: Call,
    context: Context,
    head: Argument,
    claims: Argument,
    key: Argument,
    allowed: Argument,
    *,
    function: str = "",
    empty_key: bool = False,
) -> Value:
    """Says that a token is signed under the algorithm of its header, one of those that are `allowed`; gives it."""
    context.emit(
        Signing(
            where=where(call, function),
            claims=claims,
            key=key,
            algorithm=_algorithm(call, head, allowed.value),
            empty_key=empty_key,
            context=call.frame.function_name,
        )
    )
    return signed(call)


def _algorithm(call: Call, head: Argument, allowed: Value) -> Argument:
    """The header's `alg`, which is mandatory; "none" is refused unless the allow-list has it."""
    lists_none = any(isinstance(one, Sequence) and Known(NONE) in one.items for one in alternatives(allowed))

    def one(value: Value) -> Value:
        named = value.get("alg") if isinstance(value, Mapping) else call.unknown()
        return each(named, lambda name: call.unknown() if name == Known(NONE) and not lists_none else name)

    return replace(head, value=each(head.value, one))
