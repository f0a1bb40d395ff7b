"""What a module imports, read with Python's own parser: a tenth of the time that LibCST takes."""

from __future__ import annotations

import ast
import warnings

from jwt_sast.semantics.names import absolute


def imported_names(data: bytes, name: str) -> dict[str, str]:
    """The names that the module called `name` binds by importing them, each with its qualified name; a later import
    wins. Empty for source that cannot be parsed.
    """
    found: dict[str, str] = {}
    for node in _statements(data):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            module = absolute(name, node.level, node.module or "")
            for alias in node.names:
                found[alias.asname or alias.name] = f"{module}.{alias.name}" if module else alias.name
    return found


def _statements(data: bytes) -> list[ast.AST]:
    """The statements of a module's body, and of the `if` and `try` in it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pending: list[ast.AST] = list(ast.parse(data).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    found: list[ast.AST] = []
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.If | ast.Try | ast.ExceptHandler):
            pending[:0] = [
                child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt | ast.ExceptHandler)
            ]
        found.append(node)
    return found
