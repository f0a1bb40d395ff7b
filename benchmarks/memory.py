"""How much memory this process has had at most."""

from __future__ import annotations

import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak() -> int | None:
    """Bytes of resident memory at the highest point so far; None where the system does not say.

    On Linux the kernel's own record of this program is read, `VmHWM` of proc(5): `getrusage` also counts what the
    process was before it began to run this program.
    """
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return _by_rusage()


def _by_rusage() -> int | None:
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # getrusage(2): bytes on macOS, kilobytes elsewhere.
    return most if sys.platform == "darwin" else most * 1024
