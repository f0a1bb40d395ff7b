"""What a library model is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from jwt_sast.findings import Confidence
from jwt_sast.libraries.key_objects import key_material
from jwt_sast.semantics.calls import Argument, Call, Parameters
from jwt_sast.semantics.values import (
    Absent,
    Known,
    Object,
    Produced,
    Symbol,
    Text,
    Value,
    Zone,
    alternatives,
    one_of,
)
from jwt_sast.tokens import late_checks, reading
from jwt_sast.tokens.events import (
    AnswerDropped,
    Event,
    IgnoredArgument,
    Signing,
    UnverifiedRead,
    Verification,
    Where,
)
from jwt_sast.tokens.late_checks import LateChecks
from jwt_sast.tokens.recognition import TOKEN
from jwt_sast.tokens.surroundings import is_statement
from jwt_sast.tokens.switches import ON, Switch

if TYPE_CHECKING:
    from jwt_sast.semantics.calls import BoundArguments
    from jwt_sast.semantics.environment import Frame
    from jwt_sast.semantics.settings import Setting
    from jwt_sast.semantics.state import State
    from jwt_sast.tokens.disclosure import Shown


class Context(Protocol):
    """What a model can ask and say besides the call itself."""

    def emit(self, event: Event) -> None:
        """Says that something happens to a token."""
        ...

    def show(self, shown: Shown) -> None:
        """Says that a value is written where others read it, which may turn out to be a token or a key."""
        ...

    def leave_open(self, call: Call, *values: Value) -> None:
        """Says that whether anything happens to a token depends on `values`, which callers may know, or on arguments of
        a call that they hand through.
        """
        ...

    def session_secret(self, value: Value) -> None:
        """Says that a web framework's own secret, with which it signs sessions, has been read."""
        ...

    def mistaken(self, call: Call, problem: str) -> None:
        """Says that the settings are wrong about the function that is called."""
        ...

    def version(self, library: Library) -> tuple[int, ...]:
        """The release of the library that the project uses, as numbers."""
        ...

    def setting(self, value: Value) -> Setting | None:
        """The setting of a framework that a name or a part of something is."""
        ...


_Named = TypeVar("_Named")

Model = Callable[[Call, Context], Value | None]
"""Turns a call into events; gives its result, None where nothing can be said of it."""

BodyModel = Callable[["Frame", "State", Context], None]
"""Looks at a module once its body has been run, in a frame and to a state."""


@dataclass(frozen=True, slots=True)
class Library:
    """One library: what it is called, how it is recognised, what its functions do.

    `marks` are the byte strings without which no file can use it (alternatives; all of a tuple must occur): the gate
    is made of them. `packages` are the top-level names that it is imported by. `functions` maps qualified names to
    models, with methods under `module.Class.method`. `exports` lists what `from module import *` binds. `releases` are
    those that the model tells apart, oldest first.

    A model that only gives values to those that handle tokens, such as one of settings, or that says something of
    values which these have made, such as one of logs, has neither `marks` nor `packages`: by itself it makes no file
    and no function worth a look.
    """

    name: str
    distribution: str
    packages: tuple[str, ...]
    marks: tuple[tuple[bytes, ...], ...]
    functions: Mapping[str, Model]
    methods: Mapping[str, Model] = field(default_factory=dict)
    """Models of methods whose object cannot be told, by the method's name alone or with the last name of its object:
    `set_cookie`, where nothing but the name and the arguments shows what the object is, or `logger.info`."""
    names: re.Pattern[bytes] | None = None
    """Finds, in its first group, names that make a function worth a look: in the files that pass the gate by `marks`,
    or where there are none, in those that may use a library which makes or reads tokens."""
    versions: str = ""
    """The releases that its contract has been run with, as README tells them; "" for what is no package of its own."""
    releases: tuple[str, ...] = ()
    version_name: str = ""
    """The name that holds the release as a text, where programs tell by it which one they have."""
    exports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    carrier: bool = False
    """Whether it only carries tokens that something else has made: calls of it are not looked for in other modules."""
    alarms: tuple[bytes, ...] = ()
    """For a carrier: regular expressions one of which matches in what it is given, or in what sets that up, wherever
    a check has something to say about it."""
    signatures: Mapping[str, Parameters] = field(default_factory=dict)
    """The parameters of functions that programs hand to runners, `run_blocking(jwt.encode, claims, key)`, or put on
    functions of their own as decorators."""
    results: tuple[str, ...] = ()
    """The classes of what functions give, `Produced.of`, methods of which are among `functions`."""
    setting: Callable[[Value], Setting | None] | None = None
    """Tells the setting that a name or a part of something is: `django.conf.settings.SECRET_KEY`."""
    body: BodyModel | None = None
    """Turns what the body of a module has bound into events: a dict of settings, a class with a lifetime."""
    received: Callable[[Value], Confidence | None] | None = None
    """Tells how sure it is that a value, as a whole, is what a client has sent; None where nothing says so."""
    described: frozenset[str] = frozenset()
    """Those of its functions that may be functions of the project: calls of them are not followed even then."""


def aliases(functions: Mapping[str, _Named], *prefixes: tuple[str, str]) -> dict[str, _Named]:
    """`functions` and the same ones under other names: each pair is a prefix and what may stand in its place."""
    named = dict(functions)
    for prefix, other in prefixes:
        named |= {
            other + name.removeprefix(prefix): model for name, model in functions.items() if name.startswith(prefix)
        }
    return named


def instance(call: Call, attributes: Mapping[str, Value] | None = None) -> Value:
    """What a constructor of the library gives: an object whose methods are models too."""
    return call.state.allocate(Object(dict(attributes or {}), of=Symbol(call.function), origin=call.origin()))


def signed(call: Call) -> Value:
    """A token that the call has just made."""
    return Produced(TOKEN, None, call.place.node, origin=call.origin())


def claims(call: Call, made: reading.Reading) -> Value:
    """The claims of a token as a value."""
    return Produced(reading.CLAIMS, made, call.place.node, origin=call.origin())


def where(call: Call, function: str = "") -> Where:
    """Where an event happens; `function` is what the call is named in messages, by default its qualified name."""
    return Where(call.place, function or call.function, call.frame.caller is not None, call.frame.entry.function_name)


def read_unverified(
    call: Call,
    context: Context,
    token: Argument,
    at: Argument | None = None,
    *,
    sure: bool = True,
    at_once: bool = True,
    by_hand: bool = False,
) -> Value:
    """Claims read without a check of the signature: says so and gives the claims. `at` is what switched it off. Without
    `at_once` they come along with something else, such as the header, and it is not the call that reads them, but
    whoever looks at what it gives. `by_hand` tells that no library was asked.
    """
    made = reading.Reading(token.value, call.place, verified=False, depth=call.frame.depth)
    event = UnverifiedRead(
        where=where(call),
        token=token,
        at=call.place if at is None else at.place,
        sure=sure,
        reading=made,
        switched_by=None if at is None else at.value.origin,
        after_failure=reading.was_attempted(token.value, call.state),
        by_hand=by_hand,
    )
    if at_once:
        reading.begin(made, call.state)
    context.emit(event)
    return claims(call, made)


def sign(
    call: Call,
    context: Context,
    content: Argument,
    key: Argument,
    algorithm: Argument,
    *,
    empty_key: bool = False,
    naive: Zone = Zone.UTC_NAIVE,
    lifetime: Argument | None = None,
    headers: Argument | None = None,
) -> Value:
    """A token is made, with a key or a key object: says so and gives the token. The rest is as `Signing` has it."""
    context.emit(
        Signing(
            where=where(call),
            claims=content,
            key=key_material(key),
            algorithm=algorithm,
            empty_key=empty_key,
            naive=naive,
            lifetime=lifetime,
            headers=headers,
            context=call.frame.function_name,
        )
    )
    return signed(call)


def defaulted(argument: Argument, default: str) -> Argument:
    """`argument`, or what the library goes by where it is not given, or is None."""
    is_default = isinstance(argument.value, Absent) or argument.value == Known(None)
    return replace(argument, value=Known(default)) if is_default else argument


def verify(
    call: Call,
    context: Context,
    event: Verification,
    signature: Switch = ON,
    *,
    late: LateChecks | None = None,
    at_once: bool = True,
) -> Value:
    """A verification, or a mere reading where `signature` is off: says so and gives the claims. `late` are the checks
    that wait for a second call, for which `late_checks.make` is told; `at_once` as for `read_unverified`.
    """
    event.signature = signature
    unverified: Value | None = None
    if signature.may_be_off:
        unverified = read_unverified(
            call, context, event.token, signature.argument, sure=signature.is_off, at_once=at_once
        )
        if signature.is_off:
            return unverified
    made = event.claims = reading.Reading(event.token.value, call.place, verified=True, depth=call.frame.depth)
    context.emit(event)
    reading.attempt(made.token, call.state, after_reading=unverified is None)
    call.frame.may_raise(call.state)
    if late is not None:
        made.late = late
        late_checks.begin(made, call.state)
    if unverified is not None:
        return one_of((unverified, claims(call, made)))
    reading.succeed(made.token, call.state)
    return claims(call, made)


def check_of_their_own(call: Call, context: Context) -> None:
    """`validate()` of what a class that cannot be seen has made of claims: it is there to make the second call."""
    if call.receiver is not None:
        late_checks.make(call.receiver, call.state)


def fetched(call: Call, url: Value) -> Value:
    """What a call fetches from an address: where the address comes from a token, so does this."""
    parts = [hole for option in alternatives(url) if isinstance(option, Text) for hole in option.holes]
    return call.made_of((*parts, url))


def header(call: Call, token: Argument) -> Value:
    """The header of a token, which nothing vouches for."""
    made = reading.Reading(token.value, call.place, verified=False)
    return Produced(reading.HEADER, made, call.place.node, origin=call.origin())


UNKNOWN_OPTION = "the library knows no such option; remove it"
"""What to say of an option that is ignored whatever its value."""


def ignore(context: Context, call: Call, name: str, at: Argument, meant: str) -> None:
    """Says that an argument has no effect."""
    context.emit(IgnoredArgument(where=where(call), name=name, at=at.place, meant=meant))


def answered(call: Call, context: Context) -> Value:
    """A verification that answers true or false: says so where nobody takes the answer."""
    if is_statement(call.place):
        context.emit(AnswerDropped(where=where(call)))
    call.escape()
    return call.unknown()


def given(bound: BoundArguments, name: str) -> bool:
    """Whether an argument was given, or may have been."""
    return not isinstance(bound[name].value, Absent)
