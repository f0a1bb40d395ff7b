"""JWT509: the framework's own secret, read in one module and set in another one, or nowhere."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest
from projects import Files, settle

from jwt_sast.config import Settings
from jwt_sast.scanner import scan

DJANGO = """
    import os
    INSTALLED_APPS = []
    SECRET_KEY = os.environ["DJANGO_SECRET"]
    TOKEN_KEY = os.environ["TOKEN_SECRET"]
"""
VIEW = """
    import jwt
    from django.conf import settings
    def issue(u):
        return jwt.encode({{"sub": u, "exp": 1}}, settings.{name}, algorithm="HS256")
"""
FLASK = """
    import os
    from flask import Flask
    def create_app():
        app = Flask(__name__)
        app.config["SECRET_KEY"] = os.environ["FLASK_SECRET"]
        app.config["TOKEN_KEY"] = os.environ["TOKEN_SECRET"]
        return app
"""
TOKENS = """
    import jwt
    from flask import current_app
    def issue(u):
        key = current_app.config["{name}"]
        return jwt.encode({{"sub": u, "exp": 1}}, key, algorithm="HS256")
"""

SHARED: dict[str, Files] = {
    "Django": {"shop/settings.py": DJANGO, "shop/views.py": VIEW.format(name="SECRET_KEY")},
    "Django without its settings": {"shop/views.py": VIEW.format(name="SECRET_KEY")},
    "Flask": {"shop/app.py": FLASK, "shop/tokens.py": TOKENS.format(name="SECRET_KEY")},
    "Flask without its application": {"shop/tokens.py": TOKENS.format(name="SECRET_KEY")},
}
OWN: dict[str, Files] = {
    "Django": {"shop/settings.py": DJANGO, "shop/views.py": VIEW.format(name="TOKEN_KEY")},
    "Flask": {"shop/app.py": FLASK, "shop/tokens.py": TOKENS.format(name="TOKEN_KEY")},
    "a parameter": {
        "shop/tokens.py": """
            import jwt
            from flask import current_app
            def issue(u, key):
                salt = current_app.config["SECRET_KEY"]
                return jwt.encode({"sub": u, "exp": 1}, key), salt
        """
    },
}


def found(files: Files, folder: Path) -> list[str]:
    """Where JWT509 is found."""
    settle(files, folder)
    with chdir(folder):
        report = scan(["."], Settings(select=("JWT509",)), jobs=1)
    assert report.errors == []
    return [finding.location.path for finding in report.findings]


@pytest.mark.parametrize("files", SHARED.values(), ids=SHARED)
def test_the_framework_s(files: Files, tmp_path: Path) -> None:
    assert found(files, tmp_path) == [path for path in files if path.endswith(("views.py", "tokens.py"))]


@pytest.mark.parametrize("files", OWN.values(), ids=OWN)
def test_its_own(files: Files, tmp_path: Path) -> None:
    assert found(files, tmp_path) == []
