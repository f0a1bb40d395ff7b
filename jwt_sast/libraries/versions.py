"""Which release of a distribution a project uses, as far as the files around its sources say.

What a library does depends on its release, so a library model asks here before it speaks. Only text is read: nothing
is imported, run or asked of the environment that this program happens to be installed in.

The nearest folder that declares the distribution decides. Within it

1. a lock file beats everything else, since it says what is really installed; of several lock files the first in
   `_LOCKS` is taken, of several entries in one (a resolution that forks) the oldest;
2. otherwise an exact version (`==2.8.0`) beats a range;
3. otherwise the declaration whose newest release is the oldest decides. All of them are meant to hold at once, and the
   installed release cannot be newer than the strictest of them allows.

Names are compared as PEP 503 normalises them; versions and markers follow PEP 440 and PEP 508, with the shorthands of
Poetry and conda rewritten into these. Includes (`-r`, `-c`), URLs and version control references are not followed.
"""

from __future__ import annotations

import codecs
import configparser
import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from glob import glob
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from packaging.markers import Marker
    from packaging.specifiers import SpecifierSet

LEVELS = 24
"""How many folders are searched, from the source file's own upwards."""
LARGEST = 20_000_000
"""A file with more bytes than this is passed over."""

_PYTHONS = tuple(f"3.{minor}" for minor in range(8, 21))
"""The releases of Python that a project may be run on."""
_LONGEST = 1_000
"""A requirement of more characters is a mistake or an attack: its numbers and brackets would exhaust a parser."""


def declared(distribution: str, path: str, releases: Sequence[str]) -> str:
    """The release of `distribution` that the project around the source file `path` uses.

    `releases` are the versions that a library model tells apart, oldest first and at least one. The answer is the
    newest of them that the nearest declaration admits; for a version between two of them the older, for one below all
    the oldest, for one above all the newest. It is the newest too where nothing is declared or `path` is not on disk.
    """
    if not os.path.exists(path):
        return releases[-1]
    # Not realpath: a symlinked file belongs to the project that links to it.
    return _release(os.path.dirname(os.path.abspath(path)), distribution, tuple(releases))


def forget() -> None:
    """Drops what was remembered of the files on disk; for a process that outlives a change to them, such as a test."""
    for function in (_release, _in_folder, _sources):
        function.cache_clear()


@dataclass(frozen=True, slots=True)
class _Declaration:
    """What one place says of the distribution: sets of versions, any of which will do, and when this applies."""

    alternatives: tuple[SpecifierSet, ...]
    marker: Marker | None = None
    pythons: tuple[SpecifierSet, ...] = ()

    def applies(self) -> bool:
        """Whether some Python of `_PYTHONS` on Linux installs it, with whatever extra its marker asks for.

        Libraries that dropped an old Python are often declared twice, the second time for that Python alone; few
        projects still run there. A marker that cannot be evaluated excludes nothing.
        """
        allowed = self.pythons
        pythons = [python for python in _PYTHONS if not allowed or any(python in versions for versions in allowed)]
        if self.marker is None:
            return bool(pythons)
        extras = ["", *re.findall(r"extra\s*==\s*[\"']([^\"']+)", str(self.marker))]
        try:
            return any(self.marker.evaluate(_surroundings(python, extra)) for python in pythons for extra in extras)
        except ValueError:
            return True

    def exact(self) -> bool:
        """Whether it names one version."""
        return len(self.alternatives) == 1 and any(
            specifier.operator in ("==", "===") and not specifier.version.endswith("*")
            for specifier in self.alternatives[0]
        )

    def newest(self, releases: Sequence[str]) -> int:
        """The index of the newest of `releases` that it admits."""
        return max(_newest(versions, releases) for versions in self.alternatives)


@cache
def _release(folder: str, distribution: str, releases: tuple[str, ...]) -> str:
    for place in _upwards(folder):
        found = _in_folder(place, distribution)
        if found:
            applicable = [declaration for declaration in found if declaration.applies()] or found
            exact = [declaration for declaration in applicable if declaration.exact()] or applicable
            return releases[min(declaration.newest(releases) for declaration in exact)]
    return releases[-1]


def _newest(versions: SpecifierSet, releases: Sequence[str]) -> int:
    """The index of the newest of `releases` that stands for one of `versions`: each stands for those up to the next."""
    from packaging.version import InvalidVersion, Version

    admitted = [index for index, release in enumerate(releases) if versions.contains(release, prereleases=True)]
    if admitted:
        return admitted[-1]
    # It lies between two releases or beyond them, and the versions that it names say where.
    try:
        named = [Version(specifier.version.removesuffix(".*")) for specifier in versions]
    except InvalidVersion:  # `===` compares text, and takes any.
        return len(releases) - 1
    inside = [version for version in named if versions.contains(version, prereleases=True)]
    version = max(inside, default=min(named))
    return max((index for index, release in enumerate(releases) if Version(release) <= version), default=0)


def _surroundings(python: str, extra: str) -> dict[str, str]:
    """Every variable of a marker, set here and not by the machine, or findings would differ from one to the next."""
    return {
        "extra": extra,
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "posix",
        "platform_machine": "x86_64",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": "Linux",
        "platform_version": "",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "linux",
    }


def _upwards(folder: str) -> Iterator[str]:
    """The folders to search: up to the repository's root, the file system's root, or LEVELS of them."""
    for _ in range(LEVELS):
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder or os.path.lexists(os.path.join(folder, ".git")):
            return
        folder = parent


@cache
def _in_folder(folder: str, distribution: str) -> Sequence[_Declaration]:
    """What the first lock file in `folder` that names the distribution says, or all the other files together."""
    words = re.split(r"[-_.]+", distribution.lower())
    # The name in any spelling that PEP 503 holds equal.
    name = rf"(?i:{'[-_.]+'.join(map(re.escape, words))}(?![\w.-]))"
    locks, others = _sources(folder)
    for group in (*((lock,) for lock in locks), others):
        found: list[_Declaration] = []
        for path, read in group:
            text = _text(path)
            # Most files do not name the distribution, and looking for its words is much quicker than reading.
            lowered = text.lower()
            if all(word in lowered for word in words):
                found.extend(declaration for declaration in read(text, name) if declaration)
        if found:
            return found
    return ()


def _text(path: str) -> str:
    """What the file holds, with `\\n` line ends; nothing if it is too large, not a file, or cannot be read."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return ""
        with open(path, "rb") as file:
            data = file.read()
        # A redirection in Windows PowerShell writes UTF-16, and so come many lists of frozen requirements.
        utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return data.decode("utf-16" if utf16 else "utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError):
        return ""


def _tables_of_lock(text: str, name: str) -> Iterator[_Declaration | None]:
    """A lock file in TOML: a table with a name and, not always on the next line, a version."""
    # Not tomllib, which takes seconds for a lock file of some megabytes.
    for version in re.findall(rf'\nname = "{name}"\n(?:(?!\[|name = |version = ).*\n)*version = "([^"\n]+)"', text):
        yield _versions(f"=={version}")


def _objects_of_lock(text: str, name: str) -> Iterator[_Declaration | None]:
    """A lock file in JSON: an object by the distribution's name, which holds a version unless it is a reference."""
    for version in re.findall(rf'"{name}"\s*:\s*\{{[^{{}}]*?"version"\s*:\s*"([^"\n]+)"', text):
        yield _versions(version)


def _lines(text: str, name: str) -> Iterator[_Declaration | None]:
    """Requirements or constraints for pip, one a line."""
    joined = re.sub(r"\\\n", "", text)
    for line in re.findall(rf"^[ \t]*({name}.*)$", joined, re.MULTILINE):
        yield _requirement(line)


def _literals(text: str, name: str) -> Iterator[_Declaration | None]:
    """A setup script: string literals that begin with the name, unless they are the key of a dictionary."""
    code = re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE)
    for _, literal in re.findall(rf"""(["'])({name}(?:(?!\1).)*)\1(?!\s*:)""", code):
        yield _requirement(literal)


def _setup_cfg(text: str, name: str) -> Iterator[_Declaration | None]:
    """The requirements and extras of a declarative setup."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return
    yield from _lines(parser.get("options", "install_requires", fallback=""), name)
    if parser.has_section("options.extras_require"):
        for _, lines in parser.items("options.extras_require"):
            yield from _lines(lines, name)


def _metadata(text: str, name: str) -> Iterator[_Declaration | None]:
    """The core metadata of an unpacked wheel: its own version if it is the distribution, else its requirements."""
    headers = text.partition("\n\n")[0]
    if re.search(rf"^Name: *{name} *$", headers, re.MULTILINE):
        for version in re.findall(r"^Version: *(\S+)", headers, re.MULTILINE):
            yield _versions(f"=={version}")
    for line in re.findall(rf"^Requires-Dist: *({name}.*)$", headers, re.MULTILINE):
        yield _requirement(line)


def _environment(text: str, name: str) -> Iterator[_Declaration | None]:
    """A conda environment: a list of packages, one of which may be a list for pip."""
    items = rf"""^[ \t]*-[ \t]*(["']?)(?:[^\s"']+::)?({name}.*)$"""
    # conda's `name=1.2`, `name 1.2` and `name=1.2=build` all take any 1.2.x.
    fuzzy = re.compile(rf"({name})\s*(?:=\s*)?(\d[\w.]*?)(?:\.?\*)?(?:[=\s].*)?")
    for quote, rest in re.findall(items, text, re.MULTILINE):
        item = rest.partition(quote or " #")[0]
        match = fuzzy.fullmatch(item)
        yield _requirement(f"{match[1]}=={match[2]}.*" if match else item)


def _pyproject(text: str, name: str) -> Iterator[_Declaration | None]:
    """The tables of PEP 621 and PEP 735, and Poetry's."""
    document = _toml(text)
    lists = (
        _table(document, "project").get("dependencies"),
        *_table(document, "project", "optional-dependencies").values(),
        *_table(document, "dependency-groups").values(),
    )
    for items in lists:
        # A group may also hold tables, which include other groups.
        for item in items if isinstance(items, list) else ():
            if isinstance(item, str) and re.match(name, item):
                yield _requirement(item)
    poetry = _table(document, "tool", "poetry")
    for holder in (poetry, *_table(poetry, "group").values()):
        for key in ("dependencies", "dev-dependencies"):
            yield from _constraints(_table(holder, key), name)


def _pipfile(text: str, name: str) -> Iterator[_Declaration | None]:
    """A Pipfile: its two tables of packages, and those of the user's own making."""
    for table in _toml(text).values():
        yield from _constraints(_table(table), name)


def _constraints(packages: dict[str, Any], name: str) -> Iterator[_Declaration | None]:
    """A table of versions by package: each a text, a table that holds one, or a list of these by Python or platform."""
    for key, value in packages.items():
        if not re.fullmatch(name, key):
            continue
        for item in value if isinstance(value, list) else [value]:
            table = item if isinstance(item, dict) else {"version": item}
            # A path, a URL or a repository has no version.
            if "version" in table:
                yield _versions(table["version"], table.get("markers", ""), table.get("python", "*"))


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}


def _table(document: object, *keys: str) -> dict[str, Any]:
    """The table that these keys lead to; an empty one if there is none."""
    for key in keys:
        document = document.get(key) if isinstance(document, dict) else None
    return document if isinstance(document, dict) else {}


def _requirement(text: str) -> _Declaration | None:
    """A requirement as PEP 508 has it, perhaps with what pip allows after it; None for a URL or a mistake."""
    from packaging.requirements import Requirement

    bare = re.split(r"\s(?:#|--)", text)[0]
    if len(bare) > _LONGEST:
        return None
    try:
        requirement = Requirement(bare)
    except (ValueError, RecursionError):
        return None
    return None if requirement.url else _Declaration((requirement.specifier,), requirement.marker)


def _versions(text: str, marker: str = "", pythons: str = "*") -> _Declaration | None:
    """Versions for some Pythons, both as Poetry writes them, which takes in PEP 440; None for a mistake."""
    from packaging.markers import Marker

    try:
        return _Declaration(_alternatives(text), Marker(marker) if marker else None, _alternatives(pythons))
    # TypeError, because TOML may hold something else than text here.
    except (TypeError, ValueError, RecursionError):
        return None


def _alternatives(text: str) -> tuple[SpecifierSet, ...]:
    from packaging.specifiers import SpecifierSet

    if len(text) > _LONGEST:
        raise ValueError("too long for versions")
    parts = [re.findall(r"(\^|~=?|[<>=!]=?=?|)\s*([^\s,<>=!~^]+)", part) for part in re.split(r"\|\|?", text)]
    return tuple(SpecifierSet(",".join(_standard(*piece) for piece in part)) for part in parts)


def _standard(operator: str, version: str) -> str:
    """One condition of Poetry's in the words of PEP 440: `^1.2` is `>=1.2,<2`, `~1.2` is `>=1.2,<1.3`.

    Source: the dependency specification in Poetry's documentation. Raises ValueError for what is not a version.
    """
    from packaging.version import Version

    if version == "*":
        return ""
    if operator not in ("^", "~"):
        return f"{operator}{version}" if operator not in ("", "=") else f"=={version}"
    numbers = Version(version).release
    # `^` keeps the first number that is not zero, `~` the first two at most.
    kept = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
    kept = kept if operator == "^" else min(1, len(numbers) - 1)
    limit = ".".join(map(str, (*numbers[:kept], numbers[kept] + 1)))
    return f">={version},<{limit}"


_Reader = Callable[[str, str], Iterator[_Declaration | None]]
"""Takes the text of a file and the pattern of a name; what it could not read comes out as None."""

_Kinds = Sequence[tuple[str, _Reader]]
"""Patterns of paths below a folder, and how such a file is read."""

_LOCKS: _Kinds = (
    *((name, _tables_of_lock) for name in ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "pylock.*.toml")),
    ("Pipfile.lock", _objects_of_lock),
)
_OTHERS: _Kinds = (
    *((f"requirements{rest}", _lines) for rest in ("*.txt", "/*.txt", "*.in", "/*.in")),
    ("constraints*.txt", _lines),
    ("pyproject.toml", _pyproject),
    ("setup.cfg", _setup_cfg),
    ("setup.py", _literals),
    ("Pipfile", _pipfile),
    ("environment*.yml", _environment),
    ("environment*.yaml", _environment),
    ("*.dist-info/METADATA", _metadata),
)


@cache
def _sources(folder: str) -> tuple[_Kinds, _Kinds]:
    """The paths of a folder's lock files in the order of _LOCKS, and of its other declarations."""

    def present(kinds: _Kinds) -> _Kinds:
        found = ((name, read) for pattern, read in kinds for name in sorted(glob(pattern, root_dir=folder)))
        return [(os.path.join(folder, name), read) for name, read in found]

    return present(_LOCKS), present(_OTHERS)
