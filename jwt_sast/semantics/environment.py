"""What one module's code runs in: its names and heap once it has been imported, and the interpreter's own frames."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from jwt_sast.semantics.bounds import MAX_STEPS
from jwt_sast.semantics.joins import Interruptions
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.state import HeapObject, State
from jwt_sast.semantics.values import Class, Function, OneOf, Symbol, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from libcst import BaseExpression, BaseSmallStatement, BaseStatement, CSTNode

    from jwt_sast.semantics.calls import Argument, Arguments, Call
    from jwt_sast.semantics.generators import Yielded
    from jwt_sast.semantics.names import Names
    from jwt_sast.semantics.settings import Setting
    from jwt_sast.syntax.source import Source


class PathEndsError(Exception):
    """Raised while an expression is evaluated that never gives a value: `sys.exit()`, a helper that always raises."""


class Host(Protocol):
    """Who the interpreter works for: the one that knows what calls mean beyond Python and its standard library."""

    def call(self, call: Call) -> Value | None:
        """The result of a call of something from outside the project; None where the host has no word for it."""
        ...

    @property
    def described(self) -> frozenset[str]:
        """The functions of the project of which the host has been told what they do, by their qualified names."""
        ...

    def has_method(self, name: str) -> bool:
        """Whether the host may have a word for a method of this name of what it has produced."""
        ...

    def use(self, value: Value, how: str, place: Place, state: State) -> None:
        """`value` leaves the interpreter's sight or decides something: `how` is argument, store, return or test, or
        unseen where it is given to a function of the project that a bound keeps from being followed.
        """
        ...

    def accepts(self, function: str, arguments: Arguments) -> bool:
        """Whether the host knows the function and the arguments are such as it wants."""
        ...

    def constant(self, name: str) -> str | None:
        """The text that a name from outside the project stands for, where the host knows it."""
        ...

    def exports(self, module: str) -> tuple[str, ...]:
        """The names that `from module import *` binds, as far as the host knows the module."""
        ...

    def setting(self, value: Value) -> Setting | None:
        """The setting that a name or a part of something is, where the host knows of one."""
        ...

    def finish(self, state: State, value: Value) -> None:
        """A path of an entry point ends in `state`, giving `value`."""
        ...

    def body_ran(self, frame: Frame, state: State) -> None:
        """The body of the module that is analysed has been run, in `frame`; its names stand for what they do then."""
        ...

    def reached(self, bound: str, path: str, function: str) -> None:
        """A bound of `bounds.py` has kept something from being looked at: in which file, for the sake of which entry
        point.
        """
        ...

    def asked(self, names: Names, function: str, given: Sequence[Value]) -> frozenset[str]:
        """The functions and classes of the module with these names whose callers may know what was left open since the
        last time: an entry point called `function` has been run, which has given or yielded these values.
        """
        ...


class Machine(Protocol):
    """The parts of the interpreter that call one another in a circle: expressions, statements and calls."""

    def evaluate(self, frame: Frame, state: State, node: BaseExpression) -> Value:
        """What an expression can be. Raises PathEndsError where it never gives a value."""
        ...

    def execute(self, frame: Frame, state: State, body: Sequence[BaseStatement | BaseSmallStatement]) -> State | None:
        """The state after some statements, None where no path leads out at their end."""
        ...

    def assign(self, frame: Frame, state: State, target: CSTNode, value: Value) -> None:
        """Binds `value` to a target: a name, an attribute, an item, a tuple of targets."""
        ...

    def call(self, frame: Frame, state: State, callee: Value, arguments: Arguments, place: Place) -> Value:
        """What a call gives. Raises PathEndsError where it never returns."""
        ...


@dataclass(slots=True)
class ModuleScope:
    """A module: its source, what its global names stand for, and the objects that its body made."""

    source: Source
    name: str
    names: dict[str, Value] = field(default_factory=dict)
    stars: list[Symbol] = field(default_factory=list)
    """The modules that `from module import *` was written of."""
    heap: ReadOnlyDict[int, HeapObject] = field(default_factory=dict)
    symbols: Names | None = None
    values: dict[CSTNode, Value] | None = None
    """What each evaluated expression can be, where somebody wants to know."""
    traits: dict[CSTNode, tuple[frozenset[str], frozenset[str], bool]] = field(default_factory=dict)
    """The names that an expression mentions and binds, and whether it calls anything, where somebody has asked."""
    fallbacks: dict[str, Value] = field(default_factory=dict)
    """What `os.environ.setdefault` has put in, by variable."""
    owners: dict[CSTNode, Class] = field(default_factory=dict)
    """The class of each method."""


@dataclass(slots=True)
class Loop:
    """Where `break` and `continue` of a running loop go, and how many turns it takes."""

    turns: int = 1
    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)


@dataclass(slots=True)
class Budget:
    """How much work one entry point may still cause.

    `steps` are statements of called functions; `reserve` holds those of the whole module, in a list of one number that
    all its entry points share.
    """

    reserve: list[int]
    steps: int = MAX_STEPS
    nesting: int = 0

    @property
    def spent(self) -> bool:
        """Whether no more calls can be followed."""
        return self.steps <= 0 or self.reserve[0] <= 0

    def step(self, weight: int) -> None:
        """Counts a statement of a called function."""
        self.steps -= weight
        self.reserve[0] -= weight


@dataclass(slots=True)
class Frame:
    """One running function, class body or module body."""

    scope: ModuleScope
    machine: Machine
    host: Host
    budget: Budget
    closure: ReadOnlyDict[str, Value] = field(default_factory=dict)
    function: Function | None = None
    owner_body: bool = False
    """Whether this is a class body, whose names its functions do not see."""
    caller: Frame | None = None
    arguments: dict[str, Argument] = field(default_factory=dict)
    """What the caller passed, by parameter."""
    live: dict[str, Value] = field(default_factory=dict)
    """Its names on the path that is followed, while it calls another function and after it has ended."""
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    returns: list[tuple[State, Value]] = field(default_factory=list)
    yielded: list[Yielded] = field(default_factory=list)
    """What it has yielded so far, where it is a generator."""
    loops: list[Loop] = field(default_factory=list)
    handlers: list[Interruptions] = field(default_factory=list)
    """For each `try` that is running, the states from which its handlers may start."""
    definitions: list[Function] = field(default_factory=list)
    """Functions defined while this frame ran: entry points of their own."""
    wrappers: dict[CSTNode, Function] = field(default_factory=dict)
    """What a decorator of the project has made of a function that was defined while this frame ran."""
    entered: set[CSTNode] = field(default_factory=set)
    """The functions that were called while this frame ran."""
    answers: dict[CSTNode, OneOf] = field(default_factory=dict)
    """What calls have just given, where the answer tells more than itself."""
    refuses: bool = False
    """Whether a `raise` or `assert` that may fail was met, here or in a function that was called from here."""
    is_module: bool = False
    testing: bool = False
    """Whether a condition is being evaluated: whatever it looks at, it tests."""

    @property
    def depth(self) -> int:
        """How many calls lie between the entry point and here."""
        depth, frame = 0, self.caller
        while frame is not None:
            depth, frame = depth + 1, frame.caller
        return depth

    @property
    def function_name(self) -> str:
        """What the running function is called, "" for lambdas and bodies."""
        name = getattr(self.function.node, "name", None) if self.function is not None else None
        return name.value if name is not None else ""

    @property
    def entry(self) -> Frame:
        """The frame at which interpretation began."""
        frame = self
        while frame.caller is not None:
            frame = frame.caller
        return frame

    def given(self) -> Iterator[tuple[State, Value]]:
        """What the function has returned and yielded."""
        yield from self.returns
        yield from ((one.state, one.value) for one in self.yielded)

    def place(self, node: CSTNode) -> Place:
        """Where `node` is."""
        return Place(self.scope.source, node)

    def origin(self, node: CSTNode, message: str = "", parent: Origin | None = None) -> Origin:
        """A step of provenance at `node`."""
        return Origin(Place(self.scope.source, node), message, parent)

    def evaluate(self, state: State, node: BaseExpression) -> Value:
        """What an expression can be. Raises PathEndsError where it never gives a value."""
        return self.machine.evaluate(self, state, node)

    def test(self, state: State, node: BaseExpression) -> bool | None:
        """Whether a condition holds, None where that cannot be said; the host is told what it looks at."""
        before, self.testing = self.testing, True
        try:
            return state.truth(self.machine.evaluate(self, state, node))
        finally:
            self.testing = before

    def execute(self, state: State, body: Sequence[BaseStatement | BaseSmallStatement]) -> State | None:
        """The state after some statements, None where no path leads out at their end."""
        return self.machine.execute(self, state, body)

    def assign(self, state: State, target: CSTNode, value: Value) -> None:
        """Binds `value` to a target."""
        self.machine.assign(self, state, target, value)

    def call(self, state: State, callee: Value, arguments: Arguments, place: Place) -> Value:
        """What a call gives. Raises PathEndsError where it never returns."""
        return self.machine.call(self, state, callee, arguments, place)

    @property
    def home(self) -> Frame | None:
        """The call of the enclosing function, whose names are seen from here."""
        if self.owner_body:
            return None if self.caller is None or self.caller.is_module else self.caller
        return self.function.home if self.function is not None else None

    def binder(self, name: str) -> Frame | None:
        """The call of an enclosing function that binds `name`, the innermost one."""
        home = self.home
        while home is not None and name not in home.live:
            home = home.home
        return home

    def note_refusal(self) -> None:
        """Notes that the function may raise, for those who called it."""
        frame: Frame | None = self
        while frame is not None:
            frame.refuses = True
            frame = frame.caller

    def stop(self, bound: str) -> None:
        """Tells that a bound keeps something from being looked at."""
        self.host.reached(bound, self.scope.source.path, self.entry.function_name)

    def may_raise(self, state: State) -> None:
        """Notes that a handler around here may start from `state`."""
        if self.handlers:
            self.handlers[-1].add(state)
            return
        guarded = self._guarded_caller()
        if guarded is not None and not guarded.handlers[-1].last.is_like(state):
            raised = state.fork()
            raised.names = dict(guarded.live)
            guarded.handlers[-1].add(raised)

    def may_have_raised(self, state: State) -> None:
        """Notes that a handler may start from what the present statement has changed in place, and no more of it."""
        guarded = self if self.handlers else self._guarded_caller()
        if guarded is not None:
            raised = guarded.handlers[-1].last.fork()
            raised.share(state)
            guarded.handlers[-1].add(raised)

    def _guarded_caller(self) -> Frame | None:
        caller = self.caller
        while caller is not None and not caller.handlers:
            caller = caller.caller
        return caller
