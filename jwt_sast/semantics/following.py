"""Which calls of other modules are followed at once: those that may change what is seen, or tell the host more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.names import CHANGES
from jwt_sast.semantics.promises import Promise
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import (
    Class,
    Function,
    Known,
    Mapping,
    Object,
    Part,
    Reference,
    Symbol,
    Text,
    Unknown,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from jwt_sast.semantics.project import Project


class Following:
    """Judges callees, seen from the module at the absolute path `path`, `depth` runs below the one that is analysed.
    `sets` tells whether a name is that of a setting.
    """

    __slots__ = ("_asked", "_asks", "_path", "_project", "_sets")

    def __init__(self, project: Project, path: str, depth: int, sets: Callable[[Symbol], bool]) -> None:
        self._project, self._path, self._sets = project, path, sets
        # Who is asked for what callers know does not ask others in turn: they might wait for one another.
        self._asks, self._asked = project.leads.leads if depth else project.asks, depth > 0

    def importer(self, value: Value) -> str:
        """The file in which a name was written, where that is known."""
        return self._path if value.origin is None else value.origin.place.source.path

    def is_elsewhere(self, state: State, value: Value) -> bool:
        """Whether a value may be found by looking into another module."""
        match value:
            case Symbol(name=name):
                return bool(self._project.outlines.locate(name, self.importer(value))) or self._sets(value)
            case Reference():
                content = state.look(value)
                return isinstance(content, Promise) or (
                    isinstance(content, Object) and isinstance(content.of, Class) and self._has_foreign_base(content.of)
                )
            case Part(of=of, kind="attribute" | "item"):
                return self.is_elsewhere(state, of)
            case _:
                return False

    def _has_foreign_base(self, of: Class) -> bool:
        return any(
            self._has_foreign_base(base)
            if isinstance(base, Class)
            else isinstance(base, Symbol) and bool(self._project.outlines.locate(base.name, self.importer(base)))
            for base in of.bases
        )

    def matters(self, call: Call, callee: Value) -> bool:
        """Whether a call may change what is seen later, or tell the host more than the called function by itself: where
        nothing is known of its arguments, what it does is said when its own module is analysed.
        """
        name = callee.name.rpartition(".")[2] if isinstance(callee, Symbol) else getattr(callee, "key", None)
        if name in CHANGES:  # on anything but a dict or a list it may do what it likes, and nobody waits for it
            return True
        if name in self._project.interest.sought and isinstance(callee, Part):
            return True
        leads = self._project.leads
        if self._stems(call.state, callee, leads.describes):
            return True
        if not self._stems(call.state, callee, leads.leads):
            may_be_sent = any(_may_be_sent(call.state, argument.value) for argument in call.arguments)
            return may_be_sent and self._stems(call.state, callee, leads.sends)
        if call.frame.handlers or call.state.marks:
            return True
        if not self._stems(call.state, callee, self._asks):
            return False
        if self._asked or any(_tells(call.state, one.value) for one in call.arguments):
            return True
        if call.arguments.keywords and self._stems(call.state, callee, self._project.leads.collects):
            return True
        return isinstance(callee, Symbol) and self._project.leads.lends(callee.name, self.importer(callee))

    def can_wait(self, call: Call, function: Function) -> bool:
        """Whether a call of a function of the analysed module itself may be left until somebody needs its result: it
        changes nothing, and whatever it comes to it comes to as well where it is run without a known caller.
        """
        frame = call.frame
        if frame.function is None or frame.is_module or function.scope is not frame.entry.scope or frame.handlers:
            return False
        if function.home is not None or function.node in call.state.world.leading or call.state.marks:
            return False
        receiver = function.receiver
        if isinstance(receiver, Reference) and receiver != getattr(frame.entry.function, "receiver", None):
            return False
        scope = function.scope.symbols.scopes.get(function.node) if function.scope.symbols is not None else None
        if scope is None or not scope.is_quiet:
            return False
        return not any(_tells(call.state, one.value) for one in call.arguments)

    def _stems(self, state: State, value: Value, asked: Callable[[str, str], bool], member: str = "") -> bool:
        """Whether a value is, was taken or made from, or inherits from, a name of which `asked` holds, seen from the
        file that it was written in; of `member` of it if that is given.
        """
        match value:
            case Symbol(name=name):
                return asked(f"{name}.{member}" if member else name, self.importer(value))
            case Part(of=of, kind="attribute", key=str() as key):
                return self._stems(state, of, asked, key)
            case Part(of=of):
                return self._stems(state, of, asked)
            case Reference():
                content = state.look(value)
                if isinstance(content, Promise):
                    return self._stems(state, content.callee, asked, member)
                return isinstance(content, Object) and self._stems(state, content.of or content, asked, member)
            case Class(bases=bases):
                return any(self._stems(state, base, asked, member) for base in bases if base is not value)
            case _:
                return False


def _tells(state: State, value: Value) -> bool:
    """Whether anything is known of a value that another function may have a use for."""
    for option in alternatives(value):
        content = state.content(option)
        match content:
            case Known(constant=None) | Unknown() | Part() | Promise() | Function() | Class():
                continue
            case _:
                return True
    return False


def _may_be_sent(state: State, value: Value) -> bool:
    """Whether a value may be an address, a part of one, or headers."""
    for option in alternatives(value):
        match state.content(option):
            case Known(constant=str()) | Text() | Mapping():
                return True
    return False
