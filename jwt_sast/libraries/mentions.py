"""What a file is seen to mention of the libraries, from its bytes or from what its module binds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import TYPE_CHECKING

from jwt_sast.libraries import tables
from jwt_sast.libraries.library import Library
from jwt_sast.libraries.registry import known
from jwt_sast.semantics.interest import Interest
from jwt_sast.semantics.values import Object, Reference, Symbol
from jwt_sast.syntax.gate import Gate
from jwt_sast.tokens import jwk

if TYPE_CHECKING:
    # The gate asks the models for their marks, and must not load the parser.
    from jwt_sast.semantics.environment import ModuleScope


@cache
def gates() -> tuple[tuple[Gate, Library], ...]:
    """Every library with what tells from a file's bytes whether it may be used there."""
    return tuple((Gate(library.marks), library) for library in known())


def packages_in(data: bytes) -> frozenset[str]:
    """The names by which those libraries are imported that a file with these bytes may use."""
    return frozenset(name for gate, library in gates() if gate.lets_pass(data) for name in library.packages)


def methods_in(data: bytes) -> frozenset[str]:
    """What a file with these bytes mentions that is worth a look by its name: methods, and names beside them."""
    found: set[str] = set()
    for gate, library in gates():
        passes = gate.lets_pass(data)
        if passes:
            found.update(library.methods)
        if library.names is not None and (passes if library.marks else _makers_gate().lets_pass(data)):
            found.update(match.decode() for match in library.names.findall(data))
    return frozenset(found)


@cache
def _makers_gate() -> Gate:
    return Gate(mark for library in known() if not library.carrier for mark in library.marks)


def interest(matters: Callable[[bytes], bool], sought: Collection[str] = ()) -> Interest:
    """What the models have words for. `matters` tells from a file's bytes whether any of them may be used in it."""
    makers, carriers = (
        {package: _words(package) for library in known() if library.carrier is carrier for package in library.packages}
        for carrier in (False, True)
    )
    alarms = sorted({alarm for library in known() for alarm in library.alarms})
    return Interest(makers, carriers, matters, _makers_gate().lets_pass, alarms, frozenset(sought))


@cache
def _words(package: str) -> frozenset[str]:
    """The parts of the names that a package's functions have in the models."""
    libraries = [library for library in known() if package in library.packages]
    names = [name for one in libraries for name in one.functions]
    names += [f"{module}.{name}" for one in libraries for module, bound in one.exports.items() for name in bound]
    return frozenset(part for name in names if name.startswith(f"{package}.") for part in name.split(".")[1:])


def actors_of(module: ModuleScope) -> frozenset[str]:
    """The names of a module's own objects that sign or verify: whoever imports one need not mention its library."""
    found = set()
    for name, value in module.names.items():
        content = module.heap.get(value.address) if isinstance(value, Reference) else None
        of = content.of if isinstance(content, Object) and jwk.MATERIAL not in content.attributes else None
        if isinstance(of, Symbol) and of.name in tables.actors():
            found.add(name)
    return frozenset(found)
