"""Where a class looks for its members: the order of its bases, and what `super()` stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jwt_sast.semantics.bounds import MAX_BASES
from jwt_sast.semantics.calls import Call, Model
from jwt_sast.semantics.values import Absent, Class, Object, Produced, Value, alternatives

SUPER = "super"
"""What `super()` is: `detail` holds the receiver and the classes in which its members are looked for, in order."""


def order(of: Class, depth: int = MAX_BASES) -> tuple[Class, ...]:
    """`of` and its bases of this project in the order in which Python looks through them (the C3 linearisation).

    Source: https://docs.python.org/3/howto/mro.html. Bases that cannot be seen are left out.
    """
    bases = [option for base in of.bases for option in alternatives(base) if isinstance(option, Class)]
    if depth == 0 or not bases:
        return (of,)
    lines = [list(order(base, depth - 1)) for base in bases] + [bases]
    merged = [of]
    while lines := [line for line in lines if line]:
        head = next((line[0] for line in lines if not any(line[0] in other[1:] for other in lines)), lines[0][0])
        merged.append(head)
        lines = [[one for one in line if one != head] for line in lines]
    return tuple(merged)


def _super(call: Call) -> Value:
    """`super()` and `super(Class, self)`: the class in whose body the running method stands says where to begin."""
    function = call.frame.function
    if function is None:
        return call.unknown()
    start: Value | None = call.first()
    if isinstance(start, Absent):
        start = function.scope.owners.get(function.node)
    given = call.value(1)
    receiver = function.receiver if isinstance(given, Absent) else given
    content = receiver if receiver is None else call.state.content(receiver)
    of = content.of if isinstance(content, Object) else content
    if not isinstance(start, Class) or not isinstance(of, Class) or receiver is None:
        return call.unknown()
    return Produced(SUPER, (receiver, after(order(of), start)), call.place.node, origin=call.origin())


def after(classes: Sequence[Class], start: Class) -> tuple[Class, ...]:
    """What comes behind `start` in an order of classes."""
    nodes = [one.node for one in classes]
    return tuple(classes[nodes.index(start.node) + 1 :]) if start.node in nodes else order(start)[1:]


FUNCTIONS: Mapping[str, Model] = {"builtins.super": _super}
