"""What names say."""

from __future__ import annotations

import pytest

from jwt_sast.tokens.naming import is_called_token, says_token, words


@pytest.mark.parametrize("name", ["access_token", "accessToken", "ACCESS-TOKEN", "AccessToken"])
def test_words(name: str) -> None:
    assert words(name) == ["access", "token"]


@pytest.mark.parametrize(
    "name",
    ["access_token", "refresh_token", "id_token", "idToken", "raw_token", "jwt", "JWT", "user_jwt", "jwt_token", "jws"],
)
def test_a_name_that_says_it_is_a_token(name: str) -> None:
    assert says_token(name)


@pytest.mark.parametrize(
    "name",
    [
        "token", "tokens", "access_tokens", "token_type", "token_id", "access_token_expires", "has_access_token",
        "is_jwt", "csrf_access_token", "masked_jwt", "hashed_refresh_token", "num_id_token", "device_token",
        "jwt_secret", "decoded_jwt", "valid_token", "x", "",
    ],
)  # fmt: skip
def test_a_name_that_does_not(name: str) -> None:
    assert not says_token(name)


@pytest.mark.parametrize(
    ("name", "said"), [("token", True), ("auth_token", True), ("jwt", True), ("csrf_token", False), ("token_id", False)]
)
def test_a_name_that_fits_a_token(name: str, said: bool) -> None:
    assert is_called_token(name) is said
