"""Where the command line's output goes: files, pipes, terminals."""

from __future__ import annotations

import io
import json
import os
import pty
import stat
import subprocess
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from command_line import BAD, GOOD, enter, read_to_end, run, script, write

from jwt_sast.commands.output import OutputError, to_file, to_stdout
from jwt_sast.commands.progress import PATIENCE, progress


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tmp_path, monkeypatch)


class TestOutput:
    def test_a_file_gets_the_report_and_the_screen_the_summary(self) -> None:
        write({"bad.py": BAD})
        done = run("check", "--output", "report.txt")
        summary = "1 finding (1 critical); 1 file seen, 1 analysed, 0 not analysed.\n"
        assert (done.status, done.out, done.err) == (1, "", summary)
        text = Path("report.txt").read_text(encoding="utf-8")
        assert text.startswith("bad.py:5:")
        assert text.endswith(summary)
        assert sorted(os.listdir()) == ["bad.py", "pyproject.toml", "report.txt"]

    def test_a_file_has_no_colours(self) -> None:
        write({"bad.py": BAD})
        script("check", "--output", "report.txt", FORCE_COLOR="1")
        assert "\x1b" not in Path("report.txt").read_text(encoding="utf-8")

    def test_a_dash_is_standard_output(self) -> None:
        write({"good.py": GOOD})
        assert run("check", "--output", "-").out == "No findings; 1 file seen, 0 analysed, 0 not analysed.\n"
        assert not Path("-").exists()

    def test_a_folder_that_is_not_there(self) -> None:
        write({"bad.py": BAD})
        done = run("check", "--output", "none/report.txt")
        assert (done.status, done.out) == (2, "")
        assert done.err == ("Error: the output cannot be written to none/report.txt: No such file or directory\n")

    def test_whatever_stands_in_for_standard_output_gets_it(self) -> None:
        with redirect_stdout(io.StringIO()) as stream:
            to_stdout("text")
        assert stream.getvalue() == "text"

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        (tmp_path / "report").mkdir()
        with pytest.raises(OutputError, match="Is a directory"):
            to_file(str(tmp_path / "report"), "text")

    @pytest.mark.skipif(os.name != "posix", reason="limits the size of files")
    def test_a_failure_half_way_leaves_the_old_file_and_no_other(self) -> None:
        write({"report.txt": "old"})
        program = (
            "from resource import *; from jwt_sast.commands.output import to_file\n"
            "limits = getrlimit(RLIMIT_FSIZE); setrlimit(RLIMIT_FSIZE, (10, limits[1]))\n"
            "try: to_file('report.txt', 'new' * 10)\n"
            "finally: setrlimit(RLIMIT_FSIZE, limits)\n"
        )
        done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=False)
        assert "the output cannot be written to report.txt: File too large" in done.stderr
        assert Path("report.txt").read_text(encoding="utf-8") == "old"
        assert sorted(os.listdir()) == ["pyproject.toml", "report.txt"]

    def test_a_new_file_has_ordinary_rights_and_an_old_one_keeps_its_own(self, tmp_path: Path) -> None:
        plain, old, new = (tmp_path / name for name in ("plain", "old", "new"))
        plain.touch()
        old.touch(mode=0o640)
        old.chmod(0o604)
        for target in (old, new):
            to_file(str(target), "text")
            assert target.read_text() == "text"
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (plain, old, new)]
        assert modes == [modes[0], 0o604, modes[0]]

    def test_a_symlink_is_followed(self, tmp_path: Path) -> None:
        (tmp_path / "target").touch()
        (tmp_path / "link").symlink_to(tmp_path / "target")
        to_file(str(tmp_path / "link"), "text")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "target").read_text() == "text"

    def test_a_device_stays_a_device(self) -> None:
        to_file(os.devnull, "text")
        assert stat.S_ISCHR(os.stat(os.devnull).st_mode)

    @pytest.mark.skipif(os.name != "posix", reason="closes a pipe's end")
    @pytest.mark.parametrize(
        ("args", "status"), [(("check", "--format", "json"), 1), (("check", "--fail-on", "hihg"), 2)]
    )
    def test_nobody_who_reads_standard_error_alters_no_status(self, args: tuple[str, ...], status: int) -> None:
        write({"bad.py": BAD})
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "-m", "jwt_sast", *args]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=writer, check=False)
        os.close(writer)
        assert done.returncode == status

    def test_nothing_on_standard_error_steers_a_terminal_or_a_runner(self) -> None:
        """What a pull request brings along may have been written to do just that."""
        odd = "\x1b[31m\n::error::"
        write({"pyproject.toml": f"[tool.jwt-sast]\nselect = [{json.dumps(odd)}]\n"})
        entry = {"path": odd, "code": "JWT102", "scope": odd, "anchor": "0" * 16}
        write({"known.json": json.dumps({"version": 1, "findings": [entry]})})
        told = [
            run("check").err,
            run("check", "--isolated", "--baseline", "known.json", "--format", "json").err,
            run("baseline", "--isolated", "--file", "known.json").err,
        ]
        assert all("::error::" in text for text in told)
        assert not any("\x1b" in text or "\n::" in text for text in told)

    @pytest.mark.skipif(os.name != "posix", reason="closes a pipe's end")
    def test_a_reader_that_has_gone_is_no_error(self) -> None:
        write({"bad.py": BAD})
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "-m", "jwt_sast", "check"]
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
        os.close(writer)
        assert (done.returncode, done.stderr) == (1, b"")

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
    def test_a_full_disk_is_one(self) -> None:
        with open("/dev/full", "w") as full:
            command = [sys.executable, "-m", "jwt_sast", "rules"]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr == "Error: the output cannot be written to standard output: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="opens a terminal")
class TestTerminal:
    def on_terminal(self, *args: str, **environ: str) -> str:
        """What the console script shows on a terminal that is its standard output."""
        theirs, ours = pty.openpty()
        command = [sys.executable, "-m", "jwt_sast", *args]
        env = {**os.environ, **environ}
        with subprocess.Popen(command, stdout=ours, stderr=subprocess.DEVNULL, env=env):
            os.close(ours)
            shown = read_to_end(theirs)
        return shown.replace("\r\n", "\n")

    def test_colours(self) -> None:
        write({"bad.py": BAD})
        assert "\x1b[1;31mJWT102\x1b[0m" in self.on_terminal("check", TERM="xterm")

    @pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
    def test_no_colours(self, environ: dict[str, str]) -> None:
        write({"bad.py": BAD})
        shown = self.on_terminal("check", **{"TERM": "xterm", **environ})
        assert "JWT102" in shown
        assert "\x1b" not in shown

    def test_explain_is_rendered(self) -> None:
        shown = self.on_terminal("explain", "JWT301", TERM="xterm")
        assert "\x1b[" in shown
        assert "# JWT301 missing-exp" not in shown

    def test_explain_is_rendered_without_colours(self) -> None:
        shown = self.on_terminal("explain", "JWT301", TERM="xterm", NO_COLOR="1")
        assert "JWT301 missing-exp" in shown
        assert "# JWT301 missing-exp" not in shown
        assert "\x1b" not in shown


@pytest.mark.skipif(os.name != "posix", reason="opens a terminal")
class TestProgress:
    def drawn(self, times: list[float], steps: list[tuple[int, int]]) -> str:
        """What `progress` shows on a terminal whose clock reads `times`."""
        theirs, ours = pty.openpty()
        clock = iter(times)
        with os.fdopen(ours, "w", encoding="utf-8") as terminal:
            with progress(terminal, lambda: next(clock)) as advance:
                assert advance
                for step in steps:
                    advance(*step)
            terminal.write("end")
        return read_to_end(theirs)

    def test_a_short_run_has_none(self) -> None:
        assert self.drawn([0.0, PATIENCE / 2], [(1, 2)]) == "end"

    def test_a_long_run_has_one_which_is_gone_at_the_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TERM", "xterm")
        shown = self.drawn([0.0, PATIENCE / 2, PATIENCE * 2], [(1, 300), (150, 300), (300, 300)])
        assert "150/300" in shown
        assert "300/300" in shown
        assert shown.endswith("\x1b[2Kend")

    def test_none_in_a_pipe(self) -> None:
        with progress(io.StringIO()) as advance:
            assert advance is None

    def test_none_on_a_dumb_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TERM", "dumb")
        theirs, ours = pty.openpty()
        with os.fdopen(ours, "w") as terminal, progress(terminal, time.monotonic) as advance:
            assert advance is None
        os.close(theirs)
