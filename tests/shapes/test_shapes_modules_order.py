"""What is found in a file does not depend on which files were analysed before it."""

from __future__ import annotations

import itertools
from contextlib import chdir
from pathlib import Path

import pytest
from projects import SHOWN, Files, packaged, settle

from jwt_sast.analyzer import Analyzer
from jwt_sast.findings import Finding

PROJECTS: dict[str, Files] = {
    "modules that import one another": {
        "app/a.py": """
            import jwt
            from app.b import START, sign
            BASE = {"sub": "u"}
            def f(key):
                jwt.encode(START, key)
                sign(BASE, key)
        """,
        "app/b.py": """
            import jwt
            from app import c
            START = dict(c.FIRST)
            def sign(claims, key):
                return jwt.encode({**claims, **c.more()}, key)
            def f(key):
                sign(START, key)
        """,
        "app/c.py": """
            import jwt
            import app.a
            from app.d import *
            FIRST = {"iss": "me"}
            def more():
                return {"aud": AUDIENCE}
            def g(key):
                jwt.encode(app.a.BASE, key)
        """,
        "app/d.py": """
            import jwt
            from app.a import BASE
            from app.c import *
            AUDIENCE = "us"
            def h(key):
                jwt.encode(BASE, key)
                jwt.encode(FIRST, key)
                jwt.encode(more(), key)
        """,
    },
    "a class that is changed, made and inherited from": {
        "app/config.py": """
            import os
            import jwt
            SECRET = "s3cr3t"
            class Config:
                secret = "dev"
                def __init__(self, key=""):
                    self.key = key
                def read(self, t):
                    return jwt.decode(t, self.key, algorithms=["HS256"])
            def load():
                global SECRET
                SECRET = os.environ["SECRET"]
                os.environ.setdefault("OTHER", "0ther")
                return SECRET
            def other(t):
                return jwt.decode(t, os.environ["OTHER"], algorithms=["HS256"])
            def own(t):
                jwt.decode(t, SECRET, algorithms=["HS256"])
                return jwt.decode(t, Config.secret, algorithms=["HS256"])
        """,
        "app/first.py": """
            import jwt
            from app.config import Config, load
            Config.secret = "first"
            config = Config("fir5t")
            load()
            def f(t):
                jwt.decode(t, Config.secret, algorithms=["HS256"])
                return config.read(t)
        """,
        "app/second.py": """
            import jwt
            from app import config
            class Second(config.Config):
                secret = "second"
                def f(self, t):
                    jwt.decode(t, config.SECRET, algorithms=["HS256"])
                    return jwt.decode(t, self.secret, algorithms=["HS256"])
        """,
        "app/third.py": """
            import jwt
            from app.config import Config
            from app.second import Second
            def f(t):
                jwt.decode(t, Config.secret, algorithms=["HS256"])
                Second("th1rd").read(t)
                return jwt.decode(t, Second.secret, algorithms=["HS256"])
        """,
    },
    "dicts that are changed": {
        "app/claims.py": """
            import jwt
            A = {"sub": "u"}
            B = {"sub": "u", "exp": 1}
            def stamp(claims):
                claims["exp"] = 1
            def f(key):
                jwt.encode(A, key)
                jwt.encode(B, key)
        """,
        "app/first.py": """
            import jwt
            from app.claims import A, B
            A["exp"] = 1
            del B["exp"]
            def f(key):
                jwt.encode(A, key)
                jwt.encode(B, key)
        """,
        "app/second.py": """
            import jwt
            from app.claims import A, stamp
            from app.first import B
            def f(key):
                jwt.encode(A, key)
                jwt.encode(B, key)
                stamp(A)
                jwt.encode(A, key)
        """,
    },
}


def _found(analyzer: Analyzer, path: str) -> list[Finding]:
    report = analyzer.analyze(path, Path(path).read_bytes())
    assert report.errors == []
    return report.findings


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_every_order_finds_the_same(files: Files, tmp_path: Path) -> None:
    settle(packaged(files), tmp_path)
    with chdir(tmp_path):
        alone = {path: _found(Analyzer(SHOWN), path) for path in files}
        assert all(alone.values()), "every file of these projects has something to find"
        for order in itertools.permutations(files):
            analyzer = Analyzer(SHOWN)
            assert {path: _found(analyzer, path) for path in order} == alone, order


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_twice_is_as_once(files: Files, tmp_path: Path) -> None:
    settle(packaged(files), tmp_path)
    with chdir(tmp_path):
        analyzer = Analyzer(SHOWN)
        first = {path: _found(analyzer, path) for path in files}
        assert {path: _found(analyzer, path) for path in files} == first
