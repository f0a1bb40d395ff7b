"""Answers the interpreter's calls out of the library models and collects the events that they speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from jwt_sast.findings import Confidence
from jwt_sast.libraries.library import Library
from jwt_sast.libraries.tables import Tables
from jwt_sast.libraries.versions import declared, release_of
from jwt_sast.semantics.calls import Arguments, Call
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.settings import Setting
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Class,
    Function,
    Known,
    Object,
    Part,
    Partial,
    Symbol,
    Text,
    Unknown,
    Value,
    alternatives,
)
from jwt_sast.tokens import disclosure, headers, keys, late_checks, open_ends, reading, sections
from jwt_sast.tokens.events import Event, KeyUsed, Signing, UnverifiedRead, Verification
from jwt_sast.tokens.surroundings import is_compared

if TYPE_CHECKING:
    # The gate asks the models for their marks, and must not load the parser.
    from jwt_sast.semantics.environment import Frame
    from jwt_sast.semantics.names import Names

_SESSION_SECRET = "SECRET_KEY"
"""What Django, Flask and Quart call the secret with which they sign sessions."""


def _may_be_used(value: Value, packages: frozenset[str]) -> bool:
    """Whether who gets a value may use a library by it: a function, class or object of one, or of the project."""
    match value:
        case Object(of=Class()) | Function() | Class():
            return True
        case Object(of=Value() as of) | Partial(function=of):
            return _may_be_used(of, packages)
        case Symbol(name=name):
            return name.partition(".")[0] in packages
        case _:
            return False


def _last_names(call: Call) -> str:
    """The name of a method along with the last name of its object."""
    match call.receiver:
        case Part(key=str() as owner, kind="attribute"):
            return f"{owner}.{call.function}"
        case None:
            return ".".join(call.function.rsplit(".", 2)[-2:])
        case _:
            return ""


class LibraryHost:
    """The host of one file's interpretation, with the models in `tables`. `path` tells which project's declared
    versions count, where `assumed` has none for a distribution.
    """

    def __init__(self, path: str, tables: Tables, assumed: Mapping[str, str] | None = None) -> None:
        self._tables = tables
        self.events: list[Event] = []
        self._path = path
        self._assumed = assumed or {}
        self._versions: dict[str, tuple[int, ...]] = {}
        self._follows_claims = False
        self._session_secrets: list[Value] = []
        self._session_reads: set[Place] = set()
        self.stops: set[tuple[str, str, str]] = set()
        """The bounds that were reached: which, in which file, for the sake of which function."""
        self.mistakes: dict[str, Place] = {}
        """What the settings have wrong about the functions that they describe, and where that was first seen."""
        self.asked_for: frozenset[str] = frozenset()
        """The functions and classes whose callers may know what has been left open."""
        self._shown: list[disclosure.Shown] = []
        self._judged = 0
        self._open: set[object] = set()
        self._handing: set[str] = set()

    def call(self, call: Call) -> Value | None:
        """The result of a call of a modelled library, None for any other.

        A method of something unknown is called by its name alone.
        """
        methods = self._tables.methods
        model = self._tables.functions.get(call.function)
        model = model or methods.get(call.function) or methods.get(_last_names(call))
        if model is None:
            return None
        if model not in self._tables.quiet:
            self.leave_open(call)
        return model(call, self)

    @property
    def described(self) -> frozenset[str]:
        """The functions that the settings describe, which may be functions of the project."""
        return self._tables.described

    def has_method(self, name: str) -> bool:
        """Whether what a library has given may have a method of this name that a model speaks of."""
        return name in self._tables.methods_of_results

    def show(self, shown: disclosure.Shown) -> None:
        """Takes what is written into a log; see `settled`."""
        self._shown.append(shown)

    def accepts(self, function: str, arguments: Arguments) -> bool:
        """Whether a modelled function would take the arguments."""
        parameters = self._tables.signatures.get(function)
        return parameters is not None and parameters.accept(arguments)

    def setting(self, value: Value) -> Setting | None:
        """The setting of a framework that a name or a part of something is."""
        found = next((found for named in self._tables.settings if (found := named(value)) is not None), None)
        if found is not None and found.name == _SESSION_SECRET:
            self.session_secret(found)
        return found

    def mistaken(self, call: Call, problem: str) -> None:
        """Takes from a model that the settings are wrong about the function that is called."""
        self.mistakes.setdefault(problem, call.place)

    def session_secret(self, value: Value) -> None:
        """Takes from a model that a web framework's own secret has been read, and what it is."""
        self._session_secrets.append(value)
        if isinstance(value, Setting) and value.origin is not None:
            # What the setting is will be worked out later, and remembers where it was read.
            self._session_reads.add(value.origin.root.place)

    def _is_session_secret(self, key: Value) -> bool:
        return any(
            option in self._session_secrets
            or (option.origin is not None and any(step.place in self._session_reads for step in option.origin))
            for option in keys.possible(key)
            if not isinstance(option, Unknown)
        )

    def _received(self, value: Value) -> Confidence | None:
        """How sure it is that one of a value's alternatives is what a client has sent."""
        answers = (told(option) for told in self._tables.receivers for option in alternatives(value))
        return max((answer for answer in answers if answer is not None), default=None)

    def constant(self, name: str) -> str | None:
        """The release of a library, where `name` is the one that holds it: the code is run with that one."""
        library = self._tables.versioned.get(name)
        return None if library is None else ".".join(map(str, self.version(library)))

    def exports(self, module: str) -> tuple[str, ...]:
        """The names that a star import of a modelled library's module binds."""
        return self._tables.exports.get(module, ())

    def emit(self, event: Event) -> None:
        """Takes an event from a model."""
        if isinstance(event, Signing):
            event.received = self._received(event.claims.value)
        if isinstance(event, KeyUsed) and self._session_secrets:
            event.session_secret = self._is_session_secret(event.key.value)
        self.events.append(event)
        self._follows_claims |= isinstance(event, UnverifiedRead) or getattr(event, "claims", None) is not None

    def leave_open(self, call: Call, *values: Value) -> None:
        """Notes the parameters on which it depends whether anything happens to a token: those among `values`, and those
        that hold arguments of the call by whatever name.
        """
        self._open.update(*map(open_ends.parameters, values))
        if call.arguments.more_positional or call.arguments.more_keywords:
            self._handing.add(call.frame.entry.function_name)

    def reached(self, bound: str, path: str, function: str) -> None:
        """Notes a bound that has kept something from being looked at."""
        self.stops.add((bound, path, function))

    def asked(self, names: Names, function: str, given: Sequence[Value]) -> frozenset[str]:
        """Whose callers may know more of the events since the last time, or use what the library's function gives."""
        events, self._judged = self.events[self._judged :], len(self.events)
        asked = open_ends.asked_for(events, names) | names.owners(self._open) | self._handing - {""}
        self._open.clear()
        self._handing.clear()
        self.asked_for |= asked
        return asked | {function} if any(_may_be_used(one, self._tables.packages) for one in given) else asked

    def version(self, library: Library) -> tuple[int, ...]:
        """The release of the library that is assumed, or that the project declares, as numbers."""
        version = self._versions.get(library.distribution)
        if version is None:
            assumed = self._assumed.get(library.distribution)
            if assumed is not None:
                text = release_of(assumed, library.releases)
            else:
                text = declared(library.distribution, self._path, library.releases)
            version = self._versions[library.distribution] = tuple(int(part) for part in text.split("."))
        return version

    def settled(self) -> list[Event]:
        """The events of the whole file, once nothing more comes, without those that another one has answered."""
        verifications = [event for event in self.events if isinstance(event, Verification)]
        verified = [event.claims for event in verifications if event.claims is not None]
        reading.judge_by_callers(verified)
        late_checks.judge_by_others(verified)
        for event in verifications:
            event.take_late_demands()
        unanswered = set(map(id, reading.unanswered([e.reading for e in self.events if isinstance(e, UnverifiedRead)])))
        settled = [
            event for event in self.events if not isinstance(event, UnverifiedRead) or id(event.reading) in unanswered
        ]
        return [*settled, *disclosure.logged(self._shown, self.events)]

    def secrets(self) -> list[Place]:
        """Where the literals stand that were used as keys."""
        return [
            candidate.literal.origin.root.place
            for event in self.events
            if isinstance(event, KeyUsed)
            for candidate in keys.literals(event.key.value)
            if candidate.literal.origin is not None
        ]

    def use(self, value: Value, how: str, place: Place, state: State) -> None:
        """Claims leave the interpreter's sight, or decide something."""
        if how == "unseen":
            headers.note_unseen(state.resolve(value))
            return
        if how in ("test", "argument") and isinstance(value, Part | Text):
            if how == "test":
                headers.note_test(value, place)
            given = sections.section(value)
            # Who hands the signature to somebody, or compares it, verifies with it.
            if given is not None and given.index == sections.SIGNATURE and (how == "argument" or is_compared(place)):
                reading.succeed(given.token, state)
        if self._follows_claims and not isinstance(value, Known | Unknown | Symbol):
            resolved = state.resolve(value)
            reading.use(resolved, how, state, place)
            late_checks.use(resolved, how, state)

    def body_ran(self, frame: Frame, state: State) -> None:
        """Lets models look at what the module has bound that may use their libraries."""
        data = frame.scope.source.text.encode("utf-8", "surrogatepass")
        for gate, library in self._tables.gates:
            if library.body is not None and gate.lets_pass(data):
                library.body(frame, state, self)

    def finish(self, state: State, value: Value) -> None:
        """A path of an entry point ends."""
        if state.marks:
            reading.finish(state, value)
            late_checks.finish(state, value)
