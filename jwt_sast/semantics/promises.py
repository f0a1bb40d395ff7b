"""What is not worked out before somebody needs it: results of calls of other modules, and names that lead there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jwt_sast.semantics.values import Symbol, Value

if TYPE_CHECKING:
    from libcst import CSTNode

    from jwt_sast.semantics.calls import Call
    from jwt_sast.semantics.environment import Frame, ModuleScope
    from jwt_sast.semantics.provenance import Place
    from jwt_sast.semantics.state import HeapObject, State
    from jwt_sast.semantics.values import Class, Function


@dataclass(frozen=True, slots=True, eq=False)
class Promise(Value):
    """What a call gives that has not been followed. It lies in the heap, so that who forces it does so for all.

    `before` is the state that the call was met in; `arguments` are calls.Arguments.
    """

    callee: Value
    arguments: Any
    place: Place
    frame: Frame
    before: State
    otherwise: Value | None = None
    """What it is held to be where it leads nowhere."""
    escaped: bool = False
    """Whether it has gone where we cannot see in the meantime."""

    def __eq__(self, other: object) -> bool:
        # What a Value inherits here holds any two of a kind without fields of their own to be the same.
        return self is other

    def __hash__(self) -> int:
        return id(self)


class World:
    """What all states of one interpretation share: the objects that were there before it, and the way to other modules.

    This one knows of no other modules.
    """

    __slots__ = ("fills", "heap", "leading")

    def __init__(self) -> None:
        self.heap: dict[int, HeapObject] = {}
        self.fills = False
        """Whether the run is for the sake of what its code fills settings with."""
        self.leading: Collection[CSTNode] = ()
        """The functions of the module that may come to something of interest when they are called."""

    def known(self, state: State, value: Value) -> Value:
        """What a name of another module, a promise or a part of one is; `value` itself where that leads nowhere."""
        return value

    def starred(self, scope: ModuleScope, name: str, *, bound: bool = False) -> Value | None:
        """What a name stands for that a module can only have from one of its `from module import *`; with `bound`,
        which hides a builtin, the other module has to be seen to bind it.
        """
        return None

    def owns(self, scope: ModuleScope) -> bool:
        """Whether a module is the one that is run here. Another one may be run for many: nothing is noted in it."""
        return True

    def write(self, of: Class, name: str, value: Value) -> None:
        """Notes a write to an attribute of a class."""
        of.write(name, value)

    def written(self, of: Class, name: str) -> Value | None:
        """What has been written here to an attribute of a class of another module."""
        return None

    def follow(self, call: Call, callee: Value) -> Value | None:
        """The result of a call of another module that may do something of interest; None for any other."""
        return None

    def promise(self, call: Call, callee: Value, otherwise: Value | None = None) -> Value | None:
        """A promise of what a call of another module gives; None where the call leads nowhere. `otherwise` is what it
        is held to give where that cannot be said.
        """
        return None

    def wait(self, call: Call, function: Function) -> Value | None:
        """A promise of what a call of the module's own function gives; None where the call has to be followed now."""
        return None

    def module(self, name: Symbol) -> str | None:
        """The path of the module that a name stands for; None where it is no module of the project."""
        return None

    def open(self, path: str, name: str) -> ModuleScope | None:
        """The module at a path, as far as it has to do with a name, after its body has run."""
        return None

    def names(self, path: str) -> tuple[str, ...]:
        """The top-level names of the module at `path`, those of its stars before its own."""
        return ()

    def link(self, state: State, value: Value) -> bool:
        """Puts the classes in place that a class, or that of an object, derives from; whether any was found."""
        return False
