"""Whether a value is truthy, as far as that can be said without the heap."""

from __future__ import annotations

from jwt_sast.semantics.values import (
    Class,
    Duration,
    Function,
    Instant,
    Known,
    Mapping,
    OneOf,
    Partial,
    Presence,
    Sequence,
    Symbol,
    Text,
    Value,
)


def truth(value: Value) -> bool | None:
    """Whether `value` is truthy; None where that cannot be said."""
    match value:
        case Known(constant=constant):
            return bool(constant)
        case Mapping(entries=entries, open=open_):
            if any(entry.presence is Presence.ALWAYS for entry in entries.values()):
                return True
            return None if open_ or entries else False
        case Sequence(items=items, open=open_):
            # What an open one lists, it may have lost on another path.
            return None if open_ else bool(items)
        case Instant() | Function() | Class() | Partial():
            return True
        case Symbol(name=name):
            # What is imported from elsewhere can be a flag as well as a function.
            return True if name.startswith("builtins.") else None
        case Duration(seconds=seconds):
            return None if seconds is None else bool(seconds)
        case Text(pieces=pieces):
            return True if any(isinstance(piece, str) and piece for piece in pieces) else None
        case OneOf(alternatives=options):
            answers = {truth(option) for option in options}
            return answers.pop() if len(answers) == 1 else None
        case _:
            return None
