"""JWT308 in projects: what shows that there are refresh tokens, and that they can be revoked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import projects
import pytest
from projects import Files, confidences, verify

OPTIONS = 'SIMPLE_JWT = {"ROTATE_REFRESH_TOKENS": False}  # JWT308'
BASE = """
    import os
    SECRET_KEY = os.environ["SECRET_KEY"]
    INSTALLED_APPS = ["rest_framework", "rest_framework_simplejwt"]
"""
APPLICATION = """
    import os
    from flask import Flask
    from PACKAGE import JWTManager
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = os.environ["KEY"]
    manager = JWTManager(app)  # JWT308
"""
VIEWS = """
    from PACKAGE import create_refresh_token
    def login(user):
        return create_refresh_token(user)
"""


def one_module(more: str) -> Files:
    return {"setup.py": "", "settings.py": BASE + "".join(f"    {line}\n" for line in more.strip().splitlines())}


def quiet(text: str) -> str:
    return text.replace("  # JWT308", "")


def flask(package: str, *, more: str = "", views: str = VIEWS, reported: bool = True) -> Files:
    files = {"app.py": APPLICATION if reported else quiet(APPLICATION), "views.py": views, "revoking.py": more}
    return {"setup.py": "", **{path: text.replace("PACKAGE", package) for path, text in files.items()}}


PROJECTS: dict[str, Files] = {
    "no options about refresh tokens": one_module('SIMPLE_JWT = {"ALGORITHM": "HS256"}'),
    "options about them": one_module(OPTIONS),
    "Django starts with no application": {"settings.py": OPTIONS, "setup.py": "", "urls.py": "ROOT_URLCONF = ''"},
    "a list by the name of its configuration": one_module(
        'INSTALLED_APPS += ["rest_framework_simplejwt.token_blacklist.apps.TokenBlacklistConfig"]\n' + quiet(OPTIONS)
    ),
    "another application of a name that begins so": one_module(
        f'INSTALLED_APPS += ["rest_framework_simplejwt.token_blacklist_extras"]\n{OPTIONS}'
    ),
    "applications that are not seen": one_module(f"INSTALLED_APPS += local_apps()\n{quiet(OPTIONS)}"),
    "applications of which one has no name": one_module(
        f'INSTALLED_APPS += [os.environ["TOKEN_APP"]]\n{quiet(OPTIONS)}'
    ),
    "a list in some deployments": one_module(
        'if os.environ.get("REVOKE"):\n    INSTALLED_APPS += ["rest_framework_simplejwt.token_blacklist"]\n'
        + quiet(OPTIONS)
    ),
    "passwords that revoke": one_module('SIMPLE_JWT = {"REFRESH_TOKEN_LIFETIME": LONG, "CHECK_REVOKE_TOKEN": True}'),
    "a serializer of the project's own, in the options": one_module(
        'SIMPLE_JWT = {"ROTATE_REFRESH_TOKENS": False, "TOKEN_REFRESH_SERIALIZER": "shop.Refresh"}'
    ),
    "a serializer of the project's own, in a view": {
        **one_module(quiet(OPTIONS)),
        "views.py": """
            from rest_framework_simplejwt.serializers import TokenRefreshSerializer
            class Refresh(TokenRefreshSerializer):
                def validate(self, attributes):
                    return check(super().validate(attributes))
        """,
    },
    "settings built upon others": {
        "setup.py": "",
        "site/manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.live")',
        "site/conf/__init__.py": "",
        "site/conf/base.py": BASE + f"    {OPTIONS}\n",
        "site/conf/live.py": "from conf.base import *\nDEBUG = False",
    },
    "settings built upon others, with the list on top": {
        "setup.py": "",
        "site/manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.live")',
        "site/conf/__init__.py": "",
        "site/conf/base.py": BASE + f"    {quiet(OPTIONS)}\n",
        "site/conf/live.py": """
            from conf.base import *
            INSTALLED_APPS += ["rest_framework_simplejwt.token_blacklist"]
        """,
    },
    "tests": {"setup.py": "", "tests/settings.py": BASE + f"    {quiet(OPTIONS)}\n"},
    "Flask": flask("flask_jwt_extended"),
    "Quart": flask("quart_jwt_extended"),
    "Flask with a list": flask(
        "flask_jwt_extended", more="app.manager.token_in_blocklist_loader(is_revoked)", reported=False
    ),
    "Flask with a list, in release 3": flask(
        "flask_jwt_extended", more="app.manager.token_in_blacklist_loader(is_revoked)", reported=False
    ),
    "Flask without refresh tokens": flask(
        "flask_jwt_extended", views=VIEWS.replace("refresh", "access"), reported=False
    ),
}


@pytest.fixture(autouse=True)
def auditor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projects, "SHOWN", replace(projects.SHOWN, select=("JWT308",)))


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_a_project(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


@pytest.mark.parametrize(
    ("files", "confidence"), [(one_module(OPTIONS), "high"), (flask("flask_jwt_extended"), "medium")]
)
def test_how_sure_it_is(files: Files, confidence: str, tmp_path: Path) -> None:
    assert confidences(files, tmp_path, "JWT308") == [confidence]
