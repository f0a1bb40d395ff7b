"""A module from afar: what its top-level statements bind and mention, by Python's own parser and by words.

It answers whether a name of that module can lead to something of interest, at a fraction of what the syntax tree of
the module would cost. Words are all that is looked at inside a statement, so the answer is an over-approximation.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jwt_sast.semantics.names import absolute

_WORD = re.compile(rb"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A top-level statement: the names that it binds and the words in it. `runs` tells that its code runs with the
    module's body, which that of a function or class with methods does not.
    """

    bound: frozenset[str]
    words: frozenset[str]
    runs: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """`imports` are the names that a module binds by importing them, with what they are called where they come from."""

    imports: dict[str, str]
    statements: tuple[Statement, ...]

    @classmethod
    def of(cls, data: bytes, name: str, sought: frozenset[str]) -> Outline:
        """The outline of the module called `name`; empty for source that cannot be parsed.

        Words in strings and comments count as well, but not the `sought` ones.
        """
        lines = data.splitlines(keepends=True)
        imports: dict[str, str] = {}
        statements = []
        for node in _body(data):
            imports.update(_imported(node, name))
            text = b"".join(lines[node.lineno - 1 : node.end_lineno])
            words = frozenset(word.decode("utf-8", "replace") for word in _WORD.findall(text))
            if not words.isdisjoint(sought):
                words = (words - sought) | _identifiers(node)
            runs = not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            statements.append(Statement(frozenset(_bound(node)), words, runs))
        return cls(imports, tuple(statements))

    def words(self) -> frozenset[str]:
        """Every word of the module's statements."""
        return frozenset().union(*(one.words for one in self.statements))

    def leading(self, words: frozenset[str], own_words: frozenset[str], leads: Callable[[str], bool]) -> frozenset[str]:
        """The names of the module that lead to one of `words`, or to an import that `leads` on, directly or by way of
        others; to one of `own_words` only where the module's own body goes there.
        """
        interesting = {*words, *(bound for bound, name in self.imports.items() if leads(name))}
        interesting |= {
            name for one in self.statements if one.runs and not one.words.isdisjoint(own_words) for name in one.bound
        } - own_words
        before = 0
        while len(interesting) != before:
            before = len(interesting)
            for one in self.statements:
                if not one.words.isdisjoint(interesting):
                    interesting |= one.bound
        return frozenset(interesting)


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


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that a top-level statement binds or changes something of."""
    for inner in _inner(node):
        match inner:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                yield from (name for target in targets for name in _names(target))
            case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
                yield from _names(target)


def _identifiers(node: ast.AST) -> frozenset[str]:
    """The names, attributes and imported names of a statement."""
    found: set[str] = set()
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                found.add(name)
            case ast.alias(name=name):
                found.update(name.split("."))
    return frozenset(found)


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
                yield alias.asname or alias.name, f"{origin}.{alias.name}" if origin else alias.name
