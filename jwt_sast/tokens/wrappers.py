"""A program's own functions that sign or verify, as its settings describe them: no model knows them by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Parameter = str | int
"""A parameter by its name, or by its position from 0; the object that a method is called on does not count."""

Literal = str | bytes | int | float | complex | bool | None


@dataclass(frozen=True, slots=True)
class ParameterList:
    """A function's parameters as its `def` has them: the first `positional` of `names` may be given by position."""

    names: tuple[str, ...] = ()
    positional: int = 0
    defaults: tuple[tuple[str, Literal], ...] = ()
    """What stands for a parameter that is not given, where that is a literal."""
    text: str = field(default="", compare=False)
    """All of them as they were written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapper:
    """A function by its qualified name, `package.module.function` or `package.module.Class.method`.

    `parameters` is None where only its definition can tell. `accepts` holds what it does not refuse: `empty-key`, and
    for a verifier `any-algorithm`, where no list is given, and `none`, where the list has it.
    """

    name: str = ""
    parameters: ParameterList | None = None
    key: Parameter | None = None
    accepts: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The parts of the name."""
        return tuple(self.name.split("."))

    def used(self) -> tuple[Parameter, ...]:
        """The parameters that fill roles."""
        return tuple(one for one in self._roles() if one is not None)

    def _roles(self) -> tuple[Parameter | None, ...]:
        return (self.key,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer(Wrapper):
    """Makes a token. Each role is filled by the parameter that it names; `adds` are claims that the function adds by
    itself. `lifetime` is a number of seconds, a length of time, or a point in time.
    """

    claims: Parameter | None = None
    algorithm: Parameter | None = None
    headers: Parameter | None = None
    lifetime: Parameter | None = None
    adds: tuple[str, ...] = ()

    def _roles(self) -> tuple[Parameter | None, ...]:
        return (self.claims, self.key, self.algorithm, self.headers, self.lifetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier(Wrapper):
    """Verifies a token, and gives its claims or refuses.

    `checks` holds for the signature and for claims whether they are checked: always, never, or by the truth of a
    parameter. What is not in it is checked.
    """

    token: Parameter | None = None
    algorithms: Parameter | None = None
    audience: Parameter | None = None
    issuer: Parameter | None = None
    leeway: Parameter | None = None
    checks: tuple[tuple[str, Parameter | bool], ...] = ()

    def _roles(self) -> tuple[Parameter | None, ...]:
        switches = (said for _, said in self.checks if not isinstance(said, bool))
        return (self.token, self.key, self.algorithms, self.audience, self.issuer, self.leeway, *switches)


CHECKS = ("signature", "exp", "nbf", "iat", "aud", "iss")
"""What a verifier may check."""

ACCEPTS: Mapping[type[Wrapper], tuple[str, ...]] = {
    Signer: ("empty-key",),
    Verifier: ("empty-key", "any-algorithm", "none"),
}
"""What functions of each kind may be said not to refuse."""
