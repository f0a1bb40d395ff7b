"""What an extension of Flask or Quart finds in the configuration of the application that it is set up for.

The project fills the configuration, often in other files and after the extension has been set up. Which settings an
extension reads and what it does where one is missing is in its own model.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from jwt_sast.libraries.library import Context, where
from jwt_sast.semantics import searching
from jwt_sast.semantics.calls import Argument, Call
from jwt_sast.semantics.filled_settings import Filled, Nearest, Openness
from jwt_sast.semantics.provenance import Place
from jwt_sast.semantics.settings import Setting, Source
from jwt_sast.semantics.values import Duration, Environment, Known, Part, Sequence, Unknown, Value, alternatives, each
from jwt_sast.tokens.algorithms import is_hmac
from jwt_sast.tokens.events import KeyConfigured, Lifetime, TokenKind
from jwt_sast.tokens.keys import possible

Reading = Callable[[Value], Value]
"""What one value of a lifetime's setting comes to, as the event has it."""


class Configuration:
    """The configuration that an extension reads which `call` sets up or uses."""

    def __init__(self, call: Call, context: Context) -> None:
        self.call, self.context = call, context

    def get(self, name: str) -> Argument | None:
        """What a setting is, at the place where it is set; None where nobody is seen to set it, or to None."""
        filled = self._filled
        value = None if filled is None else self._resolved(Nearest(filled), name)
        if value is None or isinstance(value, Setting):
            return None
        return Argument(value, _set_at(value) or self.call.place)

    def given(self, name: str, default: str) -> Argument:
        """What a setting is, or what the extension takes where nobody sets it."""
        return self.get(name) or Argument(Known(default), self.call.place)

    @cached_property
    def is_open(self) -> bool:
        """Whether settings may come from where nobody sees them, so that what is missing may not be missing."""
        filled = self._filled
        return filled is None or self._resolved(Openness(filled), "") != Known(False)

    @property
    def root(self) -> str:
        """The folder of the project."""
        return searching.roots(os.path.dirname(os.path.abspath(self.call.place.source.path)))[-1]

    def mentions(self, word: re.Pattern[bytes]) -> bool:
        """Whether the project says `word` anywhere, or is too large to tell."""
        return searching.mentions(self.call.place.source.path, word)

    @cached_property
    def _filled(self) -> Filled | None:
        """Where the settings of applications are looked for; asked for as the program would read one."""
        config = Part(self.call.unknown(), "config", "attribute")
        setting = self.context.setting(Part(config, "SECRET_KEY", "item"))
        return setting.source if setting is not None and isinstance(setting.source, Filled) else None

    def _resolved(self, source: Source, name: str) -> Value:
        setting = Setting(source, name, origin=self.call.origin())
        return self.call.resolved(Argument(setting, self.call.place)).value


def _set_at(value: Value) -> Place | None:
    """Where somebody would change a setting: a literal that it falls back to, or else where it begins."""
    for one in reversed(list(possible(value))):
        if one.origin is not None:
            return one.origin.root.place
    return None


def configure_key(config: Configuration, secrets: tuple[str, ...], private: str = "") -> None:
    """Says which key the extension uses: the first of `secrets` that is set, for algorithms of public keys `private`.

    What may be set elsewhere comes before the second one of `secrets`.
    """
    call = config.call
    algorithm = config.given("JWT_ALGORITHM", "HS256")
    names = {one.constant for one in possible(algorithm.value) if isinstance(one, Known)}
    is_public_key = bool(names) and not any(is_hmac(str(name)) for name in names)
    key = config.get(private) if is_public_key and private else None
    for name in secrets if not is_public_key else ():
        if key is None and (key := config.get(name)) is not None and name != secrets[0] and config.is_open:
            key = replace(key, value=Environment(secrets[0], key.value, origin=key.value.origin))
    if key is not None:
        config.context.emit(KeyConfigured(where=where(call), key=replace(key, place=call.place), algorithms=algorithm))


def configure_lifetime(config: Configuration, name: str, kind: TokenKind, reading: Reading) -> None:
    """Says how long tokens live by a setting; `reading` makes of one value of it what the extension does then."""
    setting = config.get(name)
    for one in () if setting is None else _one_by_one(setting, name):
        value = each(one.value, lambda option: _read_by(reading, option))
        config.context.emit(Lifetime(where=where(config.call), lifetime=replace(one, value=value), kind=kind))


def _read_by(reading: Reading, value: Value) -> Value:
    if isinstance(value, Environment) and value.fallback is not None:
        return replace(value, fallback=each(value.fallback, reading))
    return reading(value)


def a_length(value: Value) -> Value:
    """A lifetime that has to be a length of time; what is refused makes no tokens."""
    return Unknown("a lifetime that is refused", origin=value.origin) if isinstance(value, Known) else value


def a_length_or_never(value: Value) -> Value:
    """A lifetime that is a length of time, of which none at all, as False, makes tokens that never expire."""
    if value == Known(False):
        return value
    return Known(False, origin=value.origin) if value == Duration(0) else a_length(value)


def seconds_or_never(value: Value) -> Value:
    """The same, where a whole number counts seconds."""
    if isinstance(value, Known) and type(value.constant) is int:
        return value if value.constant else replace(value, constant=False)
    return a_length_or_never(value)


def _one_by_one(setting: Argument, name: str) -> Iterator[Argument]:
    """The values that a setting can have, each at its own place: of several, which of them it is is set outside."""
    options = alternatives(setting.value)
    for option in options:
        value = option if len(options) == 1 or isinstance(option, Environment) else Environment(name, option)
        yield Argument(value, _set_at(option) or setting.place)


def words(value: Value) -> Iterator[Known]:
    """The texts that a setting holds which is one text or a collection of them."""
    for option in possible(value):
        for one in option.items if isinstance(option, Sequence) else (option,):
            yield from (word for word in possible(one) if isinstance(word, Known) and isinstance(word.constant, str))
