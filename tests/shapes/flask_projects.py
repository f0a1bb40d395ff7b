"""SHAPES C9: the ways in which the configuration of a Flask application is filled, one small project each."""

from __future__ import annotations

READER = """
    import jwt
    from flask import current_app

    def issue(claims):
        return jwt.encode({"exp": claims["exp"]}, current_app.config["JWT_SECRET_KEY"], algorithm="HS256")
"""
"""What lies in each project beside its own files."""

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
