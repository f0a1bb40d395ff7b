"""What a file is seen to mention of the libraries, from its bytes or from what its module binds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from jwt_sast.libraries.tables import Tables
from jwt_sast.semantics.interest import Interest
from jwt_sast.semantics.values import Object, Reference, Symbol
from jwt_sast.tokens import jwk

if TYPE_CHECKING:
    # The gate asks the models for their marks, and must not load the parser.
    from jwt_sast.semantics.environment import ModuleScope


def packages_in(data: bytes, tables: Tables) -> frozenset[str]:
    """The names by which those libraries are imported that a file with these bytes may use."""
    return frozenset(name for gate, library in tables.gates if gate.lets_pass(data) for name in library.packages)


def methods_in(data: bytes, tables: Tables) -> frozenset[str]:
    """What a file with these bytes mentions that is worth a look by its name: methods, and names beside them."""
    found: set[str] = set()
    for gate, library in tables.gates:
        passes = gate.lets_pass(data)
        if passes:
            found.update(library.methods)
        if library.names is not None and (passes if library.marks else tables.makers_gate.lets_pass(data)):
            found.update(match.decode() for match in library.names.findall(data))
    return frozenset(found)


def interest(tables: Tables, matters: Callable[[bytes], bool], sought: Collection[str] = ()) -> Interest:
    """What the models have words for. `matters` tells from a file's bytes whether any of them may be used in it."""
    makers, carriers = (
        {
            package: _words(package, tables)
            for library in tables.libraries
            if library.carrier is carrier
            for package in library.packages
        }
        for carrier in (False, True)
    )
    alarms = sorted({alarm for library in tables.libraries for alarm in library.alarms})
    makes = tables.makers_gate.lets_pass
    return Interest(makers, carriers, matters, makes, alarms, frozenset(sought), tables.described)


def _words(package: str, tables: Tables) -> frozenset[str]:
    """The parts of the names that a package's functions have in the models."""
    libraries = [library for library in tables.libraries if package in library.packages]
    names = [name for one in libraries for name in one.functions]
    names += [f"{module}.{name}" for one in libraries for module, bound in one.exports.items() for name in bound]
    return frozenset(part for name in names if name.startswith(f"{package}.") for part in name.split(".")[1:])


def actors_of(module: ModuleScope, tables: Tables) -> frozenset[str]:
    """The names of a module's own objects that sign or verify: whoever imports one need not mention its library."""
    found = set()
    for name, value in module.names.items():
        content = module.heap.get(value.address) if isinstance(value, Reference) else None
        of = content.of if isinstance(content, Object) and jwk.MATERIAL not in content.attributes else None
        if isinstance(of, Symbol) and of.name in tables.actors:
            found.add(name)
    return frozenset(found)
