"""A module from afar: what its top-level statements bind and mention, by Python's own parser and by words.

It answers whether a name of that module can lead to something of interest, at a fraction of what the syntax tree of
the module would cost. Words are all that is looked at inside a statement, so the answer is an over-approximation.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from jwt_sast.semantics.names import absolute

_WORD = re.compile(rb"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Outline:
    """`imports` are the names that a module binds by importing them, with what they are called where they come from;
    `statements` its other top-level statements, as the names that each binds and the words that occur in it; `stars`
    the modules all of whose names it imports.
    """

    imports: dict[str, str]
    statements: tuple[tuple[frozenset[bytes], frozenset[bytes]], ...]
    stars: tuple[str, ...]

    @classmethod
    def of(cls, data: bytes, name: str) -> Outline:
        """The outline of the module called `name`; empty for source that cannot be parsed."""
        lines = data.splitlines(keepends=True)
        imports: dict[str, str] = {}
        statements = []
        stars: list[str] = []
        for node in _body(data):
            bound = _bound(node)
            imports.update(_imported(node, name))
            stars += _starred(node, name)
            words = _WORD.findall(b"".join(lines[node.lineno - 1 : node.end_lineno]))
            statements.append((frozenset(bound), frozenset(words)))
        return cls(imports, tuple(statements), tuple(stars))

    def binds(self, name: str) -> bool:
        """Whether one of the module's statements is seen to bind the name."""
        return name in self.imports or any(name.encode() in bound for bound, _ in self.statements)

    def leading(self, words: Iterable[str], leads: Callable[[str], bool]) -> frozenset[str]:
        """The names of the module that mention one of `words`, or an import that `leads` on, directly or by others."""
        interesting = {word.encode() for word in words}
        interesting |= {
            bound.encode()
            for bound, name in self.imports.items()
            if name.partition(".")[0].encode() in interesting or leads(name)
        }
        before = 0
        while len(interesting) != before:
            before = len(interesting)
            for bound, mentioned in self.statements:
                if not mentioned.isdisjoint(interesting):
                    interesting |= bound
        return frozenset(word.decode() for word in interesting)


def _body(data: bytes) -> list[ast.stmt]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(data).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _inner(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and those in its blocks, functions and classes left out."""
    yield node
    if isinstance(node, ast.If | ast.Try | ast.TryStar | ast.With | ast.For | ast.While | ast.ExceptHandler):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt | ast.ExceptHandler):
                yield from _inner(child)


def _bound(node: ast.stmt) -> Iterator[bytes]:
    """The names that a top-level statement binds or changes something of."""
    for inner in _inner(node):
        match inner:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name.encode()
            case ast.Assign(targets=targets):
                yield from (name.encode() for target in targets for name in _names(target))
            case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
                yield from (name.encode() for name in _names(target))


def _names(target: ast.AST) -> Iterator[str]:
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _imported(node: ast.stmt, module: str) -> Iterator[tuple[str, str]]:
    for inner in _inner(node):
        if isinstance(inner, ast.Import):
            for alias in inner.names:
                head = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (head, head)
        elif isinstance(inner, ast.ImportFrom):
            origin = absolute(module, inner.level, inner.module or "")
            for alias in inner.names:
                if alias.name != "*":
                    yield alias.asname or alias.name, f"{origin}.{alias.name}" if origin else alias.name


def _starred(node: ast.AST, module: str) -> Iterator[str]:
    for inner in _inner(node):
        if isinstance(inner, ast.ImportFrom) and any(alias.name == "*" for alias in inner.names):
            yield absolute(module, inner.level, inner.module or "")
