"""The contract of djangorestframework-simplejwt, and of django-ninja-jwt, which was made from it.

They back the models `simplejwt.py`, `ninja_jwt.py`, `simplejwt_parts.py` and `rest_framework_settings.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django_projects import run_with

PACKAGES = {"rest_framework_simplejwt": "SIMPLE_JWT", "ninja_jwt": "NINJA_JWT"}

TOKENS = """
    from PACKAGE.tokens import AccessToken, RefreshToken, SlidingToken, Token, UntypedToken
    from PACKAGE.backends import TokenBackend
    from django.conf import settings
    from datetime import datetime, timedelta
    key = settings.SECRET_KEY
    claims = {"user_id": "1", "jti": "x", "token_type": "access", "exp": time.time() + 60}
    sign = lambda changes, key=key, algorithm="HS256": jwt.encode(claims | changes, key, algorithm)
    without = lambda name: jwt.encode({k: v for k, v in claims.items() if k != name}, key, "HS256")
"""


@pytest.fixture(params=list(PACKAGES))
def package(request: pytest.FixtureRequest) -> str:
    """Each of the two packages."""
    return str(request.param)


def ask(folder: Path, package: str, code: str, options: str = "") -> Any:
    """What `code` answers where the package's options are `options`."""
    settings = f"""
from datetime import timedelta
INSTALLED_APPS += ["{package}"]
{f"{PACKAGES[package]} = {options}" if options else ""}
"""
    return run_with(folder, settings, TOKENS.replace("PACKAGE", package) + "\n" + code)


class TestSettings:
    def test_the_key_is_that_of_django_and_the_algorithm_hs256(self, package: str, tmp_path: Path) -> None:
        code = """
    token = str(AccessToken.for_user(alice))
    answer = [jwt.get_unverified_header(token)["alg"], bool(jwt.decode(token, key, algorithms=["HS256"]))]
    """
        assert ask(tmp_path, package, code) == ["HS256", True]

    def test_a_key_of_its_own(self, package: str, tmp_path: Path) -> None:
        code = """
    answer = [refused(AccessToken, sign({})), refused(AccessToken, sign({}, key="y" * 64))]
    """
        assert ask(tmp_path, package, code, "{'SIGNING_KEY': 'y' * 64}") == ["TokenError", ""]

    def test_with_hmac_the_verifying_key_is_ignored(self, package: str, tmp_path: Path) -> None:
        code = """
    answer = refused(AccessToken, sign({}, key="y" * 64))
    """
        assert ask(tmp_path, package, code, "{'VERIFYING_KEY': 'y' * 64}") == "TokenError"

    def test_lifetimes(self, package: str, tmp_path: Path) -> None:
        code = """
    answer = [left(str(one.for_user(alice))) for one in (AccessToken, RefreshToken, SlidingToken)]
    """
        assert ask(tmp_path, package, code) == pytest.approx([300, 86400, 300], abs=30)
        options = """{
            'ACCESS_TOKEN_LIFETIME': timedelta(days=400), 'REFRESH_TOKEN_LIFETIME': timedelta(days=500),
            'SLIDING_TOKEN_LIFETIME': timedelta(days=600)}"""
        days = [one / 86400 for one in ask(tmp_path, package, code, options)]
        assert days == pytest.approx([400, 500, 600], abs=0.1)

    def test_none_is_no_lifetime(self, package: str, tmp_path: Path) -> None:
        """The one refuses to make a token, the other to start."""
        if package == "ninja_jwt":
            with pytest.raises(AssertionError, match="ACCESS_TOKEN_LIFETIME"):
                ask(tmp_path, package, "answer = 0", "{'ACCESS_TOKEN_LIFETIME': None}")
        else:
            code = "\n    answer = refused(AccessToken.for_user, alice)"
            assert ask(tmp_path, package, code, "{'ACCESS_TOKEN_LIFETIME': None}") == "TokenError"

    def test_the_algorithm_none_is_refused(self, package: str, tmp_path: Path) -> None:
        code = """
    answer = [refused(TokenBackend, name, key) for name in ("none", "HS256")]
    """
        assert ask(tmp_path, package, code) == ["TokenBackendError", ""]

    def test_ninja_prefers_the_other_name(self, tmp_path: Path) -> None:
        settings = """
            from datetime import timedelta
            INSTALLED_APPS += ["ninja_jwt"]
            SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(hours=1)}
            NINJA_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(hours=2)}
        """
        code = "from ninja_jwt.tokens import AccessToken\nanswer = left(str(AccessToken.for_user(alice)))"
        assert run_with(tmp_path, settings, code) == pytest.approx(3600, abs=30)


class TestTokens:
    def test_what_a_token_is_refused_for(self, package: str, tmp_path: Path) -> None:
        code = """
    tokens = {
        "fine": sign({}),
        "forged": sign({}, key="z" * 64),
        "unsigned": sign({}, key=None, algorithm="none"),
        "another algorithm": sign({}, algorithm="HS512"),
        "expired": sign({"exp": time.time() - 60}),
        "without exp": without("exp"),
        "without jti": without("jti"),
        "another type": sign({"token_type": "refresh"}),
        "another audience": sign({"aud": "payroll"}),
    }
    answer = [name for name, token in tokens.items() if not refused(AccessToken, token)]
    """
        assert ask(tmp_path, package, code) == ["fine", "another audience"]

    def test_with_verify_false_for_nothing(self, package: str, tmp_path: Path) -> None:
        code = """
    tokens = [sign({}, key="z" * 64), sign({}, key=None, algorithm="none"), sign({"exp": 1}), without("exp")]
    answer = [AccessToken(token, verify=False)["user_id"] for token in tokens]
    answer += [UntypedToken(token, False)["user_id"] for token in tokens]
    """
        assert ask(tmp_path, package, code) == ["1"] * 8

    def test_every_class_has_both_parameters(self, package: str, tmp_path: Path) -> None:
        code = """
    import inspect
    classes = (Token, AccessToken, RefreshToken, UntypedToken)
    answer = [list(inspect.signature(one.__init__).parameters)[1:3] for one in classes]
    answer.append(refused(SlidingToken, sign({"token_type": "sliding"}, key="z" * 64), verify=False))
    """
        assert ask(tmp_path, package, code) == [["token", "verify"]] * 4 + [""]

    def test_a_lifetime_of_a_class(self, package: str, tmp_path: Path) -> None:
        code = """
    class Long(AccessToken):
        lifetime = timedelta(days=4000)
    class Endless(AccessToken):
        lifetime = None
    answer = [left(str(Long.for_user(alice))) / 86400, refused(Endless.for_user, alice)]
    """
        assert ask(tmp_path, package, code) == [pytest.approx(4000, abs=0.1), "TokenError"]

    def test_set_exp(self, package: str, tmp_path: Path) -> None:
        code = """
    refresh = RefreshToken.for_user(alice)
    access = refresh.access_token
    answer = []
    for lifetime in (timedelta(days=4000), None):
        access.set_exp(lifetime=lifetime)
        refresh.set_exp("exp", None, lifetime)
        answer += [left(str(access)), left(str(refresh))]
    answer.append(refused(access.set_exp, lifetime=3600))
    """
        *lifetimes, error = ask(tmp_path, package, code)
        assert lifetimes == pytest.approx([4000 * 86400, 4000 * 86400, 300, 86400], abs=30)
        assert error

    def test_no_parameter_of_for_user_is_a_lifetime(self, package: str, tmp_path: Path) -> None:
        code = """
    import inspect
    answer = [*inspect.signature(AccessToken.for_user).parameters, *inspect.signature(AccessToken.set_exp).parameters]
    """
        assert ask(tmp_path, package, code) == ["user", "self", "claim", "from_time", "lifetime"]


class TestBackend:
    def test_parameters(self, package: str, tmp_path: Path) -> None:
        code = """
    import inspect
    answer = list(inspect.signature(TokenBackend).parameters)
    """
        order = "algorithm signing_key verifying_key audience issuer jwk_url leeway json_encoder"
        assert ask(tmp_path, package, code) == order.split()

    def test_it_neither_adds_an_expiry_nor_asks_for_one(self, package: str, tmp_path: Path) -> None:
        code = """
    backend = TokenBackend("HS256", key, audience="shop", issuer="me")
    token = backend.encode({"user_id": 1})
    answer = [sorted(jwt.decode(token, options={"verify_signature": False})), sorted(backend.decode(token))]
    """
        assert ask(tmp_path, package, code) == [["aud", "iss", "user_id"]] * 2

    def test_what_it_refuses(self, package: str, tmp_path: Path) -> None:
        code = """
    backend = TokenBackend("HS256", key)
    forged, expired = sign({}, key="z" * 64), sign({"exp": 1})
    answer = [bool(refused(backend.decode, one)) for one in (forged, expired)]
    answer += [bool(refused(backend.decode, one, verify=False)) for one in (forged, expired)]
    """
        assert ask(tmp_path, package, code) == [True, True, False, False]

    def test_an_empty_key_does_not_work(self, package: str, tmp_path: Path) -> None:
        code = """
    answer = refused(TokenBackend("HS256", "").encode, {})
    """
        assert ask(tmp_path, package, code) == "InvalidKeyError"

    def test_a_public_key_is_no_hmac_key(self, package: str, tmp_path: Path) -> None:
        code = """
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    public = generate_private_key(65537, 2048).public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    answer = refused(TokenBackend("HS256", public).encode, {})
    """
        assert ask(tmp_path, package, code) == "InvalidKeyError"

    def test_times_are_taken_as_they_are(self, package: str, tmp_path: Path) -> None:
        """A naive datetime is taken for UTC, a count of milliseconds for seconds."""
        code = """
    backend = TokenBackend("HS256", key)
    answer = [left(backend.encode({"exp": datetime.utcnow() + timedelta(hours=1)}))]
    answer.append(left(backend.encode({"exp": int(time.time() * 1000)})))
    """
        naive, milliseconds = ask(tmp_path, package, code)
        assert naive == pytest.approx(3600, abs=30)
        assert milliseconds > 1000 * 365 * 86400


def test_options_of_rest_framework_fall_back_to_their_defaults(tmp_path: Path) -> None:
    code = """
        from rest_framework.settings import APISettings
        options = APISettings({"A": 1}, {"A": 0, "B": 2}, ())
        answer = [options.A, options.B, refused(lambda: options.C)]
    """
    assert run_with(tmp_path, "", code) == [1, 2, "AttributeError"]
