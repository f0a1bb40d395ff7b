"""What the files of a project say of one distribution: a reader for each kind of file, and what they all make.

A reader takes the text of a file and a regular expression for the distribution's name. Versions and markers follow
PEP 440 and PEP 508; the shorthands of Poetry and conda are rewritten into these.
"""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from packaging.markers import Marker
    from packaging.specifiers import SpecifierSet

_PYTHONS = tuple(f"3.{minor}" for minor in range(8, 21))
"""The releases of Python that a project may be run on."""
_LONGEST = 1_000
"""A requirement of more characters is a mistake or an attack: its numbers and brackets would exhaust a parser."""


@dataclass(frozen=True, slots=True)
class Declaration:
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


def _tables_of_lock(text: str, name: str) -> Iterator[Declaration | None]:
    """A lock file in TOML: a table with a name and, not always on the next line, a version."""
    # Not tomllib, which takes seconds for a lock file of some megabytes.
    for version in re.findall(rf'\nname = "{name}"\n(?:(?!\[|name = |version = ).*\n)*version = "([^"\n]+)"', text):
        yield _versions(f"=={version}")


def _objects_of_lock(text: str, name: str) -> Iterator[Declaration | None]:
    """A lock file in JSON: an object by the distribution's name, which holds a version unless it is a reference."""
    for version in re.findall(rf'"{name}"\s*:\s*\{{[^{{}}]*?"version"\s*:\s*"([^"\n]+)"', text):
        yield _versions(version)


def _lines(text: str, name: str) -> Iterator[Declaration | None]:
    """Requirements or constraints for pip, one a line."""
    joined = re.sub(r"\\\n", "", text)
    for line in re.findall(rf"^[ \t]*({name}.*)$", joined, re.MULTILINE):
        yield _requirement(line)


def _literals(text: str, name: str) -> Iterator[Declaration | None]:
    """A setup script: string literals that begin with the name, unless they are the key of a dictionary."""
    code = re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE)
    for _, literal in re.findall(rf"""(["'])({name}(?:(?!\1).)*)\1(?!\s*:)""", code):
        yield _requirement(literal)


def _setup_cfg(text: str, name: str) -> Iterator[Declaration | None]:
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


def _metadata(text: str, name: str) -> Iterator[Declaration | None]:
    """The core metadata of an unpacked wheel: its own version if it is the distribution, else its requirements."""
    headers = text.partition("\n\n")[0]
    if re.search(rf"^Name: *{name} *$", headers, re.MULTILINE):
        for version in re.findall(r"^Version: *(\S+)", headers, re.MULTILINE):
            yield _versions(f"=={version}")
    for line in re.findall(rf"^Requires-Dist: *({name}.*)$", headers, re.MULTILINE):
        yield _requirement(line)


def _environment(text: str, name: str) -> Iterator[Declaration | None]:
    """A conda environment: a list of packages, one of which may be a list for pip."""
    items = rf"""^[ \t]*-[ \t]*(["']?)(?:[^\s"']+::)?({name}.*)$"""
    # conda's `name=1.2`, `name 1.2` and `name=1.2=build` all take any 1.2.x.
    fuzzy = re.compile(rf"({name})\s*(?:=\s*)?(\d[\w.]*?)(?:\.?\*)?(?:[=\s].*)?")
    for quote, rest in re.findall(items, text, re.MULTILINE):
        item = rest.partition(quote or " #")[0]
        match = fuzzy.fullmatch(item)
        yield _requirement(f"{match[1]}=={match[2]}.*" if match else item)


def _pyproject(text: str, name: str) -> Iterator[Declaration | None]:
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


def _pipfile(text: str, name: str) -> Iterator[Declaration | None]:
    """A Pipfile: its two tables of packages, and those of the user's own making."""
    for table in _toml(text).values():
        yield from _constraints(_table(table), name)


def _constraints(packages: dict[str, Any], name: str) -> Iterator[Declaration | None]:
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


def _requirement(text: str) -> Declaration | None:
    """A requirement as PEP 508 has it, perhaps with what pip allows after it; None for a URL or a mistake."""
    from packaging.requirements import Requirement

    bare = re.split(r"\s(?:#|--)", text)[0]
    if len(bare) > _LONGEST:
        return None
    try:
        requirement = Requirement(bare)
    except (ValueError, RecursionError):
        return None
    return None if requirement.url else Declaration((requirement.specifier,), requirement.marker)


def _versions(text: str, marker: str = "", pythons: str = "*") -> Declaration | None:
    """Versions for some Pythons, both as Poetry writes them, which takes in PEP 440; None for a mistake."""
    from packaging.markers import Marker

    try:
        return Declaration(_alternatives(text), Marker(marker) if marker else None, _alternatives(pythons))
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


Reader = Callable[[str, str], Iterator[Declaration | None]]
"""Takes the text of a file and the pattern of a name; what it could not read comes out as None."""

Kinds = Sequence[tuple[str, Reader]]
"""Patterns of paths below a folder, and how such a file is read."""

LOCKS: Kinds = (
    *((name, _tables_of_lock) for name in ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "pylock.*.toml")),
    ("Pipfile.lock", _objects_of_lock),
)
OTHERS: Kinds = (
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
