"""A module from afar: what its top-level statements bind and mention, by words and without a tree.

It answers whether a name of that module can lead to something of interest, and which of its statements have to do with
a name, at a fraction of what the syntax tree of the module would cost. Words are all that is looked at inside a
statement, so both answers are over-approximations.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from jwt_sast.semantics.chunks import Chunk, chunks
from jwt_sast.semantics.interest import Interest
from jwt_sast.semantics.names import IMPORTERS, absolute

_DEFINITION = re.compile(rb"\s*+(?:async\s++)?(def|class)\s++(\w++)")
_ASSIGNMENT = re.compile(rb"\f?([^\W\d]\w*+)[ \t]*+(?:=(?!=)|:)")
_KEYWORD = re.compile(rb"\f?(?:else|try|lambda)\b")
_METHOD = re.compile(rb"\s*+(?:async\s++)?def\s++(\w++)")
_IMPORT = re.compile(rb"^(?:from|import)[ \t].*", re.MULTILINE)
_INNER_IMPORT = re.compile(rb"\n[ \t]++(from[ \t][^\n(]*+(?:\([^)]*+\))?+|import[ \t][^\n]*+)")
_INDENTED = re.compile(rb"\n([ \t]++)(?=[^\s#])")
_STATEMENTS_IN_BLOCKS = (ast.If, ast.Try, ast.TryStar, ast.With, ast.For, ast.While, ast.ExceptHandler)


class Statement:
    """A top-level statement: the names that it binds or changes something of, and the words in it.

    `runs` tells that its code runs with the module's body, which that of a function or a class does not.
    """

    def __init__(self, chunk: Chunk, module: str) -> None:
        self._chunk, self._module = chunk, module
        definition = _DEFINITION.match(chunk.head)
        self._kind = b"" if definition is None else definition[1]
        self.runs = definition is None
        self.imports: tuple[tuple[str, str], ...] = ()
        """The names that it binds by importing them, with what they are called where they come from."""
        self.stars: tuple[str, ...] = ()
        """The modules all of whose names it imports."""
        if definition is not None:
            self.bound: tuple[str, ...] = (definition[2].decode("utf-8", "replace"),)
        elif (assigned := _ASSIGNMENT.match(chunk.code)) and not _KEYWORD.match(chunk.code) and _is_plain(chunk.code):
            self.bound = (assigned[1].decode(),)
        else:
            nodes = _nodes(chunk.code)
            self.imports = tuple(pair for node in nodes for pair in _imported(node, module))
            self.stars = tuple(star for node in nodes for star in _starred(node, module))
            self.bound = tuple(dict.fromkeys(name for node in nodes for name in _bound(node)))

    @property
    def first(self) -> int:
        """Its first line, from 1."""
        return self._chunk.first

    @property
    def last(self) -> int:
        """Its last line."""
        return self._chunk.last

    @property
    def heads(self) -> tuple[int, ...]:
        """The line on which its keyword stands, behind any decorators, for each of those that share a line."""
        parts = len(_nodes(self._chunk.code)) if b";" in self._chunk.code else 1
        return (self._chunk.heads[-1],) * max(parts, 1)

    @property
    def code(self) -> bytes:
        """Its text."""
        return self._chunk.code

    def words(self, sought: frozenset[str] = frozenset()) -> frozenset[str]:
        """The words in it: all but the `sought` ones count in strings and comments as well."""
        words = self._chunk.words
        return words if words.isdisjoint(sought) else (words - sought) | (self._chunk.identifiers & sought)

    def mentions(self, word: str) -> bool:
        """Whether a word is in it."""
        return word.encode() in self._chunk.code and word in self._chunk.words

    @cached_property
    def parts(self) -> tuple[Statement, ...]:
        """The statements in its blocks; itself where it has none, or is a function or a class."""
        lines = self._chunk.code.split(b"\n")
        inner = [] if self._kind else [part for node in _nodes(self._chunk.code) for part in _simple(node)]
        if len(inner) < 2:
            return (self,)
        codes = [b"\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in inner]
        return tuple(Statement(Chunk(textwrap.dedent(code.decode()).encode(), 1, [1]), self._module) for code in codes)

    @cached_property
    def inner_imports(self) -> frozenset[str]:
        """What is imported in its functions, as it is called where it comes from."""
        found = _INNER_IMPORT.findall(self._chunk.code) if self.imports == () else ()
        return frozenset(name for code in found for node in _nodes(code) for _, name in _imported(node, self._module))

    @cached_property
    def members(self) -> tuple[Chunk, ...]:
        """The methods of a class."""
        code = self._chunk.head
        body = _INDENTED.search(code) if self._kind == b"class" else None
        return () if body is None else tuple(one for one in chunks(code, body[1]) if _METHOD.match(one.head))

    @cached_property
    def method_names(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(match[1].decode() for one in self.members if (match := _METHOD.match(one.head)))

    @cached_property
    def collects(self) -> bool:
        """Whether it is a function that takes any keyword, or a class with such a method."""
        return b"**" in self._chunk.code and any(True for node in _nodes(self._chunk.code) for _ in _collectors(node))

    def leading_members(self, interesting: frozenset[str]) -> set[str]:
        """`Class.method` for each method that mentions something interesting, or another such method."""
        names = set(interesting - set(self.bound))
        waiting = [(name, one.words) for name, one in zip(self.method_names, self.members, strict=True)]
        before = -1
        while len(waiting) != before:
            before = len(waiting)
            names.update(name for name, words in waiting if not words.isdisjoint(names))
            waiting = [one for one in waiting if one[1].isdisjoint(names)]
        waits = {name for name, _ in waiting}
        return {f"{owner}.{name}" for owner in self.bound for name in self.method_names if name not in waits}


@dataclass(frozen=True)
class Outline:
    """The statements of a module. Words in strings and comments count as well, but not the `sought` ones."""

    statements: tuple[Statement, ...]
    sought: frozenset[str]

    @classmethod
    def of(cls, data: bytes, name: str, sought: frozenset[str]) -> Outline:
        """The outline of the module called `name`."""
        text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return cls(tuple(Statement(chunk, name) for chunk in chunks(text)), sought)

    @cached_property
    def imports(self) -> dict[str, str]:
        """The names that the module binds by importing them, with what they are called where they come from."""
        return {bound: name for one in self.statements for bound, name in one.imports}

    @cached_property
    def every_import(self) -> frozenset[str]:
        """What is imported anywhere in the module, in functions too, as it is called where it comes from."""
        inner = (one.inner_imports for one in self.statements)
        return frozenset(self.imports.values()).union(self.stars, *inner)

    @property
    def imports_by_string(self) -> bool:
        """Whether it may import what it names in a string only."""
        return any(importer.encode() in one.code for one in self.statements for importer in IMPORTERS)

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules all of whose names it imports."""
        return tuple(star for one in self.statements for star in one.stars)

    @cached_property
    def own(self) -> frozenset[str]:
        """Its top-level names, and its classes' methods as `Class.method`."""
        methods = {f"{name}.{method}" for one in self.statements for method in one.method_names for name in one.bound}
        return frozenset(methods.union(*(one.bound for one in self.statements)))

    def bound(self) -> tuple[str, ...]:
        """The module's own top-level names, in the order in which they are first bound."""
        return tuple(dict.fromkeys(name for one in self.statements for name in one.bound if name != "*"))

    def collects(self, name: str) -> bool:
        """Whether a name is one of a function that takes any keyword, or of a class with such a method."""
        return any(name in one.bound and one.collects for one in self.statements)

    def uses(self, interest: Interest, packages: Collection[str]) -> list[Statement]:
        """The statements that use one of some packages, by the words that come with each."""
        return list(filter(self.used_in(interest, packages), self.statements))

    def used_in(self, interest: Interest, packages: Collection[str]) -> Callable[[Statement], bool]:
        """Tells whether a statement uses one of some packages."""
        bound = {name: origin for name, origin in self.imports.items() if interest.is_of(origin, packages)}
        # A package by itself says nothing; its name stands beside that of something in it.
        words = {name: interest.words(origin) for name, origin in bound.items() if origin in packages}
        names = bound.keys() - words.keys()

        def uses(one: Statement) -> bool:
            if any(interest.is_of(name, packages) for name in one.inner_imports):
                return True
            return not one.imports and _uses(one.words(self.sought), names, words)

        return uses

    @cached_property
    def _parts(self) -> tuple[Statement, ...]:
        """The statements, those in the blocks of an `if`, a `try` and the like each for itself."""
        return tuple(part for one in self.statements for part in one.parts)

    def leading(
        self, interest: Interest, leads: Callable[[str], bool], described: frozenset[str] = frozenset()
    ) -> frozenset[str]:
        """The names of the module that lead to a call of one of the makers of `interest`, to an import that `leads` on
        or to one of its `described` functions, directly or by way of others; to one of a carrier only where the
        module's own body goes there. Of a class that leads there, those of its methods that do are named as well,
        `Class.method`.
        """
        waiting = [(one.words(self.sought), one.bound) for one in self._parts if not one.imports]
        makers, carriers = (self.used_in(interest, packages) for packages in (interest.makers, interest.carriers))
        starting = [one for one in self._parts if makers(one) or (one.runs and carriers(one))]
        interesting = {name for one in starting for name in one.bound}
        interesting |= {name.partition(".")[0] for name in described}
        used = frozenset().union(*(mentioned for mentioned, _ in waiting))
        interesting |= {bound for bound, name in self.imports.items() if bound in used and leads(name)}
        before = -1
        while len(waiting) != before:
            before = len(waiting)
            for mentioned, bound in waiting:
                if not mentioned.isdisjoint(interesting):
                    interesting.update(bound)
            waiting = [one for one in waiting if one[0].isdisjoint(interesting)]
        found = frozenset(interesting)
        direct = found | {name for name, origin in self.imports.items() if interest.is_of(origin, interest.makers)}
        direct |= {name.rpartition(".")[2] for name in described}
        leading = [one for one in self.statements if one.members and not found.isdisjoint(one.bound)]
        return found.union(described, *(one.leading_members(direct) for one in leading))

    def about(self, name: str) -> tuple[Statement, ...]:
        """The statements that say what `name` stands for: those that bind it or look at it as the module's body runs,
        functions that bind it anew, and what the body needs for these in turn; in their order. Of what only the bodies
        of functions and classes need, imports are taken along and nothing else.
        """
        binding = self._binding
        if name not in binding and "*" not in binding:
            return ()
        pending = [one for one in self.statements if name in one.bound or (one.runs and one.mentions(name))]
        pending += [one for one in self.statements if not one.runs and one.mentions("global") and one.mentions(name)]
        kept = set(pending)
        while pending:
            statement = pending.pop()
            for word in statement.words() & binding.keys():
                for one in binding[word]:
                    if one not in kept and (statement.runs or one.imports):
                        kept.add(one)
                        pending.append(one)
        return tuple(one for one in self.statements if one in kept or "*" in one.bound)

    def behind(self, name: str) -> list[Statement]:
        """The statements that `name` may have to do with in any way, through whatever they mention."""
        pending, seen = [name], {name}
        found: dict[Statement, None] = {}
        while pending:
            for one in self.binding(pending.pop()):
                if one not in found:
                    found[one] = None
                    new = (one.words() & self._binding.keys()) - seen
                    seen |= new
                    pending += sorted(new)
        return list(found)

    @cached_property
    def _binding(self) -> dict[str, list[Statement]]:
        """The statements that bind each name."""
        binding: dict[str, list[Statement]] = {}
        for one in self.statements:
            for bound in one.bound:
                binding.setdefault(bound, []).append(one)
        return binding

    def binding(self, name: str) -> Sequence[Statement]:
        """The statements that bind a name."""
        return self._binding.get(name, ())

    def binds(self, name: str) -> bool:
        """Whether one of the module's statements is seen to bind the name."""
        return name in self._binding


def _uses(words: frozenset[str], names: Collection[str], packages: Mapping[str, frozenset[str]]) -> bool:
    """Whether some words hold one of `names`, or the name of a package and something that is used of it."""
    return not words.isdisjoint(names) or any(
        name in words and not words.isdisjoint(wanted) for name, wanted in packages.items()
    )


def _is_plain(code: bytes) -> bool:
    """Whether an assignment can bind but the one name: there is no other target, and nothing follows it on its line."""
    return b";" not in code and b":=" not in code and code.count(b"=") - code.count(b"==") * 2 <= 1


def _nodes(code: bytes) -> list[ast.stmt]:
    """The statements of a piece of code; of one that cannot be parsed the lines that import something, for what is
    wrong with it is said where the whole of it is parsed.
    """
    return _parsed(code) or [node for line in _IMPORT.findall(code) for node in _parsed(line)]


def _parsed(code: bytes) -> list[ast.stmt]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _inner(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and those in its blocks, functions and classes left out."""
    yield node
    if isinstance(node, _STATEMENTS_IN_BLOCKS):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt | ast.ExceptHandler):
                yield from _inner(child)


def _simple(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements in a statement's blocks that have no blocks, and functions and classes as they are."""
    return (one for one in _inner(node) if isinstance(one, ast.stmt) and not isinstance(one, _STATEMENTS_IN_BLOCKS))


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
