"""What stands around an expression, asked of the tree only where a finding depends on it.

Each question looks through the whole module. LibCST is imported where it is needed: models name their libraries to the
gate, which must not load the parser.
"""

from __future__ import annotations

from jwt_sast.semantics.provenance import Place


def is_statement(call: Place) -> bool:
    """Whether a call is a statement of its own, awaited or not, so that nobody takes what it gives."""
    import libcst as cst

    from jwt_sast.syntax.visitor import walk

    statements = (node.value for node in walk(call.source.module) if isinstance(node, cst.Expr))
    return any((one.expression if isinstance(one, cst.Await) else one) is call.node for one in statements)


def is_compared(place: Place) -> bool:
    """Whether an expression is compared with another one, and not just with None."""
    import libcst as cst

    from jwt_sast.syntax.visitor import walk

    for node in walk(place.source.module):
        if isinstance(node, cst.Comparison):
            sides = (node.left, *(one.comparator for one in node.comparisons))
            if any(side is place.node for side in sides):
                return not any(isinstance(side, cst.Name) and side.value == "None" for side in sides)
    return False
