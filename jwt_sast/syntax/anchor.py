"""What a node is known by once its line has changed: where it stands, and how it hangs in its statement.

Lines move, formatters break and join them, and the other arguments of a call come and go. What stays is the function,
the names on the way from the statement to the node (`jwt.encode`, `algorithm=`, `KEY =`), and the node's own shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import libcst as cst

from jwt_sast.syntax.disclosure import looks_secret
from jwt_sast.syntax.visitor import children, walk

_TEXT = "text"

_SCOPES = (cst.FunctionDef, cst.ClassDef)
_STATEMENTS = (cst.BaseSmallStatement, cst.BaseCompoundStatement)
_BLOCKS = (cst.SimpleStatementLine, cst.BaseSuite, cst.BaseCompoundStatement, cst.Else, cst.Finally)
"""What begins statements of its own: no part of the one that holds it."""

_NAMED_BY: Mapping[type[cst.CSTNode], str] = {
    cst.Assign: "targets",
    cst.AnnAssign: "target",
    cst.AugAssign: "target",
    cst.NamedExpr: "target",
    cst.Arg: "keyword",
    cst.Attribute: "attr",
    cst.Param: "name",
}
"""The fields by which a node on the way tells what the one below it is there for."""


def anchor(module: cst.Module, node: cst.CSTNode) -> tuple[str, str]:
    """The qualified name of the function or class that `node`, of `module`, stands in (empty at the top), and a text
    that stays the same when the code moves or is formatted anew.

    The text holds no literal but keys of dictionaries and subscripts, and of those none that looks like a secret.
    """
    way = _way(module, node)
    scope = ".".join(above.name.value for above in way if isinstance(above, _SCOPES))
    start = max((index for index, above in enumerate(way) if isinstance(above, _STATEMENTS)), default=0)
    words = [word for above in way[start:] for word in (type(above).__name__, *_named(above))]
    return scope, " ".join((*words, ":", *_words(node)))


@lru_cache(maxsize=2)
def _parents(module: cst.Module) -> dict[int, cst.CSTNode]:
    return {id(below): node for node in walk(module) for below in children(node)}


def _way(module: cst.Module, node: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """What `node` lies in, the outermost first."""
    parents = _parents(module)
    way: list[cst.CSTNode] = []
    while (above := parents.get(id(node))) is not None:
        way.append(above)
        node = above
    return way[::-1]


def _named(node: cst.CSTNode) -> Iterator[str]:
    if isinstance(node, cst.Call):
        # Not all of it: in `jwt.encode(...).decode()` that would be the arguments too.
        called = node.func
        yield from _words(called.attr if isinstance(called, cst.Attribute) else called)
    elif isinstance(node, cst.DictElement):
        yield _key(node.key)
    else:
        named = getattr(node, _NAMED_BY.get(type(node), ""), None)
        for part in named if isinstance(named, Sequence) else [named]:
            if isinstance(part, cst.CSTNode):
                yield from _words(part)


def _words(node: cst.CSTNode) -> Iterator[str]:
    """The shape of `node` and the names in it, without blocks of statements."""
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, cst.SimpleString | cst.ConcatenatedString):
            yield _TEXT  # one text, in however many pieces it is written
            continue
        yield current.value if isinstance(current, cst.Name) else type(current).__name__
        if isinstance(current, cst.DictElement):
            yield _key(current.key)
        elif isinstance(current, cst.Index):
            yield _key(current.value)
        stack.extend(below for below in reversed(children(current)) if not isinstance(below, _BLOCKS))


def _key(node: cst.BaseExpression) -> str:
    """A text that is the name of something."""
    if not isinstance(node, cst.SimpleString):
        return type(node).__name__
    content = node.raw_value
    return _TEXT if looks_secret(content) else content
