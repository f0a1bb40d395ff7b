"""What all libraries together bring, each kind in a table of its own, put together once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property

from jwt_sast.findings import Confidence
from jwt_sast.libraries import wrappers
from jwt_sast.libraries.library import Library, Model
from jwt_sast.libraries.registry import known
from jwt_sast.semantics.calls import Parameters
from jwt_sast.semantics.settings import Setting
from jwt_sast.semantics.values import Value
from jwt_sast.syntax.gate import Gate
from jwt_sast.tokens.wrappers import Wrapper


class Tables:
    """The tables of some libraries. Of two that have a word for the same name, the later one is asked."""

    def __init__(self, libraries: Sequence[Library]) -> None:
        self.libraries = tuple(libraries)

    @cached_property
    def gate(self) -> Gate:
        """Tells from a file's bytes whether any of the libraries may be used in it."""
        return Gate(mark for library in self.libraries for mark in library.marks)

    @cached_property
    def gates(self) -> tuple[tuple[Gate, Library], ...]:
        """Every library with what tells from a file's bytes whether it may be used there."""
        return tuple((Gate(library.marks), library) for library in self.libraries)

    @cached_property
    def makers_gate(self) -> Gate:
        """The same of those libraries that make or read tokens."""
        return Gate(mark for library in self.libraries if not library.carrier for mark in library.marks)

    @cached_property
    def functions(self) -> dict[str, Model]:
        """Every modelled function of every library, by qualified name."""
        return {name: model for library in self.libraries for name, model in library.functions.items()}

    @cached_property
    def methods(self) -> dict[str, Model]:
        """The methods that are recognised by their names alone."""
        return {name: model for library in self.libraries for name, model in library.methods.items()}

    @cached_property
    def exports(self) -> dict[str, tuple[str, ...]]:
        """What the modules bind; two packages may bear one name."""
        found: dict[str, tuple[str, ...]] = {}
        for library in self.libraries:
            for module, names in library.exports.items():
                found[module] = (*found.get(module, ()), *names)
        return found

    @cached_property
    def versioned(self) -> dict[str, Library]:
        """The libraries by the names that hold their releases."""
        return {library.version_name: library for library in self.libraries if library.version_name}

    @cached_property
    def signatures(self) -> dict[str, Parameters]:
        """The parameters of functions that programs hand to others."""
        return {name: parameters for library in self.libraries for name, parameters in library.signatures.items()}

    @cached_property
    def settings(self) -> tuple[Callable[[Value], Setting | None], ...]:
        """What tells whether a value is a setting of a framework, and which."""
        return tuple(library.setting for library in self.libraries if library.setting is not None)

    @cached_property
    def receivers(self) -> tuple[Callable[[Value], Confidence | None], ...]:
        """What tells whether a value is one that a client has sent, and how surely."""
        return tuple(library.received for library in self.libraries if library.received is not None)

    @cached_property
    def quiet(self) -> frozenset[Model]:
        """The models of those libraries that only carry tokens, which ask no caller for more."""
        carriers = (library for library in self.libraries if library.carrier)
        return frozenset(model for one in carriers for model in (*one.functions.values(), *one.methods.values()))

    @cached_property
    def packages(self) -> frozenset[str]:
        """The names by which libraries are imported."""
        return frozenset(package for library in self.libraries for package in library.packages)

    @cached_property
    def described(self) -> frozenset[str]:
        """The functions that may be functions of the project."""
        return frozenset(name for library in self.libraries for name in library.described)

    @cached_property
    def actors(self) -> frozenset[str]:
        """The classes that models have methods of, those of carriers left out."""
        makers = (library for library in self.libraries if not library.carrier)
        return frozenset(name.rpartition(".")[0] for one in makers for name in one.functions)

    @cached_property
    def methods_of_results(self) -> frozenset[str]:
        """The methods that models have of what functions give."""
        results = {of for library in self.libraries for of in library.results}
        named = (name.rpartition(".") for name in self.functions)
        return frozenset(method for of, _, method in named if of in results)


@cache
def tables_of(own: tuple[Wrapper, ...]) -> Tables:
    """The tables of all libraries, and of the program's own functions."""
    return Tables((*known(), *((wrappers.library(own),) if own else ())))
