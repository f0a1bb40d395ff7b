"""Functions of other modules of the standard library."""

from __future__ import annotations

import base64
import binascii
import inspect
import posixpath
import textwrap
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import replace

from jwt_sast.semantics import containers, copies, texts
from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.names import absolute
from jwt_sast.semantics.stdlib.builtin_functions import harmless
from jwt_sast.semantics.stdlib.randomness import PREDICTABLE, predictable
from jwt_sast.semantics.values import (
    Known,
    Partial,
    Produced,
    Symbol,
    Value,
    each,
)
from jwt_sast.semantics.values import (
    Mapping as MappingValue,
)


def _copy(*, deep: bool) -> Model:
    def model(call: Call) -> Value:
        return copies.copy(call.state, call.first(), call.origin(), deep=deep)

    return model


def _partial(call: Call) -> Value:
    function, *rest = call.arguments.positional
    return Partial(function.value, tuple(rest), dict(call.arguments.keywords), origin=call.origin())


def _partial_or_unknown(call: Call) -> Value:
    unclear = call.arguments.more_positional or call.arguments.more_keywords or not call.arguments.positional
    return call.unknown() if unclear else _partial(call)


def _chain(call: Call) -> Value:
    """`ChainMap(first, second, …)`: what the first one lacks is looked up in the next. It is a view, and so is open."""
    merged = MappingValue({}, origin=call.origin())
    for argument in reversed(call.arguments.positional):
        merged = containers.absorb(call.state, merged, argument.value)
    return call.state.allocate(replace(merged, open=True))


def _transcoded(function: Callable[[bytes], bytes]) -> Model:
    """A reversible encoding: the literal that went in is what the key is made of."""

    def one(value: Value, call: Call) -> Value:
        if not isinstance(value, Known) or not isinstance(value.constant, str | bytes):
            return value if not isinstance(value, Known) else call.unknown()
        constant = value.constant
        try:
            data = constant.encode() if isinstance(constant, str) else constant
            return replace(value, constant=function(data))
        except (ValueError, binascii.Error):
            return call.unknown()

    def model(call: Call) -> Value:
        return each(call.first(), lambda value: one(value, call))

    return model


def _hash(call: Call) -> Value:
    """A digest of literals, or of what can be guessed, can be computed by anyone who reads the source."""
    given = [argument.value for argument in call.arguments.positional]
    if given and all(isinstance(value, Known) or predictable(value) for value in given):
        return Produced(PREDICTABLE, call.function, call.place.node, origin=call.origin())
    return call.unknown()


def _cast(call: Call) -> Value:
    return call.value(1, "val")


def _rewritten(function: Callable[[str], str]) -> Model:
    """A function from one text to another, run for real where the text is a constant."""

    def one(value: Value) -> Value:
        if isinstance(value, Known) and isinstance(value.constant, str):
            return replace(value, constant=function(value.constant))
        return value

    return lambda call: each(call.first(), one)


def _url_join(call: Call) -> Value:
    """`urljoin(base, path)`: exact for constants; a known base keeps its scheme and host before a relative path."""
    base, path = call.value(0, "base"), call.value(1, "url")
    if isinstance(base, Known) and isinstance(path, Known):
        one, other = base.constant, path.constant
        if isinstance(one, str) and isinstance(other, str):
            try:
                return Known(urllib.parse.urljoin(one, other), origin=base.origin)
            except ValueError:
                return call.unknown()
    site = _site(base)
    if site is None or (isinstance(path, Known) and "://" in str(path.constant)):
        return call.unknown()
    return texts.text((*site, "/", path), call.origin())


def _site(address: Value) -> tuple[str | Value, ...] | None:
    """What stands before the path of an address; None where it does not begin with a scheme."""
    pieces = texts.pieces(address)
    first = pieces[0] if pieces else ""
    if not isinstance(first, str) or "://" not in first:
        return None
    for index, piece in enumerate(pieces):
        start = first.index("://") + 3 if index == 0 else 0
        end = piece.find("/", start) if isinstance(piece, str) else -1
        if isinstance(piece, str) and end >= 0:
            return (*pieces[:index], piece[:end])
    return pieces


def _path_join(call: Call) -> Value:
    parts = [argument.value for argument in call.arguments.positional]
    constants = [part.constant for part in parts if isinstance(part, Known) and isinstance(part.constant, str)]
    if parts and len(constants) == len(parts):
        return Known(posixpath.join(*constants), origin=call.origin())
    return call.unknown()


def _imported(call: Call) -> Value:
    """`import_module("name")`, `__import__("name")`; a relative name needs its package, as a constant."""
    name, package = call.first(), call.value(1, "package")
    if not isinstance(name, Known) or not isinstance(name.constant, str):
        return call.unknown()
    text = name.constant
    if text.startswith("."):
        if not isinstance(package, Known) or not isinstance(package.constant, str):
            return call.unknown()
        inner = text.lstrip(".")
        # A package is written like a module of its own, one of whose names the dots leave out.
        text = absolute(f"{package.constant}.__init__", len(text) - len(inner), inner)
    top = call.function == "builtins.__import__" and len(call.arguments) == 1
    return Symbol(text.partition(".")[0] if top else text, origin=call.origin())


SUPPRESS = "suppress"
"""What a context manager is that lets its body be cut short by an exception."""


def _suppress(call: Call) -> Value:
    return Produced(SUPPRESS, None, call.place.node, origin=call.origin())


_LOGGING = ("debug", "info", "warning", "warn", "error", "exception", "critical", "log")

FUNCTIONS: Mapping[str, Model] = {
    "collections.ChainMap": _chain,
    "copy.copy": _copy(deep=False),
    "copy.deepcopy": _copy(deep=True),
    "functools.partial": _partial_or_unknown,
    "base64.b64decode": _transcoded(base64.b64decode),
    "base64.standard_b64decode": _transcoded(base64.b64decode),
    "base64.urlsafe_b64decode": _transcoded(base64.urlsafe_b64decode),
    "base64.b64encode": _transcoded(base64.b64encode),
    "base64.urlsafe_b64encode": _transcoded(base64.urlsafe_b64encode),
    "binascii.unhexlify": _transcoded(binascii.unhexlify),
    "binascii.hexlify": _transcoded(binascii.hexlify),
    "contextlib.suppress": _suppress,
    "typing.cast": _cast,
    "importlib.import_module": _imported,
    "builtins.__import__": _imported,
    "inspect.cleandoc": _rewritten(inspect.cleandoc),
    "textwrap.dedent": _rewritten(textwrap.dedent),
    "urllib.parse.urljoin": _url_join,
    "os.path.join": _path_join,
    **{f"hashlib.{name}": _hash for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b")},
    **{f"logging.{name}": harmless for name in _LOGGING},
    "json.dumps": harmless,
    "pprint.pprint": harmless,
}
