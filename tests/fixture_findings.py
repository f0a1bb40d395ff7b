"""What the analyser says of the programs under `fixtures/`, with all library models or without some of them, and which
models it asks.
"""

from __future__ import annotations

import pkgutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fixture_marks import ROOT

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import load
from jwt_sast.findings import NOT_ANALYSED, Persona, Status
from jwt_sast.libraries import tables
from jwt_sast.libraries.library import Library
from jwt_sast.libraries.registry import known
from jwt_sast.suppressions import Suppressions, judged


def analyzer() -> Analyzer:
    """One that goes by the settings of the fixtures."""
    return Analyzer(load(ROOT))


def found(path: Path, analyzer: Analyzer) -> Counter[tuple[str, int]]:
    """How often each (code, line) is reported in the program at `path`; lines count from 1.

    What only a reviewer wants listed is in nearly every program; it counts in the programs about it.
    """
    report = analyzer.analyze(str(path), path.read_bytes())
    own = path.relative_to(ROOT).parts[0].partition("-")[0]
    comments = Suppressions.of(str(path), path.read_bytes())
    findings = judged(report.findings, report.findings, [comments], analyzer.settings)
    active = [one for one in findings if one.status is Status.ACTIVE]
    shown = [one for one in active if one.persona is Persona.REGULAR or one.code == own]
    counted = Counter((finding.code, finding.location.line) for finding in shown)
    counted.update((NOT_ANALYSED, error.line) for error in report.errors)
    return counted


@contextmanager
def without(*modules: str) -> Iterator[Analyzer]:
    """An analyser as it is where the modules of these names are not in `jwt_sast/libraries/`."""
    find = pkgutil.iter_modules

    def the_others(*arguments: str) -> list[pkgutil.ModuleInfo]:
        return [one for one in find(*arguments) if one.name not in modules]

    try:
        with patch.object(pkgutil, "iter_modules", the_others):
            _look_again()
            yield analyzer()
    finally:
        _look_again()


@contextmanager
def listening() -> Iterator[tuple[Analyzer, set[str]]]:
    """An analyser, and the names of the libraries whose models it has asked.

    It looks at every request that a program makes, also where no check can have anything to say about it.
    """
    asked: set[str] = set()
    models = tuple(_listened_to(library, asked) for library in known())
    try:
        with patch.object(tables, "known", lambda: models):
            _look_again()
            yield analyzer(), asked
    finally:
        _look_again()


def _listened_to(library: Library, asked: set[str]) -> Library:
    """The library with models that note its name: when they are called, or where they know an answer."""

    def calling(model: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            asked.add(library.name)
            return model(*arguments)

        return call

    def answering(model: Callable[..., Any]) -> Callable[..., Any]:
        def answer(value: Any) -> Any:
            found = model(value)
            if found is not None:
                asked.add(library.name)
            return found

        return answer

    return replace(
        library,
        functions={name: calling(model) for name, model in library.functions.items()},
        methods={name: calling(model) for name, model in library.methods.items()},
        body=library.body and calling(library.body),
        setting=library.setting and answering(library.setting),
        received=library.received and answering(library.received),
        alarms=(),
    )


def _look_again() -> None:
    """Has the models found anew, and all that is worked out from them once."""
    for name, module in list(sys.modules.items()):
        if name.startswith("jwt_sast.libraries."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
