"""What a framework is told when it is set up: its key, how long its tokens live, the cookie that holds them.

The settings lie in arguments of a constructor or in an object of the project's own, whose fields the framework reads.
Both come here as arguments by name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from jwt_sast.libraries.library import Context, where
from jwt_sast.libraries.objects import current
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.inheritance import order
from jwt_sast.semantics.values import (
    Absent,
    Class,
    Environment,
    Known,
    Object,
    Sequence,
    Symbol,
    Value,
    each,
)
from jwt_sast.tokens.events import KeyConfigured, Lifetime, TokenCookie, TokenKind
from jwt_sast.tokens.keys import possible
from jwt_sast.tokens.switches import UNKNOWN, Switch


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings by name, as they were given. Where `open`, there may be others that are not seen."""

    call: Call
    given: Mapping[str, Argument] = field(default_factory=dict)
    open: bool = False

    def __getitem__(self, name: str) -> Argument:
        """A setting: Absent at the place of the call where it is not set, Unknown where that cannot be said."""
        found = self.given.get(name)
        if found is not None:
            return self.call.resolved(found)
        return Argument(self.call.unknown("a setting that is not seen") if self.open else Absent(), self.call.place)

    def get(self, name: str, default: Value) -> Argument:
        """A setting, or what the framework goes by where it is not set."""
        return or_default(self[name], default)


def or_default(argument: Argument, default: Value) -> Argument:
    """`argument`, or what the framework goes by where it is not given. None is not the same as not given."""
    return replace(argument, value=default) if isinstance(argument.value, Absent) else argument


def falsy_is_default(argument: Argument, default: Value) -> Argument:
    """The same where the framework takes None and 0 for not given."""

    def one(value: Value) -> Value:
        return default if isinstance(value, Absent) or (isinstance(value, Known) and not value.constant) else value

    return replace(argument, value=each(argument.value, one))


def of_object(call: Call, value: Value, names: Collection[str], own: Collection[str] = ()) -> Policy:
    """What an object of settings, or a list of pairs, says under `names`, which are in lower case; its own names may be
    in any case. `own` are the classes that the framework brings along for it, whose fields come from the environment
    where the program does not give them.
    """
    value = call.state.opened(value)
    content = call.state.content(value)
    if isinstance(content, Sequence):
        return _of_pairs(call, content, names)
    if not isinstance(content, Object):
        return Policy(call, open=True)
    if isinstance(content.of, Class):
        return _of_class(call, value, content, content.of, names, own)
    owner = replace(call, receiver=value)
    return Policy(call, {name.lower(): current(owner, name) for name in content.attributes if name.lower() in names})


def _of_class(
    call: Call, value: Value, content: Object, of: Class, names: Collection[str], own: Collection[str]
) -> Policy:
    """What an instance of a class of the project says."""
    # Here: models name their libraries to the gate, which must not load the parser.
    from jwt_sast.semantics import lookup, records

    is_own = any(isinstance(base, Symbol) and base.name in own for one in order(of) for base in one.bases)
    given: dict[str, Argument] = {}
    for name in dict.fromkeys([*content.attributes, *(name for one in order(of) for name in one.members)]):
        if name.lower() in names:
            found = lookup.attribute(call.frame, call.state, value, name, call.place)
            if is_own and name not in content.attributes:
                found = Environment(name, found, origin=found.origin)
            given[name.lower()] = _placed(call, found)
    record = records.record(call.state, of)
    return Policy(call, given, open=not is_own and (record is None or record.open))


def _of_pairs(call: Call, pairs: Sequence, names: Collection[str]) -> Policy:
    given: dict[str, Argument] = {}
    is_open = pairs.open
    for item in pairs.items:
        pair = call.state.content(item)
        match pair:
            case Sequence(items=(Known(constant=str() as name), value), open=False):
                if name.lower() in names:
                    given[name.lower()] = _placed(call, value)
            case _:
                is_open = True
    return Policy(call, given, is_open)


def _placed(call: Call, value: Value) -> Argument:
    """A setting at the place where it is written: the literal that it is, or that it falls back to."""
    setting = call.resolved(Argument(value, call.place))
    written = setting.value
    while isinstance(written, Environment) and written.fallback is not None:
        written = written.fallback
    origin = written.origin or setting.value.origin
    return setting if origin is None else replace(setting, place=origin.root.place)


def key(call: Call, context: Context, secret: Argument, algorithm: Argument) -> None:
    """Says which key the framework is given, for an algorithm or a list of them."""
    context.emit(KeyConfigured(where=where(call), key=secret, algorithms=algorithm))


def lifetime(call: Call, context: Context, length: Argument, kind: TokenKind = TokenKind.ACCESS) -> None:
    """Says how long the framework lets its tokens live; None and False say for ever."""
    context.emit(Lifetime(where=where(call), lifetime=length, kind=kind))


def cookie(
    call: Call,
    context: Context,
    name: Argument,
    *,
    secure: Switch,
    http_only: Switch,
    same_site: Argument,
    csrf: Switch = UNKNOWN,
) -> None:
    """Says how the framework sets the cookie that holds the token."""
    context.emit(
        TokenCookie(where=where(call), cookie=name, secure=secure, http_only=http_only, same_site=same_site, csrf=csrf)
    )


def surely_has(values: Value, wanted: str) -> bool:
    """Whether a list holds a text whatever it is, as far as the program says; what a variable may set counts for
    nothing.
    """
    lists = [one for one in possible(values) if not isinstance(one, Environment)]
    return bool(lists) and all(
        one == Known(wanted) or (isinstance(one, Sequence) and Known(wanted) in one.items) for one in lists
    )
