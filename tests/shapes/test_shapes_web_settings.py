"""SHAPES C9 and C10: the settings of web frameworks, set in one module and read in another one."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

import pytest
from shape_programs import marked

from jwt_sast.config import Settings
from jwt_sast.findings import Finding
from jwt_sast.scanner import scan

Files = Mapping[str, str]

READER = """
    import jwt
    from flask import current_app

    def issue(claims):
        return jwt.encode({"exp": claims["exp"]}, current_app.config["JWT_SECRET_KEY"], algorithm="HS256")
"""


def findings(files: Files, folder: Path) -> list[Finding]:
    """What is found in a project of these files; nothing in it may go unanalysed."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
    with chdir(folder):
        report = scan(["."], Settings(), jobs=1)
    assert not report.errors
    return list(report.findings)


def verify(files: Files, folder: Path) -> None:
    """Asserts that exactly the marked findings are found, each in its file and on its line."""
    expected = Counter(
        (name, path, line) for path, text in files.items() for name, line in marked(textwrap.dedent(text))
    )
    found = Counter((one.code, one.location.path, one.location.line) for one in findings(files, folder))
    assert sorted(found.elements()) == sorted(expected.elements())


FLASK = {
    "an item": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
        """,
    },
    "update by keyword": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config.update(DEBUG=True, JWT_SECRET_KEY="dev")  # JWT501
        """,
    },
    "update by a dict": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config.update({"JWT_SECRET_KEY": "dev"})  # JWT501
        """,
    },
    "from_mapping in a factory": {
        "app.py": """
            from flask import Flask
            def create_app():
                app = Flask(__name__)
                app.config.from_mapping(JWT_SECRET_KEY="dev")  # JWT501
                return app
        """,
    },
    "from_object with a class": {
        "config.py": """
            class Base:
                JWT_SECRET_KEY = "dev"  # JWT501
            class Config(Base):
                DEBUG = False
        """,
        "app.py": """
            from flask import Flask
            from config import Config
            app = Flask(__name__)
            app.config.from_object(Config)
        """,
    },
    "from_object with an instance": {
        "config.py": """
            class Config:
                JWT_SECRET_KEY = "dev"  # JWT501
        """,
        "app.py": """
            from flask import Flask
            from config import Config
            def create_app():
                app = Flask(__name__)
                app.config.from_object(Config())
                return app
        """,
    },
    "from_object with a dotted class": {
        "backend/__init__.py": "",
        "backend/config.py": """
            class Config:
                JWT_SECRET_KEY = "dev"  # JWT501
        """,
        "backend/app.py": """
            from flask import Flask
            def create_app():
                app = Flask(__name__)
                app.config.from_object("backend.config.Config")
                return app
        """,
    },
    "from_object with a dotted module": {
        "settings.py": """
            JWT_SECRET_KEY = "dev"  # JWT501
        """,
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config.from_object("settings")
        """,
    },
    "from_object with an imported module": {
        "backend/__init__.py": "",
        "backend/settings.py": """
            JWT_SECRET_KEY = "dev"  # JWT501
        """,
        "backend/app.py": """
            from flask import Flask
            from . import settings
            app = Flask(__name__)
            app.config.from_object(settings)
        """,
    },
    "a module that an environment variable may replace": {
        "settings.py": """
            JWT_SECRET_KEY = "dev"  # JWT502
        """,
        "app.py": """
            import os
            from flask import Flask
            def create_app(module=None):
                app = Flask(__name__)
                app.config.from_object(module or os.environ.get("APP_CONFIG", "settings"))
                return app
        """,
    },
    "a module that a local one may change": {
        "settings.py": """
            JWT_SECRET_KEY = "dev"  # JWT502
            try:
                from local_settings import *
            except ImportError:
                pass
        """,
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config.from_object("settings")
        """,
    },
    "only names in upper case": {
        "config.py": """
            class Config:
                jwt_secret_key = "dev"
        """,
        "app.py": """
            from flask import Flask
            from config import Config
            app = Flask(__name__)
            app.config.from_object(Config)
            app.config.from_mapping(jwt_secret_key="dev")
        """,
    },
    "a fallback to the environment": {
        "config.py": """
            import os
            class Config:
                JWT_SECRET_KEY = os.environ.get("JWT_SECRET_KEY") or "dev"  # JWT502
        """,
        "app.py": """
            from flask import Flask
            from config import Config
            app = Flask(__name__)
            app.config.from_object(Config)
        """,
    },
    "the environment": {
        "app.py": """
            import os
            from flask import Flask
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = os.environ["JWT_SECRET_KEY"]
        """,
    },
    "replaced later": {
        "config.py": """
            class Config:
                JWT_SECRET_KEY = "dev"
        """,
        "app.py": """
            import os
            from flask import Flask
            from config import Config
            app = Flask(__name__)
            app.config.from_object(Config)
            app.config["JWT_SECRET_KEY"] = os.environ["JWT_SECRET_KEY"]
        """,
    },
    "a file that may replace it": {
        "app.py": """
            from flask import Flask
            def create_app(test_config=None):
                app = Flask(__name__)
                app.config.from_mapping(JWT_SECRET_KEY="dev")  # JWT502
                if test_config is None:
                    app.config.from_pyfile("config.py", silent=True)
                else:
                    app.config.from_mapping(test_config)
                return app
        """,
    },
    "variables that may replace it": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = "dev"  # JWT502
            app.config.from_prefixed_env()
        """,
    },
    "set after what may be there": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config.from_envvar("APP_SETTINGS", silent=True)
            app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
        """,
    },
    "a default": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config.setdefault("JWT_SECRET_KEY", "dev")  # JWT502
        """,
    },
    "an extension's default": {
        "extension.py": """
            class Tokens:
                def __init__(self, app=None):
                    if app is not None:
                        self.init_app(app)
                def init_app(self, app):
                    app.config.setdefault("JWT_SECRET_KEY", "dev")  # JWT502
        """,
    },
    "an extension's default that is not needed": {
        "extension.py": """
            class Tokens:
                def init_app(self, app):
                    app.config.setdefault("JWT_SECRET_KEY", "dev")
        """,
        "app.py": """
            import os
            from flask import Flask
            from extension import Tokens
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = os.environ["JWT_SECRET_KEY"]
            Tokens().init_app(app)
        """,
    },
    "a helper that is handed the application": {
        "app.py": """
            from flask import Flask
            from configure import configure
            def create_app():
                app = Flask(__name__)
                configure(app)
                return app
        """,
        "configure.py": """
            def configure(app):
                app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
        """,
    },
    "a module that imports the application": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
        """,
        "configure.py": """
            from app import app
            app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
        """,
    },
    "update of an imported application": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
        """,
        "configure.py": """
            from app import app
            app.config.update(JWT_SECRET_KEY="dev")  # JWT501
        """,
    },
    "the current application": {
        "configure.py": """
            from flask import current_app
            def configure():
                current_app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
        """,
    },
    "a default of the current application": {
        "configure.py": """
            from flask import current_app
            def configure():
                current_app.config.setdefault("JWT_SECRET_KEY", "dev")  # JWT502
        """,
    },
    "another setting": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config["SECRET_KEY"] = "dev"  # JWT501
            app.config["JWT_SECRET_KEY"] = app.config["SECRET_KEY"]
        """,
    },
    "another setting of another module": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config["SECRET_KEY"] = "dev"  # JWT501
        """,
        "extension.py": """
            def init_app(app):
                app.config["JWT_SECRET_KEY"] = app.config["SECRET_KEY"]
        """,
    },
    "secret_key": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.secret_key = "dev"  # JWT501
            app.config["JWT_SECRET_KEY"] = app.config["SECRET_KEY"]
        """,
    },
    "an application of a class of its own": {
        "app.py": """
            from flask import Flask
            class Application(Flask):
                def ready(self):
                    return True
            def create_app():
                app = Application(__name__)
                app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
                return app
        """,
    },
    "an application of Quart": {
        "app.py": """
            from quart import Quart
            app = Quart(__name__)
            app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
        """,
    },
    "a table of classes and a variable": {
        "config.py": """
            class Development:
                JWT_SECRET_KEY = "dev"  # JWT501
            class Staging:
                JWT_SECRET_KEY = "staging"  # JWT501
            config = {"development": Development, "staging": Staging}
        """,
        "app.py": """
            import os
            from flask import Flask
            from config import config
            app = Flask(__name__)
            app.config.from_object(config[os.getenv("FLASK_ENV", "development")])
        """,
    },
    "a class that a function gives": {
        "config.py": """
            class Config:
                JWT_SECRET_KEY = "dev"  # JWT501
            def current():
                return Config
        """,
        "app.py": """
            from flask import Flask
            from config import current
            app = Flask(__name__)
            app.config.from_object(current())
        """,
    },
    "a class whose name is not known": {
        "config.py": """
            class Config:
                JWT_SECRET_KEY = "dev"
        """,
        "app.py": """
            import os
            from flask import Flask
            app = Flask(__name__)
            app.config.from_object(os.environ["APP_SETTINGS"])
        """,
    },
    "a class whose name is not known, over what is there": {
        "app.py": """
            import os
            from flask import Flask
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = "dev"  # JWT502
            app.config.from_object(os.environ["APP_SETTINGS"])
        """,
    },
    "a class with a method that is handed the application": {
        "config.py": """
            import os
            class Config:
                JWT_SECRET_KEY = "dev"
                @staticmethod
                def init_app(app):
                    pass
            class Production(Config):
                @classmethod
                def init_app(cls, app):
                    app.config["JWT_SECRET_KEY"] = os.environ["JWT_SECRET_KEY"]
        """,
        "app.py": """
            from flask import Flask
            from config import Production
            app = Flask(__name__)
            Production.init_app(app)
        """,
    },
    "a module that refuses to start with it": {
        "app.py": """
            import os
            from flask import Flask
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = os.environ.get("JWT_SECRET_KEY", "dev")
            if app.config["JWT_SECRET_KEY"] == "dev":
                raise RuntimeError("JWT_SECRET_KEY is not set")
        """,
    },
    "an example": {
        "examples/app.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = "dev"
        """,
    },
    "placeholders": {
        "config.py": """
            class Base:
                JWT_SECRET_KEY = ""
            class Other:
                JWT_SECRET_KEY = None
        """,
        "app.py": """
            from flask import Flask
            from config import Base, Other
            a = Flask(__name__)
            a.config.from_object(Base)
            b = Flask(__name__)
            b.config.from_object(Other)
        """,
    },
    "tests": {
        "app.py": """
            import os
            from flask import Flask
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = os.environ["JWT_SECRET_KEY"]
        """,
        "tests/test_app.py": """
            from app import app
            app.config["JWT_SECRET_KEY"] = "dev"
        """,
    },
    "nobody sets it": {
        "app.py": """
            from flask import Flask
            app = Flask(__name__)
            KEY = app.config["JWT_SECRET_KEY"]
        """,
    },
}


@pytest.mark.parametrize("files", FLASK.values(), ids=FLASK)
def test_c9_flask_settings_are_followed_to_where_they_are_set(files: Files, tmp_path: Path) -> None:
    verify({**files, "tokens/service.py": READER, "requirements.txt": ""}, tmp_path)


READINGS = {
    "get": """
        from flask import current_app
        def key(_):
            return current_app.config.get("JWT_SECRET_KEY")
    """,
    "get with a default that does not count": """
        from flask import current_app
        def key(_):
            return current_app.config.get("JWT_SECRET_KEY", "other")
    """,
    "the application by another name": """
        from flask import current_app as app
        def key(_):
            return app.config["JWT_SECRET_KEY"].encode()
    """,
    "the application imported": """
        from app import app
        def key(_):
            return app.config["JWT_SECRET_KEY"]
    """,
    "get of the application imported": """
        from app import app
        def key(_):
            return app.config.get("JWT_SECRET_KEY")
    """,
    "an application that is passed": """
        class Tokens:
            def __init__(self, app):
                self.app = app
            def key(self):
                return self.app.config["JWT_SECRET_KEY"]
        def key(app):
            return Tokens(app).key()
    """,
}


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
def test_c9_however_they_are_read(reading: str, tmp_path: Path) -> None:
    app = """
        from flask import Flask
        app = Flask(__name__)
        app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
    """
    call = """
        import jwt
        def read(token, app):
            return jwt.decode(token, key(app), algorithms=["HS256"])
    """
    verify({"app.py": app, "service.py": textwrap.dedent(reading) + textwrap.dedent(call)}, tmp_path)


def test_c9_in_one_file(tmp_path: Path) -> None:
    verify(
        {
            "app.py": """
                import jwt
                from flask import Flask
                app = Flask(__name__)
                app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
                app.config.setdefault("OTHER", "dev")  # JWT502
                def read(token):
                    jwt.decode(token, app.config["JWT_SECRET_KEY"], algorithms=["HS256"])
                    jwt.decode(token, app.config["OTHER"], algorithms=["HS256"])
                    jwt.decode(token, app.config.get("THIRD", "dev"), algorithms=["HS256"])  # JWT502
                    jwt.decode(token, app.config.get("FOURTH"), algorithms=["HS256"])
            """
        },
        tmp_path,
    )


def test_c9_projects_side_by_side_keep_apart(tmp_path: Path) -> None:
    app = """
        from flask import Flask
        app = Flask(__name__)
        app.config["JWT_SECRET_KEY"] = {value}
    """
    verify(
        {
            "pyproject.toml": "",
            "one/app.py": app.format(value='os.environ["K"]') + "    import os\n",
            "one/service.py": READER,
            "two/app.py": app.format(value='"dev"  # JWT501'),
            "two/service.py": READER,
        },
        tmp_path,
    )


def test_c9_of_several_classes_a_literal_is_what_one_may_choose(tmp_path: Path) -> None:
    files = {
        "config.py": """
            import os
            class Config:
                DEBUG = False
            class Development(Config):
                JWT_SECRET_KEY = "dev"  # JWT502
            class Production(Config):
                JWT_SECRET_KEY = os.environ.get("JWT_SECRET_KEY")
            config = {"development": Development, "production": Production, "default": Development}
        """,
        "app.py": """
            from flask import Flask
            from config import config
            def create_app(name):
                app = Flask(__name__)
                app.config.from_object(config[name])
                return app
        """,
        "service.py": READER,
    }
    verify(files, tmp_path)
    assert [str(one.confidence) for one in findings(files, tmp_path)] == ["low"]


DJANGO_READER = """
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
    verify({**files, "tokens/service.py": DJANGO_READER, "requirements.txt": ""}, tmp_path)


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
        "service.py": DJANGO_READER,
    }
    verify(files, tmp_path)
    assert [str(one.confidence) for one in findings(files, tmp_path)] == ["low"]


def test_c9_the_secret_key_by_its_other_name(tmp_path: Path) -> None:
    verify(
        {
            "app.py": """
                from flask import Flask
                app = Flask(__name__)
                app.secret_key = "dev"  # JWT501
            """,
            "service.py": """
                import jwt
                from flask import current_app
                def read(token):
                    jwt.decode(token, current_app.config["SECRET_KEY"], algorithms=["HS256"])
                    jwt.decode(token, current_app.secret_key, algorithms=["HS256"])
                    jwt.decode(token, current_app.config.get("SECRET_KEY", "other"), algorithms=["HS256"])
            """,
        },
        tmp_path,
    )


def test_c9_equal_literals_in_two_places_are_two_findings(tmp_path: Path) -> None:
    app = """
        from flask import Flask
        def create():
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
            return app
        def create_other():
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = "dev"  # JWT501
            return app
    """
    verify({"app.py": app, "service.py": READER}, tmp_path)


def test_the_trace_tells_where_a_setting_is_set_and_read(tmp_path: Path) -> None:
    config = """
        import os
        class Config:
            JWT_SECRET_KEY = os.environ.get("JWT_SECRET_KEY", "dev")
    """
    app = """
        from flask import Flask
        app = Flask(__name__)
        app.config.from_object("config.Config")
    """
    (finding,) = findings({"config.py": config, "app.py": app, "service.py": READER}, tmp_path)
    assert [(step.location.path, step.location.line, step.message) for step in finding.trace] == [
        ("service.py", 6, "`JWT_SECRET_KEY` is read from the settings here"),
        ("service.py", 6, "the key of jwt.encode here"),
    ]


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    files = {
        "app.py": """
            import jwt
            from flask import Flask
            from service import issue
            def create_app():
                app = Flask(__name__)
                app.config.from_object("config")
                return app
            def read(token):
                return jwt.decode(token, create_app().config["JWT_SECRET_KEY"], algorithms=["HS256"])
        """,
        "config.py": 'JWT_SECRET_KEY = "dev"\nimport jwt\n',
        "service.py": READER,
    }
    findings(files, tmp_path)
    with chdir(tmp_path):
        reports = [scan(order, Settings(), jobs=1) for order in (sorted(files), sorted(files, reverse=True))]
    assert reports[0].findings == reports[1].findings
    assert {one.code for one in reports[0].findings} == {"JWT501"}
