"""Runs the programs of JWT308: a thief still gets tokens for a refresh token that its owner has used and signed out."""

from __future__ import annotations

from pathlib import Path

import pytest
from django_projects import run
from fixture_keys import SECRET, load
from fixture_programs import bad, good
from test_fixtures_run_django import settings

REFRESH = {
    "rest_framework_simplejwt": """
from rest_framework_simplejwt.serializers import TokenRefreshSerializer
from rest_framework_simplejwt.tokens import RefreshToken
refresh = lambda token: TokenRefreshSerializer(data={"refresh": token}).is_valid(raise_exception=True)
""",
    "ninja_jwt": """
from ninja_jwt.schema import TokenRefreshOutputSchema
from ninja_jwt.tokens import RefreshToken
refresh = lambda token: TokenRefreshOutputSchema(refresh=token)
""",
}
"""For each package, what its own view does to refresh a token."""

THEFT = """
from django.contrib.auth import get_user_model
from django.core.management import call_command
call_command("migrate", verbosity=0)
token = str(RefreshToken.for_user(get_user_model().objects.create_user("alice")))
refresh(token)
if hasattr(RefreshToken, "blacklist") and not refused(RefreshToken, token):
    RefreshToken(token).blacklist()
answer = refused(refresh, token)
"""
"""The owner uses the token once, and then revokes it if there is a way; what does the thief get?"""


def thief_is_told(path: Path) -> str:
    package = next(code for name, code in REFRESH.items() if name in path.read_text())
    return str(run(path, package + THEFT, {"JWT_SECRET": SECRET}))


@settings("JWT308", "bad")
def test_a_used_token_is_taken(path: Path) -> None:
    assert thief_is_told(path) == ""


@settings("JWT308", "good")
def test_a_revoked_token_is_refused(path: Path) -> None:
    assert thief_is_told(path) in ("TokenError", "InvalidToken", "ValidationError")


FOLDER = "JWT308-refresh-not-rotated"


class TestFlask:
    @pytest.fixture(autouse=True)
    def deployment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JWT_SECRET", SECRET)

    def after_signing_out(self, path: Path) -> int:
        """What the program answers to a refresh token whose owner has signed out."""
        client = load(path).app.test_client()
        headers = {"Authorization": f"Bearer {client.post('/login/alice').get_json()['refresh']}"}
        assert client.post("/refresh", headers=headers).status_code == 200
        assert client.post("/logout", headers=headers).status_code == 200
        return int(client.post("/refresh", headers=headers).status_code)

    @bad(f"{FOLDER}/flask_jwt_extended")
    def test_a_token_outlives_signing_out(self, path: Path) -> None:
        assert self.after_signing_out(path) == 200

    @good(f"{FOLDER}/flask_blocklist")
    def test_a_token_ends_with_signing_out(self, path: Path) -> None:
        assert self.after_signing_out(path) == 401

    @good(f"{FOLDER}/flask_access_only")
    def test_there_is_no_refresh_token(self, path: Path) -> None:
        assert set(load(path).app.test_client().post("/login/alice").get_json()) == {"access"}
