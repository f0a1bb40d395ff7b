"""Logs and the screen: `logging`, `print`, loguru, structlog, and the texts of exceptions.

Nearly every file writes a log, so this model makes no file worth a look by itself: what others have found is looked at
here as well. Contract: tests/libraries/test_logs_contract.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jwt_sast.libraries.library import Context, Library, Model, where
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.values import Known, Mapping, Object, OneOf, Sequence, Symbol, Text, Value
from jwt_sast.tokens import queries
from jwt_sast.tokens.disclosure import Shown
from jwt_sast.tokens.naming import names, says_token
from jwt_sast.tokens.recognition import is_token

if TYPE_CHECKING:
    from libcst import CSTNode

_LEVELS = ("debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log")
_MORE_LEVELS = (*_LEVELS, "trace", "success", "msg")
_LOGGERS = ("logger", "log", "_logger", "_log", "LOGGER", "_LOGGER", "LOG")
_EXCEPTIONS = ("Exception", "ValueError", "RuntimeError", "PermissionError", "KeyError", "TypeError")

_LOGGER = "logging.Logger"
_BOUND_LOGGER = "structlog.BoundLogger"


def _write(call: Call, context: Context) -> Value:
    """Every argument may come out in the log: the message, what fills its holes, what is logged along with it."""
    for argument in call.arguments:
        for shown in _shown(call, argument):
            context.show(shown)
        call.frame.host.use(argument.value, "shown", argument.place, call.state)
    return Known(None)


def _raise(call: Call, context: Context) -> None:
    """The text of an exception comes out where nobody has thought of it. Here only tokens count that are known to be
    some by then: exceptions are also about what ought to be one and is of another type.
    """
    for argument in call.arguments:
        for shown in _shown(call, argument):
            if shown.sure:
                context.show(shown)


def _shown(call: Call, argument: Argument) -> Iterator[Shown]:
    at = where(call)
    value = call.resolved(argument).value
    written = list(_written(argument.at.node)) if argument.at is not None else []
    # What `keys()` gives stands for the mapping here, and holds nothing of its values.
    has_keys = any(map(_is_of_keys, written))
    for leaf in (value,) if has_keys else _leaves(value):
        sure = is_token(leaf, call.state)
        yield Shown(at, argument, leaf, sure, not isinstance(leaf, Known) and any(map(says_token, names(leaf))))
    for one in () if has_keys else queries.in_url(value, call.state):
        yield Shown(at, argument, one.token, sure=not one.named, named=one.named)
    for node in written if not isinstance(value, Known) else ():
        if any(map(says_token, names(call.unknown(), Place(call.place.source, node)))):
            yield Shown(at, argument, call.unknown(), named=True)


def _leaves(value: Value, depth: int = 3) -> Iterator[Value]:
    """What a value is made of: the holes of a text, the entries of a dict, the items of a list."""
    inner: tuple[Value, ...] = ()
    match value:
        case OneOf(alternatives=inner) | Sequence(items=inner):
            pass
        case Text():
            inner = value.holes
        case Mapping(entries=entries):
            inner = tuple(entry.value for entry in entries.values())
        case _:
            yield value
    for one in inner if depth else ():
        yield from _leaves(one, depth - 1)


def _written(node: CSTNode) -> Iterator[CSTNode]:
    """The expressions that come out in a text as they are: the node itself, the holes of an f-string, the sides of +
    and of %, what `format` is given.
    """
    # LibCST is there once anything is analysed, and not before: the gate needs all models and must not load it.
    import libcst as cst

    match node:
        case cst.FormattedString(parts=parts):
            for part in parts:
                if isinstance(part, cst.FormattedStringExpression):
                    yield from _written(part.expression)
        case cst.ConcatenatedString(left=left, right=right):
            yield from _written(left)
            yield from _written(right)
        case cst.BinaryOperation(left=left, operator=cst.Add() | cst.Modulo(), right=right):
            yield from _written(left)
            yield from _written(right)
        case cst.Tuple(elements=elements):
            for element in elements:
                yield from _written(element.value)
        case cst.Call(func=cst.Attribute(value=cst.SimpleString(), attr=cst.Name(value="format")), args=args):
            for arg in args:
                yield from _written(arg.value)
        case cst.Name() | cst.Attribute() | cst.Subscript() | cst.Call():
            yield node


def _is_of_keys(node: CSTNode) -> bool:
    function = getattr(node, "func", None)
    return getattr(getattr(function, "attr", None), "value", "") == "keys"


def _object(of: str) -> Model:
    def model(call: Call, context: Context) -> Value:
        return call.state.allocate(Object({}, of=Symbol(of), origin=call.origin()))

    return model


def _same(call: Call, context: Context) -> Value | None:
    """`logger.bind(…)`: another logger like this one; what is bound is logged with every message."""
    _write(call, context)
    return call.receiver


_FUNCTIONS = {
    "builtins.print": _write,
    **{f"builtins.{name}": _raise for name in _EXCEPTIONS},
    **{f"{of}.{level}": _write for of in ("logging", _LOGGER, "flask.current_app.logger") for level in _LEVELS},
    **{f"{of}.{level}": _write for of in ("loguru.logger", _BOUND_LOGGER) for level in _MORE_LEVELS},
    **{f"{_BOUND_LOGGER}.{name}": _same for name in ("bind", "new")},
    **{f"structlog.{name}": _object(_BOUND_LOGGER) for name in ("get_logger", "getLogger", "stdlib.get_logger")},
    "logging.getLogger": _object(_LOGGER),
    f"{_LOGGER}.getChild": _object(_LOGGER),
}

_CALL = rb"(?:\bprint|\.(?:%s))(?=\()" % "|".join(_MORE_LEVELS).encode()
_SECRET = rb"\w*(?:[tT]oken|TOKEN|[jJ]wt|JWT|[sS]ecret|SECRET|_key|KEY)"
_WRITTEN = rb"[{(\[,:=+%%]\s*(?:\w+\.)*(%s)\s*[])},!:\n]" % _SECRET

LIBRARY = Library(
    name="logs",
    distribution="",
    packages=(),
    marks=(),
    carrier=True,
    functions=_FUNCTIONS,
    methods={f"{logger}.{level}": _write for logger in _LOGGERS for level in _LEVELS},
    # In a file that is looked at anyway: what is called like a token or a key and written as it is.
    names=re.compile(_CALL + rb"[^;]{0,200}?" + _WRITTEN),
)
