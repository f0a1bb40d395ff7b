"""The read-only traversal that everything shares.

LibCST's own `module.visit` rebuilds every node on its way and stops at every space, comma and bracket. This one only
looks, and looks only at what carries meaning: whitespace, comments, punctuation, parentheses and operators are not
walked (an operator is an attribute of its parent and can be had from there). It does not recurse, so the depth of a
tree is no limit.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

import libcst as cst

_NOT_WALKED: tuple[type[cst.CSTNode], ...] = (
    cst.BaseParenthesizableWhitespace,
    cst.TrailingWhitespace,
    cst.EmptyLine,
    cst.Newline,
    cst.Comment,
    cst.Comma,
    cst.Semicolon,
    cst.Colon,
    cst.Dot,
    cst.AssignEqual,
    cst.Asynchronous,
    cst.LeftParen,
    cst.RightParen,
    cst.LeftSquareBracket,
    cst.RightSquareBracket,
    cst.LeftCurlyBrace,
    cst.RightCurlyBrace,
    cst.BaseBinaryOp,
    cst.BaseUnaryOp,
    cst.BaseBooleanOp,
    cst.BaseCompOp,
    cst.BaseAugOp,
)

# LibCST declares the fields of these in another order than they stand in the source.
_SOURCE_ORDER: dict[type[cst.CSTNode], tuple[str, ...]] = {
    cst.Arg: ("keyword", "value"),
    cst.ClassDef: ("decorators", "name", "type_parameters", "bases", "keywords", "body"),
    cst.ExceptHandler: ("type", "name", "body"),
    cst.ExceptStarHandler: ("type", "name", "body"),
    cst.FunctionDef: ("decorators", "name", "type_parameters", "params", "returns", "body"),
    cst.IfExp: ("body", "test", "orelse"),
    cst.MatchCase: ("pattern", "guard", "body"),
    cst.Parameters: ("posonly_params", "posonly_ind", "params", "star_arg", "kwonly_params", "star_kwarg"),
    cst.TypeAlias: ("name", "type_parameters", "value"),
}

_Getter = Callable[[cst.CSTNode], tuple[object, ...]]

_getters: dict[type[cst.CSTNode], _Getter] = {}


def child_fields(node_type: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a node type that hold meaningful nodes, in the order of the source."""
    hints = typing.get_type_hints(node_type)
    found = [field.name for field in dataclasses.fields(node_type) if _carries_meaning(hints[field.name])]
    order = _SOURCE_ORDER.get(node_type, ())
    return tuple(sorted(found, key=lambda name: order.index(name) if name in order else len(order)))


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The meaningful nodes directly below `node`, in the order of the source."""
    getter = _getters.get(type(node)) or _getter_for(type(node))
    found: list[cst.CSTNode] = []
    for value in getter(node):
        # By type: LibCST's classes are abstract ones, which isinstance takes ten times as long to ask.
        kind = type(value)
        if kind is tuple or kind is list:
            found.extend(value)  # type: ignore[arg-type]
        elif value is not None and kind is not cst.MaybeSentinel:
            found.append(value)  # type: ignore[arg-type]
    return found


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """`node` and every meaningful node below it: parents before children, in the order of the source."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        found = children(current)
        found.reverse()
        stack.extend(found)


_Method = Callable[[cst.CSTNode], object]


def traverse(root: cst.CSTNode, visitors: Sequence[object]) -> None:
    """Shows the tree under `root` to all visitors in one walk.

    A visitor is any object with methods called `visit_<Node>` and `leave_<Node>`; both take the node. `visit_<Node>` is
    called before the node's children and may return False to skip them; any other answer goes on. `leave_<Node>` is
    called after the children, also where they were skipped.

    At every node the visitors are called in the order given. One that skips a node's children does so for itself only.
    """
    _Traversal(visitors).run(root)


class _Traversal:
    """One walk. `_muted` holds the visitors that are skipping children at the moment."""

    def __init__(self, visitors: Sequence[object]) -> None:
        self._visitors = visitors
        self._visits: dict[type[cst.CSTNode], tuple[tuple[int, _Method], ...]] = {}
        self._leaves: dict[type[cst.CSTNode], tuple[tuple[int, _Method], ...]] = {}
        self._muted: set[int] = set()

    def run(self, root: cst.CSTNode) -> None:
        stack: list[cst.CSTNode | _Departure] = [root]
        while stack:
            entry = stack.pop()
            if isinstance(entry, _Departure):
                self._leave(entry)
                continue
            muted_here = self._visit(entry)
            if muted_here or self._leaves[type(entry)]:
                stack.append(_Departure(entry, muted_here))
            if len(self._muted) < len(self._visitors):
                found = children(entry)
                found.reverse()
                stack.extend(found)

    def _visit(self, node: cst.CSTNode) -> tuple[int, ...]:
        """Calls the visitors that are listening; says which of them skip the children."""
        kind = type(node)
        if kind not in self._visits:
            self._visits[kind] = self._methods(f"visit_{kind.__name__}")
            self._leaves[kind] = self._methods(f"leave_{kind.__name__}")
        muted: tuple[int, ...] = ()
        for index, method in self._visits[kind]:
            if index not in self._muted and method(node) is False:
                muted += (index,)
        self._muted.update(muted)
        return muted

    def _leave(self, departure: _Departure) -> None:
        self._muted.difference_update(departure.muted)
        for index, method in self._leaves[type(departure.node)]:
            if index not in self._muted:
                method(departure.node)

    def _methods(self, name: str) -> tuple[tuple[int, _Method], ...]:
        found = ((index, getattr(visitor, name, None)) for index, visitor in enumerate(self._visitors))
        return tuple((index, method) for index, method in found if method is not None)


@dataclasses.dataclass(frozen=True, slots=True)
class _Departure:
    """Stands on the stack below a node's children: calls `leave_<Node>` and lets muted visitors listen again."""

    node: cst.CSTNode
    muted: tuple[int, ...]


def _carries_meaning(hint: object) -> bool:
    nodes = [kind for kind in _classes_in(hint) if issubclass(kind, cst.CSTNode)]
    return any(not issubclass(kind, _NOT_WALKED) for kind in nodes)


def _classes_in(hint: object) -> Iterator[type]:
    arguments = typing.get_args(hint)
    for argument in arguments:
        yield from _classes_in(argument)
    if not arguments and isinstance(hint, type):
        yield hint


def _getter_for(node_type: type[cst.CSTNode]) -> _Getter:
    fields = child_fields(node_type)
    # attrgetter gives a tuple only for two names or more.
    getter: _Getter
    if not fields:
        getter = _no_children
    elif len(fields) == 1:
        only = attrgetter(fields[0])

        def getter(node: cst.CSTNode) -> tuple[object, ...]:
            return (only(node),)
    else:
        getter = attrgetter(*fields)
    _getters[node_type] = getter
    return getter


def _no_children(node: cst.CSTNode) -> tuple[object, ...]:
    return ()
