"""The settings of a run. Each is one entry of `Settings`: from it follow how it is read, its option of the command line
and of flake8, its place in the JSON schema, in `jwt-sast config` and in README.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from jwt_sast.config.functions import Functions
from jwt_sast.config.globs import Glob
from jwt_sast.config.kinds import (
    DAY,
    Code,
    Collected,
    Count,
    Kind,
    LevelOf,
    ListOf,
    Pattern,
    Switch,
    Table,
    Text,
    Time,
    Version,
    Word,
)
from jwt_sast.config.words import ConfigError, checks, libraries, nearest
from jwt_sast.findings import Confidence, Finding, Persona, Severity
from jwt_sast.tokens.wrappers import Signer, Verifier, Wrapper

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting:
    """What there is to know of a setting. `help` is one sentence for every place that lists settings."""

    name: str
    kind: Kind[Any]
    default: Any
    help: str

    @property
    def field(self) -> str:
        """Its attribute of `Settings`."""
        return self.name.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings as one place gives them, by their names and not read yet; None means "not given".

    `prefix` stands before the names in messages. `folder` is where patterns for paths start, absolute. `file` is what
    the settings were read from, None where they are options.
    """

    values: Mapping[str, object]
    prefix: str
    folder: str
    file: str | None = None

    @classmethod
    def of_options(cls, given: Mapping[str, Sequence[str] | bool | None], prefix: str) -> Layer:
        """The layer of a door's options: by settings, the words that each was given, and for a switch whether it is on.
        Their names are those of the settings with `prefix` in front; patterns start from the working directory.
        """
        values = {
            name: words if words is None or isinstance(words, bool) else SETTINGS[name].kind.parse(words)
            for name, words in given.items()
        }
        return cls(values, prefix, os.getcwd())

    def gives(self, name: str) -> bool:
        """Whether it has a value for that setting."""
        return self.values.get(name) is not None

    def read(self) -> dict[str, Any]:
        """The values by the fields of `Settings`. Raises ConfigError."""
        values: dict[str, Any] = {}
        for name in filter(self.gives, self.values):
            setting = SETTINGS.get(name)
            if setting is None:
                raise ConfigError(f"{self.prefix}{name}: unknown setting; did you mean {nearest(name, SETTINGS)}?")
            try:
                values[setting.field] = setting.kind.read(self.values[name], self.folder)
            except ValueError as problem:
                raise ConfigError(f"{self.prefix}{name}: {problem}") from None
        return values


def _setting(default: T, kind: Kind[T], help: str) -> T:
    return field(default=default, metadata={"kind": kind, "help": help})


_CHECK = Word("check", checks)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run shows and where its limits lie."""

    select: tuple[str, ...] = _setting(
        (), ListOf(Code()), "Show only these codes, prefixes or checks, whatever the persona."
    )
    extend_select: tuple[str, ...] = _setting((), Collected(Code()), "Show these as well, whatever the persona.")
    ignore: tuple[str, ...] = _setting((), ListOf(Code()), "Leave out these codes, prefixes or checks.")
    per_file_ignores: tuple[tuple[Glob, tuple[str, ...]], ...] = _setting(
        (), Table(Pattern(), ListOf(Code())), "Leave these codes out in files that match."
    )
    persona: Persona = _setting(
        Persona.REGULAR, LevelOf(Persona), "Whose findings to show: auditor adds what only a reviewer wants listed."
    )
    min_severity: Severity = _setting(Severity.LOW, LevelOf(Severity), "Leave out what is less severe.")
    min_confidence: Confidence = _setting(Confidence.LOW, LevelOf(Confidence), "Leave out what is less sure.")
    severity: tuple[tuple[str, Severity], ...] = _setting(
        (), Table(_CHECK, LevelOf(Severity)), "How severe the findings of a check are, if not as it says itself."
    )
    max_lifetime: int = _setting(30 * DAY, Time(), "The longest that a token may live (JWT303).")
    max_refresh_lifetime: int = _setting(180 * DAY, Time(), "The longest that a refresh token may live (JWT303).")
    max_leeway: int = _setting(
        5 * 60, Time(), "The longest that a token may be accepted after it has expired (JWT307)."
    )
    min_key_bytes: int = _setting(
        0, Count(), "The fewest bytes of an HMAC key, where its algorithm asks for fewer (JWT503)."
    )
    local_hosts: tuple[str, ...] = _setting(
        (), ListOf(Text("HOST")), "Hosts that may be spoken to without TLS (JWT401, JWT407)."
    )
    sensitive_claims: tuple[str, ...] = _setting(
        (), ListOf(Text("NAME")), "Claims that nobody may read, beside those that are known (JWT203)."
    )
    assume_versions: tuple[tuple[str, str], ...] = _setting(
        (), Table(Word("library", libraries), Version()), "The release of a library, whatever the project declares."
    )
    require_suppression_reason: bool = _setting(
        False, Switch(), "Report suppression comments that do not say why (JWT903)."
    )
    signers: tuple[tuple[str, Signer], ...] = _setting(
        (), Functions(Signer), "The project's own functions that sign tokens, and by which parameters."
    )
    verifiers: tuple[tuple[str, Verifier], ...] = _setting(
        (), Functions(Verifier), "The project's own functions that verify tokens, and by which parameters."
    )

    @property
    def wrappers(self) -> tuple[Wrapper, ...]:
        """The project's own functions, with their names."""
        return tuple(replace(one, name=name) for name, one in (*self.signers, *self.verifiers))

    def wants(self, finding: Finding) -> bool:
        """Whether this run shows `finding`. The longest matching prefix decides between select and ignore.

        On a tie the finding is left out, as flake8 does it. What is ignored in its file is left out in any case, as
        Ruff does it.
        """
        if finding.severity < self.min_severity or finding.confidence < self.min_confidence:
            return False
        if self._ignores(finding.code, finding.location.path):
            return False
        selected = _longest_prefix(finding.code, (*self.select, *self.extend_select))
        ignored = _longest_prefix(finding.code, self.ignore)
        if selected:
            return selected > ignored
        return not self.select and not ignored and finding.persona <= self.persona

    def _ignores(self, code: str, path: str) -> bool:
        return any(code.startswith(codes) and glob.matches(path) for glob, codes in self.per_file_ignores)

    def severity_of(self, code: str, own: Severity) -> Severity:
        """How severe findings with that code are, where `own` is what their check says."""
        return dict(self.severity).get(code, own)

    def override(self, layer: Layer) -> Settings:
        """These settings with those of `layer` on top. Raises ConfigError.

        `extend-select` and tables add to what stood there, others replace it. A code that the layer selects by its very
        name is no longer ignored, unless it ignores it itself.
        """
        changes = layer.read()
        named = (*changes.get("select", ()), *changes.get("extend_select", ()))
        changes.setdefault("ignore", tuple(code for code in self.ignore if code not in named))
        kinds = {setting.field: setting.kind for setting in SETTINGS.values()}
        return replace(self, **{key: kinds[key].joined(getattr(self, key), value) for key, value in changes.items()})


SETTINGS: Mapping[str, Setting] = {
    name: Setting(name, one.metadata["kind"], one.default, one.metadata["help"])
    for name, one in ((one.name.replace("_", "-"), one) for one in fields(Settings))
}
"""Every setting, by its name in the configuration file."""


def _longest_prefix(code: str, prefixes: Iterable[str]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
