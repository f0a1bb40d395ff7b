"""Frameworks that are set up in one module by what another one says."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import Files, packaged, verify

PROJECTS: dict[str, Files] = {
    "fastapi-jwt-auth": {
        "app/config.py": """
            from pydantic import BaseModel
            class Settings(BaseModel):
                authjwt_secret_key: str = "not a secret any more"  # JWT501
                authjwt_access_token_expires: bool = False  # JWT304
            settings = Settings()
        """,
        "app/main.py": """
            from fastapi_jwt_auth import AuthJWT
            from app.config import settings
            @AuthJWT.load_config
            def get_config():
                return settings
        """,
        "app/factory.py": """
            from fastapi_jwt_auth import AuthJWT
            from app.config import Settings
            def make_app():
                @AuthJWT.load_config
                def get_config():
                    return Settings()
        """,
    },
    "authx": {
        "app/config.py": """
            from authx import AuthXConfig
            config = AuthXConfig(
                JWT_SECRET_KEY="not a secret any more",  # JWT501
                JWT_TOKEN_LOCATION=["cookies"],
                JWT_COOKIE_SECURE=False,  # JWT404
            )
        """,
        "app/main.py": """
            from authx import AuthX
            from app.config import config
            auth = AuthX(config=config)
        """,
    },
    "sanic-jwt": {
        "app/web.py": """
            from sanic import Sanic
            bare = Sanic("bare")
            known = Sanic("known")
            known.config.SANIC_JWT_SECRET = "not a secret any more"  # JWT501
        """,
        "app/auth.py": """
            from sanic_jwt import Initialize
            from app.web import bare, known
            Initialize(bare)  # JWT502
            Initialize(known)
            def setup(app):
                Initialize(app)
        """,
        "app/run.py": """
            from sanic import Sanic
            from app.auth import setup
            def make_app():
                app = Sanic("made")
                app.config.SANIC_JWT_SECRET = "not a secret any more"  # JWT501
                setup(app)
        """,
    },
}


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_project(files: Files, tmp_path: Path) -> None:
    verify(packaged(files), tmp_path)
