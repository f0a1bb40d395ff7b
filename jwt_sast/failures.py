"""Words for what went wrong, fit to be printed anywhere: one line, and never a piece of the file concerned."""

from __future__ import annotations

import errno
import os
import traceback

from jwt_sast.findings import NotAnalysed


def unreadable(path: str, error: OSError) -> NotAnalysed:
    """The entry for a file or folder that the operating system would not give us."""
    return NotAnalysed(path, 1, f"cannot be read: {os_reason(error)}")


def os_reason(error: OSError) -> str:
    """What the operating system said, without the path, which an entry carries already."""
    if error.errno == errno.ELOOP:
        return "symbolic link loop"
    return error.strerror or type(error).__name__


def reason_of(error: BaseException) -> str:
    """What a defect of our own was, without the text of the exception, which may quote the source."""
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    return f"internal error: {type(error).__name__}{place}"


def crashed(path: str, error: BaseException) -> NotAnalysed:
    """The entry for a defect of our own that surfaced at this file."""
    return NotAnalysed(path, 1, reason_of(error))
