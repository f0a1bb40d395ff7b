"""What the model of Authlib says of calls that no fixture holds."""

from __future__ import annotations

import textwrap
from pathlib import Path

import projects
import pytest
from shape_programs import confidences, verify

PRELUDE = """\
import os, time, json
from authlib.jose import jwt, JsonWebToken, JsonWebKey, OctKey, KeySet, JsonWebSignature
from authlib.jose.errors import JoseError, ExpiredTokenError
from authlib.oidc.core import UserInfo
KEY = os.environ["KEY"]
tokens = JsonWebToken(["HS256"])
"""

PROGRAMS = {
    "claims that nobody validates": """
        def f(t):
            return tokens.decode(t, KEY)["sub"]  # JWT302
        def g(t):
            try:
                tokens.decode(t, KEY)  # JWT302
                return True
            except JoseError:
                return False
        """,
    "claims that become those of a user": """
        def f(t):
            return UserInfo(tokens.decode(t, KEY))  # JWT302
        def g(t):
            claims = tokens.decode(t, KEY)
            claims.validate()
            return UserInfo(claims)
        def h(**claims):
            return UserInfo(**claims)
        """,
    "claims that are validated": """
        def f(t):
            claims = tokens.decode(t, KEY)
            claims.validate(leeway=30)
            return claims
        def g(t):
            (claims := tokens.decode(t, KEY)).validate()
            return claims["sub"]
        def h(t):
            claims = tokens.decode(t, KEY)
            claims.validate_exp(int(time.time()), 0)
            return claims
        """,
    "a path that validates and one that does not": """
        def f(t, strict):
            claims = tokens.decode(t, KEY)  # JWT302
            if strict:
                claims.validate()
            return claims
        def g(t, strict):
            claims = tokens.decode(t, KEY)
            if not strict:
                return None
            claims.validate()
            return claims
        """,
    "a refusal that is passed over": """
        def f(t):
            claims = tokens.decode(t, KEY)  # JWT302
            try:
                claims.validate()
            except ExpiredTokenError:
                pass
            return claims["sub"]
        """,
    "an answer that makes nothing of the claims": """
        def f(t):
            try:
                claims = tokens.decode(t, KEY)
                claims.validate()
            except JoseError:
                return {"active": False}
            return claims
        """,
    "one of two keys": """
        def f(t):
            try:
                claims = tokens.decode(t, KEY)
            except JoseError:
                claims = tokens.decode(t, os.environ["OLD"])
            claims.validate()
            return claims
        def g(t, keys):
            for key in keys:
                try:
                    claims = tokens.decode(t, key)
                    break
                except JoseError:
                    continue
            else:
                raise PermissionError
            claims.validate()
            return claims["sub"]
        """,
    "callers that validate": """
        def decoded(t):
            return tokens.decode(t, KEY)
        def check(claims):
            claims.validate()
        def f(t):
            claims = decoded(t)
            check(claims)
            return claims["sub"]
        """,
    "a caller that does not": """
        def decoded(t):
            return tokens.decode(t, KEY)  # JWT302
        def f(t):
            claims = decoded(t)
            claims.validate()
            return claims["sub"]
        def g(t):
            return decoded(t)["sub"]
        """,
    "claims that are kept and validated later": """
        class Session:
            def __init__(self, t):
                self.claims = tokens.decode(t, KEY)
            def check(self):
                self.claims.validate()
        """,
    "claims that are kept and never validated": """
        class Session:
            def __init__(self, t):
                self.claims = tokens.decode(t, KEY)  # JWT302
            def user(self):
                return self.claims["sub"]
        """,
    "the clock by hand": """
        def f(t):
            claims = tokens.decode(t, KEY)
            if claims.exp < time.time():
                raise PermissionError
            return claims["sub"]
        """,
    "code that cannot be seen": """
        from elsewhere import look
        def f(t):
            claims = tokens.decode(t, KEY)
            look(claims)
            return claims["sub"]
        """,
    "code that cannot be seen, called for what it gives": """
        from elsewhere import User
        def f(t):
            claims = tokens.decode(t, KEY)  # JWT302
            return User.load(claims)
        """,
    "an instance that a class keeps": """
        class Verifier:
            def __init__(self, key):
                self.tokens, self.key = JsonWebToken(["HS256"]), key
            def user(self, t):
                return self.tokens.decode(t, self.key).get("sub")  # JWT302
        """,
    "the ready instance takes what fits the key": """
        def f(t):
            jwt.decode(t, KEY).validate()  # JWT103
        def g(t):
            jwt.decode(t, JsonWebKey.import_key(KEY, {"kty": "oct"})).validate()
        def h(t, key):
            jwt.decode(t, key).validate()
        def i(t):
            jwt.decode(t, {"kty": "oct", "k": KEY}).validate()
        """,
    "texts from files and settings": """
        from pathlib import Path
        from django.conf import settings
        from flask import current_app
        def f(t):
            jwt.decode(t, Path("public.pem").read_text()).validate()  # JWT103
        def g(t):
            with open("public.pem", "rb") as file:
                jwt.decode(t, file.read()).validate()  # JWT103
        def h(t):
            jwt.decode(t, settings.SECRET_KEY).validate()  # JWT103
        def i(t):
            jwt.decode(t, current_app.config["SECRET_KEY"]).validate()  # JWT103
        def j(t, keys):
            jwt.decode(t, keys.find("1")).validate()
        """,
    "no list at all": """
        def f(t):
            JsonWebToken(None).decode(t, KEY).validate()  # JWT103
        def g(t):
            return JsonWebSignature().deserialize_compact(t, KEY)["payload"]  # JWT103
        def h(t):
            JsonWebToken([]).decode(t, KEY).validate()
        """,
    "a list that mixes": """
        mixed = JsonWebToken(["HS256", "RS256"])  # JWT105
        def f(t):
            mixed.decode(t, KEY).validate()
        """,
    "a list that mixes, and a key object": """
        mixed = JsonWebToken(["HS256", "RS256"])
        def f(t):
            mixed.decode(t, JsonWebKey.import_key(KEY)).validate()
        """,
    "none": """
        both = JsonWebToken(["HS256", "none"])  # JWT101
        def f(t):
            both.decode(t, KEY).validate()
        def g(e):
            return both.encode({"alg": "none"}, {"exp": e}, None)  # JWT101
        def h(e):
            return jwt.encode({"alg": "none"}, {"exp": e}, None)
        """,
    "keys in every form": """
        def a(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, "s3cr3t")  # JWT501
        def b(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, OctKey.import_key("s3cr3t"))  # JWT501
        def c(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, {"kty": "oct", "k": "c2VjcmV0"})  # JWT501
        def d(t):
            tokens.decode(t, lambda header, payload: "s3cr3t").validate()  # JWT501
        def e(t):
            keys = JsonWebKey.import_key_set({"keys": [{"kty": "oct", "k": "c2VjcmV0"}]})  # JWT501
            tokens.decode(t, keys.find_by_kid("1")).validate()
        def f(t):
            tokens.decode(t, KeySet([OctKey.import_key("s3cr3t")])).validate()  # JWT501
        """,
    "keys that are drawn": """
        def a(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, OctKey.generate_key(128))  # JWT503
        def b(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, JsonWebKey.generate_key("oct", 64))  # JWT503
        def c(e):
            return jwt.encode({"alg": "HS256"}, {"exp": e}, OctKey.generate_key())
        def d(e):
            return jwt.encode({"alg": "RS256"}, {"exp": e}, JsonWebKey.generate_key("RSA", 2048))
        """,
    "raw signatures": """
        jws = JsonWebSignature(["HS256"])
        def f():
            return jws.serialize_compact({"alg": "HS256"}, b"x", "s3cr3t")  # JWT501
        def g(t):
            return json.loads(jws.deserialize_compact(t, KEY)["payload"])["sub"]
        """,
    "an encrypted token is a token": """
        import requests
        from authlib.jose import JsonWebEncryption
        def f():
            token = JsonWebEncryption().serialize_compact({"alg": "dir", "enc": "A256GCM"}, b"x", KEY).decode()
            requests.get("http://api.example.com", headers={"Authorization": "Bearer " + token})  # JWT401
        """,
    "a member of a request that is not known": """
        def f(t):
            tokens.decode(t, KEY, claims_options={"iss": {"valeu": "x"}}).validate()  # JWT112
        """,
    "handed to a runner": """
        from elsewhere import run_blocking
        async def f(t):
            claims = await run_blocking(tokens.decode, t, KEY)  # JWT302
            return claims["sub"]
        """,
    "longer names": """
        from authlib.jose.rfc7519 import JsonWebToken as Tokens
        def f(t):
            return Tokens(["HS256"]).decode(t, KEY)["sub"]  # JWT302
        """,
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_program(code: str) -> None:
    verify(code, PRELUDE)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('def f(t):\n    return tokens.decode(t, KEY)["sub"]\n', ["high"]),
        ("def f(t):\n    return tokens.decode(t, KEY)\n", ["medium"]),
        ("def f(t, x):\n    c = tokens.decode(t, KEY)\n    x or c.validate()\n    return c['sub']\n", ["medium"]),
    ],
    ids=["nobody asks for the checks", "handed on to whoever calls", "on some path"],
)
def test_how_sure_it_is_that_nobody_validates(code: str, expected: list[str]) -> None:
    assert confidences(code, "JWT302", PRELUDE) == expected


INSTANCE = """
    import os
    from authlib.jose import JsonWebToken
    KEY = os.environ["KEY"]
    company_tokens = JsonWebToken(["HS256"])
    def checked(t):
        claims = company_tokens.decode(t, KEY)
        claims.validate()
        return claims
"""


def test_an_instance_that_other_files_use(tmp_path: Path) -> None:
    other = """
        from shop.security import KEY, checked, company_tokens
        def f(t):
            return company_tokens.decode(t, KEY)["sub"]  # JWT302
        def g(t):
            claims = company_tokens.decode(t, KEY)
            claims.validate()
            return claims["sub"]
        def h(t):
            return checked(t)["sub"]
    """
    projects.verify(projects.packaged({"shop/security.py": INSTANCE, "shop/views.py": other}), tmp_path)


def test_tests_may_look_into_tokens(tmp_path: Path) -> None:
    code = """
        def test_user(client):
            assert company_tokens.decode(client.login(), KEY)["sub"] == "alice"
    """
    files = {
        "shop/security.py": INSTANCE,
        "tests/test_login.py": f"from shop.security import *\n{textwrap.dedent(code)}",
    }
    projects.verify(projects.packaged(files), tmp_path)
    files["shop/login.py"] = files.pop("tests/test_login.py")
    assert [one.code for one in projects.findings(projects.packaged(files), tmp_path)] == ["JWT302"]


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("==1.5.2", {"JWT107"}),
        ("==1.6.0", {"JWT107", "JWT101"}),
        ("==1.9.0", {"JWT107", "JWT101"}),
        (">=1.9.1", {"JWT101"}),
    ],
)
def test_what_depends_on_the_release(release: str, expected: set[str], tmp_path: Path) -> None:
    program = """
        from authlib.jose import JsonWebToken
        def f(t):
            JsonWebToken(["HS256"]).decode(t, "").validate()
        def g(t, key):
            JsonWebToken(["HS256", "none"]).decode(t, key).validate()
    """
    found = projects.findings({"requirements.txt": f"authlib{release}\n", "app.py": program}, tmp_path)
    assert {one.code for one in found} == expected
