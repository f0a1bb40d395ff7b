"""How a command's text reaches standard output, standard error or a file."""

from __future__ import annotations

import errno
import io
import os
import secrets
import stat
import sys
from contextlib import suppress
from typing import TextIO

import click

from jwt_sast.reporters.appearance import Appearance

_READER_GONE = (errno.EPIPE, errno.EINVAL)
"""What writing to a closed pipe gives: on POSIX, and on Windows."""


class OutputError(click.ClickException):
    """The output could not be written; shown as one line, ends the run with exit status 2."""

    exit_code = 2

    def __init__(self, where: str, error: OSError) -> None:
        super().__init__(f"the output cannot be written to {where}: {error.strerror}")


def to_stdout(text: str) -> None:
    """Writes `text` to standard output; a reader that has gone away (`| head`) is no error.

    Raises OutputError where it cannot be written for another reason.
    """
    try:
        _to_stream(sys.stdout, text)
    except OSError as error:
        if error.errno not in _READER_GONE:
            raise OutputError("standard output", error) from None


def to_stderr(*lines: str) -> None:
    """Tells people each of `lines` on a line of its own, whatever characters a path or a setting has put into it.

    That nobody can be told alters nothing, least of all the exit status.
    """
    printable = Appearance.of(sys.stderr, os.environ).printable
    with suppress(OSError):
        _to_stream(sys.stderr, "".join(f"{printable(line)}\n" for line in lines))


def _to_stream(stream: TextIO, text: str) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        # What is left in the buffer would be tried again, and fail loudly, when Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise


def to_file(path: str, text: str) -> None:
    """Writes `text` to the file at `path` in UTF-8 so that it is replaced as a whole or not at all.

    A device or a named pipe is written to as it is, a symlink is followed. Raises OutputError where that
    fails.
    """
    target = os.path.realpath(path)
    try:
        mode = os.stat(target).st_mode if os.path.exists(target) else None
        if mode is None or stat.S_ISREG(mode):
            _replace(target, text, mode)
        else:
            _write(target, text, os.O_WRONLY)
    except OSError as error:
        raise OutputError(path, error) from None


def _replace(target: str, text: str, mode: int | None) -> None:
    folder, name = os.path.split(target)
    part = os.path.join(folder, f".{name}.{secrets.token_hex(4)}.tmp")
    try:
        _write(part, text, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        if mode is not None:
            os.chmod(part, stat.S_IMODE(mode))
        os.replace(part, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


def _write(path: str, text: str, flags: int) -> None:
    def opener(name: str, _: int) -> int:
        return os.open(name, flags, 0o666)

    with open(path, "w", encoding="utf-8", errors="backslashreplace", opener=opener) as file:
        file.write(text)
