"""SHAPES C9: the configuration of Flask applications, filled in one module and read in another one."""

from __future__ import annotations

import textwrap
from contextlib import chdir
from pathlib import Path

import pytest
from flask_projects import FLASK, READER
from web_projects import Files, findings, verify

from jwt_sast.config import Settings
from jwt_sast.scanner import scan


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


CHECKED = {
    "by what it is": 'if app.config["JWT_SECRET_KEY"] == "dev":',
    "by get": 'if app.config.get("JWT_SECRET_KEY") == "dev":',
    "among what is known": 'if app.config["JWT_SECRET_KEY"] in ("dev", "changeme"):',
    "by its length": 'if len(app.config["JWT_SECRET_KEY"]) < 32:',
}

EXTENSION = """
    import jwt
    class Tokens:
        def __init__(self, app=None):
            self._key: str = ""
            if app is not None:
                self.init_app(app)
        def init_app(self, app):
            {check}
                raise ValueError("choose another key")
            self._key = app.config["JWT_SECRET_KEY"]
        def read(self, token):
            return jwt.decode(token, self._key, algorithms=["HS256"])
"""
"""An extension, set up in `init_app`, by a key that it checks there."""

OVERRIDABLE = """
    import os
    JWT_SECRET_KEY = "dev"{mark}
    try:
        from local_config import *
    except ImportError:
        pass
"""

APPLICATION = """
    import os
    from flask import Flask
    app = Flask(__name__)
    app.config.from_object(os.environ.get("CONFIG", "config"))
"""


@pytest.mark.parametrize("check", CHECKED.values(), ids=CHECKED)
@pytest.mark.parametrize("config", [OVERRIDABLE, 'JWT_SECRET_KEY = "dev"{mark}'], ids=["overridable", "plain"])
def test_c9_a_setting_that_is_turned_away_is_no_key(check: str, config: str, tmp_path: Path) -> None:
    service = EXTENSION.format(check=check)
    verify({"config.py": config.format(mark=""), "app.py": APPLICATION, "service.py": service}, tmp_path)


@pytest.mark.parametrize("check", ["if app.debug:", 'if app.config["JWT_SECRET_KEY"] == "other":'])
def test_c9_an_extension_is_set_up_by_init_app(check: str, tmp_path: Path) -> None:
    config = OVERRIDABLE.format(mark="  # JWT502")
    verify({"config.py": config, "app.py": APPLICATION, "service.py": EXTENSION.format(check=check)}, tmp_path)


def test_c9_a_flag_leads_to_the_setting_that_it_comes_from(tmp_path: Path) -> None:
    files = {
        "config.py": "COOKIE_SECURE = False",
        "app.py": APPLICATION,
        "service.py": """
            import jwt
            from flask import make_response
            class Tokens:
                def __init__(self):
                    self.secure = False
                def init_app(self, app):
                    self.secure = app.config["COOKIE_SECURE"]
                def send(self, claims, key):
                    response = make_response("")
                    token = jwt.encode({"exp": claims["exp"]}, key, algorithm="HS256")
                    response.set_cookie("session", token, httponly=True, secure=self.secure)
        """,
    }
    [finding] = findings(files, tmp_path)
    assert finding.code == "JWT404"
    assert "config.py" in [step.location.path for step in finding.trace]
