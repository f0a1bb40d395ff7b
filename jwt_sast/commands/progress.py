"""A progress bar for runs that take long enough to wonder about."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds before there is a bar: a short run is over before anyone could read it."""

Advance = Callable[[int, int], None]


@contextmanager
def progress(stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Iterator[Advance | None]:
    """Gives what to call with (files done, files in all), or None where `stream` is no terminal that can show a bar.

    The bar is gone from the terminal when the block ends.
    """
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    bar = _Bar(stream, clock)
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._start = clock()
        self._drawn: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._drawn is None:
            if self._clock() - self._start < PATIENCE:
                return
            self._drawn = self._open()
        self._drawn.update(self._drawn.task_ids[0], completed=done, total=total)
        self._drawn.refresh()

    def close(self) -> None:
        if self._drawn is not None:
            self._drawn.stop()

    def _open(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        # No refresh thread: the scanner may fork workers, and a lock held by a thread stays locked in a fork.
        bar = Progress(*columns, console=Console(file=self._stream), transient=True, auto_refresh=False)
        bar.add_task("Checking")
        bar.start()
        return bar
