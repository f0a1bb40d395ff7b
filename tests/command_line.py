"""How the tests of the command line call it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from jwt_sast import cli

BAD = 'import jwt\n\n\ndef read(token):\n    return jwt.decode(token, options={"verify_signature": False})["sub"]\n'
GOOD = 'print("nothing to see")\n'
BROKEN = "import jwt\n)\n"


@dataclass(frozen=True)
class Done:
    """What came of a call."""

    status: int
    out: str
    err: str


def enter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes `folder` the working folder and a project of its own, with nothing set that touches colours."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)
    (folder / "pyproject.toml").touch()


def write(files: Mapping[str, str]) -> None:
    """Writes `files`, texts by path, into the working folder."""
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(*args: str) -> Done:
    """Runs the command line in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        cli.main(args)
    assert isinstance(end.value.code, int)
    return Done(end.value.code, *(_text(stream) for stream in (out, err)))


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def script(*args: str, stdin: bytes = b"", **environ: str) -> Done:
    """Runs the console script in a process of its own."""
    command = [sys.executable, "-m", "jwt_sast", *args]
    done = subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **environ}, check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def read_to_end(terminal: int) -> str:
    """Everything that was written to the other end of `terminal`, which is closed with this one."""
    shown = b""
    # Where others give nothing at the end, Linux raises.
    with suppress(OSError):
        while part := os.read(terminal, 65536):
            shown += part
    os.close(terminal)
    return shown.decode()
