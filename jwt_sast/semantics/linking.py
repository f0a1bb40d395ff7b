"""From one module's interpretation to what other modules hold: names are resolved, promises worked out, when needed."""

from __future__ import annotations

import operator
import os
from collections.abc import Mapping as ReadOnlyDict
from dataclasses import replace
from typing import TYPE_CHECKING

from jwt_sast.semantics import containers, fallbacks, lookup, methods
from jwt_sast.semantics.bounds import MAX_HOPS, MAX_IMPORT_DEPTH, MAX_NEIGHBOURS, MAX_PROMISES
from jwt_sast.semantics.calls import Argument, Arguments, Call
from jwt_sast.semantics.decorators import with_what_is_known
from jwt_sast.semantics.environment import Frame, ModuleScope, PathEndsError
from jwt_sast.semantics.following import Following
from jwt_sast.semantics.inheritance import order
from jwt_sast.semantics.promises import Promise, World
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.settings import Setting, worked_out
from jwt_sast.semantics.state import HeapObject, State
from jwt_sast.semantics.values import (
    Bound,
    Class,
    Constant,
    Environment,
    Function,
    Known,
    Mapping,
    Object,
    OneOf,
    Part,
    Partial,
    Reference,
    Sequence,
    Symbol,
    Unknown,
    Value,
    alternatives,
    each,
    one_of,
)

if TYPE_CHECKING:
    from libcst import ClassDef

    from jwt_sast.semantics.project import Project
    from jwt_sast.syntax.source import Source


_READS = frozenset(
    {"copy", "get", "items", "keys", "values", "dict", "model_dump", "json", "_asdict", "asdict", "to_dict", "as_dict"}
)
"""Methods that leave what they are called on as it is."""


class LinkedWorld(World):
    """The world of one run over the module at the absolute `path`; `frame` stands for its code.

    The modules that it has to do with are opened when something in them is needed, no more than MAX_NEIGHBOURS, and
    stay the same until the run ends. `depth` tells how many runs wait for this one; after it, `height` is how many it
    had to wait for one inside the other, and `cut_short` whether a bound or a circle has kept something from it.
    """

    __slots__ = (
        "_following",
        "_frame",
        "_names",
        "_opened",
        "_touched",
        "_working",
        "_written",
        "cut_short",
        "depth",
        "height",
        "project",
    )

    def __init__(self, project: Project, path: str, frame: Frame, depth: int) -> None:
        super().__init__()
        self.depth, self.height, self.cut_short = depth, 0, False
        self.project, self._frame = project, frame
        self._following = Following(project, path, depth, lambda symbol: self._setting_in(symbol) is not None)
        self._opened: dict[tuple[str, str], ModuleScope | None] = {}
        self._working: list[Value] = []
        self._names: dict[tuple[str, str], Value] = {}
        self._touched: set[str] = set()
        self._written: dict[tuple[ClassDef, str], Value] = {}

    @property
    def source(self) -> Source:
        """The source of the module."""
        return self._frame.scope.source

    def known(self, state: State, value: Value) -> Value:
        """What a name of another module, a promise or a part of one is; `value` itself where that leads nowhere."""
        match value:
            case Symbol():
                return self._configured(state, self._symbol(state, value))
            case Reference():
                content = state.look(value)
                if isinstance(content, Promise):
                    return self._fulfilled(state, value, content)
                return value if content is None or isinstance(content, Mapping | Sequence | Object) else content
            case Part():
                return self._configured(state, self._part(state, value))
            case Setting():
                return self._setting(state, value)
            case Environment(fallback=Setting() as fallback):
                return replace(value, fallback=self._setting(state, fallback))
            case OneOf(alternatives=options):
                found = [self.known(state, option) for option in options]
                return value if all(map(operator.is_, found, options)) else one_of(found)
            case _:
                return value

    def starred(self, scope: ModuleScope, name: str, *, bound: bool = False) -> Value | None:
        """What a name stands for that a module can only have from one of its `from module import *`; with `bound`,
        which hides a builtin, the other module has to be seen to bind it.
        """
        for star in reversed(scope.stars):
            # `from pkg.sub import *` in `pkg` binds `sub` too: it is no name of `pkg.sub`, which would lead on and on.
            has = (
                self.project.outlines.binds if bound or name in star.name.split(".") else self.project.outlines.mentions
            )
            if has(star.name, self._following.importer(star), name):
                return Symbol(f"{star.name}.{name}", origin=star.origin)
        if (self.depth or scope is not self._frame.scope) and self.project.outlines.has(scope.source.path, name):
            # Of another module only what somebody needed has been looked at so far, and not what its classes need.
            return Symbol(f"{scope.name}.{name}", origin=Origin(Place(scope.source, scope.source.module)))
        return None

    def follow(self, call: Call, callee: Value) -> Value | None:
        """The result of a call of another module that may do something of interest; None for any other."""
        matters = self._following.matters(call, callee) or any(
            isinstance(call.state.content(argument.value), Function | Partial) for argument in call.arguments
        )
        if not matters or not self._following.is_elsewhere(call.state, callee):
            return None
        target = self.known(call.state, callee)
        return None if target == callee else call.frame.call(call.state, target, call.arguments, call.place)

    def wait(self, call: Call, function: Function) -> Value | None:
        """A promise of what a call of the module's own function gives; None where the call has to be followed now."""
        if self.depth or not self._following.can_wait(call, function):
            return None
        before = call.state.fork()
        promise = Promise(function, call.arguments, call.place, call.frame, before, origin=call.origin())
        return call.state.allocate(promise)

    def promise(self, call: Call, callee: Value, otherwise: Value | None = None) -> Value | None:
        """A promise of what a call of another module gives; None where the call leads nowhere. `otherwise` is what it
        is held to give where that cannot be said.
        """
        if not self._following.is_elsewhere(call.state, callee):
            return None
        before = call.state.fork()
        call.escape()
        for argument in call.arguments:
            _let_go(call.state, argument.value)
        self._note_touched(call.state, callee)
        promise = Promise(callee, call.arguments, call.place, call.frame, before, otherwise, origin=call.origin())
        return call.state.allocate(promise)

    def _note_touched(self, state: State, callee: Value) -> None:
        """Nobody will see what a method that is only promised does to its receiver: anything, from now on."""
        match callee:
            case Part(of=of, key=key) if key not in _READS:
                _let_go(state, of)
            case Symbol(name=name) if name.rpartition(".")[2] not in _READS:
                receiver = name.rpartition(".")[0]
                if all(rest for _, rest in self.project.outlines.locate(receiver, self._following.importer(callee))):
                    self._touched.add(receiver)

    def _symbol(self, state: State, symbol: Symbol) -> Value:
        """Follows a name from module to module; stops where it leaves the project, or leads back to itself."""
        key = symbol.name, self._following.importer(symbol)
        value = self._names.get(key)
        if value is None:
            self._names[key] = symbol
            found = alternatives(self._look_up(state, symbol) or symbol)
            value = one_of([self._symbol(state, one) if isinstance(one, Symbol) else one for one in found])
            # Modules may have a name from one another, or from themselves: beside what else it is, that is nothing.
            others = [one for one in alternatives(value) if one != symbol]
            value = self._names[key] = one_of(others) if others else symbol
        if symbol.name in self._touched:
            _let_go(state, value)
        value = self.known(state, value) if isinstance(value, Reference) else value
        if value == symbol or symbol.origin is None or value.origin is None:
            return value
        return replace(value, origin=symbol.origin.after(value.origin))

    def _look_up(self, state: State, symbol: Symbol) -> Value | None:
        for path, rest in self.project.outlines.locate(symbol.name, self._following.importer(symbol)):
            module = self.open(path, rest[0]) if rest else None
            value = None if module is None else module.names.get(rest[0]) or self.starred(module, rest[0])
            if value is not None and len(rest) > 1:
                value = self._member(state, symbol, value, rest[1:])
            if value is not None:
                return value
        return None

    def _member(self, state: State, symbol: Symbol, value: Value, rest: tuple[str, ...]) -> Value | None:
        """An attribute of an attribute … of what a module has under a name; None where the way ends in the project."""
        reached = symbol.name.removesuffix("." + ".".join(rest))
        for text in rest:
            receiver = self.known(state, value)
            if isinstance(receiver, Symbol) and self.project.outlines.locate(
                receiver.name, self._following.importer(receiver)
            ):
                return None
            if reached in self._touched:
                _let_go(state, receiver)
            value = lookup.attribute(self._frame, state, receiver, text, self._place(symbol))
            reached = f"{reached}.{text}"
        return value

    def open(self, path: str, name: str) -> ModuleScope | None:
        """The module at a path, as far as it has to do with a name; what its body has made is in the heap then."""
        key = path, name
        if key not in self._opened:
            if len(self._opened) >= MAX_NEIGHBOURS >> 2 * self.depth:
                self._frame.stop("MAX_NEIGHBOURS")
                self.cut_short = True
                return None
            module = self._opened[key] = self.project.module(path, name, self)
            if module is None and self.depth >= MAX_IMPORT_DEPTH:
                self._frame.stop("MAX_IMPORT_DEPTH")
            if module is not None:
                self.adopt(module.heap)
        return self._opened[key]

    def adopt(self, heap: ReadOnlyDict[int, HeapObject]) -> None:
        """Takes over what another run has made that is not here yet."""
        for address, content in heap.items():
            self.heap.setdefault(address, content)

    def module(self, name: Symbol) -> str | None:
        """The path of the module that a name stands for; None where it is no module of the project."""
        return next(
            (
                path
                for path, rest in self.project.outlines.locate(name.name, self._following.importer(name))
                if not rest
            ),
            None,
        )

    def names(self, path: str) -> tuple[str, ...]:
        """The top-level names of the module at `path`, those of its stars before its own."""
        return self.project.outlines.names(path)

    def _configured(self, state: State, value: Value) -> Value:
        """What a name or part is that leads to no module, but to a setting that the host knows where to look for."""
        if not isinstance(value, Symbol | Part):
            return value
        if (setting := self._frame.host.setting(value)) is not None:
            return self.known(state, setting)
        if isinstance(value, Symbol) and (setting := self._setting_in(value)) is not None:
            whole, text = self.known(state, setting), value.name.rpartition(".")[2]
            return value if whole == setting else lookup.attribute(self._frame, state, whole, text, self._place(value))
        return value

    def _setting_in(self, symbol: Symbol) -> Setting | None:
        """The setting of which a name is an attribute or method: `settings.KEY.encode`."""
        return self._frame.host.setting(Symbol(symbol.name.rpartition(".")[0], origin=symbol.origin))

    def _setting(self, state: State, setting: Setting) -> Value:
        """What a setting is set to. Only the module that is analysed for itself asks, so that no search is part of
        another one.
        """
        asked = any(isinstance(one, Setting) and one.names_the_same(setting) for one in self._working)
        if self.depth or asked or len(self._working) >= MAX_PROMISES:
            return setting
        self._working.append(setting)
        try:
            importer = os.path.abspath(self._following.importer(setting))
            found = setting.source.find(self, state, setting.name, importer)
            value = worked_out(setting, [None if one is None else self.known(state, one) for one in found])
            if value == setting:
                return setting
            return fallbacks.without_refused(self.known(state, value), setting.name, state) or setting
        finally:
            self._working.pop()

    def _fulfilled(self, state: State, reference: Reference, promise: Promise) -> Value:
        """Follows the call behind a promise, from the state that it was met in."""
        if promise in self._working or len(self._working) >= MAX_PROMISES:
            if promise not in self._working:
                self._frame.stop("MAX_PROMISES")
            return reference
        before = promise.before.moved(self)
        value: Value = Unknown("a call that leads nowhere", promise.place.node, origin=promise.origin)
        self._working.append(promise)
        try:
            callee = self.known(before, promise.callee)
            if callee != promise.callee or not self._following.is_elsewhere(before, callee):
                frame = Frame(promise.frame.scope, self._frame.machine, self._frame.host, self._frame.budget)
                value = self.known(before, frame.call(before, callee, promise.arguments, promise.place))
        except PathEndsError:
            pass
        finally:
            self._working.pop()
        if promise.otherwise is not None:
            value = with_what_is_known(value, promise.otherwise)
        state.adopt(before)
        if promise.escaped:
            _let_go(state, value)
        content = state.content(value)
        if content.origin is not None and promise.origin is not None:
            content = replace(content, origin=promise.origin.after(content.origin))
        state.update(reference, content)
        return reference if isinstance(value, Reference) else content

    def _part(self, state: State, part: Part) -> Value:
        """The same attribute, item or method result, of what the whole turns out to be."""
        if len(self._working) >= MAX_PROMISES:
            return part
        self._working.append(part)
        try:
            promised = isinstance(state.content(part.of), Promise)
            whole = self.known(state, part.of)
            if whole is part.of and not promised and not self.link(state, whole):
                return part
            found = self._taken(state, part, whole)
            return part if found == part else self.known(state, found)
        except PathEndsError:
            return part
        finally:
            self._working.pop()

    def _taken(self, state: State, part: Part, whole: Value) -> Value:
        place = self._place(part)
        match part:
            case Part(kind="attribute", key=str() as text):
                return lookup.attribute(self._frame, state, whole, text, place)
            case Part(kind="item", key=key):
                index = key if isinstance(key, Value) else Known(_constant(key))
                return containers.item(self._frame, state, whole, index, place)
            case Part(kind="call", key=(str() as name, *constants)):
                positional = [Argument(Known(_constant(one)), place) for one in constants]
                call = Call(name, Arguments(positional), place, self._frame, state, whole)
                return each(whole, lambda one: methods.call(Bound(one, name), call))
            case _:
                return part

    def link(self, state: State, value: Value) -> bool:
        """Puts the classes in place that a class, or that of an object, derives from; whether any was found."""
        content = state.content(value)
        of = content.of if isinstance(content, Object) else content
        return isinstance(of, Class) and self._linked(state, of, ())

    def owns(self, scope: ModuleScope) -> bool:
        """Whether a module is the one that is run here. Another one may be run for many: nothing is noted in it."""
        return scope is self._frame.scope

    def write(self, of: Class, name: str, value: Value) -> None:
        """Notes a write to an attribute of a class: in the class, or where it is another module's, beside it."""
        if self.owns(of.scope):
            of.write(name, value)
        else:
            before = self._written.get((of.node, name), value)
            self._written[of.node, name] = one_of((before, value))

    def written(self, of: Class, name: str) -> Value | None:
        """What has been written here to an attribute of a class of another module."""
        found = (self._written.get((one.node, name)) for one in order(of)) if self._written else ()
        return next((value for value in found if value is not None), None)

    def _linked(self, state: State, of: Class, below: tuple[Class, ...]) -> bool:
        found = False
        for index, base in enumerate(of.bases):
            if isinstance(base, Symbol) and isinstance(known := self.known(state, base), Class):
                found = True
                of.bases[index] = base = known
            if isinstance(base, Class) and base not in below and len(below) < MAX_HOPS:
                found |= self._linked(state, base, (*below, of))
        return found

    def _place(self, value: Value) -> Place:
        return value.origin.place if value.origin is not None else self._frame.place(self._frame.scope.source.module)


def _let_go(state: State, value: Value) -> None:
    """Lets `value` go where nobody has looked yet, and what it holds too if it is an object."""
    state.escape(value)
    for option in alternatives(value):
        content = state.content(option)
        if isinstance(content, Object):
            for inner in content.attributes.values():
                state.escape(inner)


def _constant(key: object) -> Constant:
    assert key is None or isinstance(key, str | bytes | int | float | complex), "the interpreter makes no others"
    return key
