"""The program's own functions that sign or verify, as the settings describe them, in a real project and in every door.

What they do is hidden behind a module that is not there, so that nothing is found by looking into them.
"""

from __future__ import annotations

import inspect
import json
import pickle
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shape_programs import marked

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import SETTINGS as KNOWN
from jwt_sast.config import ConfigError, Layer, Settings, load
from jwt_sast.findings import FileReport, Persona
from jwt_sast.tokens.wrappers import ParameterList
from jwt_sast.workers import in_workers

SETTINGS = """
[tool.jwt-sast.signers."acme.tokens.issue"]
claims = "payload"
key = 1
algorithm = "alg"
lifetime = "ttl"
headers = "headers"
accepts = ["empty-key"]

[tool.jwt-sast.signers."acme.tokens.issue_short"]
claims = "payload"
adds = ["exp"]

[tool.jwt-sast.signers."acme.tokens.Service.issue"]
claims = 0
key = "key"

[tool.jwt-sast.signers."acme.tokens.Service.stamp"]
claims = 0

[tool.jwt-sast.signers."acme.tokens.Service.seal"]
claims = 0

[tool.jwt-sast.signers."acme.tokens.Press.__call__"]
claims = 0

[tool.jwt-sast.signers."acme.tokens.traced"]
claims = "payload"

[tool.jwt-sast.signers."acme.tokens.open_ended"]
claims = "claims"

[tool.jwt-sast.signers."vault.sign.make"]
parameters = "payload, key=None, alg='HS256', *, ttl=900"
claims = "payload"
key = "key"
algorithm = "alg"
lifetime = "ttl"

[tool.jwt-sast.signers."vault.Signer.make"]
claims = 0
key = "key"

[tool.jwt-sast.verifiers."acme.tokens.read"]
token = 0
key = "key"
algorithms = "algorithms"
audience = "audience"
issuer = "issuer"
leeway = "leeway"
accepts = ["any-algorithm", "none", "empty-key"]
checks = { signature = "verify", exp = "check_exp", nbf = "check_nbf", aud = "check_aud" }

[tool.jwt-sast.verifiers."acme.tokens.read_old"]
token = 0
checks = { exp = false, signature = true }

[tool.jwt-sast.verifiers."acme.tokens.peek"]
token = "token"
checks = { signature = false }

[tool.jwt-sast.verifiers."vault.Reader.read"]
token = 0
key = 1
"""

PROJECT = {
    "pyproject.toml": SETTINGS,
    "acme/__init__.py": "from .tokens import issue as sign_in\n",
    "acme/tokens.py": """
        import functools
        import os
        import hsm

        def issue(payload, key=os.environ["KEY"], alg="HS256", ttl=None, headers=None):
            return hsm.sign(payload, key, alg, ttl, headers)

        def issue_short(payload):
            return hsm.sign(payload)

        def read(token, key, algorithms=("HS256",), audience=None, issuer=None, leeway=0, verify=True,
                 check_exp=True, check_nbf=True, check_aud=True):
            return hsm.check(token)

        def read_old(token):
            return hsm.check(token)

        def peek(token):
            return hsm.look(token)

        def open_ended(**content):
            return hsm.sign(content)

        def counted(function):
            @functools.wraps(function)
            def inner(*args, **kwargs):
                hsm.count()
                return function(*args, **kwargs)
            return inner

        @counted
        def traced(payload):
            return hsm.sign(payload)

        class Service:
            def __init__(self, url):
                self.url = url
            def issue(self, payload, key):
                return hsm.sign(payload, key)
            @staticmethod
            def stamp(payload):
                return hsm.sign(payload)
            @classmethod
            def seal(cls, payload):
                return hsm.sign(payload)
            def login(self, user):
                return self.issue({"sub": user}, os.environ["KEY"])  # JWT301

        class Press:
            def __call__(self, payload):
                return hsm.sign(payload)

        def of_the_module_itself(user):
            return issue({"sub": user})  # JWT301
    """,
    "acme/services.py": """
        from .tokens import Service
        service = Service("https://accounts.example")
    """,
    "claims.py": """
        from acme.tokens import issue, issue_short
        def a(user): return issue({"sub": user})  # JWT301
        def b(user): return issue(payload={"sub": user})  # JWT301
        def c(user, end): return issue({"sub": user, "exp": end})
        def d(user): return issue_short({"sub": user})
        def e(user, secret): return issue_short({"sub": user, "password": secret})  # JWT203
        def f(claims): return issue(claims)
    """,
    "callers.py": """
        from claims import f
        def login(user): return f({"sub": user})  # JWT301
    """,
    "keys.py": """
        import os
        from acme.tokens import issue, read
        def a(claims): return issue(claims, "hard-coded")  # JWT501
        def b(claims): return issue(claims, key=os.environ.get("KEY", "dev"))  # JWT502
        def c(claims): return issue(claims, os.environ["KEY"])
        def d(token): return read(token, "hard-coded")  # JWT501
        def e(claims): return issue(claims, "")  # JWT107
    """,
    "algorithms.py": """
        from acme.tokens import issue, read
        def a(claims): return issue(claims, alg="none")  # JWT101
        def b(token, key): return read(token, key, algorithms=["HS256", "none"])  # JWT101
        def c(token, key): return read(token, key, ["HS256", "RS256"])  # JWT105
        def d(token, key): return read(token, key, None)  # JWT103
    """,
    "lifetimes.py": """
        from datetime import timedelta
        from acme.tokens import issue, read
        def a(user): return issue({"sub": user}, ttl=timedelta(days=400))  # JWT303
        def b(user): return issue({"sub": user}, ttl=600)
        def c(user, ttl): return issue({"sub": user}, ttl=ttl)
        def d(token, key): return read(token, key, leeway=86400)  # JWT307
    """,
    "checks.py": """
        from acme.tokens import peek, read, read_old
        def a(token, key): return read(token, key, verify=False)["sub"]  # JWT102
        def b(token, key): return read(token, key, check_exp=False)  # JWT302
        def c(token, key): return read(token, key, check_nbf=False)  # JWT207
        def d(token, key): return read(token, key, check_aud=False)  # JWT201
        def e(token, key): return read(token, key)
        def f(token): return read_old(token)  # JWT302
        def g(token): return peek(token)["sub"]  # JWT102
        def h(token, key):
            unsure = peek(token)
            return read(token, key)["sub"], unsure["kid"]
    """,
    "results.py": """
        import logging
        import requests
        from acme.tokens import issue
        def a(claims):
            return requests.get("http://api.shop.com/", headers={"Authorization": issue(claims)})  # JWT401
        def b(claims):
            logging.info("token %s", issue(claims))  # JWT408
    """,
    "methods.py": """
        import os
        from acme.services import service
        from acme.tokens import Press, Service
        KEY = os.environ["KEY"]
        def a(user): return Service("u").issue({"sub": user}, KEY)  # JWT301
        def b(user): return service.issue({"sub": user}, KEY)  # JWT301
        def c(user): return Service.issue(service, {"sub": user}, KEY)  # JWT301
        def d(user): return Service.stamp({"sub": user})  # JWT301
        def e(user): return Service.seal({"sub": user})  # JWT301
        def f(user): return service.stamp({"sub": user})  # JWT301
        def g(user): return Press()({"sub": user})  # JWT301
        class Own(Service):
            def enter(self, user): return self.issue({"sub": user}, KEY)  # JWT301
    """,
    "names.py": """
        import acme
        import acme.tokens as t
        from acme import sign_in, tokens
        from functools import partial
        def a(user): return sign_in({"sub": user})  # JWT301
        def b(user): return t.issue({"sub": user})  # JWT301
        def c(user): return tokens.issue({"sub": user})  # JWT301
        def d(user): return acme.tokens.issue({"sub": user})  # JWT301
        def e(user): return partial(tokens.issue, {"sub": user})()  # JWT301
        def f(user): return tokens.traced({"sub": user})  # JWT301
        def g(user): return tokens.open_ended(claims={"sub": user})  # JWT301
        async def h(user, loop): return await loop.run_in_executor(None, tokens.issue, {"sub": user})  # JWT301
    """,
    "outside.py": """
        import vault
        from vault.sign import make
        def a(user): return make({"sub": user}, "short")  # JWT501
        def b(user): return make({"sub": user}, ttl=None)  # JWT301
        def c(user): return make({"sub": user}, ttl=10 ** 8)  # JWT303
        def d(user, key): return vault.Signer().make({"sub": user}, key=key)  # JWT301
        def e(token): return vault.Reader("x").read(token, "hard-coded")  # JWT501
        def f(user, key): return vault.Signer().make({"sub": user, "exp": 1}, key)
    """,
    "bystanders.py": """
        import json
        def issue(payload, key): return json.dumps(payload)
        def a(user): return issue({"sub": user}, "hard-coded")
        def b(file): return file.read(600)
    """,
}

Found = set[tuple[str, int, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project on disk."""
    root = tmp_path_factory.mktemp("project")
    for name, text in PROJECT.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def command_line(folder: Path) -> Found:
    """What the command line finds in it."""
    command = [sys.executable, "-m", "jwt_sast", "check", "--format", "json", "."]
    report = json.loads(subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout)
    assert report["errors"] == []
    places = [(finding["location"], finding["code"]) for finding in report["findings"]]
    return {(place["path"], place["line"], code) for place, code in places}


@pytest.fixture(scope="module")
def flake8(folder: Path) -> Found:
    """What flake8 finds in it."""
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=JWT", "--format=%(path)s %(row)d %(code)s"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    lines = [line.split() for line in done.stdout.splitlines()]
    return {(path.removeprefix("./"), int(row), code) for path, row, code in lines}


def expected(name: str) -> Found:
    return {(name, line, code) for code, line in marked(textwrap.dedent(PROJECT[name]))}


def of(found: Found, name: str) -> Found:
    return {one for one in found if one[0] == name}


@pytest.mark.parametrize("name", [name for name in PROJECT if name.endswith(".py")])
class TestProject:
    def test_the_command_line_finds_what_is_marked(self, name: str, command_line: Found) -> None:
        assert of(command_line, name) == expected(name)

    def test_flake8_finds_it_too(self, name: str, flake8: Found) -> None:
        """All but what takes a look at the callers in other files."""
        assert of(flake8, name) == (set() if name == "callers.py" else expected(name))

    def test_nothing_of_it_is_found_without_the_settings(self, name: str, folder: Path) -> None:
        """By themselves they say nothing, neither by their names nor by what is in them."""
        report = Analyzer(Settings()).analyze(str(folder / name), (folder / name).read_bytes())
        assert report.findings == []


def test_workers_know_the_functions(folder: Path) -> None:
    """The settings cross to other processes, and mean the same there."""
    settings = load(folder)
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert hash(pickle.loads(pickle.dumps(settings))) == hash(settings)
    path = str(folder / "claims.py")
    (report,) = in_workers([(path, Path(path).read_bytes())], Analyzer(settings), 2)
    assert {(finding.code, finding.location.line) for finding in report.findings} == set(
        marked(textwrap.dedent(PROJECT["claims.py"]))
    )


def analysed(folder: Path, settings: str, files: Mapping[str, str]) -> FileReport:
    """The report on `app.py`."""
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(textwrap.dedent(text), encoding="utf-8")
    return Analyzer(load(folder)).analyze(str(folder / "app.py"), (folder / "app.py").read_bytes())


class TestMisfits:
    """The settings say something of a function that its definition shows to be wrong."""

    APP = "from tokens import issue\ndef a(user): return issue({'sub': user})\n"

    @pytest.mark.parametrize(
        ("role", "definition", "problem"),
        [
            ('claims = "paylod"', "payload, key", "tokens.issue has no parameter paylod; did you mean payload?"),
            ("claims = 2", "payload, key", "tokens.issue has no parameter at position 2: it has 2"),
            ("claims = 0", "", "tokens.issue has no parameter at position 0: it has 0"),
            ('claims = "payload"', "", "tokens.issue has no parameter payload"),
        ],
    )
    def test_a_parameter_that_is_not_there(self, tmp_path: Path, role: str, definition: str, problem: str) -> None:
        settings = f'[tool.jwt-sast.signers."tokens.issue"]\n{role}\n'
        files = {"app.py": self.APP, "tokens.py": f"def issue({definition}): ...\n"}
        (error,) = analysed(tmp_path, settings, files).errors
        assert (error.line, error.message) == (2, f"as the settings have it, {problem}")

    @pytest.mark.parametrize("definition", ["*args", "**kwargs", "*, payload"])
    def test_one_that_may_be_there(self, tmp_path: Path, definition: str) -> None:
        settings = '[tool.jwt-sast.signers."tokens.issue"]\nclaims = "payload"\n'
        files = {"app.py": self.APP, "tokens.py": f"def issue({definition}): ...\n"}
        assert analysed(tmp_path, settings, files).errors == []


def refusal(folder: Path, table: str) -> str:
    """What is said of settings with that in them."""
    (folder / "pyproject.toml").write_text(f"[tool.jwt-sast]\n{table}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(folder)
    return str(caught.value).partition("[tool.jwt-sast] ")[2]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("signers = []", "signers: must be a table: package.module.function={…}"),
        ('signers."a.b" = 1', "signers: a.b: must be a table"),
        ("signers.issue = {}", "signers: issue: is not the whole name of a function, such as package.module.function"),
        (
            "signers.acme.tokens.issue = { claims = 0 }",
            'signers: acme: is not the whole name of a function; write its dots in quotes: "acme.tokens.issue"',
        ),
        ('signers."a.b".clams = 0', "signers: a.b: unknown key clams; did you mean claims?"),
        ('signers."a.b".name = "c.d"', "signers: a.b: unknown key name; did you mean parameters?"),
        ('signers."a.b".token = 0', "signers: a.b: unknown key token; did you mean key?"),
        ('verifiers."a.b".algorithm = 0', "verifiers: a.b: unknown key algorithm; did you mean algorithms?"),
        *(
            (
                f'verifiers."a.b".key = {value}',
                "verifiers: a.b: key: must be the name of a parameter or its position, from 0",
            )
            for value in ("-1", "true", '"a b"', "1.5", "[0]")
        ),
        ('verifiers."a.b".checks.expiry = true', "verifiers: a.b: checks: unknown word expiry; did you mean exp?"),
        (
            'verifiers."a.b".checks.exp = -1',
            "verifiers: a.b: checks: exp: must be true, false, or the name or position of a parameter",
        ),
        (
            'verifiers."a.b".checks = ["exp"]',
            "verifiers: a.b: checks: must be a table: [signature|exp|nbf|iat|aud|iss]=true|false|PARAMETER",
        ),
        ('signers."a.b".accepts = ["none"]', "signers: a.b: accepts: unknown word none; did you mean empty-key?"),
        ('verifiers."a.b".accepts = "none"', "verifiers: a.b: accepts: must be a list of strings"),
        ('signers."a.b".adds = [1]', "signers: a.b: adds: must be a list of strings"),
        (
            'signers."a.b" = { parameters = "payload, key", claims = "paylod" }',
            "signers: a.b: has no parameter paylod; did you mean payload?",
        ),
        (
            'signers."a.b" = { parameters = "payload, key", claims = 2 }',
            "signers: a.b: has no parameter at position 2: it has 2",
        ),
        *(
            (
                f'signers."a.b".parameters = {value}',
                "signers: a.b: parameters: must be a list of parameters as a def has them, such as "
                "\"payload, key, alg='HS256'\"",
            )
            for value in ('"a b"', '["a"]', '"a): ...\\ndef g("', '"a) -> (int"', '"a): x = (lambda"', '"a, a="')
        ),
    ],
)
def test_a_mistake_in_a_table(tmp_path: Path, table: str, problem: str) -> None:
    assert refusal(tmp_path, table) == problem


NAMES = st.sampled_from(["payload", "key", "alg", "ttl", "headers", "audience"])
EMPTY = inspect.Parameter.empty
KEYWORD_ONLY = inspect.Parameter.KEYWORD_ONLY
KINDS = st.sampled_from([inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD, KEYWORD_ONLY])
DEFAULTS = st.sampled_from([EMPTY, None, "HS256", 900, 1.5, True, (), b"k"])


@st.composite
def signatures(draw: st.DrawFn) -> inspect.Signature:
    """Any parameter list of a function."""
    names = draw(st.lists(NAMES, unique=True))
    kinds = sorted(draw(st.lists(KINDS, min_size=len(names), max_size=len(names))))
    parameters: list[inspect.Parameter] = []
    optional = False
    for name, kind in zip(names, kinds, strict=True):
        default = draw(
            DEFAULTS if kind is KEYWORD_ONLY or not optional else DEFAULTS.filter(lambda one: one is not EMPTY)
        )
        optional |= default is not EMPTY
        parameters.append(inspect.Parameter(name, kind, default=default))
    return inspect.Signature(parameters)


@given(signatures(), st.sampled_from(["", "self", "cls"]))
def test_parameters_are_read_as_python_reads_them(signature: inspect.Signature, first: str) -> None:
    parameters = signature.parameters.values()
    text = str(signature)[1:-1]
    kind = KNOWN["signers"].kind
    table = {"a.b": {"parameters": ", ".join(filter(None, (first, text)))}}
    ((_, signer),) = read = kind.read(table, "")
    assert kind.plain(read) == table
    literals = {one.name: one.default for one in parameters if not isinstance(one.default, type | tuple)}
    assert signer.parameters == ParameterList(
        tuple(signature.parameters), sum(one.kind is not KEYWORD_ONLY for one in parameters), tuple(literals.items())
    )


@given(st.permutations(["payload", "key", "alg"]), st.data())
def test_it_does_not_matter_how_arguments_are_given(order: list[str], data: st.DataObject) -> None:
    """By position or by name, and whether the settings tell a parameter by the one or by the other."""
    by_place = data.draw(st.integers(0, 3))
    roles: Mapping[str, Any] = {
        role: data.draw(st.sampled_from([name, order.index(name)]))
        for role, name in (("claims", "payload"), ("key", "key"), ("algorithm", "alg"))
    }
    table = {"vault.make": {"parameters": ", ".join(order), **roles}}
    texts = {"payload": '{"sub": 1}', "key": '"hard-coded"', "alg": '"HS256"'}
    given_ = [texts[name] if index < by_place else f"{name}={texts[name]}" for index, name in enumerate(order)]
    settings = Settings().override(Layer({"signers": table}, "", ""))
    code = f"import vault\nvault.make({', '.join(given_)})\n"
    report = Analyzer(settings).analyze("app.py", code)
    regular = {finding.code: finding for finding in report.findings if finding.persona is Persona.REGULAR}
    line = code.splitlines()[1]
    spots = {one.code: line[one.location.column - 1 : one.location.end_column - 1] for one in regular.values()}
    assert spots == {"JWT301": texts["payload"], "JWT501": texts["key"]}
    assert "its algorithm needs 32" in regular["JWT501"].message
