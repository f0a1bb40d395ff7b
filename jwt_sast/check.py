"""What a check is, and how checks are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar

from jwt_sast.config import ConfigError, Settings
from jwt_sast.findings import Confidence, Persona, Severity
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.story import told

if TYPE_CHECKING:
    from libcst import CSTNode

    from jwt_sast.semantics.interpreter import Interpretation
    from jwt_sast.semantics.provenance import Origin
    from jwt_sast.tokens.events import Where

ENTRY_POINTS = "jwt_sast.checks"
"""The group in which packages name a module or package that holds checks."""

Steps = Iterable[tuple[Place, str]]


class RegistryError(ConfigError):
    """The installed checks cannot be used together: two share a code or a name, or one cannot be loaded."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a check reports, with places that have not been computed yet."""

    check: type[Check]
    place: Place
    message: str
    confidence: Confidence
    trace: tuple[tuple[Place, str], ...] = ()
    cause: Place | None = None
    """Where the offending value begins, if it does not begin at `place`."""
    sink: Where | None = None
    """The call of the event that was being looked at."""
    use: Place | None = None
    """Where that event uses the value."""


class Check:
    """One rule: what it is called, how bad it is, and what it says of the events it sees.

    One is made for every file. A subclass defines `visit_<Event>` for events of `jwt_sast.tokens.events`, and may
    define `visit_<Node>` and `leave_<Node>` for LibCST nodes; each takes the event or the node. The docstring of a
    check is its documentation, in Markdown: what is wrong, how it is abused, what to write instead, when the check
    stays silent.
    """

    code: ClassVar[str]
    """`JWT` and three digits."""
    name: ClassVar[str]
    """Kebab-case, says what is wrong."""
    title: ClassVar[str]
    """One line for tables and headings."""
    severity: ClassVar[Severity]
    persona: ClassVar[Persona] = Persona.REGULAR
    cwe: ClassVar[tuple[int, ...]] = ()
    rfc8725: ClassVar[tuple[str, ...]] = ()
    """Sections of RFC 8725 that it answers for."""
    asvs: ClassVar[tuple[str, ...]] = ()
    """Requirements of OWASP ASVS 5.0 that it answers for."""
    since: ClassVar[str] = "0.1.0"
    options: ClassVar[tuple[str, ...]] = ()
    """Names of the settings that it reads."""
    examples: ClassVar[tuple[str, ...]] = ()
    """A program that it reports and one that it does not, by their names in its folder of `fixtures/`."""

    def __init__(self, settings: Settings, sink: Callable[[Draft], None], module: Interpretation) -> None:
        self.settings = settings
        self.module = module
        """The module being looked at: `qualified_names(node)` and `value_of(node)` of any expression in it."""
        self._sink = sink

    def report(
        self,
        place: Place | CSTNode,
        message: str,
        *,
        confidence: Confidence = Confidence.HIGH,
        cause: Origin | None = None,
        trace: Steps = (),
    ) -> None:
        """Reports a defect at `place`, the smallest span that a developer would edit; a node stands for its own span.

        `cause` is the provenance of the offending value; it leads the trace, and tells one defect from another.
        `message` is one short line, the fault and what to do about it. Neither it nor the steps of `trace` may hold a
        secret or a token.
        """
        way = [] if cause is None else [(step.place, told(step)) for step in cause]
        root = None if cause is None else cause.root.place
        if not isinstance(place, Place):
            place = Place(self.module.scope.source, place)
        self._sink(Draft(type(self), place, message, confidence, (*way, *trace), root))


@cache
def registered() -> tuple[type[Check], ...]:
    """Every check of every installed package, by code.

    Raises RegistryError where two share a code or a name, or where one cannot be loaded.
    """
    found: dict[str, type[Check]] = {}
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: (point.name, point.value)):
        for check in _checks_of(point):
            other = found.setdefault(check.code, check)
            if other is not check:
                raise RegistryError(f"{check.code} is the code of both {_path(other)} and {_path(check)}")
    return tuple(found[code] for code in sorted(found))


def _checks_of(point: EntryPoint) -> Iterator[type[Check]]:
    try:
        loaded = point.load()
        for module in _modules(loaded):
            for value in vars(module).values():
                own = isinstance(value, type) and issubclass(value, Check) and value.__module__ == module.__name__
                if own and "code" in vars(value):
                    yield value
    except Exception as error:
        raise RegistryError(f"the checks of {point.value} cannot be loaded: {type(error).__name__}") from error


def _modules(root: ModuleType) -> Iterator[ModuleType]:
    """`root` and, where it is a package, every module in it."""
    yield root
    if hasattr(root, "__path__"):
        for found in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            yield importlib.import_module(found.name)


def _path(check: type[Check]) -> str:
    return f"{check.__module__}.{check.__qualname__}"
