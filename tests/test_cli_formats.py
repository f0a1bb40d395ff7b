"""Several reports of one run, and what the formats for a repository's host get to know of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import BAD, BROKEN, enter, run, script, write

from jwt_sast.reporters import REPORTERS
from jwt_sast.reporters.line_hashes import line_hashes

SECRET = "canary-3b1f0c77-not-to-be-seen"
TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJjYW5hcnkifQ.dGhpcy1pcy1hLWNhbmFyeS1zaWduYXR1cmUtbm90LXJlYWw"
LEAKY = (
    f'import jwt\n\nKEY = "{SECRET}"\nOLD = "{TOKEN}"\n\n\ndef sign():\n    return jwt.encode({{"sub": "a"}}, KEY)\n'
    f'\n\ndef sign_here():\n    return jwt.encode({{"sub": "{SECRET}", "password": "{SECRET}"}}, "{SECRET}")\n'
)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tmp_path, monkeypatch)


def sarif_results(text: str) -> list[tuple[str, str | None]]:
    """The URI and GitHub's hash of every result."""
    [tool_run] = json.loads(text)["runs"]
    return [
        (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            result["partialFingerprints"].get("primaryLocationLineHash"),
        )
        for result in tool_run["results"]
    ]


class TestSeveral:
    def test_each_is_what_it_is_alone(self) -> None:
        write({"a.py": BAD, "b.py": BROKEN})
        alone = {name: run("check", "--format", name, "a.py", "b.py").out for name in REPORTERS}
        args = [arg for name in REPORTERS for arg in ("--format", f"{name}=out.{name}")]
        done = run("check", *args, "a.py", "b.py")
        assert (done.status, done.out) == (1, "")
        assert {name: Path(f"out.{name}").read_text(encoding="utf-8") for name in REPORTERS} == alone

    def test_one_on_the_screen_beside_a_file(self) -> None:
        write({"a.py": BAD})
        done = run("check", "--format", "text", "--format", "json=report.json")
        assert done.status == 1
        assert done.out.endswith("1 analysed, 0 not analysed.\n")
        assert done.err == ""
        assert json.loads(Path("report.json").read_text(encoding="utf-8"))["findings"]

    def test_output_is_where_the_one_without_a_file_goes(self) -> None:
        write({"a.py": BAD})
        done = run("check", "--format", "json", "--output", "one", "--format", "text=two")
        assert (done.status, done.out) == (1, "")
        assert json.loads(Path("one").read_text(encoding="utf-8"))["findings"]
        assert "JWT102" in Path("two").read_text(encoding="utf-8")

    def test_a_file_name_may_hold_an_equals_sign(self) -> None:
        assert run("check", "--format", "text=a=b").status == 0
        assert Path("a=b").is_file()


class TestSarif:
    def test_paths_are_relative_to_the_repository(self) -> None:
        write({"sub dir/ä#1.py": BAD, ".git/HEAD": ""})
        os.chdir("sub dir")
        hashed = line_hashes(BAD)[4]
        assert sarif_results(run("check", "--format", "sarif").out) == [("sub%20dir/%C3%A4%231.py", hashed)]

    def test_of_standard_input(self) -> None:
        done = script("check", "--format", "sarif", "--stdin-filename", "./src/app.py", "-", stdin=BAD.encode())
        assert sarif_results(done.out) == [("src/app.py", line_hashes(BAD)[4])]

    def test_a_file_in_another_encoding_is_hashed_as_the_upload_reads_it(self) -> None:
        text = "# coding: latin-1\n# é\n" + BAD.replace("token", "é")
        Path("a.py").write_bytes(text.encode("latin-1"))
        as_read = line_hashes(text.encode("latin-1").decode("utf-8", "replace"))
        assert sarif_results(run("check", "--format", "sarif").out) == [("a.py", as_read[6])]


def test_concise_is_what_flake8_prints() -> None:
    write({"a.py": BAD, "leaky.py": LEAKY})
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=JWT", "a.py", "leaky.py"]
    printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert printed
    assert run("check", "--format", "concise", "a.py", "leaky.py").out == printed


@pytest.mark.parametrize("format", REPORTERS)
def test_no_secret_is_shown(format: str) -> None:
    write({"leaky.py": LEAKY})
    done = run("check", "--persona", "auditor", "--format", format)
    assert done.status == 1
    assert "JWT501" in done.out
    for secret in (SECRET, *TOKEN.split(".")):
        assert secret not in done.out + done.err
