"""The command line, as its users meet it: exit status, standard output, standard error."""

from __future__ import annotations

import json
import os
import platform
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import click
import pytest
from command_line import BAD, BROKEN, GOOD, enter, run, script, write

from jwt_sast import cli
from jwt_sast._version import __version__
from jwt_sast.check import registered
from jwt_sast.reporters import REPORTERS

NEVER_EXPIRES = "import jwt\n\n\ndef issue(key):\n    return jwt.encode({'sub': 'a'}, key, algorithm='HS256')\n"
HEADLINE = r"JWT102 signature-unverified \(critical, (low|medium|high) confidence\): "


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tmp_path, monkeypatch)


class TestExitStatus:
    @pytest.mark.parametrize("format", REPORTERS)
    @pytest.mark.parametrize(
        ("files", "args", "status"),
        [
            ({"a.py": GOOD}, [], 0),
            ({"a.py": BAD}, [], 1),
            ({"a.py": BROKEN}, [], 3),
            ({"a.py": BAD, "b.py": BROKEN}, [], 1),
            ({"a.py": BAD}, ["--exit-zero"], 0),
            ({"a.py": BROKEN}, ["--exit-zero"], 3),
            ({"a.py": BAD, "b.py": BROKEN}, ["--exit-zero"], 3),
            ({"a.py": GOOD}, ["no-such-file.py"], 2),
            ({"a.py": GOOD}, ["--exit-zero", "no-such-file.py"], 2),
        ],
    )
    def test_is_the_same_in_every_format(
        self, files: Mapping[str, str], args: list[str], status: int, format: str
    ) -> None:
        write(files)
        assert run("check", "--format", format, *args).status == status

    @pytest.mark.parametrize(
        ("args", "status"),
        [
            (["--fail-on", "critical"], 1),
            (["--fail-on", "low"], 1),
            (["--fail-on", "critical", "--ignore", "JWT102"], 0),
            (["--fail-on", "high", "--ignore", "JWT102"], 1),
            (["--fail-on", "low", "--exit-zero"], 0),
        ],
    )
    def test_counts_what_is_severe_enough(self, args: list[str], status: int) -> None:
        write({"bad.py": BAD, "worse.py": NEVER_EXPIRES})
        done = run("check", *args)
        assert done.status == status
        assert "JWT301" in done.out

    def test_a_file_that_was_not_analysed_is_never_too_little(self) -> None:
        write({"never.py": NEVER_EXPIRES, "broken.py": BROKEN})
        assert run("check", "--fail-on", "critical").status == 3

    def test_an_unknown_severity(self) -> None:
        done = run("check", "--fail-on", "hihg")
        assert done.status == 2
        assert '"hihg" is not one of low, medium, high, critical; did you mean high?' in done.err

    def test_of_the_script_itself(self) -> None:
        write({"bad.py": BAD, "good.py": GOOD, "broken.py": BROKEN})
        statuses = [script("check", path).status for path in ("good.py", "bad.py", "none.py", "broken.py")]
        assert statuses == [0, 1, 2, 3]

    def test_a_defect_of_ours_does_not_look_like_a_finding(self) -> None:
        @click.command()
        def broken() -> None:
            raise RuntimeError(BAD)

        cli.commands.add_command(broken)
        try:
            done = run("broken")
        finally:
            del cli.commands.commands["broken"]
        assert (done.status, done.out) == (2, "")
        assert done.err.endswith("Error: RuntimeError inside jwt-sast; please report it with the lines above.\n")
        assert "verify_signature" not in done.err

    @pytest.mark.skipif(os.name != "posix", reason="sends a signal")
    def test_interrupted(self) -> None:
        # A shell's background jobs ignore the signal and hand that down, so it is first taken notice of again.
        program = (
            "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
            "from jwt_sast.cli import main; main(['check', '-'])"
        )
        command = [sys.executable, "-c", program]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
            assert process.stdin
            # Once it has taken in more than a pipe holds, it can only be waiting for the end of its input.
            process.stdin.write(b"#" * 200_000)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()
        assert (process.returncode, out, err.strip()) == (130, b"", b"Interrupted.")


class TestCheckByAnotherName:
    @pytest.mark.parametrize(
        "args", [["check"], [], ["."], ["src"], ["src/bad.py"], ["--persona", "auditor"], ["--exit-zero", "src"]]
    )
    def test_paths_and_options_need_no_command(self, args: list[str]) -> None:
        write({"src/bad.py": BAD})
        assert re.search(rf"^src/bad\.py:5:\d+: {HEADLINE}", run(*args).out, re.MULTILINE)

    def test_a_command_wins_over_a_folder_of_its_name(self) -> None:
        write({"rules/bad.py": BAD})
        assert run("rules").out.startswith("code ")

    @pytest.mark.parametrize("path", ["sorc/", "app.py"])
    def test_a_mistyped_path_is_a_path(self, path: str) -> None:
        done = run(path)
        assert done.status == 2
        assert "did you mean" not in done.err

    def test_a_mistyped_command(self) -> None:
        done = run("chekc")
        assert (done.status, done.out) == (2, "")
        assert done.err.endswith("Error: no such command or path chekc; did you mean check?\n")

    def test_completion_of_commands_still_works(self) -> None:
        done = script(_JWT_SAST_COMPLETE="bash_complete", COMP_WORDS="jwt-sast e", COMP_CWORD="1")
        assert done.out == "plain,explain\n"


class TestText:
    def test_a_finding_with_its_frame_and_the_summary_last(self) -> None:
        write({"bad.py": BAD, "good.py": GOOD, "broken.py": BROKEN})
        done = run("check")
        assert re.search(rf"^bad\.py:5:\d+: {HEADLINE}", done.out)
        assert '\n 5 │     return jwt.decode(token, options={"verify_signature": False})["sub"]\n' in done.out
        assert re.search(r"\n   │ +\^+\n", done.out)
        assert re.search(r"^broken\.py:2: JWT900 not-analysed: ", done.out, re.MULTILINE)
        assert done.out.endswith("\n1 finding (1 critical); 3 files seen, 1 analysed, 1 not analysed.\n")
        assert done.err == ""

    def test_no_colour_in_a_pipe_unless_forced(self) -> None:
        write({"bad.py": BAD})
        assert "\x1b" not in script("check").out
        assert "\x1b[" in script("check", FORCE_COLOR="1").out

    def test_ascii_where_the_stream_takes_nothing_else(self) -> None:
        write({"bad.py": f"# é日\n{BAD}"})
        done = script("check", PYTHONIOENCODING="ascii")
        assert done.status == 1
        assert " 6 |     return jwt.decode(" in done.out


class TestJson:
    def test_the_report_and_nothing_else(self) -> None:
        write({"src/bad.py": BAD, "broken.py": BROKEN})
        done = run("check", "--format", "json")
        document = json.loads(done.out)
        assert list(document) == ["version", "tool", "findings", "errors", "summary"]
        [finding] = document["findings"]
        assert (finding["code"], finding["location"]["path"], finding["location"]["line"]) == (
            "JWT102",
            "src/bad.py",
            5,
        )
        assert [(error["path"], error["line"]) for error in document["errors"]] == [("broken.py", 2)]
        assert done.err == "1 finding (1 critical); 2 files seen, 1 analysed, 1 not analysed.\n"


class TestSelection:
    @pytest.mark.parametrize(
        ("args", "status"),
        [
            (["--select", "JWT102"], 1),
            (["--select", "JWT301,signature-unverified"], 1),
            (["--select", "JWT301", "--select", "JWT1"], 1),
            (["--select", "JWT3"], 0),
            (["--select", "JWT3", "--extend-select", "JWT102"], 1),
            (["--select", ""], 1),
            (["--ignore", "JWT1"], 0),
            (["--ignore", "JWT3, JWT102"], 0),
            (["--min-severity", "critical"], 1),
            (["--persona", "auditor"], 1),
            (["--max-lifetime", "12h"], 1),
        ],
    )
    def test_options(self, args: list[str], status: int) -> None:
        write({"bad.py": BAD})
        assert run("check", *args).status == status

    def test_the_nearest_project_file_counts_and_options_win(self) -> None:
        write({"inner/pyproject.toml": '[tool.jwt-sast]\nignore = ["JWT102"]\n', "inner/src/bad.py": BAD})
        assert run("check", "inner/src").status == 0
        assert run("check", "inner/src/bad.py").status == 0
        assert run("check", "inner", "--ignore", "JWT301").status == 1
        assert run("check", "inner", "--select", "JWT102").status == 1
        assert run("check", ".").status == 1

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["--select", "JWT309"], "--select: unknown code JWT309; did you mean JWT30"),
            (["--ignore", "mising-exp"], "--ignore: unknown code mising-exp; did you mean missing-exp?"),
            (["--extend-select", "x,JWT301"], "--extend-select: unknown code x; did you mean "),
            (
                ["--persona", "audtor"],
                'Error: --persona: "audtor" is not one of regular, auditor; did you mean auditor?',
            ),
            (["--min-severity", "hi"], "did you mean high?"),
            (["--min-confidence", "critical"], '--min-confidence: "critical" is not one of low, medium, high'),
            (["--max-lifetime", "3x"], '--max-lifetime: "3x" is not a length of time'),
            (
                ["--format", "jsn"],
                f'"jsn" is not one of {", ".join(REPORTERS)}; did you mean json?',
            ),
            (["--format", "sraif=x"], "did you mean sarif?"),
            (["--format", "json="], "json= names no file"),
            (["--format", "json", "--format", "text"], "two reports go to standard output"),
            (["--format", "json=x", "--format", "text=x"], "two reports go to x"),
            (["--format", "json=x", "--output", "y"], "--output is for a --format without a file"),
            (["--selct", "JWT"], "--select"),
            (["--jobs", "0"], "--jobs"),
            (["--stdin-filename", "a.py"], "--stdin-filename names standard input"),
            (["no-such-file.py"], "no-such-file.py"),
        ],
    )
    def test_what_cannot_be_used_is_refused(self, args: list[str], message: str) -> None:
        done = run("check", *args)
        assert (done.status, done.out) == (2, "")
        assert message in done.err

    def test_a_project_file_that_cannot_be_used_is_refused(self) -> None:
        write({"pyproject.toml": '[tool.jwt-sast]\nperson = "auditor"\n'})
        done = run("check")
        assert (done.status, done.out) == (2, "")
        place = Path("pyproject.toml").absolute()
        assert done.err == f"Error: {place}: [tool.jwt-sast] person: unknown setting; did you mean persona?\n"


class TestStandardInput:
    def test_named(self) -> None:
        done = script("check", "-", "--stdin-filename", "src/app.py", stdin=BAD.encode())
        assert done.status == 1
        assert re.match(rf"src/app\.py:5:\d+: {HEADLINE}", done.out)

    def test_unnamed(self) -> None:
        assert re.match(rf"stdin:5:\d+: {HEADLINE}", script("-", stdin=BAD.encode()).out)

    def test_beside_a_file(self) -> None:
        write({"bad.py": BAD})
        done = script("check", "bad.py", "-", stdin=BROKEN.encode())
        assert done.out.endswith("1 finding (1 critical); 2 files seen, 1 analysed, 1 not analysed.\n")

    def test_its_name_finds_the_project_file(self) -> None:
        write({"inner/pyproject.toml": '[tool.jwt-sast]\nignore = ["JWT102"]\n'})
        assert script("-", "--stdin-filename", "inner/app.py", stdin=BAD.encode()).status == 0


class TestRules:
    def test_the_table_lists_every_check(self) -> None:
        head, *rows = run("rules").out.splitlines()
        assert head.split() == ["code", "name", "severity", "persona", "title"]
        assert [row.split()[:2] for row in rows] == [[check.code, check.name] for check in registered()]
        assert [row[head.index("title") :] for row in rows] == [check.title for check in registered()]

    def test_json(self) -> None:
        document = json.loads(run("rules", "--format", "json").out)
        assert list(document) == ["version", "tool", "rules"]
        assert [rule["code"] for rule in document["rules"]] == [check.code for check in registered()]

    def test_another_format(self) -> None:
        done = run("rules", "--format", "jsno")
        assert done.status == 2
        assert "did you mean json?" in done.err


class TestExplain:
    @pytest.mark.parametrize("word", ["JWT301", "missing-exp"])
    def test_plain_in_a_pipe(self, word: str) -> None:
        done = run("explain", word)
        assert done.status == 0
        assert done.out.startswith("# JWT301 missing-exp\n\n")

    def test_rendered_where_colour_is_forced(self) -> None:
        out = script("explain", "JWT301", FORCE_COLOR="1").out
        assert "\x1b[" in out
        assert "# JWT301 missing-exp" not in out

    def test_an_unknown_one(self) -> None:
        done = run("explain", "mising-exp")
        assert (done.status, done.out) == (2, "")
        assert done.err.endswith("Error: unknown check mising-exp; did you mean missing-exp?\n")


def loaded(*args: str) -> list[str]:
    """Which heavy modules a clean run of the command line loads in its own process."""
    program = (
        "import sys, atexit; from jwt_sast.cli import main;"
        "atexit.register(lambda: print(*sorted({'libcst', 'jwt', 'rich'} & set(sys.modules)), file=sys.stderr));"
        "main(sys.argv[1:])"
    )
    done = subprocess.run([sys.executable, "-c", program, *args], capture_output=True, text=True, check=True)
    return done.stderr.split()


def test_nothing_heavy_is_loaded_for_files_that_cannot_matter(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(GOOD)
    assert loaded("check", str(tmp_path)) == []


def test_the_parser_is_loaded_for_one_that_can(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import jwt\n")
    assert loaded("check", str(tmp_path)) == ["libcst"]


class TestHelpAndVersion:
    @pytest.mark.parametrize("option", ["-h", "--help"])
    @pytest.mark.parametrize("command", [[], ["check"], ["rules"], ["explain"]])
    def test_help(self, command: list[str], option: str) -> None:
        done = run(*command, option)
        assert (done.status, done.err) == (0, "")
        assert done.out.startswith(f"Usage: {' '.join(['jwt-sast', *command])} ")

    def test_version(self) -> None:
        versions = f"libcst {metadata.version('libcst')}, Python {platform.python_version()}"
        assert run("--version").out == f"jwt-sast {__version__} ({versions})\n"

    @pytest.mark.parametrize("args", [["--version"], ["check", "--help"]])
    def test_neither_loads_the_engine(self, args: list[str]) -> None:
        assert loaded(*args) == []


def test_verbose_tells_where_the_analysis_has_stopped() -> None:
    calls = [f"def f{number}(k):\n    return f{number + 1}(k)\n" for number in range(8)]
    program = "import jwt\n" + "".join(calls) + "def f8(k):\n    return jwt.encode({'exp': 1}, k)\n\n\nf0('key')\n"
    write({"app.py": program})
    assert run("check", "app.py", "--exit-zero").err == ""
    assert "app.py: the module is followed no further than MAX_CALL_DEPTH\n" in run("check", "app.py", "--verbose").err
