"""Many files in, one report out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings
from jwt_sast.discovery import UsageError, discover
from jwt_sast.failures import unreadable
from jwt_sast.findings import ABOUT_COMMENTS, FileReport, NotAnalysed, Report
from jwt_sast.paths import printable, shown
from jwt_sast.scope import Scope
from jwt_sast.semantics.bounds import MAX_CALLERS_UP, MAX_CALLING_FILES
from jwt_sast.suppressions import Suppressions, holds_comments, judged
from jwt_sast.syntax.collector import collector_paused
from jwt_sast.syntax.test_code import is_test
from jwt_sast.tokens.challenges import Challenge
from jwt_sast.tokens.written_tokens import challenges_in, may_hold_token
from jwt_sast.workers import Source, analyse, in_workers, warm_up

__all__ = ["Progress", "UsageError", "scan"]

Progress = Callable[[int, int], None]
"""Is told how many files are done, and of how many."""

WORTH_A_WORKER = 150_000
"""Bytes of source that make one more worker worth while: analysing them takes longer than the 0.3 s of its start."""

_FILES_PER_NEWS = 100


def scan(
    paths: Sequence[str],
    settings: Settings,
    *,
    jobs: int | None = None,
    excerpts: bool = False,
    stdin: tuple[str, bytes] | None = None,
    progress: Progress | None = None,
    suppressions: bool = True,
) -> Report:
    """Analyses the files that `paths` stand for (see `discover`), relative to the working directory.

    `stdin` is one more file, as its name and bytes. `jobs` is the highest number of processes; None means one per
    processor. With 1, or where there is little to do, everything happens in this process, and a file that makes the
    native parser crash takes the process along. A worker that dies costs the file that killed it and nothing else.
    Workers start afresh, so a script that calls this needs the usual `if __name__ == "__main__"`.

    `excerpts` asks for the source lines that code frames show. Findings are those that `settings` want; with
    `suppressions`, comments are read, and those that they keep quiet say so by their status. Raises
    UsageError for a path that does not exist and ConfigError for checks that cannot be used together; whatever goes
    wrong with a file becomes an entry in the report.
    """
    cwd = os.getcwd()
    found = discover(paths, cwd)
    names = [printable(path) for path in found.files]
    analyzer = Analyzer(settings, excerpts=excerpts, scope=Scope(frozenset(names)))
    # A place that could not be looked into counts as a file: seen, and not analysed.
    reports = [FileReport(error.path, errors=[error]) for error in found.errors]
    total = len(reports) + len(found.files) + (stdin is not None)
    processes = jobs or _processors()
    commented: set[str] = set()
    with collector_paused():
        waiting: list[Source] = []
        for report in _turned_away(_noting(_sources(found.files, stdin, cwd), commented), analyzer, processes, waiting):
            reports.append(report)
            if progress and (len(reports) % _FILES_PER_NEWS == 0 or len(reports) == total):
                progress(len(reports), total)
        tokens = _tokens(waiting)
        if tokens:
            analyzer = analyzer.within(replace(analyzer.scope, challenges=frozenset().union(*tokens.values())))
        for report in _analysed(waiting, analyzer, processes):
            reports.append(report)
            if progress:
                progress(len(reports), total)
        _add_callers(reports, found.files, analyzer, processes)
        _tell_of_keys(reports, waiting, tokens, analyzer, processes)
    whole = Report.of(reports)
    whole.severities = dict(settings.severity)
    if suppressions:
        wanted = commented | {finding.location.path for finding in whole.findings}
        files = [path for path, name in zip(found.files, names, strict=True) if name in wanted]
        _judge(whole, reports, _sources(files, stdin, cwd), settings)
    else:
        whole.unsought = ABOUT_COMMENTS
    return whole


def _noting(
    sources: Iterable[tuple[str, bytes | NotAnalysed]], commented: set[str]
) -> Iterator[tuple[str, bytes | NotAnalysed]]:
    """Hands `sources` on, and notes the names of those whose comments have to be looked at in any case."""
    for name, data in sources:
        if isinstance(data, bytes) and holds_comments(data):
            commented.add(name)
        yield name, data


def _judge(
    report: Report,
    reports: Iterable[FileReport],
    sources: Iterable[tuple[str, bytes | NotAnalysed]],
    settings: Settings,
) -> None:
    """Applies the comments of `sources`, read once more because few files need it, to the findings of `report`."""
    complete = {one.path for one in reports if one.analysed} & report.complete
    files = [Suppressions.of(name, data, name in complete) for name, data in sources if isinstance(data, bytes)]
    everything = [finding for one in reports for finding in (*one.findings, *one.passed_over)]
    findings = judged(report.findings, everything, files, settings)
    report.findings = [finding for finding in findings if settings.wants(finding)]
    report.passed_over += [finding for finding in findings if not settings.wants(finding)]


def _add_callers(reports: list[FileReport], files: Sequence[str], analyzer: Analyzer, jobs: int) -> None:
    """Analyses files that the gate has turned away but that call what the others leave open, and their callers."""
    sought: frozenset[str] = frozenset()
    for _ in range(MAX_CALLERS_UP):
        wanted = frozenset(name for report in reports for name in report.asked_for) - sought
        if not wanted:
            return
        sought |= wanted
        done = {report.path for report in reports if report.analysed or report.errors}
        waiting = [path for path in files if printable(path) not in done]
        looking = analyzer.within(replace(analyzer.scope, sought=wanted))
        calling = _mentioning(_sources(waiting, None, ""), looking)
        found = {report.path: report for report in _reports(calling, looking, jobs)}
        reports[:] = [found.get(report.path, report) if not report.analysed else report for report in reports]


def _mentioning(sources: Iterable[tuple[str, bytes | NotAnalysed]], analyzer: Analyzer) -> list[Source]:
    """The files that mention something that is sought; a name that too many mention is anybody's."""
    found = [
        (path, data, names) for path, data in sources if isinstance(data, bytes) and (names := analyzer.sought_in(data))
    ]
    count = Counter(name for _, _, names in found for name in names)
    return [(path, data) for path, data, names in found if any(count[name] <= MAX_CALLING_FILES for name in names)]


def _sources(
    files: Iterable[str], stdin: tuple[str, bytes] | None, cwd: str
) -> Iterator[tuple[str, bytes | NotAnalysed]]:
    """Every file's name, fit for any output, with what is in it or why that is not known."""
    if stdin is not None:
        yield printable(shown(stdin[0], cwd)), stdin[1]
    for path in files:
        name = printable(path)
        try:
            # Without a buffer, since each is read at one go: that saves a fifth of the time.
            with open(path, "rb", buffering=0) as file:
                yield name, file.readall()
        except OSError as error:
            yield name, unreadable(name, error)


def _reports(sources: Iterable[tuple[str, bytes | NotAnalysed]], analyzer: Analyzer, jobs: int) -> Iterator[FileReport]:
    """A report on every source: at once for those that need no analysis, then for the others."""
    waiting: list[Source] = []
    yield from _turned_away(sources, analyzer, jobs, waiting)
    yield from _analysed(waiting, analyzer, jobs)


def _turned_away(
    sources: Iterable[tuple[str, bytes | NotAnalysed]], analyzer: Analyzer, jobs: int, waiting: list[Source]
) -> Iterator[FileReport]:
    """The reports on those of `sources` that need no analysis; the others go into `waiting`."""
    size = 0
    for path, data in sources:
        if isinstance(data, NotAnalysed):
            yield FileReport(path, errors=[data])
        elif analyzer.matters(data) or analyzer.sought_in(data):
            waiting.append((path, data))
            before, size = size, size + len(data)
            if jobs > 1 and before < 2 * WORTH_A_WORKER <= size:
                warm_up()
        else:
            yield FileReport(path)


def _analysed(waiting: Sequence[Source], analyzer: Analyzer, jobs: int) -> Iterator[FileReport]:
    workers = min(jobs, sum(len(data) for _, data in waiting) // WORTH_A_WORKER)
    if workers > 1:
        yield from in_workers(waiting, analyzer, workers)
    else:
        yield from (analyse(analyzer, source) for source in waiting)


_Tokens = Mapping[str, frozenset[Challenge]]
"""What tells the keys of the tokens in a file, by its name."""


def _tokens(sources: Iterable[Source]) -> _Tokens:
    """The tokens in the files that have some; in test code they are made up."""
    holding = ((path, data) for path, data in sources if may_hold_token(data) and not is_test(path))
    found = ((path, challenges_in(data)) for path, data in holding)
    return {path: challenges for path, challenges in found if challenges}


def _tell_of_keys(
    reports: list[FileReport], sources: Iterable[Source], tokens: _Tokens, analyzer: Analyzer, jobs: int
) -> None:
    """Looks once more at files with tokens of which the keys have turned up, so that their findings say so."""
    answered = frozenset(answer for report in reports for answer in report.answered)
    told = {path for path, found in tokens.items() if any(one.answer in answered for one in found)}
    again = [source for source in sources if source[0] in told]
    looking = analyzer.within(replace(analyzer.scope, answered=answered))
    found = {report.path: report for report in _analysed(again, looking, jobs)}
    reports[:] = [found.get(report.path, report) for report in reports]


def _processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
