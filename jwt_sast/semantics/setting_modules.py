"""Settings that are the names of a module which an environment variable names: `PROJECT_SETTINGS=site.settings`.

The module is looked for where the project's own scripts name it, and otherwise by its usual name. Where several are
named, or lie side by side, each is one that may be chosen.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jwt_sast.semantics import searching
from jwt_sast.semantics.bounds import MAX_ALTERNATIVES
from jwt_sast.semantics.locating import locate
from jwt_sast.semantics.values import Value
from jwt_sast.syntax.test_code import is_test

if TYPE_CHECKING:
    from jwt_sast.semantics.linking import LinkedWorld
    from jwt_sast.semantics.state import State

_INI_FILES = ("pytest.ini", "setup.cfg", "tox.ini", "pyproject.toml")
_STAR = re.compile(rb"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+\*", re.MULTILINE)


@dataclass(frozen=True, slots=True, eq=False)
class Modules:
    """A source of settings that are modules.

    `variable` is the environment variable that names the module; `name` what it or its package is called where nobody
    says it, and `marks` what one of them has then.
    """

    variable: str
    name: str
    marks: re.Pattern[bytes]
    naming: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        pattern = rf"""\b{self.variable}\b["']?\]?\s*[,=]\s*["']?([A-Za-z_][\w.]*)"""
        object.__setattr__(self, "naming", re.compile(pattern.encode()))

    def find(self, world: LinkedWorld, state: State, name: str, importer: str) -> Sequence[Value | None]:
        """What the setting is in each module that may be the one with the settings."""
        for root in searching.roots(os.path.dirname(importer)):
            if paths := self._modules(root):
                return [self._value(world, path, name) for path in paths] if len(paths) <= MAX_ALTERNATIVES else ()
        return ()

    def _value(self, world: LinkedWorld, path: str, name: str) -> Value | None:
        # LibCST comes with this one, and the gate, which needs every library's marks, must do without it.
        from jwt_sast.semantics import members

        return members.of_module(world, path, name)

    def _modules(self, root: str) -> Sequence[str]:
        scripts = searching.mentioning(root, self.naming) or ()
        configured = (os.path.join(root, name) for name in _INI_FILES)
        named = sorted(set(self._named(scripts))) or sorted(set(self._named(configured)))
        # What only tests are run with sets up nothing that is deployed.
        return [path for path in named if not is_test(os.path.relpath(path, root))] or sorted(self._by_name(root))

    def _named(self, files: Iterable[str]) -> Iterator[str]:
        for file in files:
            for match in self.naming.finditer(searching.read(file)):
                for path, rest in locate(match[1].decode(), file):
                    if not rest:
                        yield path

    def _by_name(self, root: str) -> Iterator[str]:
        found: dict[str, list[str]] = {}
        for path in searching.files(root) or ():
            folder, file = os.path.split(path)
            if file == f"{self.name}.py":
                found.setdefault(path, []).append(path)
            elif os.path.basename(folder) == self.name:
                found.setdefault(folder, []).append(path)
        for paths in found.values():
            texts = {path: searching.read(path) for path in paths}
            if any(self.marks.search(text) for text in texts.values()):
                yield from _outermost(texts)


def _outermost(texts: dict[str, bytes]) -> Iterator[str]:
    """The modules of a package that none of the others is made of, and that hold something."""
    taken = {match[1].rpartition(b".")[2].decode() for text in texts.values() for match in _STAR.finditer(text)}
    package = next((path for path in texts if path.endswith("__init__.py")), None)
    if package is not None and _STAR.search(texts[package]):
        yield package
        return
    for path, text in texts.items():
        if text.strip() and os.path.splitext(os.path.basename(path))[0] not in taken:
            yield path
