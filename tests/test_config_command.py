"""`jwt-sast config`, and the options that it shares with `jwt-sast check`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from command_line import BAD, enter, run, write

from jwt_sast.config import SETTINGS
from jwt_sast.config.schema import schema

ISSUES = """\
import os, secrets, time
import jwt
def forever(sub):
    return jwt.encode({"sub": sub}, os.environ["KEY"], algorithm="HS256")
def long(sub):
    return jwt.encode({"sub": sub, "exp": time.time() + 20 * 86400}, os.environ["KEY"], algorithm="HS256")
def refresh(sub):
    claims = {"sub": sub, "type": "refresh", "exp": time.time() + 90 * 86400}
    return jwt.encode(claims, os.environ["KEY"], algorithm="HS256")
def lenient(token):
    return jwt.decode(token, os.environ["KEY"], algorithms=["HS256"], leeway=240)["sub"]
def short(token):
    return jwt.decode(token, secrets.token_bytes(32), algorithms=["HS256"])["sub"]
def salary(sub, amount):
    return jwt.encode({"sub": sub, "salary": amount, "exp": time.time() + 60}, os.environ["KEY"], algorithm="HS256")
"""
SENT = """\
import os
import jwt
import requests
def sent(claims):
    token = jwt.encode(claims, os.environ["KEY"], algorithm="HS256")
    return requests.get("http://billing.example.com/", headers={"Authorization": f"Bearer {token}"})
"""
UNPINNED = """\
import os
import jwt
def read(token):
    return jwt.decode(token, os.environ["KEY"])["sub"]
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tmp_path, monkeypatch)


def data(*args: str) -> dict[str, Any]:
    done = run("config", "--format", "json", *args)
    assert done.status == 0, done.err
    found: dict[str, Any] = json.loads(done.out)["settings"]
    return found


def codes(*args: str) -> list[str]:
    report = json.loads(run("check", "--format", "json", *args).out)
    assert report["errors"] == []
    return [finding["code"] for finding in report["findings"]]


class TestConfig:
    def test_the_defaults_come_from_nowhere(self) -> None:
        found = data()
        assert list(found) == list(SETTINGS)
        assert {name: one["value"] for name, one in found.items()} == {
            name: one.kind.plain(one.default) for name, one in SETTINGS.items()
        }
        assert all(one["from"] == [] for one in found.values())

    def test_files_and_options(self) -> None:
        file = '[tool.jwt-sast]\npersona = "auditor"\nmax-lifetime = 7200\nmax-leeway = "1m"\n'
        write({"inner/pyproject.toml": file})
        found = data("inner/src", "--max-lifetime", "90m", "--no-require-suppression-reason", "--local-hosts", "a, b")
        assert found["persona"] == {"value": "auditor", "from": [{"file": "inner/pyproject.toml"}]}
        assert found["max-lifetime"] == {"value": "90m", "from": [{"option": "--max-lifetime"}]}
        assert found["max-leeway"] == {"value": "1m", "from": [{"file": "inner/pyproject.toml"}]}
        assert found["local-hosts"] == {"value": ["a", "b"], "from": [{"option": "--local-hosts"}]}
        assert found["require-suppression-reason"]["from"] == [{"option": "--require-suppression-reason"}]
        assert found["select"]["from"] == []

    def test_what_comes_from_two_places(self) -> None:
        write(
            {
                "pyproject.toml": '[tool.jwt-sast]\nextend-select = ["JWT508"]\nignore = ["JWT301", "JWT102"]\n'
                'severity = { JWT301 = "low" }\n'
            }
        )
        found = data("--extend-select", "missing-exp", "--severity", "JWT102=low")
        extended = [{"file": "pyproject.toml"}, {"option": "--extend-select"}]
        assert found["extend-select"] == {"value": ["JWT508", "JWT301"], "from": extended}
        assert found["ignore"] == {"value": ["JWT102"], "from": extended}
        assert found["severity"] == {
            "value": {"JWT301": "low", "JWT102": "low"},
            "from": [{"file": "pyproject.toml"}, {"option": "--severity"}],
        }

    def test_the_text_is_a_table_that_says_the_same(self) -> None:
        options = ["--per-file-ignores", "a b/{c,d}=x.py=JWT3,missing-exp", "--persona", "auditor", "--max-leeway", "2"]
        done = run("config", *options)
        assert done.status == 0
        assert 'persona = "auditor"                       # --persona\n' in done.out
        assert 'min-severity = "low"                      # default\n' in done.out
        table = tomllib.loads(done.out)["tool"]["jwt-sast"]
        assert table == {name: one["value"] for name, one in data(*options).items()}
        assert table["per-file-ignores"] == {"a b/{c,d}=x.py": ["JWT3", "JWT301"]}
        write({"pyproject.toml": done.out})
        assert {name: one["value"] for name, one in data().items()} == table

    def test_the_schema(self) -> None:
        done = run("config", "--schema", "--persona", "auditor")
        assert (done.status, json.loads(done.out)) == (0, schema())

    @pytest.mark.parametrize("command", ["config", "check"])
    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["--severity", "JWT301"], "--severity: must be a table: CHECK=[low|medium|high|critical]"),
            (["--severity", "JWT309=low"], "--severity: unknown check JWT309; did you mean JWT301?"),
            (["--assume-versions", "pyjwt=2,joserfc=1"], "--assume-versions: unknown library pyjwt=2,joserfc; did you"),
            (["--assume-versions", "pyjwt=x"], '--assume-versions: pyjwt: "x" is not a version such as 2.8.0'),
            (["--per-file-ignores", "=JWT301"], "--per-file-ignores: must be a text that is not empty"),
            (["--min-key-bytes", "many"], "--min-key-bytes: must be a whole number, 0 or more"),
            (["--config", "no-such.toml"], "'no-such.toml' does not exist"),
            (["--config", "pyproject.toml"], "pyproject.toml: has no table [tool.jwt-sast]"),
            (["--config", "pyproject.toml", "--isolated"], "--config names a file to read, and --isolated reads none"),
        ],
    )
    def test_what_cannot_be_used_is_refused(self, command: str, args: list[str], message: str) -> None:
        done = run(command, *args)
        assert (done.status, done.out) == (2, "")
        assert message in done.err


class TestWhatTheyChange:
    """Each option changes what is found, and the table in a file changes the same."""

    @pytest.mark.parametrize(
        ("source", "option", "setting", "more", "fewer"),
        [
            (ISSUES, "--max-lifetime=19d", 'max-lifetime = "19d"', ["JWT303"], []),
            (ISSUES, "--max-refresh-lifetime=89d", 'max-refresh-lifetime = "89d"', ["JWT303"], []),
            (ISSUES, "--max-leeway=3m", 'max-leeway = "3m"', ["JWT307"], []),
            (ISSUES, "--min-key-bytes=33", "min-key-bytes = 33", ["JWT503"], []),
            (ISSUES, "--sensitive-claims=salary", 'sensitive-claims = ["salary"]', ["JWT203"], []),
            (ISSUES, "--per-file-ignores=*.py=JWT3", 'per-file-ignores = { "*.py" = ["JWT3"] }', [], ["JWT301"]),
            (SENT, "--local-hosts=x,billing.example.com", 'local-hosts = ["x", "billing.example.com"]', [], ["JWT401"]),
            (UNPINNED, "--assume-versions=pyjwt=1.7.1", 'assume-versions = { pyjwt = "1.7.1" }', ["JWT103"], []),
            (
                "# jwt-sast: ignore-file[JWT102]\n" + BAD,
                "--require-suppression-reason",
                "require-suppression-reason = true",
                ["JWT903"],
                [],
            ),
        ],
    )
    def test_the_findings(self, source: str, option: str, setting: str, more: list[str], fewer: list[str]) -> None:
        write({"app.py": source})
        before, after = codes(), codes(option)
        write({"pyproject.toml": f"[tool.jwt-sast]\n{setting}\n"})
        assert codes() == after
        assert sorted([*after, *fewer]) == sorted([*before, *more])

    def test_an_assumed_version_wins_over_a_lock_file(self) -> None:
        write({"uv.lock": '[[package]]\nname = "pyjwt"\nversion = "1.7.1"\n', "app.py": UNPINNED})
        assert codes() == ["JWT103"]
        assert codes("--assume-versions", "pyjwt=2.8.0") == []

    def test_files_of_the_folder_that_the_settings_are_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        write({"pyproject.toml": '[tool.jwt-sast.per-file-ignores]\n"src/old/*" = ["JWT"]\n'})
        write({"src/old/deep/a.py": BAD, "src/new/a.py": BAD, "old/a.py": BAD})
        assert codes() == ["JWT102", "JWT102"]
        monkeypatch.chdir("src")
        assert codes() == ["JWT102"]
        assert codes("--per-file-ignores", "new/*=signature-unverified") == []

    def test_another_file_or_none(self) -> None:
        write({"pyproject.toml": '[tool.jwt-sast]\nignore = ["JWT1"]\n', "app.py": BAD})
        write({"strict.toml": '[tool.jwt-sast]\nmin-severity = "critical"\n'})
        assert codes() == []
        assert codes("--config", "strict.toml") == ["JWT102"]
        assert codes("--isolated") == ["JWT102"]


class TestSeverity:
    def test_it_is_decided_before_the_filter(self) -> None:
        write({"app.py": BAD})
        assert codes("--min-severity", "high") == ["JWT102"]
        assert codes("--min-severity", "high", "--severity", "JWT102=medium") == []
        report = json.loads(run("check", "--format", "json", "--severity", "signature-unverified=low").out)
        assert [finding["severity"] for finding in report["findings"]] == ["low"]
        assert report["summary"]["findings"]["low"] == 1

    def test_of_what_is_said_of_comments(self) -> None:
        write({"app.py": "# jwt-sast: ignore-file[JWT501] why\n" + BAD})
        report = json.loads(run("check", "--format", "json", "--severity", "JWT901=critical").out)
        assert [(one["code"], one["severity"]) for one in report["findings"]] == [
            ("JWT901", "critical"),
            ("JWT102", "critical"),
        ]

    def test_rules_and_results_of_sarif_agree(self) -> None:
        write({"app.py": BAD})
        options = ("--severity", "JWT102=low", "--severity", "JWT301=medium")
        document = json.loads(run("check", "--format", "sarif", *options).out)
        [found] = document["runs"][0]["results"]
        rules = {rule["id"]: rule for rule in document["runs"][0]["tool"]["driver"]["rules"]}
        remapped = rules["JWT102"]
        assert found["level"] == remapped["defaultConfiguration"]["level"] == "note"
        assert float(remapped["properties"]["security-severity"]) < 4
        assert "- Severity: low\n" in remapped["help"]["markdown"]
        assert rules["JWT301"]["defaultConfiguration"]["level"] == "warning"
        assert rules["JWT501"]["defaultConfiguration"]["level"] == "error"
