"""The plugin as flake8 runs it, nearly always by way of the real flake8."""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from jwt_sast.flake8_plugin import Plugin
from samples import BAD, HARMLESS, UNFINISHED


def flake8(folder: Path, *args: str, stdin: str | None = None) -> list[str]:
    """What flake8 prints in `folder`, our codes only; any complaint on standard error fails the test."""
    command = [sys.executable, "-m", "flake8", "--select=JWT,E9", *args]
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


def write(path: Path, text: str) -> None:
    """Writes a file and the folders it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_finding_stands_where_the_command_line_has_it(tmp_path: Path) -> None:
    write(tmp_path / "bad.py", BAD)
    command = [sys.executable, "-m", "jwt_sast", "check", "--format", "json", "bad.py"]
    report = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout)
    (finding,) = report["findings"]
    place = finding["location"]
    expected = f"./bad.py:{place['line']}:{place['column']}: {finding['code']} {finding['message']}"
    assert flake8(tmp_path) == [expected]
    assert (place["line"], finding["code"]) == (5, "JWT102")


def test_standard_input(tmp_path: Path) -> None:
    (line,) = flake8(tmp_path, "--stdin-display-name", "sub/typed.py", "-", stdin=BAD)
    assert line.startswith("sub/typed.py:5:")
    (line,) = flake8(tmp_path, "-", stdin=BAD)
    assert line.startswith("stdin:5:")


def test_noqa_works_on_the_reported_line(tmp_path: Path) -> None:
    lines = BAD.splitlines()
    write(tmp_path / "quiet.py", "\n".join([*lines[:-1], lines[-1] + "  # noqa: JWT102", ""]))
    write(tmp_path / "other.py", "\n".join([*lines[:-1], lines[-1] + "  # noqa: JWT301", ""]))
    assert [line.split(":")[0] for line in flake8(tmp_path)] == ["./other.py"]


def test_a_file_that_python_refuses_is_left_to_flake8(tmp_path: Path) -> None:
    write(tmp_path / "bad.py", BAD)
    write(tmp_path / "unfinished.py", UNFINISHED)
    ours, theirs = flake8(tmp_path)
    assert ours.startswith("./bad.py:5:")
    assert theirs.split()[1].startswith("E9")


class TestSettings:
    @pytest.mark.parametrize(
        ("option", "shown"),
        [
            ("--jwt-ignore=JWT1", False),
            ("--jwt-ignore=JWT3,JWT102", False),
            ("--jwt-ignore=JWT3", True),
            ("--jwt-select=JWT3", False),
            ("--jwt-select=JWT3,JWT102", True),
            ("--jwt-min-severity=critical", True),
            ("--jwt-min-confidence=low", True),
        ],
    )
    def test_options(self, tmp_path: Path, option: str, shown: bool) -> None:
        write(tmp_path / "bad.py", BAD)
        assert bool(flake8(tmp_path, option)) is shown

    def test_the_configuration_of_flake8(self, tmp_path: Path) -> None:
        write(tmp_path / "bad.py", BAD)
        write(tmp_path / "setup.cfg", "[flake8]\njwt-ignore = JWT301, JWT102\n")
        assert flake8(tmp_path) == []
        assert len(flake8(tmp_path, "--jwt-ignore=JWT301")) == 1

    def test_the_nearest_pyproject_of_each_file(self, tmp_path: Path) -> None:
        write(tmp_path / "pyproject.toml", "[tool.jwt-sast]\n")
        write(tmp_path / "bad.py", BAD)
        write(tmp_path / "quiet" / "pyproject.toml", '[tool.jwt-sast]\nignore = ["JWT102"]\n')
        write(tmp_path / "quiet" / "deep" / "bad.py", BAD)
        assert [line.split(":")[0] for line in flake8(tmp_path)] == ["./bad.py"]
        assert len(flake8(tmp_path, "--jwt-ignore=JWT301")) == 2

    def test_numbers_lists_and_switches(self, tmp_path: Path) -> None:
        write(
            tmp_path / "app.py",
            "import jwt, os, secrets\n"
            "def read(t):  # jwt-sast: ignore-file[JWT1]\n"
            "    return jwt.decode(t, secrets.token_bytes(40), algorithms=['HS256'])\n"
            "def made(pay):\n"
            "    return jwt.encode({'exp': 1, 'pay': pay}, os.environ['KEY'], algorithm='HS256')\n",
        )
        assert flake8(tmp_path) == []
        write(
            tmp_path / "tox.ini",
            "[flake8]\njwt-min-key-bytes = 48\njwt-sensitive-claims = salary, pay\n"
            "jwt-require-suppression-reason = true\n",
        )
        assert [line.split()[1] for line in flake8(tmp_path)] == ["JWT903", "JWT503", "JWT203"]
        assert "48, which min-key-bytes asks for" in flake8(tmp_path)[1]

    def test_the_tables_of_pyproject(self, tmp_path: Path) -> None:
        write(
            tmp_path / "pyproject.toml",
            "[tool.jwt-sast]\n"
            'per-file-ignores = { "old/*" = ["JWT102"] }\nseverity = { JWT102 = "low" }\nmin-severity = "low"\n',
        )
        write(tmp_path / "old" / "bad.py", BAD)
        write(tmp_path / "new" / "bad.py", BAD)
        assert [line.split(":")[0] for line in flake8(tmp_path)] == ["./new/bad.py"]
        assert flake8(tmp_path, "--jwt-min-severity=medium") == []

    def test_a_mistake_in_the_settings_is_said_on_one_line_per_file(self, tmp_path: Path) -> None:
        write(tmp_path / "bad.py", BAD)
        write(tmp_path / "sub" / "pyproject.toml", '[tool.jwt-sast]\nignroe = ["JWT102"]\n')
        write(tmp_path / "sub" / "bad.py", BAD)
        mine, theirs = flake8(tmp_path)
        assert mine.startswith("./bad.py:5:")
        assert theirs.startswith("./sub/bad.py:1:1: JWT900 not analysed: ")
        assert "ignore" in theirs

    def test_a_mistake_in_an_option(self, tmp_path: Path) -> None:
        write(tmp_path / "bad.py", BAD)
        (line,) = flake8(tmp_path, "--jwt-persona=auditer")
        assert line.startswith("./bad.py:1:1: JWT900 not analysed: --jwt-persona: ")
        assert "auditor" in line


class TestNothingGetsOut:
    def test_whatever_is_raised(self) -> None:
        lines = ["import jwt\n", None]
        plugin = Plugin(ast.parse(""), lines, "odd.py", argparse.Namespace())  # type: ignore[arg-type]
        ((line, column, text, _),) = plugin.run()
        assert (line, column) == (1, 0)
        assert text.startswith("JWT900 not analysed: internal error: TypeError at flake8_plugin.py:")

    def test_a_message_is_one_line(self, tmp_path: Path) -> None:
        write(tmp_path / "bad.py", BAD)
        write(tmp_path / "pyproject.toml", '[tool.jwt-sast]\nignore = ["JWT\\nX"]\n')
        (line,) = flake8(tmp_path)
        assert line.startswith("./bad.py:1:1: JWT900 not analysed: ")

    def test_options_that_another_program_left_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        plugin = Plugin(ast.parse(BAD), BAD.splitlines(keepends=True), "bad.py", argparse.Namespace())
        assert [text.split()[0] for _, _, text, _ in plugin.run()] == ["JWT102"]


class TestWhatIsImported:
    PROGRAM = (
        "import json, sys\n"
        "from flake8.main.cli import main\n"
        "main(['-j1', '--select=JWT', '--exit-zero', sys.argv[1]])\n"
        "heavy = ['click', 'rich', 'libcst', 'pathspec', 'concurrent.futures.process']\n"
        "print(json.dumps([name for name in heavy if name in sys.modules]))\n"
    )

    def heavy(self, folder: Path, source: str) -> list[str]:
        """Which heavy modules a run of flake8 over `source` loads."""
        write(folder / "program.py", source)
        command = [sys.executable, "-c", self.PROGRAM, "program.py"]
        output = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
        loaded: list[str] = json.loads(output.splitlines()[-1])
        return loaded

    def test_nothing_heavy_for_a_file_that_the_gate_turns_away(self, tmp_path: Path) -> None:
        assert self.heavy(tmp_path, HARMLESS) == []

    def test_the_parser_alone_for_one_that_it_lets_pass(self, tmp_path: Path) -> None:
        assert self.heavy(tmp_path, BAD) == ["libcst"]


def test_flake8_knows_it_by_its_name(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flake8", "--version"]
    assert "jwt-sast: " in subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
