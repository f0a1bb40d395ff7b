"""The garbage collector, kept from looking at trees: it takes longer than parsing while one grows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SWEEP_EVERY = 1_000_000
"""Bytes of source. What they leave behind takes some 60 MB, and a sweep over as much a tenth of a second."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keeps the garbage collector off for as long as the block runs."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Sweeper:
    """Stands in for the collector where it is paused for a whole run: sweeps by the amount of source instead."""

    def __init__(self) -> None:
        self._since = 0

    def analysed(self, size: int) -> None:
        """`size` bytes of source have been analysed, and what is left of that may be garbage."""
        self._since += size
        if self._since >= SWEEP_EVERY and not gc.isenabled():
            self._since = 0
            gc.collect(0)
