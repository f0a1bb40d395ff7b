"""Answers the interpreter's calls out of the library models and collects the events that they speak of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING

from jwt_sast.findings import Confidence
from jwt_sast.libraries.library import Library, Model
from jwt_sast.libraries.registry import known
from jwt_sast.libraries.versions import declared
from jwt_sast.semantics.calls import Arguments, Call, Parameters
from jwt_sast.semantics.interest import Interest
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
    Reference,
    Symbol,
    Text,
    Unknown,
    Value,
    alternatives,
)
from jwt_sast.syntax.gate import Gate
from jwt_sast.tokens import disclosure, headers, jwk, keys, late_checks, open_ends, reading, sections
from jwt_sast.tokens.events import Event, KeyUsed, Signing, UnverifiedRead, Verification
from jwt_sast.tokens.surroundings import is_compared

if TYPE_CHECKING:
    # The gate asks the models for their marks, and must not load the parser.
    from jwt_sast.semantics.environment import Frame, ModuleScope
    from jwt_sast.semantics.names import Names

_SESSION_SECRET = "SECRET_KEY"
"""What Django, Flask and Quart call the secret with which they sign sessions."""


@cache
def _table() -> dict[str, Model]:
    """Every modelled function of every library, by qualified name."""
    return {name: model for library in known() for name, model in library.functions.items()}


@cache
def _methods() -> dict[str, Model]:
    """The methods that are recognised by their names alone."""
    return {name: model for library in known() for name, model in library.methods.items()}


@cache
def _exports() -> dict[str, tuple[str, ...]]:
    """What the modules bind; two packages may bear one name."""
    found: dict[str, tuple[str, ...]] = {}
    for library in known():
        for module, names in library.exports.items():
            found[module] = (*found.get(module, ()), *names)
    return found


@cache
def _signatures() -> dict[str, Parameters]:
    return {name: parameters for library in known() for name, parameters in library.signatures.items()}


@cache
def _settings() -> tuple[Callable[[Value], Setting | None], ...]:
    return tuple(library.setting for library in known() if library.setting is not None)


@cache
def _receivers() -> tuple[Callable[[Value], Confidence | None], ...]:
    return tuple(library.received for library in known() if library.received is not None)


def _received(value: Value) -> Confidence | None:
    """How sure it is that one of a value's alternatives is what a client has sent."""
    answers = (told(option) for told in _receivers() for option in alternatives(value))
    return max((answer for answer in answers if answer is not None), default=None)


@cache
def _gates() -> tuple[tuple[Gate, Library], ...]:
    return tuple((Gate(library.marks), library) for library in known())


def packages_in(data: bytes) -> frozenset[str]:
    """The names by which those libraries are imported that a file with these bytes may use."""
    return frozenset(name for gate, library in _gates() if gate.lets_pass(data) for name in library.packages)


def methods_in(data: bytes) -> frozenset[str]:
    """What a file with these bytes mentions that is worth a look by its name: methods, and names beside them."""
    found: set[str] = set()
    for gate, library in _gates():
        passes = gate.lets_pass(data)
        if passes:
            found.update(library.methods)
        if library.names is not None and (passes if library.marks else _makers_gate().lets_pass(data)):
            found.update(match.decode() for match in library.names.findall(data))
    return frozenset(found)


@cache
def _makers_gate() -> Gate:
    return Gate(mark for library in known() if not library.carrier for mark in library.marks)


def interest(matters: Callable[[bytes], bool], sought: Collection[str] = ()) -> Interest:
    """What the models have words for. `matters` tells from a file's bytes whether any of them may be used in it."""
    makers, carriers = (
        {package: _words(package) for library in known() if library.carrier is carrier for package in library.packages}
        for carrier in (False, True)
    )
    alarms = sorted({alarm for library in known() for alarm in library.alarms})
    return Interest(makers, carriers, matters, _makers_gate().lets_pass, alarms, frozenset(sought))


@cache
def _words(package: str) -> frozenset[str]:
    """The parts of the names that a package's functions have in the models."""
    libraries = [library for library in known() if package in library.packages]
    names = [name for one in libraries for name in one.functions]
    names += [f"{module}.{name}" for one in libraries for module, names in one.exports.items() for name in names]
    return frozenset(part for name in names if name.startswith(f"{package}.") for part in name.split(".")[1:])


def _may_be_used(value: Value) -> bool:
    """Whether who gets a value may use a library by it: a function, class or object of one, or of the project."""
    match value:
        case Object(of=Class()) | Function() | Class():
            return True
        case Object(of=Value() as of) | Partial(function=of):
            return _may_be_used(of)
        case Symbol(name=name):
            return name.partition(".")[0] in _packages()
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


@cache
def _quiet() -> frozenset[Model]:
    """The models of those libraries that only carry tokens, which ask no caller for more."""
    carriers = (library for library in known() if library.carrier)
    return frozenset(model for one in carriers for model in (*one.functions.values(), *one.methods.values()))


@cache
def _packages() -> frozenset[str]:
    return frozenset(package for library in known() for package in library.packages)


@cache
def _actors() -> frozenset[str]:
    """The classes that models have methods of, those of carriers left out."""
    makers = (library for library in known() if not library.carrier)
    return frozenset(name.rpartition(".")[0] for one in makers for name in one.functions)


@cache
def _methods_of_results() -> frozenset[str]:
    results = {of for library in known() for of in library.results}
    methods = (name.rpartition(".") for name in _table())
    return frozenset(method for of, _, method in methods if of in results)


def actors_of(module: ModuleScope) -> frozenset[str]:
    """The names of a module's own objects that sign or verify: whoever imports one need not mention its library."""
    found = set()
    for name, value in module.names.items():
        content = module.heap.get(value.address) if isinstance(value, Reference) else None
        of = content.of if isinstance(content, Object) and jwk.MATERIAL not in content.attributes else None
        if isinstance(of, Symbol) and of.name in _actors():
            found.add(name)
    return frozenset(found)


class LibraryHost:
    """The host of one file's interpretation. `path` tells which project's declared versions count."""

    def __init__(self, path: str) -> None:
        self.events: list[Event] = []
        self._path = path
        self._versions: dict[str, tuple[int, ...]] = {}
        self._follows_claims = False
        self._session_secrets: list[Value] = []
        self._session_reads: set[Place] = set()
        self.stops: set[tuple[str, str, str]] = set()
        """The bounds that were reached: which, in which file, for the sake of which function."""
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
        model = _table().get(call.function) or _methods().get(call.function) or _methods().get(_last_names(call))
        if model is None:
            return None
        if model not in _quiet():
            self.leave_open(call)
        return model(call, self)

    def has_method(self, name: str) -> bool:
        """Whether what a library has given may have a method of this name that a model speaks of."""
        return name in _methods_of_results()

    def show(self, shown: disclosure.Shown) -> None:
        """Takes what is written into a log; see `settled`."""
        self._shown.append(shown)

    def accepts(self, function: str, arguments: Arguments) -> bool:
        """Whether a modelled function would take the arguments."""
        parameters = _signatures().get(function)
        return parameters is not None and parameters.accept(arguments)

    def setting(self, value: Value) -> Setting | None:
        """The setting of a framework that a name or a part of something is."""
        found = next((found for named in _settings() if (found := named(value)) is not None), None)
        if found is not None and found.name == _SESSION_SECRET:
            self.session_secret(found)
        return found

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

    def exports(self, module: str) -> tuple[str, ...]:
        """The names that a star import of a modelled library's module binds."""
        return _exports().get(module, ())

    def emit(self, event: Event) -> None:
        """Takes an event from a model."""
        if isinstance(event, Signing):
            event.received = _received(event.claims.value)
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
        return asked | {function} if any(map(_may_be_used, given)) else asked

    def version(self, library: Library) -> tuple[int, ...]:
        """The release of the library that the project declares, as numbers."""
        version = self._versions.get(library.distribution)
        if version is None:
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
        for gate, library in _gates():
            if library.body is not None and gate.lets_pass(data):
                library.body(frame, state, self)

    def finish(self, state: State, value: Value) -> None:
        """A path of an entry point ends."""
        if state.marks:
            reading.finish(state, value)
            late_checks.finish(state, value)
