"""Analysis in several processes, where a process that dies costs one file.

LibCST's native parser can kill its process outright. The guards before it should keep such input away; this is for
what they miss, and for a process that the system kills for want of memory.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import ConfigError, Settings
from jwt_sast.failures import crashed
from jwt_sast.findings import FileReport, NotAnalysed
from jwt_sast.scope import Scope
from jwt_sast.syntax.collector import collector_paused

Source = tuple[str, bytes]
"""The name of a file, as findings will say it, and what is in it."""

_Setup = tuple[Settings, bool, Scope]
"""What an analyzer is made of: it crosses to other processes, an analyzer does not."""

BATCHES_PER_WORKER = 4
"""Enough for all to finish at about the same time, few enough that neighbouring files share a worker's caches."""

MOST_WORKERS = 60
"""Windows cannot wait for more at once, and nobody gains from more."""


def analyse(analyzer: Analyzer, source: Source) -> FileReport:
    """The report on one file, findings that the settings do not want set apart; a crash of ours becomes its error.

    Raises ConfigError as `Analyzer.analyze` does: that is about the run, not about the file.
    """
    path, data = source
    try:
        report = analyzer.analyze(path, data)
        wanted = [finding for finding in report.findings if analyzer.settings.wants(finding)]
        report.passed_over = [finding for finding in report.findings if finding not in wanted]
        report.findings = wanted
    except ConfigError:
        raise
    except Exception as error:
        return FileReport(path, errors=[crashed(path, error)])
    return report


def in_workers(sources: Sequence[Source], analyzer: Analyzer, jobs: int) -> Iterator[FileReport]:
    """The reports on `sources` that `analyzer` would give, in no particular order, from at most `jobs` processes."""
    limit = sum(len(data) for _, data in sources) // (jobs * BATCHES_PER_WORKER) + 1
    setup = analyzer.settings, analyzer.excerpts, analyzer.scope
    return _run(_batches(sources, limit), setup, min(jobs, MOST_WORKERS))


def _batches(sources: Iterable[Source], limit: int) -> Iterator[list[Source]]:
    """Neighbouring files together, each batch closed once it holds `limit` bytes."""
    batch: list[Source] = []
    size = 0
    for source in sources:
        batch.append(source)
        size += len(source[1])
        if size >= limit:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _run(batches: Iterable[list[Source]], setup: _Setup, jobs: int) -> Iterator[FileReport]:
    """Analyses the batches, with as many under way as there are workers.

    A dead worker breaks the pool and does not say which batch it had. So the files of all that were under way are
    tried again one at a time, where it is plain who is to blame, and the rest goes on in a new pool.
    """
    queue = deque(batches)
    while queue:
        running: dict[Future[list[FileReport]], list[Source]] = {}
        try:
            with _pool(min(jobs, len(queue))) as pool:
                while queue or running:
                    while queue and len(running) < jobs:
                        running[pool.submit(_analyse, setup, queue[0])] = queue[0]
                        queue.popleft()
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        reports = future.result()
                        del running[future]
                        yield from reports
        except BrokenProcessPool:
            suspects = [source for batch in running.values() for source in batch]
            if len(suspects) == 1:
                path = suspects[0][0]
                yield FileReport(path, errors=[NotAnalysed(path, 1, "the process that analysed it died")])
            else:
                yield from _run([[source] for source in suspects], setup, 1)


def warm_up() -> None:
    """Lets the process that workers come from start and import what they need, while this one goes on."""
    if _method() == "forkserver":
        _context()
        forkserver.ensure_running()


def _method() -> str:
    # A plain fork of this process would copy whatever locks the threads of a progress display hold. Where there is a
    # fork server, workers come from a process without threads in half of the time that starting from nothing takes.
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def _context() -> BaseContext:
    context = multiprocessing.get_context(_method())
    # Imported once by the server, instead of by each worker.
    context.set_forkserver_preload(["__main__", "jwt_sast.examination"])
    return context


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Ctrl-C reaches every process of a terminal; only this one has to answer it.
    return ProcessPoolExecutor(jobs, _context(), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))


@cache
def _analyzer(settings: Settings, excerpts: bool, scope: Scope) -> Analyzer:
    """The one analyzer of a worker, which keeps what it learns of the project from file to file."""
    return Analyzer(settings, excerpts=excerpts, scope=scope)


def _analyse(setup: _Setup, batch: Sequence[Source]) -> list[FileReport]:
    analyzer = _analyzer(*setup)
    with collector_paused():
        return [analyse(analyzer, source) for source in batch]
