"""Runs a function with room for deep recursion, native and Python's own."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

STACK_BYTES = 64 * 1024 * 1024
"""Address space, not memory: pages that are not touched cost nothing. Main threads have 1 to 8 MiB by platform."""

_T = TypeVar("_T")

# The stack size of new threads and the recursion limit are the process's: two callers must not undo each other's.
_lock = threading.RLock()


NARROW = 64
"""Links of an expression that lie within one another, see `nesting.py`, for which any main thread has room: at 8 KiB
each they take half of the smallest one."""


def with_room(function: Callable[[], _T], *, nesting: int = NARROW + 1, recursion_limit: int = 0) -> _T:
    """What `function` returns or raises, run in a thread with a stack of STACK_BYTES unless the `nesting` is no deeper
    than NARROW: a thread takes longer than the parsing of a small file.

    Python's recursion limit is raised to `recursion_limit` meanwhile, if that is higher.
    """
    if nesting <= NARROW and threading.current_thread() is threading.main_thread():
        return function()
    with _lock, ThreadPoolExecutor(max_workers=1, thread_name_prefix="jwt-sast") as executor:
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, recursion_limit))
        stack = threading.stack_size(STACK_BYTES)
        try:
            return executor.submit(function).result()
        finally:
            threading.stack_size(stack)
            sys.setrecursionlimit(limit)
