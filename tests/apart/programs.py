"""Runs the programs under `fixtures/` that set up a framework.

They lie in `frameworks/` below a check's folder, each importing the package that it is for. A program has `issue()`,
which gives a token as the framework makes it, or an `app` that sets its cookies at `POST /login`.
"""

from __future__ import annotations

import importlib.util
import re
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import jwt
import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"


def each(folder: str, *packages: str) -> pytest.MarkDecorator:
    """Runs a test with the programs in a check's folder that import one of the packages, as `path`."""
    imports = re.compile(rf"^from ({'|'.join(packages)}) import ", re.MULTILINE)
    programs = sorted((FIXTURES / folder / "frameworks").glob("*.py"))
    found = [path for path in programs if imports.search(path.read_text())]
    assert {is_good(path) for path in found} == {True, False}
    return pytest.mark.parametrize("path", found, ids=[path.stem for path in found])


def is_good(path: Path) -> bool:
    """Whether a program is one of the good ones."""
    return path.name.startswith("good_")


def load(path: Path) -> Any:
    """A program, freshly imported."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def claims(token: str) -> dict[str, Any]:
    """The claims of a token, unverified; PyJWT 1 wants a key all the same."""
    found: dict[str, Any] = jwt.decode(token, "", options={"verify_signature": False}, algorithms=["HS256"])
    return found


def signs_with(token: str, key: str) -> bool:
    """Whether a token is signed with a key."""
    options = {"verify_aud": False, "verify_sub": False}
    try:
        jwt.decode(token, key, algorithms=["HS256"], options=options)
    except jwt.DecodeError:  # of which later releases of PyJWT have a kind for signatures
        return False
    return True


def cookies_of(headers: list[str]) -> dict[str, Any]:
    """The cookies in the `Set-Cookie` headers of a response, by name."""
    return {name: morsel for header in headers for name, morsel in SimpleCookie(header).items()}
