"""Runs the fixtures of the signature family: what a bad program lets through, every good one stops.

The programs in a folder with a `requirements.txt`, `pyjwt1` for instance, are written for the one package that it names
and run with it in a process of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import jwt
import pytest
from fixture_keys import (
    DAY,
    SECRET,
    claims,
    confused_tokens,
    environment,
    hmac_signature,
    hmac_token,
    keys,
    load,
    provider_tokens,
    strangers_tokens,
    takes,
)
from fixture_marks import ROOT, label, programs

# Some programs call the libraries in ways that these warn of.
pytestmark = pytest.mark.filterwarnings("ignore")

OLD = "pyjwt1"
OLD_VERSION = "1.7.1"
ASK_APART = """
import importlib.metadata, json, pathlib, sys
from fixture_keys import load, takes
name, version = sys.argv[2].split("==")
assert importlib.metadata.version(name) == version
program = load(pathlib.Path(sys.argv[1]))
print(json.dumps([takes(program, token) for token in json.load(sys.stdin)]))
"""

Ask = Callable[[Path, list[str]], list[bool]]
Tokens = Callable[[], list[str]]


def expired() -> list[str]:
    return provider_tokens(lifetime=-DAY)


def without_expiry() -> list[str]:
    return provider_tokens(lifetime=None)


def with_empty_key() -> list[str]:
    return [hmac_token(b"")]


def in_another_algorithm() -> list[str]:
    """Signed with the right secret, but not in the algorithm that the programs are meant for."""
    return [jwt.encode(claims(), SECRET, algorithm="HS512")]


ATTACKS: dict[str, Tokens] = {
    "JWT102": strangers_tokens,
    "JWT103": in_another_algorithm,
    "JWT104": in_another_algorithm,
    "JWT105": confused_tokens,
    "JWT107": with_empty_key,
    "JWT109": strangers_tokens,
    "JWT110": strangers_tokens,
    "JWT111": strangers_tokens,
    "JWT302": expired,
}
"""Tokens of which a program with this defect takes at least one, and a program without any takes none."""

# With an empty key there is no proper token.
WORKING = sorted(ATTACKS.keys() - {"JWT107"} | {"JWT112"})

UNHEEDED: dict[str, Tokens] = {
    # It names another issuer than the one that makes these.
    "bad_authlib_misspelt_request.py": provider_tokens,
    "bad_joserfc_misspelt_request.py": without_expiry,
    "bad_misspelt_options.py": without_expiry,
    "bad_newer_option.py": without_expiry,
    "bad_old_option.py": without_expiry,
    "bad_option_of_another_library.py": without_expiry,
    # It names another issuer than the one that makes these.
    "bad_short_claim_names.py": provider_tokens,
    "bad_singular_algorithm.py": in_another_algorithm,
}
"""For the programs of JWT112: tokens that the ignored argument would stop."""

OVERRULED = ["bad_options_of_the_instance.py", "bad_verify_flag.py"]
"""The programs of JWT112 whose ignored argument would switch off the signature's check."""


def code_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].partition("-")[0]


def chosen(kind: str, entry: str, *codes: str) -> list[Path]:
    """The programs of `kind` (bad or good) under these codes that define the function `entry`."""
    return [
        path
        for path in programs()
        if code_of(path) in codes and path.name.startswith(kind) and f"\ndef {entry}(" in path.read_text()
    ]


@pytest.fixture(autouse=True)
def variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives a folder that holds what a requirement names and nothing else."""

    @cache
    def install(requirement: str) -> Path:
        target = tmp_path_factory.mktemp("apart")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
        subprocess.run([*pip, "--target", str(target), requirement], check=True)
        return target

    return install


@pytest.fixture
def ask(request: pytest.FixtureRequest) -> Ask:
    """Gives tokens to the program at a path, and says of each whether the program took it."""

    def answer(path: Path, tokens: list[str]) -> list[bool]:
        requirement = requirement_of(path)
        if requirement is not None:
            return _ask_apart(path, tokens, requirement, request.getfixturevalue("installed")(requirement))
        program = load(path)
        return [takes(program, token) for token in tokens]

    return answer


def requirement_of(path: Path) -> str | None:
    """The package that a program cannot share with the others, with its version."""
    file = path.parent / "requirements.txt"
    return file.read_text().strip() if file.exists() else None


def _ask_apart(path: Path, tokens: list[str], requirement: str, library: Path) -> list[bool]:
    answer = subprocess.run(
        [sys.executable, "-c", ASK_APART, str(path), requirement],
        input=json.dumps(tokens),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(library), str(Path(__file__).parent)])},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    taken: list[bool] = json.loads(answer.stdout)
    return taken


class TestVerifyingPrograms:
    """JWT102, 103, 104, 105, 107, 109, 110, 111 and 302, wherever a program has a function `accept`."""

    @pytest.mark.parametrize("path", chosen("bad", "accept", *ATTACKS), ids=label)
    def test_a_bad_program_takes_a_bad_token(self, path: Path, ask: Ask) -> None:
        assert any(ask(path, ATTACKS[code_of(path)]()))

    @pytest.mark.parametrize("path", chosen("bad", "accept", "JWT103", "JWT104"), ids=label)
    def test_an_unpinned_program_with_a_public_key_takes_it_for_a_secret(self, path: Path, ask: Ask) -> None:
        assert any(ask(path, confused_tokens())) == ("REALM_PUBLIC_KEY" in path.read_text())

    @pytest.mark.parametrize("attack", sorted(ATTACKS))
    @pytest.mark.parametrize("path", chosen("good", "accept", *ATTACKS), ids=label)
    def test_a_good_program_takes_no_bad_token_of_any_kind(self, path: Path, attack: str, ask: Ask) -> None:
        assert not any(ask(path, ATTACKS[attack]()))

    @pytest.mark.parametrize(
        "path", chosen("good", "accept", *ATTACKS, "JWT112") + chosen("bad", "accept", *WORKING), ids=label
    )
    def test_a_program_takes_a_proper_token(self, path: Path, ask: Ask) -> None:
        assert any(ask(path, provider_tokens()))

    @pytest.mark.parametrize("path", chosen("good", "accept", "JWT107"), ids=label)
    def test_an_unconfigured_good_program_takes_no_empty_key(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("JWT_SECRET")
        try:
            program = load(path)
        except RuntimeError:
            return  # It does not even start.
        assert not any(takes(program, token) for token in with_empty_key())


class TestMintingPrograms:
    """JWT101, 107 and 112, wherever a program has a function `issue`."""

    @pytest.mark.parametrize("path", chosen("bad", "issue", "JWT101"), ids=label)
    def test_a_bad_program_mints_an_unsigned_token(self, path: Path) -> None:
        token = load(path).issue()
        assert jwt.get_unverified_header(token)["alg"] == "none"
        assert token.endswith(".")

    @pytest.mark.parametrize("path", chosen("bad", "issue", "JWT107"), ids=label)
    def test_a_bad_program_mints_a_token_that_anybody_can_make(self, path: Path) -> None:
        signed, _, signature = load(path).issue().rpartition(".")
        assert signature == hmac_signature(b"", signed)

    @pytest.mark.parametrize("path", chosen("good", "issue", "JWT101", "JWT107", "JWT112"), ids=label)
    def test_a_good_program_mints_a_token_that_its_receivers_can_verify(self, path: Path) -> None:
        token = load(path).issue()
        key = keys().rsa.public_key() if jwt.get_unverified_header(token)["alg"] == "RS256" else SECRET
        claimed = jwt.decode(token, key, ["HS256", "HS512", "RS256"], {"require": ["exp"], "verify_aud": False})
        assert claimed["sub"]


class TestIgnoredArguments:
    """JWT112: the argument is there, and yet the library does what it does without it."""

    def test_every_bad_program_is_run(self) -> None:
        assert {path.name for path in chosen("bad", "accept", "JWT112")} <= {*UNHEEDED, *OVERRULED}

    @pytest.mark.parametrize("path", chosen("bad", "accept", "JWT112"), ids=label)
    def test_what_the_author_meant_does_not_happen(self, path: Path, ask: Ask) -> None:
        if path.name in OVERRULED:
            assert not any(ask(path, strangers_tokens()))
        else:
            assert any(ask(path, UNHEEDED[path.name]()))

    @pytest.mark.parametrize("path", chosen("good", "accept", "JWT112"), ids=label)
    def test_in_a_good_program_the_option_has_its_effect(self, path: Path, ask: Ask) -> None:
        assert not any(ask(path, without_expiry()))


def test_old_programs_declare_the_version_that_they_are_run_with() -> None:
    declared = {path.parent: path.read_text().strip() for path in ROOT.rglob(f"{OLD}/requirements.txt")}
    old = {path.parent for path in programs() if path.parent.name == OLD}
    assert declared == dict.fromkeys(old, f"PyJWT=={OLD_VERSION}")
