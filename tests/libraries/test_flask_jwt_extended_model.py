"""What the models of flask-jwt-extended and quart-jwt-extended say of programs and projects."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import shape_programs
from web_projects import Files, findings, verify

SETTINGS = {
    "keys": """
        app.config["JWT_SECRET_KEY"] = "not a secret any more, but long"  # JWT501
    """,
    "a key that falls back": """
        app.config["JWT_SECRET_KEY"] = os.environ.get("KEY", "not a secret any more")  # JWT502
    """,
    "a key from outside": """
        app.config["JWT_SECRET_KEY"] = os.environ["KEY"]
    """,
    "the application's key": """
        app.config["SECRET_KEY"] = "not a secret any more"  # JWT501
    """,
    "the application's key under its other name": """
        app.secret_key = "not a secret any more"  # JWT501
    """,
    "the application's key where there is a key": """
        app.config["SECRET_KEY"] = "not a secret any more"
        app.config["JWT_SECRET_KEY"] = os.environ["KEY"]
    """,
    "an empty key is none": """
        app.config["JWT_SECRET_KEY"] = ""
        app.config["SECRET_KEY"] = "not a secret any more"  # JWT501
    """,
    "a private key": """
        app.config["JWT_ALGORITHM"] = "RS256"
        app.config["JWT_SECRET_KEY"] = "not used"
        app.config["JWT_PRIVATE_KEY"] = open("private.pem").read()
    """,
    "a private key in the source": """
        app.config["JWT_ALGORITHM"] = "ES256"
        app.config["JWT_PRIVATE_KEY"] = "-----BEGIN PRIVATE KEY-----\\nMC4CAQAw\\n-----END PRIVATE KEY-----"  # JWT505
    """,
    "lifetimes": """
        app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False  # JWT304
        app.config["JWT_REFRESH_TOKEN_EXPIRES"] = timedelta(0)  # JWT304
    """,
    "lifetimes in seconds": """
        app.config["JWT_ACCESS_TOKEN_EXPIRES"] = 0  # JWT304
        app.config["JWT_REFRESH_TOKEN_EXPIRES"] = 365 * 24 * 3600  # JWT303
    """,
    "long lifetimes": """
        app.config["JWT_ACCESS_TOKEN_EXPIRES"] = timedelta(days=31)  # JWT303
        app.config["JWT_REFRESH_TOKEN_EXPIRES"] = timedelta(days=31)
    """,
    "lifetimes that are refused": """
        app.config["JWT_ACCESS_TOKEN_EXPIRES"] = None
        app.config["JWT_REFRESH_TOKEN_EXPIRES"] = 1e9
    """,
    "a lifetime that falls back": """
        app.config["JWT_ACCESS_TOKEN_EXPIRES"] = int(os.environ.get("SECONDS", "0"))  # JWT304
        app.config["JWT_REFRESH_TOKEN_EXPIRES"] = timedelta(days=int(os.environ["DAYS"]))
    """,
    "cookies by default": """
        app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        jwt = JWTManager(app)  # JWT404
    """,
    "cookies that are not used": """
        app.config["JWT_COOKIE_SECURE"] = False
        app.config["JWT_COOKIE_CSRF_PROTECT"] = False
    """,
    "cookies without protection": """
        app.config["JWT_TOKEN_LOCATION"] = ("headers", "cookies")
        app.config["JWT_COOKIE_SECURE"] = False  # JWT404
        app.config["JWT_COOKIE_CSRF_PROTECT"] = False  # JWT406
    """,
    "cookies with protection": """
        app.config["JWT_TOKEN_LOCATION"] = "cookies"
        app.config["JWT_COOKIE_SECURE"] = True
        app.config["JWT_COOKIE_SAMESITE"] = "None"
    """,
    "cookies that are secured by a variable": """
        app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        app.config["JWT_COOKIE_SECURE"] = os.environ["SECURE"] == "1"
        app.config["JWT_COOKIE_CSRF_PROTECT"] = not app.debug
    """,
    "cookies that other settings may secure": """
        app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        app.config.from_prefixed_env()
    """,
    "cookies that another file may secure": """
        app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        app.config.from_pyfile("local.py", silent=True)
    """,
    "cookies that unknown settings may secure": """
        app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        app.config.update(json.load(open("settings.json")))
    """,
    "cookies that a class may secure": """
        app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        app.config.from_object(os.environ["SETTINGS"])
    """,
    "the query": """
        app.config["JWT_TOKEN_LOCATION"] = ["headers", "query_string"]  # JWT402
    """,
    "a misspelt setting": """
        app.config["JWT_ACCES_TOKEN_EXPIRES"] = timedelta(minutes=5)  # JWT112
        app.config["JWT_COOKIES_SECURE"] = True  # JWT112
    """,
    "a setting with a name of its own": """
        app.config["JWT_ACCESS_TOKEN_EXPIRE"] = timedelta(minutes=5)
        lifetime = app.config["JWT_ACCESS_TOKEN_EXPIRE"]
        app.config["JWT_MY_SECRET_KEY"] = os.environ["OTHER"]
    """,
    "a misspelt setting beside the right one": """
        app.config["JWT_TOKEN_LOCATION"] = ["headers"]
        app.config["JWT_TOKEN_LOCATIONS"] = ["headers"]
    """,
}


@pytest.mark.parametrize("framework", ["flask", "quart"])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_settings(settings: str, framework: str, tmp_path: Path) -> None:
    code = textwrap.dedent(settings)
    made = "" if "JWTManager" in code else "jwt = JWTManager(app)\n"
    program = f"""\
import json, os
from datetime import timedelta
from {framework} import {framework.title()}
from {framework}_jwt_extended import JWTManager
app = {framework.title()}(__name__)
{made}{code}"""
    verify({"app.py": program, "requirements.txt": ""}, tmp_path)


CALLS = {
    "lifetimes of access tokens": """
        def f(user, seconds):
            create_access_token(user)
            create_access_token(user, expires_delta=None)
            create_access_token(user, expires_delta=timedelta(hours=1))
            create_access_token(user, False, timedelta(seconds=seconds))
            create_access_token(user, expires_delta=False)  # JWT304
            create_access_token(user, False, False)  # JWT304
            create_access_token(user, expires_delta=timedelta())  # JWT304
            create_access_token(user, expires_delta=timedelta(days=365))  # JWT303
    """,
    "lifetimes of refresh tokens": """
        def f(user):
            create_refresh_token(user, timedelta(days=31))
            create_refresh_token(user, timedelta(days=365))  # JWT303
            create_refresh_token(user, False)  # JWT304
    """,
    "a lifetime on some path": """
        def f(user, bot):
            lifetime = False if bot else None
            create_access_token(user, expires_delta=lifetime)  # JWT304
    """,
    "a lifetime that is handed through": """
        def make(user, lifetime=None):
            return create_access_token(user, expires_delta=lifetime)
        def f(user):
            make(user)
            make(user, False)  # JWT304
    """,
    "a lifetime by the claims": """
        def f(user):
            create_access_token(user, additional_claims={"exp": time.time() * 1000})  # JWT306
            create_access_token(user, user_claims={"exp": time.time() * 1000})
    """,
    "expired tokens": """
        def f(token, old):
            decode_token(token)
            decode_token(token, allow_expired=False)
            decode_token(token, allow_expired=old)
            decode_token(token, None, True)["sub"]  # JWT302
    """,
    "an expiry that is tested by hand": """
        def f(token):
            claims = decode_token(token, allow_expired=True)
            if claims["exp"] < time.time() - 60:
                raise PermissionError
            return claims["sub"]
    """,
    "headers": """
        def f(token):
            return get_unverified_jwt_headers(token)["kid"]
    """,
    "tokens are tokens": """
        def f(user):
            print(create_access_token(user))  # JWT408
    """,
    "a decorator": """
        @jwt_required()
        def f():
            return get_jwt_identity()
    """,
}


@pytest.mark.parametrize("imports", ["from flask_jwt_extended import *", "from quart_jwt_extended import *"])
@pytest.mark.parametrize("code", CALLS.values(), ids=CALLS)
def test_calls(code: str, imports: str, tmp_path: Path) -> None:
    names = "create_access_token, create_refresh_token, decode_token, get_unverified_jwt_headers, jwt_required"
    prelude = f"import time\nfrom datetime import timedelta\n{imports.replace('*', names)}, get_jwt_identity\n"
    verify({"views.py": prelude + textwrap.dedent(code), "requirements.txt": ""}, tmp_path)


EXTENSIONS = """
    from flask_jwt_extended import JWTManager
    jwt = JWTManager()
"""
FACTORY = """
    from flask import Flask
    from .config import Config
    from .extensions import jwt
    def create_app():
        app = Flask(__name__)
        app.config.from_object(Config)
        jwt.init_app(app)
        return app
"""

PROJECTS: dict[str, Files] = {
    "a class that is taken over": {
        "shop/__init__.py": FACTORY,
        "shop/extensions.py": EXTENSIONS,
        "shop/config.py": """
            class Config:
                JWT_SECRET_KEY = "not a secret any more"  # JWT501
                JWT_ACCESS_TOKEN_EXPIRES = False  # JWT304
                JWT_TOKEN_LOCATION = ["cookies"]
                JWT_COOKIE_SECURE = False  # JWT404
        """,
    },
    "nothing in the project uses the extension": {
        "shop/__init__.py": FACTORY.replace("jwt.init_app(app)", "pass").replace("from .extensions import jwt", ""),
        "shop/config.py": """
            class Config:
                JWT_SECRET_KEY = "not a secret any more"
                JWT_ACCESS_TOKEN_EXPIRES = False
        """,
    },
    "the default is told where the manager is made": {
        "shop/__init__.py": FACTORY,
        "shop/extensions.py": """
            from flask_jwt_extended import JWTManager
            jwt = JWTManager()  # JWT404
        """,
        "shop/config.py": """
            import os
            class Config:
                JWT_SECRET_KEY = os.environ["KEY"]
                JWT_TOKEN_LOCATION = ["headers", "cookies"]
        """,
        "shop/views.py": """
            from flask_jwt_extended import create_access_token, set_access_cookies
            def login(response, user):
                set_access_cookies(response, create_access_token(user))
        """,
    },
    "cookies that only a call sets": {
        "app.py": """
            import os
            from flask import Flask
            from flask_jwt_extended import JWTManager, set_access_cookies
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = os.environ["KEY"]
            JWTManager(app)
            def login(response, token):
                set_access_cookies(response, token)  # JWT404
        """,
    },
    "classes that are chosen from": {
        "shop/__init__.py": """
            import os
            from flask import Flask
            from .config import config
            from .extensions import jwt
            def create_app(name):
                app = Flask(__name__)
                app.config.from_object(config[name])
                jwt.init_app(app)
                return app
        """,
        "shop/extensions.py": EXTENSIONS,
        "shop/config.py": """
            import os
            from datetime import timedelta
            class Config:
                JWT_SECRET_KEY = os.environ["KEY"]
                JWT_TOKEN_LOCATION = ["cookies"]
            class Development(Config):
                JWT_COOKIE_SECURE = False
                JWT_ACCESS_TOKEN_EXPIRES = timedelta(days=365)  # JWT303
            class Production(Config):
                JWT_COOKIE_SECURE = True
            config = {"development": Development, "production": Production}
        """,
    },
    "keys that the program gives": {
        "app.py": """
            import os
            from flask import Flask
            from flask_jwt_extended import JWTManager
            app = Flask(__name__)
            app.config["SECRET_KEY"] = "for sessions"
            jwt = JWTManager(app)
            @jwt.encode_key_loader
            def key(identity):
                return os.environ["KEY"]
            @jwt.decode_key_loader
            def key(header, claims):
                return os.environ["KEY"]
        """,
    },
    "what the file with the manager sets comes first": {
        "one.py": """
            import os
            from flask import Flask
            from flask_jwt_extended import JWTManager
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = os.environ["KEY"]
            jwt = JWTManager(app)
        """,
        "two.py": """
            from flask import Flask
            from flask_jwt_extended import JWTManager
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = "not a secret any more"  # JWT501
            jwt = JWTManager(app)
        """,
    },
    "two applications side by side": {
        "one.py": """
            import os
            from flask import Flask
            from flask_jwt_extended import JWTManager
            app = Flask(__name__)
            app.config["SECRET_KEY"] = "not a secret any more"  # JWT501
            app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
            jwt = JWTManager(app)  # JWT404
        """,
        "two.py": """
            import os
            from flask import Flask
            from flask_jwt_extended import JWTManager
            app = Flask(__name__)
            app.config.from_prefixed_env()
            app.config["JWT_SECRET_KEY"] = "not a secret any more"  # JWT501
            app.config["JWT_COOKIE_SECURE"] = True
            jwt = JWTManager(app)
        """,
    },
    "an application of a derived class": {
        "app.py": """
            import os
            from apiflask import APIFlask
            from flask_jwt_extended import JWTManager
            app = APIFlask(__name__)
            app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False  # JWT304
            jwt = JWTManager(app)
        """,
    },
    "an application in a wrapper": {
        "app.py": """
            import connexion
            from flask_jwt_extended import JWTManager
            wrapper = connexion.App(__name__)
            app = wrapper.app
            app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False  # JWT304
            jwt = JWTManager(app)
        """,
    },
    "settings whose names come from outside": {
        "app.py": """
            import os, yaml
            from flask import Flask
            from flask_jwt_extended import JWTManager
            app = Flask(__name__)
            app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
            for name, value in yaml.safe_load(open("settings.yml")).items():
                app.config[name] = value
            jwt = JWTManager(app)
        """,
    },
    "an attribute of an application": {
        "server.py": """
            from flask import Flask
            from flask_jwt_extended import JWTManager
            class Server:
                def __init__(self):
                    self.app = Flask(__name__)
                    self.configure()
                    self.jwt = JWTManager(self.app)
                def configure(self):
                    self.app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False  # JWT304
        """,
    },
    "a function that is called from another file": {
        "tokens.py": """
            from flask_jwt_extended import create_access_token
            def make(user, lifetime):
                return create_access_token(user, expires_delta=lifetime)
        """,
        "views.py": """
            from tokens import make
            def login(user):
                return make(user, False)  # JWT304
        """,
    },
    "test settings": {
        "app.py": """
            import os
            from flask import Flask
            from flask_jwt_extended import JWTManager
            app = Flask(__name__)
            app.config["JWT_SECRET_KEY"] = os.environ["KEY"]
            jwt = JWTManager(app)
        """,
        "tests/conftest.py": """
            from app import app
            app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False
        """,
    },
}


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_project(files: Files, tmp_path: Path) -> None:
    verify({**files, "requirements.txt": ""}, tmp_path)


@pytest.mark.parametrize(
    ("setting", "confidence"),
    [("False", "high"), ("int(os.environ.get('SECONDS', 0))", "medium")],
)
def test_how_sure_a_lifetime_is(setting: str, confidence: str, tmp_path: Path) -> None:
    program = f"""
        import os
        from flask import Flask
        from flask_jwt_extended import JWTManager
        app = Flask(__name__)
        app.config["JWT_ACCESS_TOKEN_EXPIRES"] = {setting}
        JWTManager(app)
    """
    assert [str(one.confidence) for one in findings({"app.py": program, "setup.py": ""}, tmp_path)] == [confidence]


def test_what_only_one_of_several_classes_sets_is_less_sure(tmp_path: Path) -> None:
    files = {
        "config.py": """
            class Development:
                JWT_ACCESS_TOKEN_EXPIRES = False
            class Production:
                DEBUG = False
            config = {"development": Development, "production": Production}
        """,
        "app.py": """
            from flask import Flask
            from flask_jwt_extended import JWTManager
            from config import config
            def create_app(name):
                app = Flask(__name__)
                app.config.from_object(config[name])
                JWTManager(app)
                return app
        """,
        "requirements.txt": "",
    }
    assert [(one.code, str(one.confidence)) for one in findings(files, tmp_path)] == [("JWT304", "medium")]


def test_the_message_names_the_setting_that_is_missing(tmp_path: Path) -> None:
    program = """
        import os
        from flask import Flask
        from flask_jwt_extended import JWTManager
        app = Flask(__name__)
        app.config.from_mapping(JWT_SECRET_KEY=os.environ["KEY"], JWT_TOKEN_LOCATION="cookies")
        JWTManager(app)
    """
    (finding,) = findings({"app.py": program, "setup.py": ""}, tmp_path)
    assert finding.message.endswith(": set `JWT_COOKIE_SECURE`")


def test_a_text_that_lies_nowhere_has_its_own_settings_only() -> None:
    program = """
        from flask import Flask
        from flask_jwt_extended import JWTManager
        app = Flask(__name__)
        app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False  # JWT304
        app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        JWTManager(app)
    """
    shape_programs.verify(program, "")
