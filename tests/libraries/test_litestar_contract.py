"""The contract of Litestar's JWT back ends and tokens, behind `jwt_sast/libraries/litestar.py`, and its fixtures."""

from __future__ import annotations

import inspect
import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from fixture_keys import load
from fixture_programs import framework
from fixture_servers import cookies_of
from litestar.exceptions import ImproperlyConfiguredException, NotAuthorizedException
from litestar.security.jwt import JWTAuth, JWTCookieAuth, OAuth2PasswordBearerAuth, Token

SECRET = secrets.token_hex(32)


async def find(token: Token, connection: Any) -> str:
    """Whom a token stands for."""
    return token.sub


def back_end(of: Any, **settings: object) -> Any:
    """A back end with what it has to be given, and what else is."""
    more = {"token_url": "/login"} if getattr(of, "__origin__", of) is OAuth2PasswordBearerAuth else {}
    return of(retrieve_user_handler=find, token_secret=SECRET, **more, **settings)


def claims(token: str) -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found


def minted(key: str = SECRET, algorithm: str = "HS256", *, without: str = "", **more: object) -> str:
    """A token that somebody makes, with all that is required but one claim."""
    now = int(time.time())
    content = {"sub": "alice", "iat": now, "exp": now + 60, **more}
    return jwt.encode({name: value for name, value in content.items() if name != without}, key, algorithm)


BACK_ENDS = pytest.mark.parametrize("of", [JWTAuth, JWTCookieAuth, OAuth2PasswordBearerAuth])


class TestBackEnds:
    def test_the_first_parameters(self) -> None:
        for of in (JWTAuth, JWTCookieAuth):
            assert list(inspect.signature(of).parameters)[:2] == ["token_secret", "retrieve_user_handler"]
        first = ["token_secret", "token_url", "retrieve_user_handler"]
        assert list(inspect.signature(OAuth2PasswordBearerAuth).parameters)[:3] == first
        names = ["self", "identifier", "token_expiration", "token_issuer", "token_audience"]
        assert list(inspect.signature(JWTAuth.create_token).parameters)[:5] == names

    @BACK_ENDS
    def test_a_generic_class_is_called_as_itself(self, of: Any) -> None:
        assert type(back_end(of[str])) is of

    @BACK_ENDS
    def test_defaults(self, of: Any) -> None:
        found = back_end(of)
        assert found.algorithm == "HS256"
        assert claims(found.create_token("alice"))["exp"] - time.time() == pytest.approx(86400, abs=60)

    @BACK_ENDS
    def test_lifetimes(self, of: Any) -> None:
        long = back_end(of, default_token_expiration=timedelta(days=90))
        assert claims(long.create_token("alice"))["exp"] - time.time() == pytest.approx(90 * 86400, abs=60)
        for asked in (None, timedelta(0)):
            token = long.create_token("alice", token_expiration=asked)
            assert claims(token)["exp"] - time.time() == pytest.approx(90 * 86400, abs=60)
        short = claims(long.create_token("alice", token_expiration=timedelta(hours=1)))
        assert short["exp"] - time.time() == pytest.approx(3600, abs=60)

    @pytest.mark.parametrize("of", [JWTCookieAuth, OAuth2PasswordBearerAuth])
    @pytest.mark.parametrize(("settings", "secure"), [({}, False), ({"secure": None}, False), ({"secure": True}, True)])
    def test_the_cookie(self, of: Any, settings: dict[str, object], secure: bool) -> None:
        (cookie,) = back_end(of, **settings).login("alice").cookies
        assert (cookie.key, bool(cookie.secure), cookie.httponly, cookie.samesite) == ("token", secure, True, "lax")


class TestTokens:
    def test_parameters(self) -> None:
        assert list(inspect.signature(Token).parameters) == ["exp", "sub", "iat", "iss", "aud", "jti", "extras"]
        assert list(inspect.signature(Token.encode).parameters) == ["self", "secret", "algorithm"]
        order = "encoded_token secret algorithm audience issuer require_claims verify_exp verify_nbf strict_audience"
        assert list(inspect.signature(Token.decode).parameters) == order.split()

    def test_an_expiry_is_needed(self) -> None:
        with pytest.raises(TypeError):
            Token(sub="alice")  # type: ignore[call-arg]
        with pytest.raises(ImproperlyConfiguredException):
            Token(sub="alice", exp=datetime(2001, 1, 1, tzinfo=UTC))

    def test_a_naive_expiry_is_taken_for_utc(self) -> None:
        end = (datetime.now(UTC) + timedelta(days=2)).replace(tzinfo=None)
        assert claims(Token(exp=end, sub="alice").encode(SECRET, "HS256"))["exp"] == pytest.approx(
            end.replace(tzinfo=UTC).timestamp(), abs=1
        )

    def test_an_unsigned_token_can_be_made(self) -> None:
        token = Token(exp=datetime.now(UTC) + timedelta(hours=1), sub="alice").encode("", "none")
        assert jwt.get_unverified_header(token)["alg"] == "none"

    @pytest.mark.parametrize("claim", ["exp", "iat", "sub"])
    def test_what_is_required(self, claim: str) -> None:
        with pytest.raises(NotAuthorizedException):
            Token.decode(minted(without=claim), SECRET, "HS256")

    @pytest.mark.parametrize(
        "token",
        [
            minted(secrets.token_hex(32)),
            minted(exp=1, iat=1),
            minted(SECRET * 2, "HS512"),
            minted(nbf=int(time.time()) + 600),
        ],
    )
    def test_what_is_refused(self, token: str) -> None:
        with pytest.raises(NotAuthorizedException):
            Token.decode(token, SECRET, "HS256")

    def test_an_expired_token_is_refused_whatever_is_said(self) -> None:
        with pytest.raises((NotAuthorizedException, ImproperlyConfiguredException)):
            Token.decode(minted(exp=1, iat=1), SECRET, "HS256", verify_exp=False)

    def test_audience_and_issuer_are_looked_at_where_they_are_named(self) -> None:
        foreign = minted(aud="office", iss="elsewhere")
        assert Token.decode(foreign, SECRET, "HS256").sub == "alice"
        with pytest.raises(NotAuthorizedException):
            Token.decode(foreign, SECRET, "HS256", audience="shop")
        with pytest.raises(NotAuthorizedException):
            Token.decode(foreign, SECRET, "HS256", issuer="here")

    def test_nbf_can_be_switched_off(self) -> None:
        early = minted(nbf=int(time.time()) + 600)
        assert Token.decode(early, SECRET, "HS256", verify_nbf=False).sub == "alice"


@framework("JWT501-hardcoded-key", "litestar")
def test_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    token = load(path).issue()
    if path.name.startswith("good_"):
        assert jwt.decode(token, SECRET, algorithms=["HS256"])
    else:
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(token, SECRET, algorithms=["HS256"])


@framework("JWT404-insecure-cookie", "litestar")
def test_cookie(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    assert bool(cookies_of(load(path).app)["token"]["secure"]) is path.name.startswith("good_")
