"""What the library models say of calls that neither a shape nor a fixture holds."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from shape_programs import findings, verify

from jwt_sast import libraries
from jwt_sast.libraries.registry import known

PYJWT = """\
import os
import jwt
KEY = os.environ["KEY"]
"""
JOSE = """\
import os
from jose import jwt, jws
KEY = os.environ["KEY"]
"""
REQUESTS = """\
import os, requests
token = os.environ["TOKEN"]
h = {"Authorization": f"Bearer {token}"}
"""
HTTPX = REQUESTS.replace("requests", "httpx")

PROGRAMS = {
    "PyJWS reads without verifying": (
        PYJWT,
        """
        def f(t):
            return jwt.PyJWS().decode(t, options={"verify_signature": False})  # JWT102
        """,
    ),
    "PyJWS verifies and checks no claims": (
        PYJWT,
        """
        def f(t):
            return jwt.PyJWS().decode(t, KEY, algorithms=["HS256"])
        """,
    ),
    "the options of an instance count for claims": (
        PYJWT,
        """
        def f(t):
            return jwt.PyJWT(options={"verify_exp": False}).decode(t, KEY, algorithms=["HS256"])  # JWT302
        def g(t):
            reader = jwt.PyJWT({"verify_exp": False})
            return reader.decode(t, KEY, algorithms=["HS256"], options={"verify_exp": True})
        """,
    ),
    "the options of an instance do not count for the signature": (
        PYJWT,
        """
        reader = jwt.PyJWT(options={"verify_signature": False})  # JWT112
        """,
    ),
    "decode_complete": (
        PYJWT,
        """
        def f(t):
            return jwt.decode_complete(t, options={"verify_signature": False})["payload"]  # JWT102
        """,
    ),
    "the header's algorithm wins": (
        PYJWT,
        """
        def f(e):
            return jwt.encode({"exp": e}, None, algorithm="HS256", headers={"alg": "none"})  # JWT101
        """,
    ),
    "a key object pins the algorithm": (
        PYJWT,
        """
        def f(t, data):
            return jwt.decode(t, jwt.PyJWK(data), algorithms=["HS256", "RS256"])
        """,
    ),
    "jws signs and verifies": (
        JOSE,
        """
        def f(t):
            jws.sign(b"payload", "s3cr3t")  # JWT501
            return jws.verify(t, KEY, ["HS256"])
        def g(t):
            return jws.verify(t, KEY, None)  # JWT103
        """,
    ),
    "jws verifies nothing": (
        JOSE,
        """
        def f(t):
            return jws.verify(t, KEY, ["HS256"], False)  # JWT102
        """,
    ),
    "claims and headers without verification": (
        JOSE,
        """
        def f(t):
            return jwt.get_unverified_claims(t)["sub"]  # JWT102
        def g(t):
            return jws.get_unverified_headers(t)["kid"]
        """,
    ),
    "requiring exp switches its check back on": (
        JOSE,
        """
        def f(t):
            return jwt.decode(t, KEY, algorithms=["HS256"], options={"verify_exp": False, "require_exp": True})
        def g(t):
            return jwt.decode(t, KEY, algorithms=["HS256"], options={"verify_exp": False})  # JWT302
        """,
    ),
    "an option that jose does not know": (
        JOSE,
        """
        def f(t):
            return jwt.decode(t, KEY, algorithms=["HS256"], options={"require": ["exp"]})  # JWT112
        """,
    ),
    "the generic request, by position": (
        REQUESTS,
        """
        requests.request("GET", "http://api.example.com", headers=h)  # JWT401
        requests.Session().request("GET", "http://api.example.com", None, None, h)  # JWT401
        """,
    ),
    "a token just signed is the header": (
        REQUESTS + "import jwt, time\n",
        """
        def f():
            signed = jwt.encode({"exp": int(time.time()) + 60}, os.environ["KEY"])
            requests.get("http://api.example.com", headers={"authorization": signed})  # JWT401
        """,
    ),
    "an environment's fallback is the URL": (
        REQUESTS,
        """
        requests.get(os.getenv("API", "http://api.example.com"), headers=h)  # JWT401
        """,
    ),
    "a call's own headers win over the session's": (
        REQUESTS,
        """
        def f():
            s = requests.Session()
            s.headers.update(h)
            s.get("http://api.example.com", headers={"Authorization": "Basic abc"})
        """,
    ),
    "verification switched on again for one call": (
        REQUESTS,
        """
        def f():
            s = requests.Session()
            s.verify = False
            s.get("https://api.example.com", headers=h, verify=True)
            s.get("https://api.example.com", headers=h, verify=None)  # JWT403
        """,
    ),
    "without TLS the certificate does not matter": (
        REQUESTS,
        """
        requests.get("http://api.example.com", headers=h, verify=False)  # JWT401
        """,
    ),
    "an absolute URL outweighs the client's base": (
        HTTPX,
        """
        def f():
            client = httpx.Client(base_url="http://api.example.com", headers=h)  # JWT401
            client.get("https://other.example.com/me")
            client.request("GET", "/me")
        """,
    ),
    "an authentication flow of httpx": (
        HTTPX,
        """
        class Bearer(httpx.Auth):
            def auth_flow(self, request):
                request.headers["Authorization"] = f"Bearer {token}"
                yield request
        httpx.get("http://api.example.com", auth=Bearer())  # JWT401
        """,
    ),
    "an authentication object that adds nothing": (
        REQUESTS,
        """
        class Nothing:
            pass
        requests.get("http://api.example.com", auth=Nothing())
        requests.get("http://api.example.com", auth=("user", "password"))
        """,
    ),
}


@pytest.mark.parametrize(("prelude", "code"), PROGRAMS.values(), ids=PROGRAMS)
def test_program(prelude: str, code: str) -> None:
    verify(code, prelude)


def test_an_argument_may_be_hidden_by_stars() -> None:
    code = """
        def f(t, *args, **kwargs):
            return jwt.decode(t, *args, **kwargs)
    """
    assert findings(code, JOSE) == []


class TestRegistry:
    def test_every_module_with_a_library_is_found(self) -> None:
        modules = [path for path in Path(libraries.__path__[0]).glob("*.py") if "\nLIBRARY = " in path.read_text()]
        assert len(known()) == len(modules) > 0
        assert list(known()) == sorted(known(), key=lambda library: library.name)

    def test_libraries_have_marks_and_something_to_look_for_or_neither(self) -> None:
        # What only gives values to others, such as a reader of settings, does nothing to tokens: a file that uses
        # nothing else need not be read, and a function that does need not be followed.
        for library in known():
            assert not library.marks or library.packages or library.methods or library.names
            assert library.marks or not library.packages
        assert {library.name for library in known() if not library.marks} <= {
            "command lines",
            "configuration",
            "django-settings",
            "flask-settings",
            "json",
            "key generators",
            "logs",
            "request bodies",
            "rest-framework-settings",
            "ssl",
        }

    def test_a_release_is_told_by_the_name_that_holds_it(self) -> None:
        named = [library for library in known() if library.version_name]
        assert [library.name for library in named] == ["Authlib", "PyJWT", "joserfc", "python-jose"]
        for library in named:
            module, _, attribute = library.version_name.rpartition(".")
            assert getattr(importlib.import_module(module), attribute) == version(library.distribution)

    def test_no_two_libraries_model_the_same_function(self) -> None:
        names = [name for library in known() for name in library.functions]
        assert len(names) == len(set(names))

    def test_functions_belong_to_the_library_s_packages(self) -> None:
        # What a model needs of the standard library besides is no reason to look at a file.
        for library in known():
            if library.packages:
                named = {name.partition(".")[0] for name in library.functions}
                assert named <= {*library.packages, *sys.stdlib_module_names}
