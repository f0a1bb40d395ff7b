"""Command lines read by `argparse`: what an option is where its user gives none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.values import Absent, Environment, Known, Object, Reference, Sequence, Symbol, Value

_PARSER = "argparse.ArgumentParser"


def _parser(call: Call) -> Value:
    return call.state.allocate(Object({}, of=Symbol(_PARSER), origin=call.origin()))


def _same_namespace(call: Call) -> Value:
    """A group, or the parser of a subcommand: its options end up in the namespace of the parser that it belongs to."""
    return call.unknown() if call.receiver is None else call.receiver


def _add_argument(call: Call) -> Value:
    """`add_argument("--name", dest=…, default=…)`; without a default the option is None."""
    flags = [argument.value for argument in call.arguments.positional]
    given = call.value(len(flags), "dest")
    name = given.constant if isinstance(given, Known) else _destination(flags)
    default = call.arguments.keywords.get("default")
    if isinstance(name, str) and default is not None:
        _declare(call, {name: default.value})
    return call.unknown()


def _destination(flags: Iterable[Value]) -> str | None:
    """The attribute that argparse makes of its flags: of the first long one, otherwise of the first."""
    names = [flag.constant for flag in flags if isinstance(flag, Known) and isinstance(flag.constant, str)]
    chosen = next((name for name in names if name.startswith("--")), names[0] if names else None)
    return None if chosen is None else chosen.lstrip("-").replace("-", "_")


def _set_defaults(call: Call) -> Value:
    """`set_defaults(name=…)` overrides what the options themselves say."""
    _declare(call, {name: argument.value for name, argument in call.arguments.keywords.items()})
    return Known(None)


def _declare(call: Call, defaults: Mapping[str, Value]) -> None:
    parser = call.instance
    if parser is not None and isinstance(call.receiver, Reference):
        options = {name: Environment(name, value, origin=call.origin()) for name, value in defaults.items()}
        call.state.update(call.receiver, replace(parser, attributes={**parser.attributes, **options}))


def _parse(call: Call) -> Value:
    """The namespace: an attribute for each option."""
    if call.instance is None or not isinstance(call.value(1, "namespace"), Absent):
        return call.unknown()
    return call.state.allocate(Object(call.instance.attributes, origin=call.origin()))


def _parse_known(call: Call) -> Value:
    rest = call.state.allocate(Sequence((), True, origin=call.origin()))
    return call.state.allocate(Sequence((_parse(call), rest), kind="tuple", origin=call.origin()))


FUNCTIONS: Mapping[str, Model] = {
    _PARSER: _parser,
    f"{_PARSER}.add_argument": _add_argument,
    f"{_PARSER}.add_argument_group": _same_namespace,
    f"{_PARSER}.add_mutually_exclusive_group": _same_namespace,
    f"{_PARSER}.add_subparsers": _same_namespace,
    f"{_PARSER}.add_parser": _same_namespace,
    f"{_PARSER}.set_defaults": _set_defaults,
    f"{_PARSER}.parse_args": _parse,
    f"{_PARSER}.parse_intermixed_args": _parse,
    f"{_PARSER}.parse_known_args": _parse_known,
    f"{_PARSER}.parse_known_intermixed_args": _parse_known,
}
