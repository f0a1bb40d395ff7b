"""Attributes and items of the standard library that are values of their own."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping

from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.provenance import Origin
from jwt_sast.semantics.values import Environment, Known, Symbol, Unknown, Value

UTC = Symbol("datetime.timezone.utc")

_ALPHABETS = ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "hexdigits", "punctuation", "printable")

ATTRIBUTES: Mapping[str, Value] = {
    "datetime.UTC": UTC,
    "pytz.utc": UTC,
    "pytz.UTC": UTC,
    "dateutil.tz.UTC": UTC,
    "django.utils.timezone.utc": UTC,
    "typing.TYPE_CHECKING": Unknown("true for type checkers only", "TYPE_CHECKING"),
    **{f"string.{name}": Known(getattr(string, name)) for name in _ALPHABETS},
}


def variable(frame: Frame, name: Value, origin: Origin, fallback: Value | None = None) -> Value:
    """A process environment variable."""
    text = name.constant if isinstance(name, Known) else ""
    text = text if isinstance(text, str) else ""
    if fallback is None and text in frame.scope.fallbacks:
        fallback = frame.scope.fallbacks[text]
    return Environment(text, fallback, origin=origin)


def _environ(frame: Frame, key: Value, origin: Origin) -> Value:
    return variable(frame, key, origin)


ITEMS: Mapping[str, Callable[[Frame, Value, Origin], Value]] = {"os.environ": _environ, "os.environb": _environ}

__all__ = ["ATTRIBUTES", "ITEMS", "UTC", "variable"]
