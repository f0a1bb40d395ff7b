"""SHAPES C10: the settings of Django, which are the names of a module that the project says."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from web_projects import Files, findings, verify

READER = """
    import jwt
    from django.conf import settings

    def issue(claims):
        return jwt.encode({"exp": claims["exp"]}, settings.SECRET_KEY, algorithm="HS256")
"""

MANAGE = """
    import os
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "%s")
"""

DJANGO = {
    "named in manage.py": {
        "manage.py": MANAGE % "site_.conf",
        "site_/__init__.py": "",
        "site_/conf.py": """
            SECRET_KEY = "django-insecure-dev"  # JWT501
        """,
    },
    "by its usual name": {
        "site_/__init__.py": "",
        "site_/settings.py": """
            SECRET_KEY = "django-insecure-dev"  # JWT501
            INSTALLED_APPS = []
        """,
    },
    "a fallback": {
        "manage.py": MANAGE % "settings",
        "settings.py": """
            import environ
            env = environ.Env()
            SECRET_KEY = env("SECRET_KEY", default="django-insecure-dev")  # JWT502
        """,
    },
    "the environment": {
        "manage.py": MANAGE % "settings",
        "settings.py": """
            import os
            SECRET_KEY = os.environ["SECRET_KEY"]
        """,
    },
    "a base module": {
        "manage.py": MANAGE % "site_.settings.production",
        "site_/__init__.py": "",
        "site_/settings/__init__.py": "",
        "site_/settings/base.py": """
            SECRET_KEY = "django-insecure-dev"  # JWT501
        """,
        "site_/settings/production.py": """
            from .base import *
            DEBUG = False
        """,
    },
    "a base module's literal that is replaced": {
        "manage.py": MANAGE % "site_.settings.production",
        "site_/__init__.py": "",
        "site_/settings/__init__.py": "",
        "site_/settings/base.py": """
            SECRET_KEY = "django-insecure-dev"
        """,
        "site_/settings/production.py": """
            import os
            from .base import *
            SECRET_KEY = os.environ["SECRET_KEY"]
        """,
    },
    "a package without anybody who names it": {
        "site_/__init__.py": "",
        "site_/settings/__init__.py": "",
        "site_/settings/base.py": """
            INSTALLED_APPS = []
            SECRET_KEY = "django-insecure-dev"
        """,
        "site_/settings/production.py": """
            import os
            from .base import *
            SECRET_KEY = os.environ["SECRET_KEY"]
        """,
    },
    "local settings that are not here": {
        "manage.py": MANAGE % "settings",
        "settings.py": """
            SECRET_KEY = "django-insecure-dev"  # JWT502
            try:
                from local_settings import *
            except ImportError:
                pass
        """,
    },
    "local settings that are here": {
        "manage.py": MANAGE % "settings",
        "settings.py": """
            SECRET_KEY = "django-insecure-dev"  # JWT502
            from local_settings import *
        """,
        "local_settings.py": """
            import os
            SECRET_KEY = os.environ["SECRET_KEY"]
        """,
    },
    "a module that refuses its own fallback": {
        "manage.py": MANAGE % "settings",
        "settings.py": """
            import os
            SECRET_KEY = os.environ.get("SECRET_KEY", "django-insecure-dev")
            if SECRET_KEY == "django-insecure-dev":
                raise RuntimeError("SECRET_KEY is not set")
        """,
    },
    "named for tests only": {
        "setup.cfg": "[tool:pytest]\nDJANGO_SETTINGS_MODULE = conf\n",
        "conf.py": """
            SECRET_KEY = "django-insecure-dev"  # JWT501
        """,
    },
    "settings of the tests of a package": {
        "setup.cfg": "[tool:pytest]\nDJANGO_SETTINGS_MODULE = tests.settings\n",
        "runtests.py": MANAGE % "tests.settings",
        "tests/__init__.py": "",
        "tests/settings.py": """
            SECRET_KEY = "not secret"
            INSTALLED_APPS = []
        """,
    },
    "settings of something else": {
        "settings.py": """
            SECRET_KEY = "dev"
        """,
    },
    "a placeholder": {
        "manage.py": MANAGE % "settings",
        "settings.py": """
            SECRET_KEY = ""
        """,
    },
    "none": {},
}


@pytest.mark.parametrize("files", DJANGO.values(), ids=DJANGO)
def test_c10_django_settings_are_followed_to_their_module(files: Files, tmp_path: Path) -> None:
    verify({**files, "tokens/service.py": READER, "requirements.txt": ""}, tmp_path)


DJANGO_READINGS = {
    "an item of a dict": """
        jwt.decode(t, settings.SIMPLE_JWT["SIGNING_KEY"], algorithms=["HS256"])
    """,
    "get of a dict": """
        jwt.decode(t, settings.SIMPLE_JWT.get("SIGNING_KEY"), algorithms=["HS256"])
    """,
    "encoded": """
        jwt.decode(t, settings.SECRET_KEY.encode(), algorithms=["HS256"])
    """,
    "getattr": """
        jwt.decode(t, getattr(settings, "SECRET_KEY", "other"), algorithms=["HS256"])
    """,
    "the module": """
        from django import conf
        jwt.decode(t, conf.settings.SECRET_KEY, algorithms=["HS256"])
    """,
}


@pytest.mark.parametrize("reading", DJANGO_READINGS.values(), ids=DJANGO_READINGS)
def test_c10_however_they_are_read(reading: str, tmp_path: Path) -> None:
    settings = """
        SECRET_KEY = "django-insecure-dev"  # JWT501
        SIMPLE_JWT = {"SIGNING_KEY": SECRET_KEY}
    """
    head = "import jwt\nfrom django.conf import settings\ndef f(t):\n"
    body = textwrap.indent(textwrap.dedent(reading), "    ")
    verify({"manage.py": MANAGE % "settings", "settings.py": settings, "service.py": head + body}, tmp_path)


def test_c10_a_default_of_getattr(tmp_path: Path) -> None:
    verify(
        {
            "manage.py": MANAGE % "settings",
            "settings.py": "SECRET_KEY = ''\n",
            "service.py": """
                import jwt
                from django.conf import settings
                def f(t):
                    jwt.decode(t, getattr(settings, "TOKEN_KEY", "dev"), algorithms=["HS256"])  # JWT502
                    jwt.decode(t, getattr(settings, "TOKEN_KEY", None) or "dev", algorithms=["HS256"])  # JWT502
                    jwt.decode(t, getattr(settings, "OTHER_KEY", None), algorithms=["HS256"])
                    jwt.decode(t, getattr(settings, "SECRET_KEY", "dev"), algorithms=["HS256"])
            """,
        },
        tmp_path,
    )


def test_c10_of_several_modules_a_literal_is_what_one_may_choose(tmp_path: Path) -> None:
    files = {
        "manage.py": MANAGE % "site_.settings.local",
        "site_/__init__.py": "",
        "site_/wsgi.py": MANAGE % "site_.settings.production",
        "site_/settings/__init__.py": "",
        "site_/settings/base.py": "DEBUG = False\n",
        "site_/settings/local.py": """
            from .base import *
            SECRET_KEY = "django-insecure-dev"  # JWT502
        """,
        "site_/settings/production.py": """
            import os
            from .base import *
            SECRET_KEY = os.environ["SECRET_KEY"]
        """,
        "service.py": READER,
    }
    verify(files, tmp_path)
    assert [str(one.confidence) for one in findings(files, tmp_path)] == ["low"]
