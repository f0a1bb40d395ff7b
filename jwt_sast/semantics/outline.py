"""A module from afar: what its top-level statements bind and mention, by Python's own parser and by words.

It answers whether a name of that module can lead to something of interest, and which of its statements have to do with
a name, at a fraction of what the syntax tree of the module would cost. Words are all that is looked at inside a
statement, so both answers are over-approximations.
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
    """A top-level statement: its lines, from 1, the names that it binds or changes something of, and the words in it.

    `heads` are the lines on which its first keyword stands, behind any decorators; statements that share a line are
    one. `runs` tells that its code runs with the module's body, which that of a function or a class does not.
    """

    first: int
    heads: tuple[int, ...]
    last: int
    bound: tuple[str, ...]
    text: str
    """Its words, each once."""
    runs: bool
    imports: bool = False
    members: tuple[tuple[str, str], ...] = ()
    """The methods of a class, each with its words."""

    @property
    def words(self) -> frozenset[str]:
        """The words in it; put together anew each time, for sets by the thousand keep the garbage collector busy."""
        return frozenset(self.text.split())

    def leading_members(self, interesting: frozenset[str]) -> set[str]:
        """`Class.method` for each method that mentions something interesting, or another such method."""
        names = set(interesting - set(self.bound))
        waiting = [(name, frozenset(text.split())) for name, text in self.members]
        before = -1
        while len(waiting) != before:
            before = len(waiting)
            names.update(name for name, words in waiting if not words.isdisjoint(names))
            waiting = [one for one in waiting if one[1].isdisjoint(names)]
        waits = {name for name, _ in waiting}
        return {f"{owner}.{name}" for owner in self.bound for name, _ in self.members if name not in waits}


@dataclass(frozen=True, slots=True)
class Outline:
    """`imports` are the names that a module binds by importing them, with what they are called where they come from."""

    imports: dict[str, str]
    statements: tuple[Statement, ...]
    stars: tuple[str, ...]
    """The modules all of whose names it imports."""
    collectors: frozenset[str]
    """Its functions that take any keyword, and its classes with such a method."""
    own: frozenset[str]
    """Its top-level names, and its classes' methods as `Class.method`."""

    @classmethod
    def of(cls, data: bytes, name: str, sought: frozenset[str]) -> Outline:
        """The outline of the module called `name`; empty for source that cannot be parsed.

        Words in strings and comments count as well, but not the `sought` ones.
        """
        lines = data.splitlines(keepends=True)
        imports: dict[str, str] = {}
        statements: list[Statement] = []
        stars: list[str] = []
        collectors: set[str] = set()
        for node in _body(data):
            imports.update(_imported(node, name))
            stars += _starred(node, name)
            collectors.update(_collectors(node))
            statement = _statement(node, lines, sought)
            if statements and statements[-1].last >= statement.first:
                statement = _joined(statements.pop(), statement)
            statements.append(statement)
        own = {name for one in statements for name in one.bound}
        own |= {f"{name}.{method}" for one in statements for method, _ in one.members for name in one.bound}
        return cls(imports, tuple(statements), tuple(stars), frozenset(collectors), frozenset(own))

    def bound(self) -> tuple[str, ...]:
        """The module's own top-level names, in the order in which they are first bound."""
        return tuple(dict.fromkeys(name for one in self.statements for name in one.bound if name != "*"))

    def mentions(self, packages: frozenset[str]) -> bool:
        """Whether the module mentions one of some packages, or imports something from one."""
        return bool(self._imported_from(packages)) or any(not one.words.isdisjoint(packages) for one in self.statements)

    def leading(self, words: frozenset[str], own_words: frozenset[str], leads: Callable[[str], bool]) -> frozenset[str]:
        """The names of the module that lead to one of `words`, or to an import that `leads` on, directly or by way of
        others; to one of `own_words` only where the module's own body goes there. Of a class that leads there, those of
        its methods that do are named as well, `Class.method`.
        """
        own = self._imported_from(own_words) | own_words
        interesting = {*words, *self._imported_from(words)}
        used = frozenset().union(*(one.words for one in self.statements if not one.imports))
        interesting |= {bound for bound, name in self.imports.items() if bound in used and leads(name)}
        interesting |= {
            name for one in self.statements if one.runs and not one.words.isdisjoint(own) for name in one.bound
        } - own
        waiting = [(one.words, one.bound) for one in self.statements]
        before = -1
        while len(waiting) != before:
            before = len(waiting)
            for words_of, bound in waiting:
                if not words_of.isdisjoint(interesting):
                    interesting.update(bound)
            waiting = [one for one in waiting if one[0].isdisjoint(interesting)]
        found = frozenset(interesting)
        return found.union(*(one.leading_members(found) for one in self.statements if one.members))

    def users(self, packages: frozenset[str]) -> list[Statement]:
        """The functions and classes that mention some packages, or what the module imports from them, themselves."""
        words = self._imported_from(packages) | packages
        return [one for one in self.statements if not one.runs and not one.words.isdisjoint(words)]

    def _imported_from(self, packages: frozenset[str]) -> frozenset[str]:
        """What the module calls what it imports from some packages."""
        return frozenset(bound for bound, name in self.imports.items() if name.partition(".")[0] in packages)

    def about(self, name: str) -> tuple[Statement, ...]:
        """The statements that say what `name` stands for: those that bind it or look at it as the module's body runs,
        functions that bind it anew, and what the body needs for these in turn; in their order. Of what only the bodies
        of functions and classes need, imports are taken along and nothing else.
        """
        binding: dict[str, list[Statement]] = {}
        for one in self.statements:
            for bound in one.bound:
                binding.setdefault(bound, []).append(one)
        if name not in binding and "*" not in binding:
            return ()
        pending = [one for one in self.statements if name in one.bound or (one.runs and name in one.words)]
        pending += [one for one in self.statements if not one.runs and {"global", name} <= one.words]
        kept = set(pending)
        while pending:
            statement = pending.pop()
            for word in statement.words & binding.keys():
                for one in binding[word]:
                    if one not in kept and (statement.runs or one.imports):
                        kept.add(one)
                        pending.append(one)
        return tuple(one for one in self.statements if one in kept or "*" in one.bound)

    def binds(self, name: str) -> bool:
        """Whether one of the module's statements is seen to bind the name."""
        return name in self.own


def _statement(node: ast.stmt, lines: list[bytes], sought: frozenset[str]) -> Statement:
    first = _first_line(node)
    last = node.end_lineno or node.lineno
    words = _words(node, lines, sought)
    runs = not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    imports = any(True for _ in _imported(node, ""))
    bound = tuple(dict.fromkeys(_bound(node)))
    return Statement(first, (node.lineno,), last, bound, words, runs, imports, tuple(_members(node, lines, sought)))


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(one.lineno for one in decorators)])


def _words(node: ast.stmt, lines: list[bytes], sought: frozenset[str]) -> str:
    text = b"".join(lines[_first_line(node) - 1 : node.end_lineno])
    words = {word.decode("utf-8", "replace") for word in _WORD.findall(text)}
    if not words.isdisjoint(sought):
        words = (words - sought) | _identifiers(node)
    return " ".join(sorted(words))


def _members(node: ast.stmt, lines: list[bytes], sought: frozenset[str]) -> Iterator[tuple[str, str]]:
    for inner in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            yield inner.name, _words(inner, lines, sought)


def _joined(one: Statement, other: Statement) -> Statement:
    return Statement(
        one.first,
        (*one.heads, *other.heads),
        max(one.last, other.last),
        (*one.bound, *other.bound),
        f"{one.text} {other.text}",
        one.runs or other.runs,
        one.imports or other.imports,
    )


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
            case ast.AnnAssign(target=target) | ast.AugAssign(target=target) | ast.For(target=target):
                yield from _names(target)
            case ast.With(items=items):
                yield from (name for item in items if item.optional_vars for name in _names(item.optional_vars))
            case ast.Delete(targets=targets):
                yield from (name for target in targets for name in _names(target))
            case ast.Expr(value=ast.Call(func=func)):
                # `NAME.update(…)` changes what the name stands for.
                yield from _names(func)
            case ast.Import() | ast.ImportFrom():
                yield from (name for name, _ in _imported(inner, ""))
                yield from ("*" for _ in _starred(inner, ""))


def _collectors(node: ast.stmt) -> Iterator[str]:
    for inner in _inner(node):
        match inner:
            case ast.FunctionDef(name=name, args=args) | ast.AsyncFunctionDef(name=name, args=args) if args.kwarg:
                yield name
            case ast.ClassDef(name=name, body=body) if any(True for one in body for _ in _collectors(one)):
                yield name


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


def _imported(node: ast.AST, module: str) -> Iterator[tuple[str, str]]:
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
