"""A callable that is handed to code that cannot be seen, with arguments that fit it: most likely it is called there.

`run_blocking(requests.get, url, headers=h)` is a call of `requests.get`. `register(jwt.encode, name)` is none, and what
tells them apart is whether the arguments that follow are the ones that the function wants.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from jwt_sast.semantics.calls import Arguments, Call
from jwt_sast.semantics.environment import PathEndsError
from jwt_sast.semantics.joins import join_states
from jwt_sast.semantics.state import State
from jwt_sast.semantics.values import Bound, Function, Known, Object, Partial, Symbol, Value


def run(call: Call) -> Value | None:
    """The result of what `call`, which cannot be followed, is given to call; None where it is given no such thing."""
    positional = call.arguments.positional
    if len(positional) < 2 or _does_something_else(call.function):
        return None
    first = positional[0].value
    index = 1 if isinstance(first, Known) and first.constant is None else 0
    callee = positional[index].value
    rest = replace(call.arguments, positional=positional[index + 1 :])
    if not _fits(call, callee, rest):
        return None
    called = call.state.fork()
    try:
        value = call.frame.call(called, callee, rest, call.place)
    except PathEndsError:
        return None
    _go_on(call.state, called)
    return value


def _does_something_else(function: str) -> bool:
    """Whether a function belongs to Python itself, whose own runners have models."""
    head = function.partition(".")[0]
    return "." in function and head in sys.stdlib_module_names


def _fits(call: Call, callee: Value, rest: Arguments) -> bool:
    """Whether the arguments are such as `callee` wants. A constant is more often a name or a number of attempts."""
    first = rest.positional[0].value if rest.positional else None
    if isinstance(first, Known) and "://" not in str(first.constant):
        return False
    if first is not None and isinstance(first, Function | Partial | Bound | Symbol):
        return False
    match callee:
        case Partial(function=function, positional=positional, keywords=keywords):
            whole = replace(rest, positional=[*positional, *rest.positional], keywords={**keywords, **rest.keywords})
            return len(rest) > 0 and _fits(call, function, whole)
        case Function():
            return len(rest) > 0 and binds(callee, rest)
        case Symbol(name=name):
            return call.frame.host.accepts(name, rest)
        case Bound(receiver=receiver, method=method):
            content = call.state.content(receiver)
            of = content.of if isinstance(content, Object) else None
            return isinstance(of, Symbol) and call.frame.host.accepts(f"{of.name}.{method}", rest)
        case _:
            return False


def binds(function: Function, arguments: Arguments) -> bool:
    """Whether a function of the project takes these arguments."""
    params = function.node.params
    plain = [param.name.value for param in (*params.posonly_params, *params.params)]
    plain = plain[1:] if function.receiver is not None else plain
    named = [param.name.value for param in params.kwonly_params]
    count = len(arguments.positional)
    if arguments.more_positional or (count > len(plain) and params.star_arg is None):
        return False
    given = {*plain[:count], *arguments.keywords}
    if any(name in plain[:count] for name in arguments.keywords):
        return False
    if params.star_kwarg is None and not arguments.keywords.keys() <= {*plain, *named}:
        return False
    return arguments.more_keywords or all(name in given or name in function.defaults for name in (*plain, *named))


def _go_on(state: State, called: State) -> None:
    """Whether the callable was really called is not shown, so what it changes may have been changed; what it has
    verified counts as verified.
    """
    joined = join_states(state.fork(), called, proof=False)
    assert joined is not None, "both paths go on"
    joined.facts, joined.marks = called.facts, called.marks
    state.become(joined)
