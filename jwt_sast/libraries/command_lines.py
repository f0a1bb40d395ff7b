"""Packages that fill in a function's parameters from the command line: click 8.4 and typer 0.29.

Contract: tests/libraries/test_command_lines_contract.py. What they give is set outside, and falls back to what the code
says. Like a package of settings, neither lets a file pass the gate.
"""

from __future__ import annotations

from jwt_sast.libraries.library import Context, Library
from jwt_sast.semantics.calls import SUPPLIES, Arguments, Call
from jwt_sast.semantics.environment import PathEndsError
from jwt_sast.semantics.values import Absent, Environment, Function, Known, Produced, Value


def _option(call: Call, context: Context) -> Value:
    """`@click.option("--name", default=…, envvar=…)`: without a default the parameter is None."""
    name = _parameter([argument.value for argument in call.arguments.positional])
    default = call.arguments.keywords.get("default")
    if name is None or default is None:
        return call.unknown()
    value = Environment(name, _made(call, default.value), origin=call.origin())
    return Produced(SUPPLIES, (name, value), call.place.node, origin=call.origin())


def _parameter(declarations: list[Value]) -> str | None:
    """The parameter that click fills: the name without dashes, otherwise of the flag with most dashes the first."""
    texts = [one.constant for one in declarations if isinstance(one, Known) and isinstance(one.constant, str)]
    if not texts or len(texts) < len(declarations):
        return None
    explicit = [text for text in texts if text.isidentifier()]
    if explicit:
        return explicit[0].lower()
    flags = [text.partition("/")[0].strip() for text in texts]
    longest = max(flags, key=lambda flag: len(flag) - len(flag.lstrip("-")))
    return longest.lstrip("-").replace("-", "_").lower()


def _made(call: Call, default: Value) -> Value:
    """A default that is a function is called."""
    if not isinstance(default, Function):
        return default
    try:
        return call.frame.call(call.state, default, Arguments(), call.place)
    except PathEndsError:
        return call.unknown()


def _typed_option(call: Call, context: Context) -> Value:
    """The default of a parameter, `name: str = typer.Option(default)`; `...` says that there is none."""
    default, factory = call.value(0, "default"), call.value(len(call.arguments.positional), "default_factory")
    if isinstance(factory, Function):
        default = _made(call, factory)
    return Environment("", None if isinstance(default, Absent) else default, origin=call.origin())


LIBRARY = Library(
    name="command lines",
    distribution="",
    packages=(),
    marks=(),
    functions={
        "click.option": _option,
        "click.argument": _option,
        "typer.Option": _typed_option,
        "typer.Argument": _typed_option,
    },
)
