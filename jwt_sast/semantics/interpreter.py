"""Interprets one module: its body, then each function that can matter as an entry point of its own."""

from __future__ import annotations

import os
from collections.abc import Mapping as ReadOnlyDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import libcst as cst

from jwt_sast.semantics import assignment, expressions, functions, instances, sites, statements
from jwt_sast.semantics.bounds import MAX_STEPS, MAX_STEPS_PER_STATEMENT
from jwt_sast.semantics.environment import Budget, Frame, Host, ModuleScope
from jwt_sast.semantics.fallbacks import settled_value
from jwt_sast.semantics.linking import LinkedWorld
from jwt_sast.semantics.names import Names
from jwt_sast.semantics.promises import World
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.relevance import Relevance
from jwt_sast.semantics.state import HeapObject, State
from jwt_sast.semantics.values import (
    Class,
    Function,
    Known,
    Object,
    Unknown,
    Value,
    alternatives,
    one_of,
)
from jwt_sast.syntax.source import Source

if TYPE_CHECKING:
    from jwt_sast.semantics.project import Parsed, Project


class _Machine:
    """The circle of expressions, statements and calls, closed."""

    evaluate = staticmethod(expressions.evaluate)
    execute = staticmethod(statements.execute)
    assign = staticmethod(assignment.assign)
    call = staticmethod(functions.call)


_MACHINE = _Machine()


@dataclass(slots=True)
class _EntryPoint:
    """A function still to be interpreted, the class that it is a method of if any, and the heap that it starts from."""

    function: Function
    owner: Class | None
    wrapper: Function | None
    """What its decorators have made of it, by which alone it is called."""
    heap: ReadOnlyDict[int, HeapObject]

    @property
    def name(self) -> str:
        """What the function is called, "" for a lambda."""
        return self.function.node.name.value if isinstance(self.function.node, cst.FunctionDef) else ""


@dataclass(slots=True)
class Interpretation:
    """What is known of a module after it has been interpreted."""

    scope: ModuleScope
    names: Names
    failures: list[tuple[cst.CSTNode, Exception]] = field(default_factory=list)
    """Functions that could not be interpreted because of a defect in the interpreter itself."""
    asked: set[str] = field(default_factory=set)
    """The functions and classes to whose callers something was left."""

    def qualified_names(self, node: cst.BaseExpression) -> frozenset[str]:
        """The qualified names that a name or attribute chain may stand for where it stands; empty if not imported."""
        return self.names.qualified_names(node, self.names.scope_of(node))

    def value_of(self, node: cst.BaseExpression) -> Value:
        """What an expression can be; Unknown where it was not reached, or where values were not to be kept."""
        values = self.scope.values or {}
        return values.get(node) or Unknown("not evaluated", node, origin=Origin(Place(self.scope.source, node)))


class Interpreter:
    """Runs one module for a host, in a project if it is part of one; `depth` runs wait for this one."""

    def __init__(self, host: Host, project: Project | None = None, depth: int = 0) -> None:
        self._host = host
        self._project = project
        self._depth = depth
        self._world = World()
        self._instances: dict[cst.ClassDef | None, tuple[Object, ReadOnlyDict[int, HeapObject]]] = {}
        self._waiting: list[_EntryPoint] = []
        self._pending: list[_EntryPoint] = []
        self._done: list[_EntryPoint] = []
        self._seen: set[cst.CSTNode] = set()
        self._relevance = Relevance([], set())
        self._analysed: Source | None = None
        self._reserve = [0]
        self._end = State(self._world)

    def run(
        self, parsed: Parsed | Source, relevance: Relevance | None = None, *, keep_values: bool = False
    ) -> Interpretation:
        """Interprets a module: its body, then those of its functions that matter, all of them by default.

        With `keep_values` the result knows what every expression can be, which costs memory.
        """
        scope, names = self._begin(parsed, keep_values)
        result = Interpretation(scope, names)
        self._relevance = relevance or Relevance.of_everything(list(names.root.every()))
        self._world.leading = self._relevance.leading()
        try:
            body = self._run_body(scope, names)
            self._host.body_ran(body, self._end)
            self._queue(body, {})
            self._take_in()
        except Exception as error:  # a defect of ours must not cost the rest of the module
            result.failures.append((scope.source.module, error))
        while self._pending:
            entry = self._pending.pop(0)
            try:
                result.asked |= self._ask(names, entry, self._run_entry(entry))
            except Exception as error:
                result.failures.append((entry.function.node, error))
        return result

    def _take_in(self) -> None:
        """Moves to the pending entry points what matters of those that wait. Who makes an instance is seen before its
        methods are run.
        """
        found = [entry for entry in self._waiting if entry.function.node in self._relevance.nodes]
        if found:
            self._waiting = [entry for entry in self._waiting if entry.function.node not in self._relevance.nodes]
            self._pending = sorted([*self._pending, *found], key=_turn)

    def _ask(self, names: Names, done: _EntryPoint, given: list[Value]) -> frozenset[str]:
        """Takes in the callers of what has just been run, as far as something was left to them; whose these are. Where
        they make instances of a class, its methods are run again with what is known of them by then.
        """
        asked = self._host.asked(names, done.name, [one for one in given if not self._is_idle(one)])
        if done.wrapper is not None:
            asked |= {done.name}  # who calls it calls the wrapper
        if self._relevance.ask(asked):
            self._world.leading = self._relevance.leading()
            self._take_in()
            again = [one for one in self._done if one.owner is not None and one.owner.name in asked]
            self._done = [one for one in self._done if one not in again]
            self._pending += again
            for entry in again:
                self._instances.pop(entry.owner.node if entry.owner else None, None)
        return asked

    def _is_idle(self, given: Value) -> bool:
        """Whether a value is an instance of a class that has to do with nothing of interest: who gets one may be left
        alone.
        """
        owner = given.of if isinstance(given, Object) else given
        if not isinstance(owner, Class) or self._project is None:
            return False
        source = owner.scope.source
        if source is self._analysed:
            return owner.node not in self._relevance.nodes
        return not self._project.leads.acts(os.path.abspath(source.path), owner.name)

    def load(self, parsed: Parsed) -> tuple[ModuleScope, LinkedWorld]:
        """Runs a module's body and no more, for what its names stand for then. What a defect of ours raises goes on to
        who asked: the module may be one that is never analysed for itself, and nothing else would tell.
        """
        scope, names = self._begin(parsed, False)
        assert isinstance(self._world, LinkedWorld), "only a project loads modules"
        self._run_body(scope, names)
        return scope, self._world

    def _begin(self, parsed: Parsed | Source, keep_values: bool) -> tuple[ModuleScope, Names]:
        source = self._analysed = parsed if isinstance(parsed, Source) else parsed.source
        names = Names(source.module) if isinstance(parsed, Source) else parsed.names
        scope = ModuleScope(source, names.module_name, symbols=names, values={} if keep_values else None)
        self._reserve = [MAX_STEPS + MAX_STEPS_PER_STATEMENT * names.statements]
        if self._project is not None and not isinstance(parsed, Source):
            frame = Frame(scope, _MACHINE, self._host, Budget(self._reserve))
            self._world = LinkedWorld(self._project, parsed.path, frame, self._depth)
        return scope, names

    def _run_body(self, scope: ModuleScope, names: Names) -> Frame:
        frame = Frame(scope, _MACHINE, self._host, Budget(self._reserve), is_module=True)
        state = State(self._world)
        scope.names = state.names
        end = statements.execute(frame, state, scope.source.module.body)
        self._host.finish(state, Known(None))
        self._end = state = end or state
        # What the module has turned away by its end is gone for every function.
        scope.names = {name: settled_value(value, state) for name, value in state.names.items()}
        self._world.heap.update(state.heap)
        scope.heap = self._world.heap
        for written in sorted(names.global_writes):
            scope.names[written] = _replaceable(scope.names.get(written), ("global", written))
        return frame

    def _queue(self, frame: Frame, heap: ReadOnlyDict[int, HeapObject]) -> None:
        for function in frame.definitions:
            if function.node not in self._seen:
                self._seen.add(function.node)
                owner = function.scope.owners.get(function.node)
                self._waiting.append(_EntryPoint(function, owner, frame.wrappers.get(function.node), heap))

    def _run_entry(self, entry: _EntryPoint) -> list[Value]:
        """Runs an entry point by what wraps it if there is such a thing, and by itself if that has not called it; what
        it gives and yields.
        """
        frame = None if entry.wrapper is None else self._enter(entry, entry.wrapper)
        if frame is None or entry.function.node not in frame.entered:
            frame = self._enter(entry, entry.function)
        self._done.append(entry)
        return [state.content(one) for state, value in frame.given() for one in alternatives(state.opened(value))]

    def _enter(self, entry: _EntryPoint, function: Function) -> Frame:
        """Runs `function`, that of `entry` or what wraps it."""
        frame = self._frame(function)
        state = State(self._world, entry.heap)
        if entry.owner is not None and "staticmethod" not in function.decorators:
            receiver, state = self._received(frame, entry.function, entry.owner, entry.heap)
            function = frame.function = replace(function, receiver=receiver)
        state.names = functions.entry_names(frame, state, function)
        exits = self._run_function(frame, state)
        if exits is not None:
            frame.definitions = [
                replace(inner, closure={**function.closure, **exits.names, **inner.closure})
                for inner in frame.definitions
            ]
            self._queue(frame, exits.heap)
            self._take_in()
        return frame

    def _run_function(self, frame: Frame, state: State) -> State | None:
        """Runs an entry point's body; tells the host of every path that ends."""
        after, _ = functions.run(frame, state)
        for exit_state, value in frame.returns:
            self._host.finish(exit_state, value)
        if isinstance(frame.function, Function) and isinstance(frame.function.node, cst.Lambda):
            self._host.finish(state, Unknown("a lambda's value", frame.function.node))
        return after

    def _frame(self, function: Function) -> Frame:
        """A frame for a function that is entered without a known caller."""
        return Frame(
            function.scope, _MACHINE, self._host, Budget(self._reserve), closure=function.closure, function=function
        )

    def _received(
        self, frame: Frame, function: Function, owner: Class, heap: ReadOnlyDict[int, HeapObject]
    ) -> tuple[Value, State]:
        """`self` for a method entered without a known caller: what `__init__` makes of an instance."""
        if "classmethod" in function.decorators:
            return owner, State(self._world, heap)
        name = function.node.name.value if isinstance(function.node, cst.FunctionDef) else ""
        if name == "__init__":
            state = State(self._world, heap)
            return state.allocate(Object({}, of=owner)), state
        template, heap = self._template(frame, owner, heap)
        state = State(self._world, heap)
        return state.allocate(template), state

    def _template(
        self, frame: Frame, owner: Class, heap: ReadOnlyDict[int, HeapObject]
    ) -> tuple[Object, ReadOnlyDict[int, HeapObject]]:
        """An instance after `__init__`, with what other methods write to it joined in."""
        known = self._instances.get(owner.node)
        if known is None:
            self._instances[owner.node] = (Object({}, of=owner), heap)  # a recursion finds an empty one
            known = self._instances[owner.node] = self._make_template(frame, owner, heap)
        return known

    def _make_template(
        self, frame: Frame, owner: Class, heap: ReadOnlyDict[int, HeapObject]
    ) -> tuple[Object, ReadOnlyDict[int, HeapObject]]:
        state = State(self._world, heap)
        instance = instances.blank(frame, state, owner, Place(owner.scope.source, owner.node))
        for maker in instances.makers(owner):
            state = self._made_by(replace(maker, receiver=instance), owner, state)
        made = state.content(instance)
        attributes = dict(made.attributes) if isinstance(made, Object) else {}
        if state.facts:
            # What has been turned away on the way is gone for every method.
            attributes = {name: settled_value(state.opened(value), state) for name, value in attributes.items()}
        symbols = owner.scope.symbols
        for name in sorted(symbols.attribute_writes.get(owner.node, ())) if symbols is not None else ():
            default = attributes.get(name) or owner.members.get(name)
            attributes[name] = _replaceable(default, (owner.node, name))
        return Object(attributes, of=owner), state.heap

    def _made_by(self, maker: Function, owner: Class, state: State) -> State:
        """The state once a method has set up the instance that it is bound to."""
        inner = self._frame(maker)
        state.names = functions.entry_names(inner, state, maker)
        for name, value in sites.known(owner).items():
            if name in state.names:
                state.names[name] = one_of((value, state.names[name]))
        after, _ = functions.run(inner, state)
        return after or state


def _turn(entry: _EntryPoint) -> int:
    """Functions first, then what makes instances, then the other methods."""
    if entry.owner is None:
        return 0
    return 1 if isinstance(entry.function.node, cst.FunctionDef) and entry.function.node.name.value == "__init__" else 2


def _replaceable(value: Value | None, site: object) -> Value:
    """What a name stands for that other code writes too: a placeholder is replaced by then, a value may be."""
    anything = Unknown("written elsewhere", site)
    kept = [
        option
        for option in alternatives(value or anything)
        if not (isinstance(option, Known) and option.constant in (None, "", b""))
    ]
    return one_of([*kept, anything])
