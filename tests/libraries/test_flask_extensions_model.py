"""What the models of flask-jwt, flask-praetorian and Flask-AppBuilder say of programs."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from web_projects import verify

PRELUDE = """\
import os, pendulum
from datetime import timedelta
from flask import Flask
app = Flask(__name__)
"""

JWT = {
    "keys": """
        from flask_jwt import JWT
        app.config["JWT_SECRET_KEY"] = "not a secret any more"  # JWT501
        jwt = JWT(app, authenticate, identity)
    """,
    "the application's key": """
        from flask_jwt import JWT
        app.config["SECRET_KEY"] = os.environ.get("KEY", "not a secret any more")  # JWT502
        jwt = JWT(app, authenticate, identity)
    """,
    "the application's key where there is a key": """
        from flask_jwt import JWT
        app.config["JWT_SECRET_KEY"] = os.environ["KEY"]
        app.config["SECRET_KEY"] = "not a secret any more"
        jwt = JWT(app, authenticate, identity)
    """,
    "lifetimes": """
        from flask_jwt import JWT
        app.config["JWT_EXPIRATION_DELTA"] = timedelta(days=400)  # JWT303
        jwt = JWT(app, authenticate, identity)
    """,
    "lifetimes that let nobody in": """
        from flask_jwt import JWT
        app.config["JWT_EXPIRATION_DELTA"] = timedelta(0)
        jwt = JWT(app, authenticate, identity)
    """,
    "lifetimes that are refused": """
        from flask_jwt import JWT
        app.config["JWT_EXPIRATION_DELTA"] = False
        jwt = JWT(app, authenticate, identity)
    """,
}

PRAETORIAN = {
    "keys": """
        from flask_praetorian import Praetorian
        app.config["SECRET_KEY"] = "not a secret any more"  # JWT501
        app.config["JWT_SECRET_KEY"] = "not read"
        guard = Praetorian(app, User)
    """,
    "lifespans": """
        from flask_praetorian import Praetorian
        app.config["JWT_ACCESS_LIFESPAN"] = {"days": 30, "hours": 1}  # JWT303
        app.config["JWT_REFRESH_LIFESPAN"] = pendulum.duration(days=181)  # JWT303
        guard = Praetorian(app, User)
    """,
    "short lifespans": """
        from flask_praetorian import Praetorian
        app.config["JWT_ACCESS_LIFESPAN"] = {"hours": 24}
        app.config["JWT_REFRESH_LIFESPAN"] = {"days": 30}
        guard = Praetorian()
        guard.init_app(app, User)
    """,
    "lifespans that are not known": """
        from flask_praetorian import Praetorian
        app.config["JWT_ACCESS_LIFESPAN"] = {"days": int(os.environ["DAYS"])}
        app.config["JWT_REFRESH_LIFESPAN"] = {"years": 1}
        guard = Praetorian(app, User)
    """,
    "overridden lifespans": """
        from flask_praetorian import Praetorian
        guard = Praetorian()
        def f(user):
            guard.encode_jwt_token(user)
            guard.encode_jwt_token(user, {"hours": 1})
            guard.encode_jwt_token(user, override_access_lifespan=timedelta(days=365))  # JWT303
            guard.encode_jwt_token(user, timedelta(days=1), {"days": 365})  # JWT303
    """,
    "eternal tokens": """
        from flask_praetorian import Praetorian
        guard = Praetorian()
        def f(user):
            return guard.encode_eternal_jwt_token(user)  # JWT304
    """,
    "eternal tokens of a guard that is handed in": """
        def f(guard, user):
            return guard.encode_eternal_jwt_token(user)  # JWT304
    """,
}

APPBUILDER = {
    "keys": """
        from flask_appbuilder import AppBuilder
        app.config["SECRET_KEY"] = "not a secret any more"  # JWT501
        builder = AppBuilder(app, session)
    """,
    "lifetimes": """
        from flask_appbuilder.base import AppBuilder
        app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False  # JWT304
        builder = AppBuilder()
        builder.init_app(app, session)
    """,
    "a class of the project": """
        from flask_appbuilder import AppBuilder
        app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False  # JWT304
        class Builder(AppBuilder):
            pass
        builder = Builder(app, session)
    """,
    "only views": """
        from flask_appbuilder import ModelView
        app.config["SECRET_KEY"] = "for sessions"
        class View(ModelView):
            pass
    """,
}


@pytest.mark.parametrize(
    "code",
    [*JWT.values(), *PRAETORIAN.values(), *APPBUILDER.values()],
    ids=[*JWT, *PRAETORIAN, *APPBUILDER],
)
def test_program(code: str, tmp_path: Path) -> None:
    verify({"app.py": PRELUDE + textwrap.dedent(code), "requirements.txt": ""}, tmp_path)
