"""What all libraries together bring, each kind in a table of its own, put together once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from jwt_sast.findings import Confidence
from jwt_sast.libraries.library import Model
from jwt_sast.libraries.registry import known
from jwt_sast.semantics.calls import Parameters
from jwt_sast.semantics.settings import Setting
from jwt_sast.semantics.values import Value


@cache
def functions() -> dict[str, Model]:
    """Every modelled function of every library, by qualified name."""
    return {name: model for library in known() for name, model in library.functions.items()}


@cache
def methods() -> dict[str, Model]:
    """The methods that are recognised by their names alone."""
    return {name: model for library in known() for name, model in library.methods.items()}


@cache
def exports() -> dict[str, tuple[str, ...]]:
    """What the modules bind; two packages may bear one name."""
    found: dict[str, tuple[str, ...]] = {}
    for library in known():
        for module, names in library.exports.items():
            found[module] = (*found.get(module, ()), *names)
    return found


@cache
def signatures() -> dict[str, Parameters]:
    """The parameters of functions that programs hand to others."""
    return {name: parameters for library in known() for name, parameters in library.signatures.items()}


@cache
def settings() -> tuple[Callable[[Value], Setting | None], ...]:
    """What tells whether a value is a setting of a framework, and which."""
    return tuple(library.setting for library in known() if library.setting is not None)


@cache
def receivers() -> tuple[Callable[[Value], Confidence | None], ...]:
    """What tells whether a value is one that a client has sent, and how surely."""
    return tuple(library.received for library in known() if library.received is not None)


@cache
def quiet() -> frozenset[Model]:
    """The models of those libraries that only carry tokens, which ask no caller for more."""
    carriers = (library for library in known() if library.carrier)
    return frozenset(model for one in carriers for model in (*one.functions.values(), *one.methods.values()))


@cache
def packages() -> frozenset[str]:
    """The names by which libraries are imported."""
    return frozenset(package for library in known() for package in library.packages)


@cache
def actors() -> frozenset[str]:
    """The classes that models have methods of, those of carriers left out."""
    makers = (library for library in known() if not library.carrier)
    return frozenset(name.rpartition(".")[0] for one in makers for name in one.functions)


@cache
def methods_of_results() -> frozenset[str]:
    """The methods that models have of what functions give."""
    results = {of for library in known() for of in library.results}
    named = (name.rpartition(".") for name in functions())
    return frozenset(method for of, _, method in named if of in results)
