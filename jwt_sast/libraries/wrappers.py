"""The program's own functions that sign or verify, as one more library; see `tokens/wrappers.py`.

They may lie in the project or outside of it. Where they lie in it, their definition tells parameters and defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jwt_sast.config.functions import misfit
from jwt_sast.libraries.library import Context, Library, Model, instance, sign, verify, where
from jwt_sast.libraries.lifetimes import expiring
from jwt_sast.semantics import described, values
from jwt_sast.semantics.calls import Argument, BoundArguments, Call, Parameters
from jwt_sast.semantics.values import Absent, Class, Entry, Known, Presence, Symbol, Value, each
from jwt_sast.tokens.events import Verification
from jwt_sast.tokens.switches import OFF, ON, Switch, switch
from jwt_sast.tokens.wrappers import Parameter, Signer, Verifier, Wrapper


def library(wrappers: Sequence[Wrapper]) -> Library:
    """The library that all of them make."""
    functions: dict[str, Model] = {one.name.rpartition(".")[0]: _owner for one in wrappers}
    functions |= {one.name: _model(one) for one in wrappers}
    # Only in the file that defines a function does its name alone tell that it is this one.
    definitions = b"|".join(re.escape(word.encode()) for word in sorted({one.path[-1] for one in wrappers}))
    return Library(
        name="functions of the program",
        distribution="",
        packages=tuple(sorted({one.path[0] for one in wrappers})),
        marks=tuple((word.encode(),) for word in sorted({word for one in wrappers for word in _needed(one)})),
        names=re.compile(rb"\bdef[ \t]+(" + definitions + rb")\b"),
        functions=functions,
        described=frozenset(one.name for one in wrappers),
        signatures={one.name: _declared(one) for one in wrappers if one.parameters is not None},
    )


def _needed(wrapper: Wrapper) -> Iterator[str]:
    """What is in every file that has to do with a function, wherever it has it from. One that only makes the object
    mentions the class and not the method.
    """
    yield wrapper.path[-1]
    if len(wrapper.path) > 2:
        yield wrapper.path[-2]


def _model(wrapper: Wrapper) -> Model:
    match wrapper:
        case Signer():
            return lambda call, context: _sign(wrapper, call, context)
        case Verifier():
            return lambda call, context: _verify(wrapper, call, context)
    raise TypeError(f"neither a signer nor a verifier: {wrapper.name}")


def _owner(call: Call, context: Context) -> Value | None:
    """An object of a class that has such a method; a class of the project makes its own."""
    found = call.state.opened(Symbol(call.function, origin=call.origin()))
    return None if isinstance(found, Class) else instance(call)


@dataclass(frozen=True, slots=True)
class _Given:
    """The arguments of a call by parameter, in `names` the parameters in their order."""

    call: Call
    bound: BoundArguments
    names: Sequence[str]
    defaults: Mapping[str, Argument]

    def __getitem__(self, parameter: Parameter | None) -> Argument:
        """What fills a role, unknown where nobody says which parameter does, or what stands for it by default."""
        nothing = Argument(self.call.unknown(), self.call.place)
        names = self.names[parameter : parameter + 1] if isinstance(parameter, int) else (parameter,)
        if not names or names[0] is None:
            return nothing
        argument = self.bound[names[0]]
        return self.defaults.get(names[0], nothing) if isinstance(argument.value, Absent) else argument

    def optional(self, parameter: Parameter | None) -> Argument | None:
        """The same, None where the function has no parameter for a role."""
        return None if parameter is None else self[parameter]


def _declared(wrapper: Wrapper) -> Parameters:
    """The parameters as the settings have them. Where they do not list them, those that fill roles have to do."""
    if wrapper.parameters is not None:
        return Parameters(wrapper.parameters.names, wrapper.parameters.positional)
    used = [one for one in wrapper.used() if one is not None]
    count = max((one + 1 for one in used if isinstance(one, int)), default=0)
    # No keyword can be a number: what is known by its position only is given by position only.
    return Parameters((*map(str, range(count)), *(one for one in used if isinstance(one, str))), count)


def _given(wrapper: Wrapper, call: Call, context: Context) -> _Given:
    """The arguments of a call. Where the function is found, it is asked for its parameters, not the settings."""
    definition = described.definition(call)
    if definition is not None:
        call = described.bound(call, definition)
        order, defaults = described.parameters(definition)
        if not described.collects(definition):
            _tell_misfits(wrapper, order.names, call, context)
    else:
        order = _declared(wrapper)
        literals = () if wrapper.parameters is None else wrapper.parameters.defaults
        defaults = {name: Argument(Known(literal, origin=call.origin()), call.place) for name, literal in literals}
    # What it collects by `**` may fill a role too.
    collected = [one for one in wrapper.used() if isinstance(one, str) and one not in order.names]
    return _Given(call, call.bind(replace(order, names=(*order.names, *collected))), order.names, defaults)


def _tell_misfits(wrapper: Wrapper, names: Sequence[str], call: Call, context: Context) -> None:
    """Parameters that the settings name and the function does not have."""
    for one in wrapper.used():
        if problem := misfit(one, names):
            context.mistaken(call, f"{wrapper.name} {problem}")


def _sign(wrapper: Signer, call: Call, context: Context) -> Value:
    given = _given(wrapper, call, context)
    content = given[wrapper.claims]
    content = replace(content, value=each(content.value, lambda one: _with_claims(one, wrapper.adds, call)))
    lifetime = given.optional(wrapper.lifetime)
    return sign(
        call,
        context,
        content if lifetime is None else expiring(content, lifetime),
        given[wrapper.key],
        given[wrapper.algorithm],
        empty_key="empty-key" in wrapper.accepts,
        headers=given.optional(wrapper.headers),
    )


def _with_claims(content: Value, names: Sequence[str], call: Call) -> Value:
    """Claims and those that the function adds, whatever is in them."""
    if isinstance(content, values.Mapping):
        for name in names:
            content = content.with_entry(name, Entry(call.unknown(), Presence.ALWAYS))
    return content


def _verify(wrapper: Verifier, call: Call, context: Context) -> Value:
    given = _given(wrapper, call, context)
    switches = {name: _switch(given, said) for name, said in wrapper.checks}
    event = Verification(
        where=where(call),
        token=given[wrapper.token],
        key=given[wrapper.key],
        algorithms=given[wrapper.algorithms],
        any_algorithm="any-algorithm" in wrapper.accepts,
        honours_none="none" in wrapper.accepts,
        empty_key="empty-key" in wrapper.accepts,
        # Of a check that is made nothing more is known, such as whether the claim has to be there.
        checks={name: one for name, one in switches.items() if one.may_be_off},
        audience=given.optional(wrapper.audience),
        issuer=given.optional(wrapper.issuer),
        leeway=given.optional(wrapper.leeway),
    )
    return verify(call, context, event, switches.get("signature", ON))


def _switch(given: _Given, said: Parameter | bool) -> Switch:
    """Whether something is checked."""
    if isinstance(said, bool):
        return ON if said else OFF
    return switch(given[said])
