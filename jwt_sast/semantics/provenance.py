"""Where a value comes from: a place in a file, and the chain of places that it came through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from libcst import CSTNode

    from jwt_sast.findings import Location
    from jwt_sast.syntax.source import Source


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a file. Its position is computed only when a finding asks for it."""

    source: Source
    node: CSTNode

    @property
    def location(self) -> Location:
        """The span of the node: 1-based, columns in code points, end exclusive."""
        return self.source.location(self.node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self.node is other.node

    def __hash__(self) -> int:
        return id(self.node)


@dataclass(frozen=True, slots=True)
class Origin:
    """One step of a value's way, newest first; `message` says what happened there.

    `passed` is the parameter by which the value came into a called function; the place is then the argument.
    """

    place: Place
    message: str = ""
    parent: Origin | None = None
    passed: str = ""

    @property
    def owner(self) -> Place | None:
        """The argument by which the value left the frame that owns it; None where it never left."""
        return next((step.place for step in self if step.passed), None)

    def after(self, earlier: Origin | None) -> Origin:
        """The same steps as continuation of `earlier` ones."""
        result = earlier
        for step in self:
            result = Origin(step.place, step.message, result, step.passed)
        assert result is not None, "there is at least this step"
        return result

    def grafted(self, earlier: Origin | None) -> Origin:
        """The same steps, with those of `earlier` that lead up to the first of them."""
        if earlier is None or earlier.parent is None or earlier.place != self.root.place:
            return self
        _, *later = self
        result = earlier
        for step in later:
            result = Origin(step.place, step.message, result, step.passed)
        return result

    @property
    def root(self) -> Origin:
        """Where the value began: the literal, the call, the parameter."""
        step = self
        while step.parent is not None:
            step = step.parent
        return step

    def __iter__(self) -> Iterator[Origin]:
        """The steps from the beginning to here."""
        steps = []
        step: Origin | None = self
        while step is not None:
            steps.append(step)
            step = step.parent
        return reversed(steps)
