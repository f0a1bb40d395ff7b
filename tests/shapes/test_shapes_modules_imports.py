"""Ways of importing: how a name of one module reaches another one, and where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import Files, findings, packaged, report, verify

CLAIMS = """
    def claims(u):
        return {"sub": u}
    BASE = {"sub": "u"}
"""

WAYS: dict[str, Files] = {
    "absolute, of a name": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from app.claims import claims, BASE
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "absolute, of a name under another name": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from app.claims import claims as made_for, BASE as start
            def f(u, key):
                jwt.encode(made_for(u), key)  # JWT301
                jwt.encode(start, key)  # JWT301
        """,
    },
    "absolute, of a module": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            import app.claims
            def f(u, key):
                jwt.encode(app.claims.claims(u), key)  # JWT301
                jwt.encode(app.claims.BASE, key)  # JWT301
        """,
    },
    "absolute, of a module under another name": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            import app.claims as c
            def f(u, key):
                jwt.encode(c.claims(u), key)  # JWT301
                jwt.encode(c.BASE, key)  # JWT301
        """,
    },
    "a module out of its package": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from app import claims
            def f(u, key):
                jwt.encode(claims.claims(u), key)  # JWT301
                jwt.encode(claims.BASE, key)  # JWT301
        """,
    },
    "a module out of its package under another name": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from app import claims as c
            def f(u, key):
                jwt.encode(c.claims(u), key)  # JWT301
        """,
    },
    "a module that imports itself where it is run as a program": {
        "app/claims.py": """
            class Maker:
                def claims(self, u):
                    return {"sub": u}
            if __name__ == "__main__":
                from app.claims import Maker
                Maker().claims("u")
        """,
        "app/service.py": """
            import jwt
            from app.claims import Maker
            def f(u, key):
                jwt.encode(Maker().claims(u), key)  # JWT301
        """,
    },
    "two modules that may have it from each other": {
        "app/claims.py": """
            try:
                from app.fast import claims
            except ImportError:
                def claims(u):
                    return {"sub": u}
        """,
        "app/fast.py": """
            try:
                from app.claims import claims
            except ImportError:
                def claims(u):
                    return {"sub": u}
        """,
        "app/service.py": """
            import jwt
            from app.claims import claims
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
        """,
    },
    "one dot": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from .claims import claims, BASE
            from . import claims as module
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(BASE, key)  # JWT301
                jwt.encode(module.BASE, key)  # JWT301
        """,
    },
    "two dots": {
        "app/claims.py": CLAIMS,
        "app/api/service.py": """
            import jwt
            from ..claims import claims
            from .. import claims as module
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(module.BASE, key)  # JWT301
        """,
    },
    "two dots into a sibling": {
        "app/core/claims.py": CLAIMS,
        "app/api/service.py": """
            import jwt
            from ..core.claims import claims
            from ..core import claims as module
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(module.BASE, key)  # JWT301
        """,
    },
    "a star": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from app.claims import *
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "a star of a star": {
        "app/claims.py": CLAIMS,
        "app/common.py": """
            from app.claims import *
        """,
        "app/service.py": """
            import jwt
            from app.common import *
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "the later star counts": {
        "app/first.py": """
            BASE = {"sub": "u"}
        """,
        "app/second.py": """
            from app.times import soon
            BASE = {"sub": "u", "exp": soon()}
        """,
        "app/service.py": """
            import jwt
            from app.first import *
            from app.second import *
            def f(key):
                jwt.encode(BASE, key)
        """,
    },
    "a star before an assignment": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from app.claims import *
            BASE = {"sub": "u", "exp": soon()}
            def f(key):
                jwt.encode(BASE, key)
        """,
    },
    "re-exported by the package": {
        "app/core/claims.py": CLAIMS,
        "app/core/__init__.py": """
            from .claims import claims, BASE
        """,
        "app/service.py": """
            import jwt
            from app.core import claims, BASE
            import app.core
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(BASE, key)  # JWT301
                jwt.encode(app.core.BASE, key)  # JWT301
        """,
    },
    "re-exported by two packages": {
        "app/core/claims.py": CLAIMS,
        "app/core/__init__.py": """
            from app.core.claims import claims as claims, BASE as START
        """,
        "app/__init__.py": """
            from .core import claims, START
            __all__ = ["claims", "START"]
        """,
        "service.py": """
            import jwt
            from app import claims, START
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(START, key)  # JWT301
        """,
    },
    "re-exported by a star in the package": {
        "app/core/claims.py": CLAIMS,
        "app/core/__init__.py": """
            from .claims import *
        """,
        "app/service.py": """
            import jwt
            from .core import claims, BASE
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "inside a function": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            def f(u, key):
                from app.claims import claims
                import app.claims as c
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(c.BASE, key)  # JWT301
        """,
    },
    "one or the other": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            try:
                from app.claims import claims
            except ImportError:
                from claims import claims
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
        """,
    },
    "one of two modules, one of which is missing": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            try:
                from app.own import BASE
            except ImportError:
                from app.claims import BASE
            def f(key):
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "for a type checker only": {
        "app/claims.py": """
            class Claims:
                BASE = {"sub": "u"}
        """,
        "app/service.py": """
            from __future__ import annotations
            from typing import TYPE_CHECKING
            import jwt
            if TYPE_CHECKING:
                from app.claims import Claims
            def f(claims: Claims, key):
                jwt.encode(claims.all(), key)
        """,
    },
    "by a string": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import importlib
            import jwt
            def f(u, key):
                module = importlib.import_module("app.claims")
                jwt.encode(module.claims(u), key)  # JWT301
                jwt.encode(importlib.import_module("app.claims").BASE, key)  # JWT301
                jwt.encode(__import__("app.claims", fromlist=["BASE"]).BASE, key)  # JWT301
        """,
    },
    "by a relative string": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import importlib
            import jwt
            def f(key):
                jwt.encode(importlib.import_module(".claims", package="app").BASE, key)  # JWT301
                jwt.encode(importlib.import_module(".claims", __package__).BASE, key)
        """,
    },
    "a name that is taken off the module": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from app import claims as module
            made_for = module.claims
            def f(u, key):
                jwt.encode(made_for(u), key)  # JWT301
                jwt.encode(getattr(module, "BASE"), key)  # JWT301
                jwt.encode(vars(module)["BASE"], key)
        """,
    },
    "__all__ does not keep a name from being imported": {
        "app/claims.py": """
            __all__ = ["claims"]
            def claims(u):
                return {"sub": u}
            _BASE = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import _BASE, claims
            def f(u, key):
                jwt.encode(_BASE, key)  # JWT301
                jwt.encode(claims(u), key)  # JWT301
        """,
    },
    "names that shadow builtins": {
        "app/claims.py": """
            def dict(**more):
                return {"exp": 1, **more}
            def copy(d):
                return {**d, "exp": 1}
            input = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import copy, dict, input
            def f(u, key):
                jwt.encode(dict(sub=u), key)
                jwt.encode(copy({"sub": u}), key)
                jwt.encode(input, key)  # JWT301
        """,
    },
    "a builtin that is shadowed by a star": {
        "app/claims.py": """
            def dict(**more):
                return {"exp": 1, **more}
        """,
        "app/service.py": """
            import jwt
            from app.claims import *
            def f(u, key):
                jwt.encode(dict(sub=u), key)
        """,
    },
    "a name that is bound twice": {
        "app/claims.py": """
            BASE = {"sub": "u"}
            BASE = {"sub": "u", "exp": 1}
            START = {"sub": "u", "exp": 1}
            START = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import BASE, START
            def f(key):
                jwt.encode(BASE, key)
                jwt.encode(START, key)  # JWT301
        """,
    },
    "a name that is bound under if": {
        "app/claims.py": """
            import os
            BASE = {"sub": "u"}
            if os.environ.get("SHORT"):
                BASE = {"sub": "u", "exp": 1}
            if os.environ.get("LONG"):
                START = {"exp": 10}
            else:
                START = {"exp": 1}
        """,
        "app/service.py": """
            import jwt
            from app.claims import BASE, START
            def f(key):
                jwt.encode(BASE, key)  # JWT301
                jwt.encode(START, key)
        """,
    },
    "a function that is defined under try": {
        "app/claims.py": """
            try:
                from fast import claims
            except ImportError:
                def claims(u):
                    return {"sub": u}
        """,
        "app/service.py": """
            import jwt
            from app.claims import claims
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
        """,
    },
}


@pytest.mark.parametrize("files", WAYS.values(), ids=WAYS)
def test_way(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


@pytest.mark.parametrize("files", WAYS.values(), ids=WAYS)
def test_way_in_packages(files: Files, tmp_path: Path) -> None:
    verify(packaged(files), tmp_path)


LAYOUTS: dict[str, Files] = {
    "src": {
        "src/app/__init__.py": "",
        "src/app/claims.py": CLAIMS,
        "src/app/service.py": """
            import jwt
            from app.claims import claims
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
        """,
        "tools/check.py": """
            import jwt
            from app.claims import BASE
            def f(key):
                jwt.encode(BASE, key)  # JWT301
        """,
        "run.py": """
            import jwt
            from app.claims import BASE
            def f(key):
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "scripts without any package": {
        "scripts/claims.py": CLAIMS,
        "scripts/sign.py": """
            import jwt
            from claims import claims, BASE
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "a namespace package in two folders deep": {
        "company/auth/claims.py": CLAIMS,
        "company/web/service.py": """
            import jwt
            from company.auth.claims import claims
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
        """,
    },
    "two projects with modules of the same name": {
        "one/app/__init__.py": "",
        "one/app/claims.py": """
            BASE = {"sub": "u"}
        """,
        "one/app/service.py": """
            import jwt
            from app.claims import BASE
            def f(key):
                jwt.encode(BASE, key)  # JWT301
        """,
        "two/app/__init__.py": "",
        "two/app/claims.py": """
            BASE = {"sub": "u", "exp": 1}
        """,
        "two/app/service.py": """
            import jwt
            from app.claims import BASE
            def f(key):
                jwt.encode(BASE, key)
        """,
    },
    "two projects with sources in src": {
        "one/src/app/__init__.py": "",
        "one/src/app/claims.py": """
            BASE = {"sub": "u", "exp": 1}
        """,
        "one/src/app/service.py": """
            import jwt
            from app.claims import BASE
            def f(key):
                jwt.encode(BASE, key)
        """,
        "two/src/app/__init__.py": "",
        "two/src/app/claims.py": """
            BASE = {"sub": "u"}
        """,
        "two/src/app/service.py": """
            import jwt
            from app.claims import BASE
            def f(key):
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "a module beside one of the standard library's name": {
        "app/__init__.py": "",
        "app/secrets.py": """
            BASE = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.secrets import BASE
            from .secrets import BASE as again
            def f(key):
                jwt.encode(BASE, key)  # JWT301
                jwt.encode(again, key)  # JWT301
        """,
    },
    "a package that defines what is also a submodule": {
        "app/__init__.py": """
            from app.claims import claims
        """,
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from app import claims
            def f(u, key):
                jwt.encode(claims(u), key)  # JWT301
        """,
    },
    "a package whose instance hides a submodule": {
        "app/__init__.py": "",
        "app/config/__init__.py": """
            from .settings import Settings
            settings = Settings()
        """,
        "app/config/settings.py": """
            class Settings:
                def __init__(self):
                    self.base = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.config import settings
            def f(key):
                jwt.encode(settings.base, key)  # JWT301
        """,
    },
    "a package beside a module of the same name": {
        "app/__init__.py": "",
        "app/claims.py": """
            BASE = {"sub": "u", "exp": 1}
        """,
        "app/claims/__init__.py": """
            BASE = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import BASE
            def f(key):
                jwt.encode(BASE, key)  # JWT301
        """,
    },
}


@pytest.mark.parametrize("files", LAYOUTS.values(), ids=LAYOUTS)
def test_layout(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


CYCLES: dict[str, Files] = {
    "each imports a name of the other": {
        "app/a.py": """
            import jwt
            from app.b import START
            BASE = {"sub": "u"}
            def f(key):
                jwt.encode(START, key)  # JWT301
        """,
        "app/b.py": """
            import jwt
            START = {"sub": "u"}
            from app.a import BASE
            def g(key):
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "each imports the other": {
        "app/a.py": """
            import jwt
            import app.b
            BASE = {"sub": "u"}
            def f(key):
                jwt.encode(app.b.START, key)  # JWT301
        """,
        "app/b.py": """
            import jwt
            import app.a
            START = {"sub": "u"}
            def g(key):
                jwt.encode(app.a.BASE, key)  # JWT301
        """,
    },
    "functions that call one another": {
        "app/a.py": """
            import jwt
            from app import b
            def claims(u, n):
                return b.claims(u, n - 1) if n else {"sub": u}
            def f(u, key, n):
                jwt.encode(claims(u, 0), key)  # JWT301
                jwt.encode(claims(u, n), key)  # JWT301
        """,
        "app/b.py": """
            from app import a
            def claims(u, n):
                return a.claims(u, n)
        """,
    },
    "a name that nobody defines": {
        "app/a.py": """
            from app.b import BASE
        """,
        "app/b.py": """
            from app.a import BASE
        """,
        "app/service.py": """
            import jwt
            from app.a import BASE
            def f(key):
                jwt.encode(BASE, key)
        """,
    },
    "stars in a circle": {
        "app/a.py": """
            from app.b import *
            FIRST = {"sub": "u"}
        """,
        "app/b.py": """
            from app.a import *
            SECOND = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.a import *
            def f(key):
                jwt.encode(FIRST, key)  # JWT301
                jwt.encode(SECOND, key)  # JWT301
                jwt.encode(THIRD, key)
        """,
    },
    "a module that imports itself": {
        "app/service.py": """
            import jwt
            import app.service as me
            BASE = {"sub": "u"}
            def f(key):
                jwt.encode(me.BASE, key)  # JWT301
        """,
    },
}


@pytest.mark.parametrize("files", CYCLES.values(), ids=CYCLES)
def test_cycle(files: Files, tmp_path: Path) -> None:
    verify(packaged(files), tmp_path)


MISSING: dict[str, Files] = {
    "a module that is not there": {
        "app/service.py": """
            import jwt
            from app.claims import claims, BASE
            from app.more import *
            def f(u, key):
                jwt.encode(claims(u), key)
                jwt.encode(BASE, key)
                jwt.encode(OTHER, key)
                jwt.encode({"sub": u}, key)  # JWT301
        """,
    },
    "a name that is not there": {
        "app/claims.py": CLAIMS,
        "app/service.py": """
            import jwt
            from app.claims import nothing, Nobody
            def f(u, key):
                jwt.encode(nothing(u), key)
                jwt.encode(Nobody().claims, key)
                jwt.encode({"sub": u}, key)  # JWT301
        """,
    },
    "a module whose own import fails": {
        "app/claims.py": """
            import nowhere
            from .absent import helper
            def claims(u):
                return helper({"sub": u})
            BASE = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import claims, BASE
            def f(u, key):
                jwt.encode(claims(u), key)
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "a module that Python cannot read": {
        "app/claims.py": """
            BASE = {"sub": "u"
        """,
        "app/service.py": """
            import jwt
            from app.claims import BASE
            def f(u, key):
                jwt.encode(BASE, key)
                jwt.encode({"sub": u}, key)  # JWT301
        """,
    },
    "more dots than there are packages": {
        "service.py": """
            import jwt
            from ...claims import BASE
            from .... import claims
            def f(u, key):
                jwt.encode(BASE, key)
                jwt.encode(claims.BASE, key)
                jwt.encode({"sub": u}, key)  # JWT301
        """,
    },
    "a module that is a folder": {
        "app/claims.py/readme.txt": "BASE",
        "app/service.py": """
            import jwt
            from app.claims import BASE
            def f(u, key):
                jwt.encode(BASE, key)
                jwt.encode({"sub": u}, key)  # JWT301
        """,
    },
}


@pytest.mark.parametrize("files", MISSING.values(), ids=MISSING)
def test_what_is_not_there_is_passed_over(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


def test_a_module_that_cannot_be_parsed_does_not_keep_others_from_being_analysed(tmp_path: Path) -> None:
    found = report(
        {
            "app/jwt_claims.py": 'import jwt\nBASE = {"sub": "u"\n',
            "app/service.py": """\
                import jwt
                from app.jwt_claims import BASE
                def f(u, key):
                    jwt.encode(BASE, key)
                    jwt.encode({"sub": u}, key)
            """,
        },
        tmp_path,
    )
    assert [(one.code, one.location.line) for one in found.findings] == [("JWT301", 5)]
    assert [(one.path, one.line) for one in found.errors] == [("app/jwt_claims.py", 2)]


def test_the_trace_leads_into_the_other_module(tmp_path: Path) -> None:
    files = {
        **WAYS["re-exported by two packages"],
        "service.py": """
            import jwt
            from app import claims
            def f(u, key):
                jwt.encode(claims(u), key)
        """,
    }
    (found,) = findings(files, tmp_path)
    assert ("app/core/claims.py", 3) in [(step.location.path, step.location.line) for step in found.trace]
