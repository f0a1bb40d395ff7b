"""Functions and classes of the project: calling and instantiating them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from jwt_sast.semantics import (
    dependencies,
    described,
    generators,
    handing_on,
    instances,
    methods,
    outcomes,
    validators,
)
from jwt_sast.semantics.bounds import MAX_CALL_DEPTH
from jwt_sast.semantics.calls import Argument, Arguments, Call
from jwt_sast.semantics.environment import Frame, PathEndsError
from jwt_sast.semantics.joins import join_states
from jwt_sast.semantics.promises import Promise
from jwt_sast.semantics.provenance import Origin, Place
from jwt_sast.semantics.state import State
from jwt_sast.semantics.stdlib import runners
from jwt_sast.semantics.stdlib.tables import FUNCTIONS, KEEPING
from jwt_sast.semantics.values import (
    Absent,
    Bound,
    Class,
    Constant,
    Entry,
    Function,
    Known,
    Mapping,
    Object,
    OneOf,
    Part,
    Partial,
    Presence,
    Sequence,
    Symbol,
    Unknown,
    Value,
    one_of,
)
from jwt_sast.semantics.widening import forget


def call(frame: Frame, state: State, callee: Value, arguments: Arguments, place: Place) -> Value:
    """What a call gives. Raises PathEndsError where it never returns."""
    if isinstance(callee, OneOf):
        return _call_each(frame, state, callee, arguments, place)
    frame.may_raise(state)
    content = state.content(callee)
    match content:
        case Symbol(name=name):
            return _call_outside(Call(name, arguments, place, frame, state), content)
        case Function():
            made = Call("", arguments, place, frame, state)
            result = described.answer(made, content) or state.world.wait(made, content)
            return result or _call_function(frame, state, content, arguments, place)
        case Class():
            return instances.instantiate(frame, state, content, arguments, place)
        case Partial(function=function, positional=positional, keywords=keywords):
            everything = replace(
                arguments,
                positional=[*positional, *arguments.positional],
                keywords={**keywords, **arguments.keywords},
            )
            return call(frame, state, function, everything, place)
        case Bound(receiver=receiver, method=method):
            return _call_method(Call(method, arguments, place, frame, state, receiver), content)
        case Object(of=Class() as of):
            dunder = of.member("__call__")
            if isinstance(dunder, Function):
                return call(frame, state, replace(dunder, receiver=callee), arguments, place)
        case Object(of=Symbol(name=name)):
            return _call_outside(Call(f"{name}.__call__", arguments, place, frame, state, callee))
        case Part(kind="attribute"):
            return _call_part(content, Call(str(content.key), arguments, place, frame, state, content.of))
        case Promise():
            return _call_promised(frame, state, callee, arguments, place)
        case Part(kind="item"):
            return _call_item(content, Call("an item", arguments, place, frame, state))
    return _unfollowed(Call("something unknown", arguments, place, frame, state))


def _call_each(frame: Frame, state: State, callee: OneOf, arguments: Arguments, place: Place) -> Value:
    """A callee that is one of several: every one is called, each on its own path."""
    values: list[Value] = []
    after: State | None = None
    for option in callee.alternatives:
        path = state.fork()
        try:
            values.append(call(frame, path, option, arguments, place))
        except PathEndsError:
            continue
        after = join_states(after, path, proof=False)
    if after is None:
        raise PathEndsError
    state.become(after)
    return one_of(values, site=place.node)


def _call_promised(frame: Frame, state: State, callee: Value, arguments: Arguments, place: Place) -> Value:
    """What a call of another module has given is called."""
    found = state.opened(callee)
    if isinstance(state.content(found), Promise):
        return _unfollowed(Call("something unknown", arguments, place, frame, state))
    return call(frame, state, found, arguments, place)


def _call_outside(call: Call, callee: Symbol | None = None) -> Value:
    """Something from another module: the host is asked first, then the standard library's table, then the project."""
    result = call.frame.host.call(call)
    if result is not None:
        return result
    model = FUNCTIONS.get(call.function)
    if model is not None:
        result = model(call if call.function in KEEPING else call.opened())
        return Known(None) if result is None else result
    result = call.state.world.follow(call, callee) if callee is not None else None
    return _unfollowed(call, callee) if result is None else result


def _unfollowed(call: Call, callee: Symbol | Part | None = None) -> Value:
    """A call of what cannot be seen from here, which may call what it is given."""
    result = handing_on.run(call)
    if result is None and callee is not None:
        result = call.state.world.promise(call, callee)
    return call.unfollowed() if result is None else result


def _call_part(part: Part, call: Call) -> Value:
    """A method of something unknown: the host may know what one of its name does, or that name may say that it calls
    what it is given.
    """
    result = methods.of_produced(part, call) or call.frame.host.call(call)
    if result is not None:
        return result
    result = call.state.world.follow(call, part) or runners.method(call, call.function) or handing_on.run(call)
    return methods.unknown(part, call) if result is None else result


def _call_item(part: Part, call: Call) -> Value:
    """Something out of a table, which may be one of another module; or a generic class with the types it is of (PEP
    560), which is called as the class itself is.
    """
    result = None
    if isinstance(part.of, Symbol):
        result = call.frame.host.call(replace(call, function=part.of.name))
    if result is None:
        result = call.state.world.follow(call, part)
    return _unfollowed(call, part) if result is None else result


def _call_method(call: Call, bound: Bound) -> Value:
    content = call.state.content(bound.receiver)
    if isinstance(content, Object) and isinstance(content.of, Symbol):
        call.function = f"{content.of.name}.{bound.method}"
        return _call_outside(call)
    return methods.call(bound, call)


def _call_function(frame: Frame, state: State, function: Function, arguments: Arguments, place: Place) -> Value:
    """Follows the call into the function's body, unless that is too deep or a recursion."""
    running = any(one.function is not None and _same(one.function, function) for one in _stack(frame))
    if running or frame.depth >= MAX_CALL_DEPTH or frame.budget.spent:
        if not running:
            frame.stop("MAX_STEPS" if frame.budget.spent else "MAX_CALL_DEPTH")
        # Its body is there to be read, and may do anything to what it is given. What a recursion does to `self` is
        # what the method itself does.
        given = [argument.value for argument in arguments]
        for value in given if running or function.receiver is None else [function.receiver, *given]:
            forget(state, value)
        call = Call("a function that is not followed", arguments, place, frame, state)
        if running:
            return call.unfollowed()
        # What it checks of what it is given is not seen.
        for argument in arguments:
            frame.host.use(argument.value, "unseen", argument.place, state)
        call.escape()
        return call.unknown()
    if frame.is_module and function.scope is frame.scope:
        # Its own functions see the module as far as it has been run; those of others have theirs.
        function.scope.names = state.names
    callee = frame_of(frame, function)
    frame.entry.entered.add(function.node)
    names = _bind(frame, state, callee, function, arguments, place)
    entry = state.enter(names)
    frame.live = state.names
    checked = function.receiver if frame.function_name == "__init__" else None
    before = None if checked is None else state.content(checked)
    exit_state, value = run(callee, entry)
    if callee.yielded:
        exit_state, value = generators.finish(callee, state.fork(), exit_state, place.node)
    if exit_state is None:
        raise PathEndsError
    state.leave(exit_state)
    if checked is not None and before is not None and callee.refuses:
        validators.keep_refused(state, checked, before)
    for name in sorted(callee.nonlocals):
        if callee.binder(name) is frame:
            state.names[name] = exit_state.names[name]
    return value


def _same(running: Function, called: Function) -> bool:
    """Whether a call is a recursion; a wrapper around a wrapper has the same code and is another function."""
    return running.node is called.node and running.home is called.home


def _stack(frame: Frame) -> Iterator[Frame]:
    one: Frame | None = frame
    while one is not None:
        yield one
        one = one.caller


def frame_of(caller: Frame, function: Function) -> Frame:
    """A frame for running `function`, called from `caller`."""
    return Frame(
        function.scope,
        caller.machine,
        caller.host,
        caller.budget,
        closure=function.closure,
        function=function,
        caller=caller,
    )


def run(frame: Frame, state: State) -> tuple[State | None, Value]:
    """Runs a frame's function from `state`: the joined state of its exits (None if it has none) and what it returns."""
    assert frame.function is not None, "only functions are run"
    node = frame.function.node
    if isinstance(node, cst.Lambda):
        try:
            return state, frame.evaluate(state, node.body)
        except PathEndsError:
            return None, Unknown("no value")
    end = frame.execute(state, node.body.body)
    if end is not None:
        frame.returns.append((end, Known(None)))
    after: State | None = None
    for exit_state, _ in frame.returns:
        after = join_states(after, exit_state)
    if after is not None:
        frame.live = after.names
        return after, outcomes.answer(
            frame.returns, one_of([value for _, value in frame.returns], site=node), after.facts
        )
    return None, Unknown("no value")


def _bind(
    frame: Frame, state: State, callee: Frame, function: Function, arguments: Arguments, place: Place
) -> dict[str, Value]:
    """Parameters by name, from arguments and defaults; notes in `callee` where each argument stands."""
    params = function.node.params
    positional = list(arguments.positional)
    if function.receiver is not None:
        positional.insert(0, Argument(function.receiver, place))
    keywords = dict(arguments.keywords)
    names: dict[str, Value] = {}
    given: set[str] = set()
    for param in (*params.posonly_params, *params.params, *params.kwonly_params):
        name = param.name.value
        keyword_only = param in params.kwonly_params
        argument = positional.pop(0) if positional and not keyword_only else keywords.pop(name, None)
        if argument is not None:
            given.add(name)
        else:
            hidden = arguments.more_keywords or (arguments.more_positional and not keyword_only)
            argument = _default(function, param, place, hidden=hidden)
            if dependencies.is_dependency(argument.value):
                value = dependencies.filled(frame, state, argument.value, param)
                argument = replace(argument, value=value)
        if name in arguments.sometimes and name in function.defaults:
            default, _ = function.defaults[name]
            argument = replace(argument, value=one_of((argument.value, default)))
        if name in given:
            argument = replace(argument, value=_passed(argument, name))
        names[name] = argument.value
        callee.arguments[name] = argument
    if isinstance(params.star_arg, cst.Param):
        items = tuple(_passed(argument, params.star_arg.name.value) for argument in positional)
        rest = Sequence(items, arguments.more_positional, "tuple", origin=frame.origin(place.node))
        names[params.star_arg.name.value] = state.allocate(rest)
    if params.star_kwarg is not None:
        entries = _named_elsewhere(params) | {
            key: Entry(_passed(argument, key), Presence.UNKNOWN if key in arguments.sometimes else Presence.ALWAYS)
            for key, argument in keywords.items()
        }
        others = Mapping(entries, arguments.more_keywords, origin=frame.origin(place.node))
        reference = state.allocate(others)
        names[params.star_kwarg.name.value] = reference
        callee.arguments[params.star_kwarg.name.value] = Argument(reference, place)
    return names


def _passed(argument: Argument, parameter: str) -> Value:
    """The value of an argument, which remembers by which parameter it came in."""
    place = argument.at or argument.place

    def one(value: Value) -> Value:
        return replace(value, origin=Origin(place, "", value.origin, passed=parameter))

    value = argument.value
    if isinstance(value, OneOf):
        value = replace(value, alternatives=tuple(map(one, value.alternatives)))
    return one(value)


def _default(function: Function, param: cst.Param, place: Place, *, hidden: bool) -> Argument:
    name = param.name.value
    default = function.defaults.get(name)
    if hidden or default is None:
        return Argument(Unknown("a parameter", (place.node, name)), place)
    value, node = default
    return Argument(value, Place(function.scope.source, node))


def entry_names(frame: Frame, state: State, function: Function) -> dict[str, Value]:
    """Parameters of a function that is entered without a known caller: its defaults, or anything."""
    params = function.node.params
    names: dict[str, Value] = {}
    plain = [*params.posonly_params, *params.params]
    for index, param in enumerate((*plain, *params.kwonly_params)):
        name = param.name.value
        if index == 0 and plain and function.receiver is not None:
            names[name] = function.receiver
            continue
        default = function.defaults.get(name)
        if default is not None and dependencies.is_dependency(default[0]):
            names[name] = dependencies.filled(frame, state, default[0], param)
            continue
        anything = dependencies.passed(frame, state, param) or Unknown("a parameter", param, origin=frame.origin(param))
        names[name] = anything if default is None else one_of((default[0], anything))
    if isinstance(params.star_arg, cst.Param):
        name = params.star_arg.name.value
        names[name] = state.allocate(Sequence((), True, "tuple", origin=frame.origin(params.star_arg)))
    if params.star_kwarg is not None:
        name = params.star_kwarg.name.value
        others = Mapping(_named_elsewhere(params), open=True, origin=frame.origin(params.star_kwarg))
        names[name] = state.allocate(others)
    return names


def _named_elsewhere(params: cst.Parameters) -> dict[Constant, Entry]:
    """The keys that `**others` cannot hold, since parameters of their own take them."""
    return {param.name.value: Entry(Absent(), Presence.NEVER) for param in (*params.params, *params.kwonly_params)}
