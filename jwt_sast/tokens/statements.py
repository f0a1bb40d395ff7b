"""Whether a call stands for itself, so that nobody takes what it gives."""

from __future__ import annotations

from jwt_sast.semantics.provenance import Place


def is_statement(call: Place) -> bool:
    """Whether the call is a statement of its own, awaited or not. Looks through the whole module."""
    # Only here: models name their libraries to the gate, which must not load the parser.
    import libcst as cst

    from jwt_sast.syntax.visitor import walk

    statements = (node.value for node in walk(call.source.module) if isinstance(node, cst.Expr))
    return any((one.expression if isinstance(one, cst.Await) else one) is call.node for one in statements)
