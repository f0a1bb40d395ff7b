"""Passes over a corpus in turn, and what they come to."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import median

from benchmarks import passes
from benchmarks.passes import Pass


@dataclass(frozen=True, slots=True)
class FileTimes:
    """One file: the medians of what parsing and analysing it took, in seconds."""

    path: str
    parse: float
    analysis: float

    @property
    def ratio(self) -> float:
        """How many times its own parse the analysis took."""
        return self.analysis / self.parse


@dataclass(frozen=True, slots=True)
class Measurement:
    """What parsing and analysing the same files took, several times each."""

    files: Sequence[str]
    parses: Sequence[Pass]
    analyses: Sequence[Pass]

    @property
    def parse_totals(self) -> list[float]:
        """Seconds for all files, of each pass."""
        return [sum(one.seconds) for one in self.parses]

    @property
    def analysis_totals(self) -> list[float]:
        """Seconds for all files, of each pass."""
        return [sum(one.seconds) for one in self.analyses]

    @property
    def ratio(self) -> float:
        """How many times the parse the analysis took: the median total by the median total."""
        return median(self.analysis_totals) / median(self.parse_totals)

    @property
    def peak_memory(self) -> int | None:
        """Bytes that an analysing process had at most; None where the system does not say."""
        return max((one.peak_memory for one in self.analyses if one.peak_memory is not None), default=None)

    @property
    def errors(self) -> list[str]:
        """The files of which something could not be analysed, sorted."""
        return sorted({path for one in self.analyses for path in one.errors})

    def worst(self, count: int) -> list[FileTimes]:
        """The `count` files whose analysis took the most by their own parse."""
        parses = zip(*(one.seconds for one in self.parses), strict=True)
        analyses = zip(*(one.seconds for one in self.analyses), strict=True)
        times = [
            FileTimes(path, median(parse), median(analysis))
            for path, parse, analysis in zip(self.files, parses, analyses, strict=True)
        ]
        return sorted(times, key=lambda one: (-one.ratio, one.path))[:count]


def measure(files: Sequence[str], rounds: int) -> Measurement:
    """Parses all files, then analyses them, `rounds` times over, each pass in a process of its own.

    They take turns so that a machine that slows down or is disturbed for a while does so to both.
    """
    parses: list[Pass] = []
    analyses: list[Pass] = []
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        for _ in range(rounds):
            parses.append(pool.submit(passes.parse, files).result())
            analyses.append(pool.submit(passes.analyse, files).result())
    return Measurement(files, parses, analyses)
