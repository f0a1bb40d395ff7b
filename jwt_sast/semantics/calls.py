"""A call: what is called, with which arguments, from where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.stdlib.refusals import REFUSAL, is_refusal_status
from jwt_sast.semantics.values import (
    Absent,
    Function,
    Mapping,
    Object,
    Part,
    Presence,
    Produced,
    Sequence,
    Unknown,
    Value,
    alternatives,
    base,
)

if TYPE_CHECKING:
    from jwt_sast.semantics.environment import Frame

SUPPLIES = "supplies a parameter"
"""What a decorator is that fills in a parameter where no caller does: `detail` is the parameter's name and value."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A value handed to a call. `place` is where a developer would change it: in the frame that owns the value; `at` is
    where it stands in the call, if elsewhere.
    """

    value: Value
    place: Place
    at: Place | None = None


def _unpacked(value: Value, star: Argument) -> Argument:
    """One of the values that `*star` or `**star` holds: what came in by an argument belongs to who gave that."""
    owner = None if value.origin is None else value.origin.owner
    return Argument(value, owner or star.place)


@dataclass(slots=True)
class Arguments:
    """The arguments of a call, stars resolved as far as possible."""

    positional: list[Argument] = field(default_factory=list)
    keywords: dict[str, Argument] = field(default_factory=dict)
    more_positional: bool = False
    """A `*args` of unknown length followed."""
    more_keywords: bool = False
    """A `**kwargs` with keys that are not known followed."""
    sometimes: set[str] = field(default_factory=set)
    """Keywords that a `**kwargs` holds on some paths only."""

    def __iter__(self) -> Iterator[Argument]:
        yield from self.positional
        yield from self.keywords.values()

    def __len__(self) -> int:
        return len(self.positional) + len(self.keywords)

    def add_star(self, argument: Argument, state: State) -> None:
        """Takes `*argument`."""
        content = state.content(state.opened(argument.value))
        if isinstance(content, Sequence) and not content.open and not self.more_positional:
            self.positional += [_unpacked(item, argument) for item in content.items]
        else:
            # At which place its items arrive cannot be said.
            state.escape(argument.value)
            self.more_positional = True

    def add_double_star(self, argument: Argument, state: State) -> None:
        """Takes `**argument`."""
        content = state.content(state.opened(argument.value))
        if not isinstance(content, Mapping):
            self.more_keywords = True
            return
        self.more_keywords |= content.open
        for key, entry in content.entries.items():
            if not isinstance(key, str) or entry.presence is Presence.NEVER:
                continue
            self.keywords[key] = _unpacked(entry.value, argument)
            if entry.presence is not Presence.ALWAYS:
                self.sometimes.add(key)


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameter list of a function of a library: names in order, those after `*` by keyword only."""

    names: tuple[str, ...]
    positional: int
    required: int = 1
    """How many arguments make a call of it that makes sense, the first one among them."""

    @classmethod
    def of(cls, text: str, *, required: int = 1) -> Parameters:
        """From `"payload key algorithm * headers"`."""
        before, _, after = text.partition("*")
        first = tuple(before.split())
        return cls((*first, *after.split()), len(first), required)

    def accept(self, arguments: Arguments) -> bool:
        """Whether a function with these parameters would take the arguments, and have enough of them."""
        by_place = self.names[: len(arguments.positional)]
        if len(arguments.positional) > self.positional or arguments.more_positional:
            return False
        named = arguments.keywords.keys()
        fitting = named <= set(self.names) and named.isdisjoint(by_place)
        return fitting and len(arguments) >= self.required and self.names[0] in (*by_place, *named)


@dataclass(slots=True)
class BoundArguments:
    """A call's arguments by parameter name, as they were given; what is asked for is copied out of the heap."""

    call: Call
    given: dict[str, Argument]
    unexpected: dict[str, Argument]
    _resolved: dict[str, Argument] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Argument:
        """The argument for `name`: Absent at the call's place where none was given, Unknown where stars hide it."""
        argument = self.given.get(name)
        if argument is not None:
            if name not in self._resolved:
                self._resolved[name] = self.call.resolved(argument)
            return self._resolved[name]
        arguments = self.call.arguments
        hidden = arguments.more_keywords or arguments.more_positional
        value: Value = Unknown("hidden by stars", (self.call.place.node, name)) if hidden else Absent()
        return Argument(value, self.call.place)


@dataclass(slots=True)
class Call:
    """A call of something that the interpreter does not interpret itself. `function` is its qualified name."""

    function: str
    arguments: Arguments
    place: Place
    frame: Frame
    state: State
    receiver: Value | None = None
    definition: Function | None = None
    """Where it is a function of the project that the host has a word for, that function."""

    def bind(self, parameters: Parameters) -> BoundArguments:
        """Arguments by parameter name."""
        given: dict[str, Argument] = {}
        unexpected: dict[str, Argument] = {}
        for name, argument in zip(parameters.names[: parameters.positional], self.arguments.positional, strict=False):
            given[name] = argument
        for name, argument in self.arguments.keywords.items():
            target = given if name in parameters.names else unexpected
            target[name] = argument
        return BoundArguments(self, given, unexpected)

    def resolved(self, argument: Argument) -> Argument:
        """`argument` with its value copied out of the heap."""
        return replace(argument, value=self.state.resolve(argument.value, open_up=True))

    def opened(self) -> Call:
        """The same call with its arguments worked out as far as they come from other modules."""

        def one(argument: Argument) -> Argument:
            value = self.state.opened(argument.value)
            return argument if value is argument.value else replace(argument, value=value)

        given = self.arguments
        positional = [one(argument) for argument in given.positional]
        keywords = {name: one(argument) for name, argument in given.keywords.items()}
        return replace(self, arguments=replace(given, positional=positional, keywords=keywords))

    def origin(self, message: str = "") -> Origin:
        """Provenance of what this call gives."""
        return Origin(self.place, message)

    @property
    def instance(self) -> Object | None:
        """The object that a method was called on, as it is now; None for a function, and for anything else."""
        content = None if self.receiver is None else self.state.content(self.receiver)
        return content if isinstance(content, Object) else None

    def unknown(self, reason: str = "") -> Unknown:
        """A result that cannot be known."""
        return Unknown(reason or f"a call of {self.function}", self.place.node, origin=self.origin())

    def first(self) -> Value:
        """The first positional argument's value, Absent if there is none."""
        return self.arguments.positional[0].value if self.arguments.positional else Absent()

    def value(self, index: int, name: str = "") -> Value:
        """The value at a position or under a keyword, Absent if neither was given."""
        if index < len(self.arguments.positional):
            return self.arguments.positional[index].value
        argument = self.arguments.keywords.get(name)
        return argument.value if argument is not None else Absent()

    def unfollowed(self) -> Value:
        """The result of a call that cannot be followed; all arguments go where we cannot see."""
        self.escape()
        receiver = () if self.receiver is None else (self.receiver,)
        return self.made_of((*receiver, *(argument.value for argument in self.arguments)))

    def made_of(self, values: Iterable[Value]) -> Value:
        """What the call makes of `values`: of something that a model speaks of, it is still a part."""
        for value in values:
            for option in alternatives(value):
                if isinstance(base(option), Produced):
                    return Part(option, self.place.node, "call", origin=self.origin())
        if any(is_refusal_status(argument.value) for argument in self.arguments):
            return Produced(REFUSAL, None, self.place.node, origin=self.origin())
        return self.unknown()

    def escape(self) -> None:
        """Lets all arguments go where we cannot see."""
        for argument in self.arguments:
            self.state.escape(argument.value)
            self.frame.host.use(argument.value, "argument", argument.place, self.state)


Model = Callable[[Call], Value | None]
"""What a function of a library does to the state and gives back; None where that cannot be said."""
