"""The value domain: what an expression can be.

"Not there", "there and None", "one of several" and "cannot be known" are four different answers. All values are
immutable. What the program can change in place (mappings, sequences, objects) lives in the heap of a State, and a
Reference names it there; `State.resolve` copies it out, and only then do Mapping, Sequence and Object appear inside
other values.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from collections.abc import Mapping as ReadOnlyDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jwt_sast.semantics.bounds import MAX_ALTERNATIVES, MAX_BASES, MAX_REFERENCES

if TYPE_CHECKING:
    from libcst import BaseExpression, ClassDef, FunctionDef, Lambda

    from jwt_sast.semantics.environment import Frame, ModuleScope
    from jwt_sast.semantics.provenance import Origin

Constant = str | bytes | int | float | complex | bool | None


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression can be at one place. `origin` tells where it comes from and takes no part in equality."""

    origin: Origin | None = field(default=None, kw_only=True, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Absent(Value):
    """No argument was given. Not None."""


@dataclass(frozen=True, slots=True)
class Unknown(Value):
    """Cannot be known. Two unknowns are the same thing where `site`, the node that made them, is."""

    reason: str
    site: object = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Part(Value):
    """An item, attribute or method result of something unknown: `request.cookies["t"]`."""

    of: Value
    key: object
    kind: str = "item"


@dataclass(frozen=True, slots=True)
class Known(Value):
    """A constant. `tested` is set where the code went on to test for this very constant (`if key == "dev"`), `assumed`
    where a test alone tells that the value is this one (`if key in WEAK`) and it comes from elsewhere, `chosen` where
    it is one of several settings among which something outside of the code chooses.
    """

    constant: Constant
    tested: bool = field(default=False, compare=False)
    assumed: bool = field(default=False, compare=False)
    chosen: bool = field(default=False, compare=False)

    def __eq__(self, other: object) -> bool:
        # True == 1 in Python, but they are different answers here.
        return (
            isinstance(other, Known) and type(self.constant) is type(other.constant) and self.constant == other.constant
        )

    def __hash__(self) -> int:
        return hash((type(self.constant), self.constant))


@dataclass(frozen=True, slots=True)
class Text(Value):
    """A string built of known pieces and holes."""

    pieces: tuple[str | Value, ...]

    @property
    def prefix(self) -> str:
        """The text up to the first hole."""
        first = self.pieces[0] if self.pieces else ""
        return first if isinstance(first, str) else ""

    @property
    def holes(self) -> tuple[Value, ...]:
        """The unknown pieces."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Value))


@dataclass(frozen=True, slots=True)
class Environment(Value):
    """Read from the process environment or a configuration object; `fallback` is what it is where nothing is set."""

    name: str
    fallback: Value | None = None


class Form(enum.Enum):
    """How a point in time is written down."""

    DATETIME = "datetime"
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    MICROSECONDS = "microseconds"
    NANOSECONDS = "nanoseconds"


class Zone(enum.Enum):
    """What a point in time refers to. Numbers that were made from the wrong reading keep the zone that skews them."""

    AWARE = "aware"
    UTC_NAIVE = "naive UTC"
    LOCAL_NAIVE = "naive local time"


@dataclass(frozen=True, slots=True)
class Instant(Value):
    """The present plus `offset` seconds (None where unknown)."""

    form: Form
    zone: Zone
    offset: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Duration(Value):
    """A length of time in seconds, None where unknown."""

    seconds: float | None


@dataclass(frozen=True, slots=True)
class Produced(Value):
    """The result of a call that a model has a word for: `what` says which, `detail` holds what it keeps. `of` is the
    class whose methods the host has words for, by its qualified name.
    """

    what: str
    detail: Any = None
    site: object = field(default=None, repr=False)
    of: str = ""


class Presence(enum.Enum):
    """Whether a mapping has a key."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    """Provably missing on some path."""
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a mapping holds under a key; `missing` is the place of the test on whose other side the key is not set."""

    value: Value
    presence: Presence = Presence.ALWAYS
    missing: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Mapping(Value):
    """A dict. Where `open`, it may hold other keys than those in `entries`."""

    entries: ReadOnlyDict[Constant, Entry]
    open: bool = False

    def presence(self, key: Constant) -> Presence:
        """Whether `key` is there."""
        entry = self.entries.get(key)
        if entry is not None:
            return entry.presence
        return Presence.UNKNOWN if self.open else Presence.NEVER

    def get(self, key: Constant) -> Value:
        """What is under `key`: Absent where it is provably not there, Unknown where that cannot be said."""
        entry = self.entries.get(key)
        if entry is None:
            return Unknown("an open mapping", origin=self.origin) if self.open else Absent(origin=self.origin)
        if entry.presence is Presence.NEVER:
            return Absent(origin=entry.missing or self.origin)
        return entry.value

    def with_entry(self, key: Constant, entry: Entry) -> Mapping:
        """The mapping with `key` set; a key that was not there comes last, as in Python."""
        old = self.entries.get(key)
        if old is not None and old.presence is Presence.NEVER and entry.presence is not Presence.NEVER:
            others = {other: one for other, one in self.entries.items() if other != key}
            return replace(self, entries={**others, key: entry})
        return replace(self, entries={**self.entries, key: entry})

    def without(self, key: Constant, missing: Origin | None) -> Mapping:
        """The mapping after `del` or `pop`: the key is known to be missing even where the mapping is open."""
        return self.with_entry(key, Entry(Absent(), Presence.NEVER, missing))


@dataclass(frozen=True, slots=True)
class Sequence(Value):
    """A list, tuple or set. Where `open`, it may hold other items than those listed."""

    items: tuple[Value, ...]
    open: bool = False
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Object(Value):
    """An instance or a class as seen from outside: attributes by name. Where `open`, it may have others."""

    attributes: ReadOnlyDict[str, Value]
    open: bool = True
    of: Value | None = None


@dataclass(frozen=True, slots=True)
class Reference(Value):
    """Something in the heap."""

    address: int


@dataclass(frozen=True, slots=True)
class Symbol(Value):
    """Something imported from outside the project, by its qualified name: `jwt.encode`, `os.environ`."""

    name: str


@dataclass(frozen=True, slots=True)
class Bound(Value):
    """A method taken off its receiver and not called yet."""

    receiver: Value
    method: str


@dataclass(frozen=True, slots=True, eq=False)
class Function(Value):
    """A function of the project. `closure` is what the enclosing functions' names stand for when it runs."""

    node: FunctionDef | Lambda
    scope: ModuleScope
    closure: ReadOnlyDict[str, Value]
    defaults: ReadOnlyDict[str, tuple[Value, BaseExpression]]
    receiver: Value | None = None
    decorators: frozenset[str] = frozenset()
    """The last names of its decorators: `property`, `staticmethod`, `route` …"""
    home: Frame | None = None
    """The call of the enclosing function in which it was defined."""
    wraps: Function | None = None
    """Where a decorator of the project has made it, the function that stands under the decorator."""

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Function)
            and self.node is other.node
            and self.home is other.home
            and self.receiver == other.receiver
        )

    def __hash__(self) -> int:
        return hash(self.node)


@dataclass(frozen=True, slots=True, eq=False)
class Class(Value):
    """A class of the project; `members` are the names its body binds."""

    node: ClassDef
    scope: ModuleScope
    members: dict[str, Value]
    bases: list[Value] = field(default_factory=list)
    """As written; a class of another module takes the place of its name once somebody has looked for it."""
    decorators: tuple[Value, ...] = ()
    keywords: ReadOnlyDict[str, Value] = field(default_factory=dict)
    """What stands beside its bases: `extra="allow"`, `total=False`."""
    sites: list[ReadOnlyDict[str, Value]] = field(default_factory=list)
    """What its constructor is seen to be given, by parameter."""

    @property
    def name(self) -> str:
        """What the class is called."""
        return self.node.name.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Class) and self.members is other.members

    def __hash__(self) -> int:
        return hash(self.node)

    def write(self, name: str, value: Value) -> None:
        """Notes a write to an attribute of the class: whoever reads it may see the old value or the new one."""
        old = self.member(name)
        self.members[name] = value if old is None else one_of((old, value))

    def member(self, name: str, depth: int = MAX_BASES) -> Value | None:
        """A member by name, looked for in the bases too; None where it is not there or cannot be seen."""
        found = self.members.get(name)
        if found is not None or depth == 0:
            return found
        for base in self.bases:
            for option in alternatives(base):
                found = option.member(name, depth - 1) if isinstance(option, Class) else None
                if found is not None:
                    return found
        return None


@dataclass(frozen=True, slots=True)
class Partial(Value):
    """A callable with some of its arguments filled in; `positional` and `keywords` hold calls.Argument."""

    function: Value
    positional: tuple[Any, ...]
    keywords: ReadOnlyDict[str, Any]


@dataclass(frozen=True, slots=True)
class OneOf(Value):
    """Several possible values, at least two, none of them a OneOf."""

    alternatives: tuple[Value, ...]
    outcomes: tuple[tuple[Value, frozenset[object]], ...] = field(default=(), compare=False, repr=False)
    """Where they are the answers of a function, the facts that hold wherever it gives each one."""


def alternatives(value: Value) -> tuple[Value, ...]:
    """Everything that `value` can be, one by one."""
    return value.alternatives if isinstance(value, OneOf) else (value,)


def one_of(values: Iterator[Value] | tuple[Value, ...] | list[Value], *, site: object = None) -> Value:
    """The value that is one of `values`: duplicates dropped, Unknown past the bound or where there are none."""
    kept: list[Value] = []
    addresses: set[int] = set()
    for value in values:
        for option in value.alternatives if type(value) is OneOf else (value,):
            if type(option) is Reference:
                if option.address not in addresses:
                    addresses.add(option.address)
                    kept.append(option)
                continue
            for other in kept:
                if option is other or (type(option) is type(other) and _same(option, other)):
                    break
            else:
                kept.append(option)
    if not kept:
        return Unknown("no value reaches here", site)
    if len(kept) == 1:
        return kept[0]
    if len(kept) > MAX_ALTERNATIVES:
        # Writes through this value must still reach what it may refer to.
        references = [option for option in kept if isinstance(option, Reference | Bound)]
        unknown = Unknown("too many alternatives", site)
        return OneOf((*references, unknown)) if 0 < len(references) <= MAX_REFERENCES else unknown
    return OneOf(tuple(kept))


def _same(one: Value, other: Value) -> bool:
    """Whether two values of one kind are equal, and constants spelled at the same place as well: two literals are two
    things to report.
    """
    if one != other:
        return False
    if isinstance(one, Known) and one.origin is not None and other.origin is not None:
        return one.origin.root.place == other.origin.root.place
    return True


def each(value: Value, function: Callable[[Value], Value]) -> Value:
    """`function` over every alternative of `value`, joined."""
    if not isinstance(value, OneOf):
        return function(value)
    return one_of([function(option) for option in value.alternatives])


def base(value: Value) -> Value:
    """What `value` is a part of, a part of a part …, at the bottom."""
    while isinstance(value, Part):
        value = value.of
    return value
