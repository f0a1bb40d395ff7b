"""Imports run one way. The table below is the only place that says which way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tree_copy import ROOT

LAYERS: tuple[tuple[str, ...], ...] = (
    ("_version", "findings", "failures", "paths"),
    ("syntax",),
    ("semantics",),
    ("tokens",),
    # The package itself is here because it hands the public names to checks of other packages.
    ("", "libraries", "check", "config", "checks"),
    ("suppressions", "baseline", "baseline_file", "scope", "drafts", "examination", "analyzer"),
    ("gitignore", "discovery", "changes", "workers", "scanner"),
    ("documentation", "reporters", "commands", "cli", "__main__", "flake8_plugin"),
)
"""Modules and packages of `jwt_sast` from the bottom up. A module may import from its own layer and those below it."""

APART = (("checks", "libraries"), ("libraries", "checks"))
"""Of one layer, and yet the first must not import the second."""

LONGEST = 400
"""Lines in a module; more is more than one idea."""

LIBRARY_WORDS = ("jwt", "jws", "jwk", "jwe", "jose")


def modules() -> dict[str, Path]:
    """Every module by its installed name: `checks/keys/x.py` is `jwt_sast.checks.keys.x`."""
    found: dict[str, Path] = {}
    for top, prefix in ((ROOT / "jwt_sast", "jwt_sast"), (ROOT / "checks", "jwt_sast.checks")):
        for path in sorted(top.rglob("*.py")):
            parts = path.relative_to(top).with_suffix("").parts
            found[".".join((prefix, *parts)).removesuffix(".__init__")] = path
    return found


MODULES = modules()


def imports(name: str, path: Path) -> Iterator[tuple[int, str]]:
    """The line and full name of everything that a module imports from this project, wherever the statement stands."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative imports hide which way they run"
            # `from jwt_sast import findings` imports a module, `from jwt_sast.findings import Finding` a name in one.
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [target if target in MODULES else str(node.module) for target in full]
        else:
            continue
        for target in names:
            if target.split(".")[0] in ("jwt_sast", "checks"):
                yield node.lineno, target


def part(name: str) -> str:
    """The part of `jwt_sast` that a module belongs to, as the table names it."""
    return ([*name.split("."), ""])[1]


def layer(name: str) -> int:
    """How far up a module lies."""
    for height, parts in enumerate(LAYERS):
        if part(name) in parts:
            return height
    raise AssertionError(f"{name} has no place in LAYERS")


@pytest.mark.parametrize("name", MODULES)
class TestEveryModule:
    def test_imports_downwards_only(self, name: str) -> None:
        upwards = [
            f"{MODULES[name]}:{line}: {name} imports {target}"
            for line, target in imports(name, MODULES[name])
            if layer(target) > layer(name) or (part(name), part(target)) in APART
        ]
        assert upwards == []

    def test_reaches_checks_by_their_entry_point_only(self, name: str) -> None:
        """Checks do not import each other either: what two of them share belongs into the framework."""
        targets = [target for _, target in imports(name, MODULES[name])]
        assert [
            target for target in targets if target == "checks" or target.startswith(("checks.", "jwt_sast.checks"))
        ] == []

    def test_is_short(self, name: str) -> None:
        assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("name", [name for name in MODULES if part(name) in ("syntax", "semantics")])
def test_knows_python_and_nothing_of_tokens(name: str) -> None:
    names: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[name].read_bytes())):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.alias):
            names.add(node.name)
    words = {name for name in names if any(word in name.lower() for word in LIBRARY_WORDS)}
    assert {word for word in words if word.split(".")[0] != "jwt_sast"} == set()


def test_the_table_is_about_real_modules() -> None:
    """Every module has a place; and all the parts that the rules above are about are there."""
    parts = {part(name) for name in MODULES}
    assert {"syntax", "semantics", "tokens", "libraries", "checks", "reporters"} <= parts
    assert parts <= {name for names in LAYERS for name in names}


def test_an_import_the_wrong_way_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "wrong.py"
    path.write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from jwt_sast import scanner\n")
    ((line, target),) = imports("jwt_sast.syntax.wrong", path)
    assert (line, target) == (3, "jwt_sast.scanner")
    assert layer(target) > layer("jwt_sast.syntax.wrong")


def test_no_module_needs_a_model() -> None:
    """Models are found by looking, so that each can be taken away. What two of them share is a module of its own."""
    models = {name for name, path in MODULES.items() if "\nLIBRARY = " in path.read_text(encoding="utf-8")}
    assert models
    needed = {target for name, path in MODULES.items() for _, target in imports(name, path)}
    assert models & needed == set()
