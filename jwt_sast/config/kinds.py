"""The kinds of values that settings take: how each is read, written, given as an option and described in a schema."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from jwt_sast.config.globs import Glob
from jwt_sast.config.words import code_of, codes_and_prefixes, codes_by_name, nearest
from jwt_sast.findings import Level

DAY = 24 * 60 * 60
_UNITS = {"d": DAY, "h": 60 * 60, "m": 60, "s": 1}
_SECONDS = {"": 1, **_UNITS, "w": 7 * DAY}
_DURATION = r"^\s*0*([1-9][0-9]{0,11})([smhdw]?)\s*$"
_VERSION = r"^\s*[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?\s*$"

T = TypeVar("T")
K = TypeVar("K")
L = TypeVar("L", bound=Level)

Json = dict[str, Any]


class Kind(ABC, Generic[T]):
    """A kind of value. `metavar` is what a help page calls one."""

    metavar: str
    several: ClassVar[bool] = False
    """Whether it is made of parts, so that an option for it may be repeated."""
    adds: ClassVar[bool] = False
    """Whether what is said in two places is taken together; otherwise the later place wins."""
    option: ClassVar[bool] = True
    """Whether it can be given as an option."""

    @abstractmethod
    def read(self, value: object, folder: str) -> T:
        """The value that is meant by `value`, as TOML or JSON have it; patterns for paths start from `folder`.

        Raises ValueError, whose text is for the user, where it is none.
        """

    @abstractmethod
    def schema(self) -> Json:
        """A JSON schema (draft 7) of exactly what `read` takes. It may refer to the words of `words.py`."""

    def plain(self, value: T) -> Any:
        """`value` as TOML or JSON have it."""
        return value

    def parse(self, words: Sequence[str]) -> object:
        """What `read` takes, from the words that an option was given, one for each time."""
        return words[-1]

    def joined(self, before: T, after: T) -> T:
        """What holds where one place says `before` and a later one `after`."""
        return after


class Word(Kind[str]):
    """A word that stands for something, such as a check; `meanings` gives all of them with what they stand for."""

    def __init__(self, what: str, meanings: Callable[[], Mapping[str, str]]) -> None:
        self.what = what
        self.meanings = meanings
        self.metavar = what.upper()

    def read(self, value: object, folder: str) -> str:
        """What the word stands for."""
        meanings = self.meanings()
        if isinstance(value, str) and value in meanings:
            return meanings[value]
        raise ValueError(f"unknown {self.what} {value}; did you mean {nearest(str(value), meanings)}?")

    def schema(self) -> Json:
        """Several settings use the same words, which therefore stand apart."""
        return {"$ref": f"#/definitions/{self.what}"}


class Code(Word):
    """A code, the beginning of codes, or the name of a check."""

    def __init__(self) -> None:
        super().__init__("code", codes_and_prefixes)

    def read(self, value: object, folder: str) -> str:
        """The code or prefix."""
        return code_of(str(value), codes_by_name())


class Text(Kind[str]):
    """Any text but an empty one."""

    def __init__(self, metavar: str) -> None:
        self.metavar = metavar

    def read(self, value: object, folder: str) -> str:
        """The text as it is."""
        if not isinstance(value, str) or not value:
            raise ValueError("must be a text that is not empty")
        return value

    def schema(self) -> Json:
        """A string."""
        return {"type": "string", "minLength": 1}


class Pattern(Kind[Glob]):
    """A pattern for paths."""

    metavar = "GLOB"

    def read(self, value: object, folder: str) -> Glob:
        """The pattern, and where it starts from."""
        return Glob(Text(self.metavar).read(value, folder), folder)

    def schema(self) -> Json:
        """A string."""
        return Text(self.metavar).schema()

    def plain(self, value: Glob) -> str:
        """The pattern as it was written."""
        return value.pattern


class Version(Kind[str]):
    """One release of a library, as PEP 440 writes it."""

    metavar = "VERSION"

    def read(self, value: object, folder: str) -> str:
        """The version, without spaces around it."""
        if not isinstance(value, str) or not re.match(_VERSION, value):
            raise ValueError(f'"{value}" is not a version such as 2.8.0')
        return value.strip()

    def schema(self) -> Json:
        """A string."""
        return {"type": "string", "pattern": _VERSION}


class LevelOf(Kind[L]):
    """One of a few words that have an order."""

    def __init__(self, levels: type[L]) -> None:
        self.levels = levels
        self.names = [str(level) for level in levels]
        self.metavar = f"[{'|'.join(self.names)}]"

    def read(self, value: object, folder: str) -> L:
        """The level of that name, in lower case."""
        if not isinstance(value, str) or value not in self.names:
            choices = ", ".join(self.names)
            raise ValueError(f'"{value}" is not one of {choices}; did you mean {nearest(str(value), self.names)}?')
        return self.levels.named(value)

    def schema(self) -> Json:
        """The names."""
        return {"enum": self.names}

    def plain(self, value: L) -> str:
        """The name."""
        return str(value)


class Time(Kind[int]):
    """A length of time, in seconds."""

    metavar = "TIME"

    def read(self, value: object, folder: str) -> int:
        """The seconds; more than none."""
        seconds = duration(value) if isinstance(value, str) else _whole(value)
        if seconds is None or seconds <= 0:
            raise ValueError("must be a length of time such as 30d, 12h, 45m or a positive number of seconds")
        return seconds

    def schema(self) -> Json:
        """A number of seconds, or a number with a unit."""
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": _DURATION}]}

    def plain(self, value: int) -> str:
        """In the largest unit that fits."""
        unit = next(unit for unit, seconds in _UNITS.items() if value % seconds == 0)
        return f"{value // _UNITS[unit]}{unit}"


class Count(Kind[int]):
    """A number of things, none of them perhaps."""

    metavar = "N"

    def read(self, value: object, folder: str) -> int:
        """The number."""
        number = _whole(value)
        if number is None or number < 0:
            raise ValueError("must be a whole number, 0 or more")
        return number

    def schema(self) -> Json:
        """A number."""
        return {"type": "integer", "minimum": 0}

    def parse(self, words: Sequence[str]) -> object:
        """The number, where the word is one."""
        return int(words[-1]) if re.fullmatch("[0-9]{1,12}", words[-1]) else words[-1]


class Switch(Kind[bool]):
    """Yes or no."""

    metavar = ""

    def read(self, value: object, folder: str) -> bool:
        """The answer."""
        if not isinstance(value, bool):
            raise ValueError("must be true or false")
        return value

    def schema(self) -> Json:
        """A boolean."""
        return {"type": "boolean"}


class ListOf(Kind[tuple[K, ...]]):
    """Several values that are written as texts."""

    several = True

    def __init__(self, item: Kind[K]) -> None:
        self.item = item
        self.metavar = f"{item.metavar}S"

    def read(self, value: object, folder: str) -> tuple[K, ...]:
        """All of them, in their order."""
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item for item in value):
            raise ValueError("must be a list of strings")
        return tuple(self.item.read(item, folder) for item in value)

    def schema(self) -> Json:
        """An array."""
        return {"type": "array", "items": self.item.schema()}

    def plain(self, value: tuple[K, ...]) -> list[Any]:
        """A list."""
        return [self.item.plain(item) for item in value]

    def parse(self, words: Sequence[str]) -> object:
        """Each word may hold several, separated by commas."""
        return [item.strip() for word in words for item in word.split(",") if item.strip()]


class Collected(ListOf[K]):
    """A list to which every place adds."""

    adds = True

    def joined(self, before: tuple[K, ...], after: tuple[K, ...]) -> tuple[K, ...]:
        """Both."""
        return (*before, *after)


class Table(Kind[tuple[tuple[K, T], ...]]):
    """Values by keys. Each place adds to it, and says anew what holds for a key that is there already."""

    several = True
    adds = True

    def __init__(self, key: Kind[K], value: Kind[T]) -> None:
        self.key = key
        self.value = value
        self.metavar = f"{key.metavar}={value.metavar}"

    def read(self, value: object, folder: str) -> tuple[tuple[K, T], ...]:
        """Pairs, which unlike a dict can be part of a key; one for each key."""
        if not isinstance(value, Mapping):
            raise ValueError(f"must be a table: {self.metavar}")
        return tuple(dict(self._pair(key, item, folder) for key, item in value.items()).items())

    def _pair(self, key: object, item: object, folder: str) -> tuple[K, T]:
        known = self.key.read(key, folder)
        try:
            return known, self.value.read(item, folder)
        except ValueError as problem:
            raise ValueError(f"{key}: {problem}") from None

    def schema(self) -> Json:
        """An object."""
        return {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.value.schema(),
        }

    def plain(self, value: tuple[tuple[K, T], ...]) -> Json:
        """A dict."""
        return {self.key.plain(key): self.value.plain(item) for key, item in value}

    def parse(self, words: Sequence[str]) -> object:
        """Each word is a key, `=` and a value; one without `=` is left for `read` to refuse."""
        pairs = [word.rpartition("=") for word in words]
        if not all(sign for _, sign, _ in pairs):
            return list(words)
        return {key.strip(): self.value.parse([item.strip()]) for key, _, item in pairs}

    def joined(self, before: tuple[tuple[K, T], ...], after: tuple[tuple[K, T], ...]) -> tuple[tuple[K, T], ...]:
        """The pairs of both."""
        return tuple((dict(before) | dict(after)).items())


def duration(text: str) -> int:
    """A length of time such as `30d`, `12h`, `45m`, `90s` or `3600`, in seconds; ValueError for anything else."""
    match = re.match(_DURATION, text)
    if match is None:
        raise ValueError(f'"{text}" is not a length of time such as 30d, 12h, 45m or a number of seconds')
    return int(match[1]) * _SECONDS[match[2]]


def _whole(value: object) -> int | None:
    """`value` as a whole number, which JSON may write as 1.0; None where it is none."""
    # A bool is an int to Python, never to the person who wrote it.
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        return None
    return int(value)
