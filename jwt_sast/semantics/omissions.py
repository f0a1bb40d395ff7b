"""What a dump of a record is told to leave out: `exclude_none=True`, `exclude={"a"}`, `include=…` and the like."""

from __future__ import annotations

from dataclasses import dataclass

from jwt_sast.semantics.calls import Call
from jwt_sast.semantics.truth import truth
from jwt_sast.semantics.values import Absent, Known, Mapping, Sequence, Unknown, Value


@dataclass(frozen=True, slots=True)
class Omissions:
    """What a dump is told to leave out. None stands for a switch that cannot be known."""

    empty: bool | None = False
    """Fields that are None."""
    unset: bool | None = False
    defaults: bool | None = False
    named: Value | None = None
    """Fields by name."""
    others: Value | None = None
    """All fields but these, by name."""
    by_alias: bool | None = False
    texts: bool | None = False
    """Whether times are written as texts."""
    iterated: bool = False
    """Whether it is no dump but `dict(model)`, which goes over the fields as they are."""


NOTHING = Omissions()


def omissions(call: Call) -> Omissions:
    """What the arguments of `model_dump` and its relatives leave out."""
    hidden = None if call.arguments.more_keywords else False

    def switch(name: str) -> bool | None:
        argument = call.arguments.keywords.get(name)
        return hidden if argument is None else truth(argument.value)

    def names(name: str) -> Value | None:
        argument = call.arguments.keywords.get(name)
        if argument is None or (isinstance(argument.value, Known) and argument.value.constant is None):
            return None if hidden is False else Unknown("hidden by stars")
        return call.state.content(argument.value)

    mode = call.arguments.keywords.get("mode")
    python_mode = mode is None or mode.value == Known("python")
    return Omissions(
        switch("exclude_none"),
        switch("exclude_unset"),
        switch("exclude_defaults"),
        names("exclude"),
        names("include"),
        switch("by_alias"),
        texts=False if python_mode else None,
    )


def lists(names: Value, name: str) -> bool | None:
    """Whether a set, list or dict of names holds `name`; None where that cannot be said."""
    match names:
        case Mapping():
            # A dict says more of a field than its name: which parts of it, or that it is meant as a whole.
            entry = names.get(name)
            return False if isinstance(entry, Absent) else (True if entry == Known(True) else None)
        case Sequence(items=items, open=False):
            if all(isinstance(item, Known) for item in items):
                return Known(name) in items
    return None
