"""Functions that call what they are given, with the arguments that follow it: threads, executors, `map`.

A task or future that they give stands for its result, as a coroutine does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from jwt_sast.semantics import comprehensions
from jwt_sast.semantics.calls import Argument, Arguments, Call, Model
from jwt_sast.semantics.environment import PathEndsError
from jwt_sast.semantics.joins import join_states
from jwt_sast.semantics.values import (
    Absent,
    Bound,
    Function,
    Partial,
    Sequence,
    Symbol,
    Value,
    alternatives,
)


@dataclass(frozen=True, slots=True)
class _Runner:
    """`index` is the place of the callable among the positional arguments, `own` the keywords that it keeps."""

    index: int = 0
    own: frozenset[str] = frozenset()

    def __call__(self, call: Call) -> Value:
        """The result of what is run."""
        positional = call.arguments.positional
        if len(positional) <= self.index:
            return call.unfollowed()
        keywords = {name: one for name, one in call.arguments.keywords.items() if name not in self.own}
        rest = replace(call.arguments, positional=positional[self.index + 1 :], keywords=keywords)
        return call.frame.call(call.state, positional[self.index].value, rest, call.place)


def is_callable(value: Value) -> bool:
    """Whether all that `value` can be is surely or most likely called rather than read."""
    return all(isinstance(option, Function | Partial | Bound | Symbol) for option in alternatives(value))


def method(call: Call, name: str) -> Value | None:
    """The result of `receiver.name(function, …)` where the receiver is not known but the name says that it runs it;
    None where it does not, or where what it is given is not known to be callable.
    """
    runner = _METHODS.get(name)
    index = runner.index if isinstance(runner, _Runner) else 0
    if runner is None or len(call.arguments.positional) <= index:
        return None
    return runner(call) if is_callable(call.arguments.positional[index].value) else None


def _started(target: str, args: str, kwargs: str, index: int) -> Model:
    """A thread or process; that it is started is not shown."""

    def model(call: Call) -> Value:
        function = call.value(index, target)
        if isinstance(function, Absent):
            return call.unfollowed()
        arguments = Arguments()
        place = call.arguments.keywords.get(args)
        if place is not None:
            arguments.add_star(place, call.state)
        if (named := call.arguments.keywords.get(kwargs)) is not None:
            arguments.add_double_star(named, call.state)
        path = call.state.fork()
        try:
            call.frame.call(path, function, arguments, call.place)
        except PathEndsError:
            return call.unfollowed()
        call.state.become(join_states(call.state.fork(), path, proof=False) or path)
        return call.unknown()

    return model


def _map(call: Call) -> Value:
    """`map(function, *iterables)`: item by item where all are known, otherwise once with any item of each."""
    function, *columns = call.arguments.positional
    if not columns or call.arguments.more_positional:
        return call.unfollowed()
    known = [comprehensions.known_items(call.state, column.value) for column in columns]
    rows = list(zip(*(items for items in known if items is not None), strict=False)) if None not in known else None
    if rows is None:
        rows = [tuple(comprehensions.element(call.state, one.value, call.place.node) for one in columns)]
        certain = False
    else:
        certain = True
    results = []
    for row in rows:
        given = [Argument(value, column.place) for value, column in zip(row, columns, strict=True)]
        results.append(call.frame.call(call.state, function.value, Arguments(given), call.place))
    return call.state.allocate(Sequence(tuple(results), not certain, origin=call.origin()))


def _map_or_unknown(call: Call) -> Value:
    return _map(call) if call.arguments.positional else call.unfollowed()


def _awaited(call: Call) -> Value:
    """What wraps a coroutine or a task, whose result it gives."""
    value = call.first()
    return call.unknown() if isinstance(value, Absent) else value


def _gathered(call: Call) -> Value:
    items = tuple(argument.value for argument in call.arguments.positional)
    return call.state.allocate(Sequence(items, call.arguments.more_positional, origin=call.origin()))


def _kept(call: Call) -> Value:
    """What makes another kind of callable of a function, itself or as a decorator with arguments."""
    function = call.first()
    return Symbol(call.function, origin=call.origin()) if isinstance(function, Absent) else function


_HERE, _AFTER_ONE = _Runner(), _Runner(1)

_METHODS: Mapping[str, Model] = {
    "add_executor_job": _HERE,
    "add_task": _HERE,
    "async_add_executor_job": _HERE,
    "call_soon": _Runner(own=frozenset({"context"})),
    "call_soon_threadsafe": _Runner(own=frozenset({"context"})),
    "map": _map_or_unknown,
    "run_in_executor": _AFTER_ONE,
    "run_sync": _Runner(own=frozenset({"abandon_on_cancel", "cancellable", "limiter"})),
    "start_soon": _Runner(own=frozenset({"name"})),
    "submit": _HERE,
}
"""Methods of event loops, executors, task groups and the like, by name: where they come from is seldom seen."""

_EXECUTORS = ("ThreadPoolExecutor", "ProcessPoolExecutor")

FUNCTIONS: Mapping[str, Model] = {
    "asyncio.to_thread": _HERE,
    "anyio.to_thread.run_sync": _METHODS["run_sync"],
    "starlette.concurrency.run_in_threadpool": _HERE,
    "fastapi.concurrency.run_in_threadpool": _HERE,
    "contextvars.copy_context.run": _HERE,
    **{f"concurrent.futures.{name}.submit": _HERE for name in _EXECUTORS},
    **{f"concurrent.futures.{name}.map": _map_or_unknown for name in _EXECUTORS},
    "builtins.map": _map_or_unknown,
    "threading.Thread": _started("target", "args", "kwargs", 1),
    "multiprocessing.Process": _started("target", "args", "kwargs", 1),
    "threading.Timer": _started("function", "args", "kwargs", 1),
    "asgiref.sync.sync_to_async": _kept,
    "asgiref.sync.async_to_sync": _kept,
    "channels.db.database_sync_to_async": _kept,
    "asyncio.gather": _gathered,
    **{f"asyncio.{name}": _awaited for name in ("run", "create_task", "ensure_future", "shield", "wait_for")},
}
