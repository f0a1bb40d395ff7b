"""Every library model has a contract that runs the package, and programs under `fixtures/` that hang on it."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from fixture_findings import found, listening, without
from fixture_marks import expected, label, programs
from tree_copy import ROOT, copied, environment_of_copy

from jwt_sast import libraries
from jwt_sast.libraries.library import Library
from jwt_sast.syntax.gate import Gate

MODULES = {
    name: module
    for _, name, _ in pkgutil.iter_modules(libraries.__path__)
    if hasattr(module := importlib.import_module(f"{libraries.__name__}.{name}"), "LIBRARY")
}
"""The modules that are models, by name."""

every_model = pytest.mark.parametrize("name", MODULES)


def model(name: str) -> Library:
    """The library that a module describes."""
    library = MODULES[name].LIBRARY
    assert isinstance(library, Library)
    return library


@pytest.fixture(scope="module")
def about() -> Mapping[str, list[Path]]:
    """By the names of the libraries, the programs in which their models are asked."""
    asked_in: dict[str, list[Path]] = {}
    with listening() as (analyzer, asked):
        for path in programs():
            asked.clear()
            # What says nothing of a carrier because it has not been looked at would be found here.
            assert found(path, analyzer) == expected(path), label(path)
            for name in asked:
                asked_in.setdefault(name, []).append(path)
    return asked_in


@pytest.fixture(scope="module")
def hanging_on(about: Mapping[str, list[Path]]) -> Callable[[str], list[Path]]:
    """From the name of a module to the programs in which something is found that would not be without it."""

    @cache
    def programs_of(name: str) -> list[Path]:
        with without(name) as analyzer:
            asked = about.get(model(name).name, [])
            return [path for path in asked if expected(path) - found(path, analyzer)]

    return programs_of


class TestContract:
    @staticmethod
    def texts(name: str) -> dict[str, str]:
        """What is in the tests that the model says are its contract, by their paths."""
        said = re.findall(r"tests/[\w/]+(?:\.py)?", MODULES[name].__doc__ or "")
        tests = [path for one in said for path in ([ROOT / one], (ROOT / one).glob("*.py"))["." not in one]]
        return {str(path): path.read_text() for path in tests}

    @every_model
    def test_it_runs_each_package_that_the_model_speaks_of(self, name: str) -> None:
        texts = self.texts(name)
        assert texts
        assert all("def test_" in text for text in texts.values())
        packages = {function.partition(".")[0] for function in model(name).functions} - sys.stdlib_module_names
        missing = {package for package in packages if not re.search(rf"\b{package}\b", "".join(texts.values()))}
        assert missing == self.unproved(name)

    @staticmethod
    def unproved(name: str) -> set[str]:
        """The packages for which the model itself says that nothing runs them."""
        said = re.search(r"No running proof: ([^.]+)\.", MODULES[name].__doc__ or "")
        return set(re.findall(r"`(\w+)`", said[1])) if said else set()


class TestPrograms:
    @every_model
    def test_something_bad_is_found_by_it(self, name: str, hanging_on: Callable[[str], list[Path]]) -> None:
        assert hanging_on(name)

    @every_model
    def test_something_good_is_not(self, name: str, about: Mapping[str, list[Path]]) -> None:
        assert [path for path in about.get(model(name).name, []) if path.name.startswith("good_")]

    @every_model
    def test_its_own_marks_let_them_pass(self, name: str, hanging_on: Callable[[str], list[Path]]) -> None:
        """Those of a carrier need not, where something else has made the token that it carries."""
        library = model(name)
        gate = Gate(library.marks)
        passing = [gate.lets_pass(path.read_bytes()) for path in hanging_on(name)]
        assert not library.marks or (any(passing) if library.carrier else all(passing))


class TestTakenAway:
    """Some models are taken out of a copy of the repository, and the copy's own tests of fixtures are run there.

    That no module imports a model is in tests/test_layers.py.
    """

    # Seeded, so that the same test tells the same about the same code.
    AT_RANDOM = random.Random("two libraries").sample(sorted(MODULES), 6)

    def test_only_programs_about_them_break(
        self,
        tmp_path: Path,
        about: Mapping[str, list[Path]],
        hanging_on: Callable[[str], list[Path]],
    ) -> None:
        copy = copied(tmp_path)
        for name in self.AT_RANDOM:
            (copy / "jwt_sast" / "libraries" / f"{name}.py").unlink()
        broken = self.broken(copy)
        assert broken >= {label(path) for name in self.AT_RANDOM for path in hanging_on(name)}
        assert broken <= {label(path) for name in self.AT_RANDOM for path in about[model(name).name]}

    @staticmethod
    def broken(copy: Path) -> set[str]:
        """The programs of the copy for which the tests of fixtures fail; no other one of these does."""
        # Where an installation would have the checks.
        shutil.copytree(copy / "checks", copy / "jwt_sast" / "checks")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-rf", "--tb=no", "tests/test_fixtures.py"],
            cwd=copy,
            env=environment_of_copy(copy),
            capture_output=True,
            text=True,
        )
        failed = re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE)
        assert f"{len(failed)} failed" in done.stdout, done.stdout + done.stderr
        named = re.compile(r".*::test_(?:findings_are_the_marked_ones|the_gate_lets_it_pass)\[(.+)\]")
        assert all(map(named.fullmatch, failed)), failed
        return {named.sub(r"\1", one) for one in failed}
