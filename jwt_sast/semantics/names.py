"""What names stand for, without following the flow: imports, scopes and shadowing. Answers are sets of qualified names.

One walk over the module serves three askers: checks that look at syntax (`qualified_names`), the relevance filter
(which functions can matter at all), and the interpreter (which globals and attributes are written by someone else).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from jwt_sast.semantics.written import string_value
from jwt_sast.syntax.visitor import children, walk

Definition = cst.FunctionDef | cst.ClassDef | cst.Lambda


def dotted(node: cst.BaseExpression) -> str:
    """`a.b.c` of a name or attribute chain, "" for anything else."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return ""
    parts.append(node.value)
    return ".".join(reversed(parts))


def absolute(importer: str, level: int, module: str) -> str:
    """The absolute name that a `from` import with `level` dots means in the module `importer`."""
    if level == 0:
        return module
    package = importer.split(".")[:-level]
    return ".".join([*package, module] if module else package) or module


@dataclass(slots=True)
class Flow:
    """An assignment: the variables and the attributes that are written, and the identifiers that the value mentions."""

    variables: set[str]
    attributes: set[str]
    mentions: set[str]


@dataclass(slots=True)
class Scope:
    """A module, class, function or lambda: the names that it binds."""

    node: cst.Module | Definition
    parent: Scope | None
    bindings: dict[str, set[str]] = field(default_factory=dict)
    """Bound names; the set holds the qualified names of what is imported, "" where it is bound otherwise."""
    mentions: set[str] = field(default_factory=set)
    """Every identifier in it, attributes included, inner scopes excluded."""
    flows: list[Flow] = field(default_factory=list)
    children: list[Scope] = field(default_factory=list)
    bases: frozenset[str] = frozenset()
    """Of a class: the identifiers that its bases mention."""
    acts: bool = False
    """Whether what it does is seen outside whatever it is given: `yield`, `global`, changes of attributes, a `raise`
    that nothing leads around."""
    changed: set[str] = field(default_factory=set)
    """The variables whose items are changed in it."""

    def bind(self, name: str, qualified: str = "") -> None:
        """Notes that `name` is bound here, to what is imported as `qualified` or to something else."""
        self.bindings.setdefault(name, set()).add(qualified)

    @property
    def name(self) -> str:
        """What the scope is called, "" for modules and lambdas."""
        return self.node.name.value if isinstance(self.node, cst.FunctionDef | cst.ClassDef) else ""

    @property
    def is_quiet(self) -> bool:
        """Whether nothing in it, by what is written there, changes anything but its own variables and what they are
        given, or ends the path for sure.
        """
        return not any(
            one.acts or not one.changed <= self.bindings.keys() | one.bindings.keys() for one in self.every()
        )

    @property
    def is_method(self) -> bool:
        """Whether it is a function in a class body."""
        return self.parent is not None and isinstance(self.parent.node, cst.ClassDef)

    def every(self) -> Iterator[Scope]:
        """The scope and all inside it."""
        yield self
        for child in self.children:
            yield from child.every()


class Names:
    """The names of one module. `name` is its own qualified name, against which relative imports are read."""

    def __init__(self, module: cst.Module, name: str = "") -> None:
        self.module_name = name
        self.root = Scope(module, None)
        self.scopes: dict[cst.CSTNode, Scope] = {module: self.root}
        self._owners: dict[cst.CSTNode, Scope] = {}
        self.global_writes: set[str] = set()
        """Module-level names that some function declares `global`."""
        self.statements = 0
        """How many simple statements the module has."""
        self.attribute_writes: dict[cst.ClassDef, set[str]] = {}
        """Attributes of `self` that methods other than `__init__` write, by class."""
        self.imported_by_string: set[str] = set()
        """Top-level names of what is imported by a function: `import_module("a.b")`."""
        self._collect(self.root)

    def qualified_names(self, node: cst.BaseExpression, scope: Scope | None = None) -> frozenset[str]:
        """The qualified names that a name or attribute chain may stand for; empty where that is not an import."""
        head, _, rest = dotted(node).partition(".")
        found = self._resolve(head, scope or self.root) if head else set()
        return frozenset(f"{name}.{rest}" if rest else name for name in found if name)

    def identifiers(self) -> set[str]:
        """Every identifier of the module."""
        return {name for scope in self.root.every() for name in (*scope.mentions, *scope.bindings)}

    def owners(self, params: Collection[object]) -> set[str]:
        """The functions of the module that have these parameters; for a constructor its class, and so for a field,
        which is told by its class and its name.
        """
        found = {one[0].name.value for one in params if isinstance(one, tuple) and isinstance(one[0], cst.ClassDef)}
        for scope in self.root.every() if params else ():
            node = scope.node
            if not isinstance(node, cst.FunctionDef):
                continue
            own = (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params)
            stars = (node.params.star_arg, node.params.star_kwarg)
            if any(param in params for param in (*own, *stars)):
                found.add(scope.parent.name if scope.name == "__init__" and scope.parent is not None else scope.name)
        return found

    def scope_of(self, node: cst.CSTNode) -> Scope:
        """The scope whose code `node` is part of; the module's for a node of another tree."""
        if not self._owners:
            for scope in self.root.every():
                for own in _own_nodes(scope.node):
                    self._owners.setdefault(own, scope)
        return self._owners.get(node, self.root)

    def _resolve(self, name: str, scope: Scope) -> set[str]:
        at: Scope | None = scope
        while at is not None:
            # A class body's names are seen in the body itself, not in the functions inside it.
            if name in at.bindings and (at is scope or not isinstance(at.node, cst.ClassDef)):
                return at.bindings[name]
            at = at.parent
        return set()

    def _collect(self, root: Scope) -> None:
        pending = [root]
        while pending:
            scope = pending.pop()
            self._collect_scope(scope, pending)

    def _collect_scope(self, scope: Scope, pending: list[Scope]) -> None:
        """Reads one scope's own nodes; definitions inside it are queued as scopes of their own."""
        for node in _own_nodes(scope.node):
            # By type and not by isinstance: LibCST's classes are abstract ones, which makes that the slowest part.
            kind = type(node)
            if kind is cst.Name:
                scope.mentions.add(node.value)  # type: ignore[attr-defined]
            elif kind is cst.SimpleStatementLine:
                self.statements += 1
            elif kind in _DEFINITIONS:
                self._define(scope, node, pending)  # type: ignore[arg-type]
            elif (reader := _READERS.get(kind)) is not None:
                reader(self, scope, node)

    def _define(self, scope: Scope, node: Definition, pending: list[Scope]) -> None:
        child = Scope(node, scope)
        if isinstance(node, cst.ClassDef) and node.bases:
            child.bases = frozenset(part.value for base in node.bases for part in walk(base) if type(part) is cst.Name)
        if isinstance(node, cst.FunctionDef) and isinstance(node.body, cst.IndentedBlock):
            lines = (line.body for line in node.body.body if isinstance(line, cst.SimpleStatementLine))
            child.acts = any(isinstance(one, cst.Raise) for line in lines for one in line)
        scope.children.append(child)
        self.scopes[node] = child
        pending.append(child)
        if child.name:
            scope.bind(child.name)

    def _parameter(self, scope: Scope, node: cst.Param) -> None:
        scope.bind(node.name.value)

    def _act(self, scope: Scope, node: cst.CSTNode) -> None:
        scope.acts = True

    def _delete(self, scope: Scope, node: cst.Del) -> None:
        for target in node.target.elements if isinstance(node.target, cst.Tuple) else (node.target,):
            inner = target.value if isinstance(target, cst.Element) else target
            if isinstance(inner, cst.Subscript):
                self._change(scope, inner.value)
            elif not isinstance(inner, cst.Name):
                scope.acts = True

    def _change(self, scope: Scope, container: cst.BaseExpression) -> None:
        """Notes that something changes in what an expression stands for."""
        while isinstance(container, cst.Subscript):
            container = container.value
        if isinstance(container, cst.Name):
            scope.changed.add(container.value)
        elif isinstance(container, cst.Attribute):
            scope.acts = True

    def _global(self, scope: Scope, node: cst.Global) -> None:
        scope.acts = True
        self.global_writes.update(item.name.value for item in node.names)

    def _assign(self, scope: Scope, node: cst.Assign) -> None:
        self._write(scope, [target.target for target in node.targets], node.value)

    def _assign_one(self, scope: Scope, node: cst.AnnAssign | cst.AugAssign | cst.NamedExpr) -> None:
        if node.value is not None:
            self._write(scope, [node.target], node.value)

    def _loop(self, scope: Scope, node: cst.For | cst.CompFor) -> None:
        self._write(scope, [node.target], node.iter)

    def _with(self, scope: Scope, node: cst.WithItem) -> None:
        if node.asname is not None:
            self._write(scope, [node.asname.name], node.item)

    def _call(self, scope: Scope, node: cst.Call) -> None:
        func = node.func
        called = func.attr if type(func) is cst.Attribute else func
        if type(func) is cst.Attribute and func.attr.value in CHANGES:
            self._change(scope, func.value)
        if type(called) is cst.Name and called.value in IMPORTERS and node.args:
            name = node.args[0].value
            if type(name) is cst.SimpleString:
                self.imported_by_string.add(str(string_value(name)).partition(".")[0])

    def _handler(self, scope: Scope, node: cst.ExceptHandler) -> None:
        if node.name is not None and isinstance(node.name.name, cst.Name):
            scope.bind(node.name.name.value)

    def _write(self, scope: Scope, targets: Sequence[cst.CSTNode], value: cst.CSTNode) -> None:
        flow = Flow(set(), set(), {node.value for node in walk(value) if type(node) is cst.Name})
        for target in targets:
            self._write_target(scope, target, flow)
        scope.flows.append(flow)

    def _write_target(self, scope: Scope, target: cst.CSTNode, flow: Flow) -> None:
        """Notes what one target writes: `a.b[c]` writes the attribute `b`, and nothing else that it mentions."""
        match target:
            case cst.Name(value=name):
                flow.variables.add(name)
                scope.bind(name)
            case cst.Attribute(attr=attr):
                scope.acts = True
                flow.attributes.add(attr.value)
                self._note_attribute(scope, target)
            case cst.Subscript(value=container):
                self._write_item(scope, container, flow)
            case cst.Tuple(elements=elements) | cst.List(elements=elements):
                for element in elements:
                    self._write_target(scope, element.value, flow)

    def _write_item(self, scope: Scope, container: cst.BaseExpression, flow: Flow) -> None:
        self._change(scope, container)
        while isinstance(container, cst.Subscript):
            container = container.value
        if isinstance(container, cst.Attribute):
            flow.attributes.add(container.attr.value)
            self._note_attribute(scope, container)
        elif isinstance(container, cst.Name):
            flow.variables.add(container.value)

    def _note_attribute(self, scope: Scope, node: cst.Attribute) -> None:
        owner = None if scope.parent is None else scope.parent.node
        if isinstance(owner, cst.ClassDef) and isinstance(node.value, cst.Name) and scope.name != "__init__":
            self.attribute_writes.setdefault(owner, set()).add(node.attr.value)

    def _import(self, scope: Scope, node: cst.Import | cst.ImportFrom) -> None:
        if isinstance(node, cst.ImportFrom):
            module = absolute(self.module_name, len(node.relative), dotted(node.module) if node.module else "")
            if isinstance(node.names, cst.ImportStar):
                scope.bind("*", module)
                return
            prefix = f"{module}." if module else ""
            for alias in node.names:
                name = dotted(alias.name)
                scope.bind(_bound_name(alias) or name, prefix + name)
            return
        for alias in node.names:
            name = dotted(alias.name)
            head = name.partition(".")[0]
            bound = _bound_name(alias)
            scope.bind(bound or head, name if bound else head)


CHANGES = frozenset(
    {"update", "pop", "popitem", "setdefault", "clear", "__setitem__", "append", "extend", "insert", "remove"}
)
"""Methods that change a dict or a list in place."""

IMPORTERS = frozenset({"import_module", "__import__"})
"""Functions that import a module by its name in a string."""

_DEFINITIONS = frozenset({cst.FunctionDef, cst.ClassDef, cst.Lambda})

_READERS: dict[type[cst.CSTNode], Callable[[Names, Scope, Any], None]] = {
    cst.AnnAssign: Names._assign_one,
    cst.Assign: Names._assign,
    cst.AugAssign: Names._assign_one,
    cst.Call: Names._call,
    cst.CompFor: Names._loop,
    cst.ExceptHandler: Names._handler,
    cst.For: Names._loop,
    cst.Global: Names._global,
    cst.Import: Names._import,
    cst.ImportFrom: Names._import,
    cst.NamedExpr: Names._assign_one,
    cst.Del: Names._delete,
    cst.Nonlocal: Names._act,
    cst.Param: Names._parameter,
    cst.Yield: Names._act,
    cst.WithItem: Names._with,
}


def _bound_name(alias: cst.ImportAlias) -> str:
    return alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else ""


def _own_nodes(root: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes of a scope in source order; an inner definition is given itself, not what is inside it."""
    stack = children(root)[::-1]
    while stack:
        node = stack.pop()
        yield node
        if type(node) is cst.Annotation:
            continue  # a type that is mentioned does nothing
        if type(node) not in _DEFINITIONS:
            stack.extend(children(node)[::-1])
        else:
            # Decorators, bases and defaults are evaluated in the enclosing scope.
            outer = [*getattr(node, "decorators", ()), *getattr(node, "bases", ())]
            stack.extend(reversed(outer))
