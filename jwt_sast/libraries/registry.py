"""All library models, found by looking: every module of this package that has a `LIBRARY` is one."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from jwt_sast import libraries
from jwt_sast.libraries.library import Library


@cache
def known() -> tuple[Library, ...]:
    """Every library model, by name."""
    found = []
    for module in pkgutil.iter_modules(libraries.__path__):
        library = getattr(importlib.import_module(f"{libraries.__name__}.{module.name}"), "LIBRARY", None)
        if isinstance(library, Library):
            found.append(library)
    return tuple(sorted(found, key=lambda library: library.name))
