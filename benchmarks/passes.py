"""One pass over all files of a corpus, file by file: parsed only, or analysed.

Every pass is meant to have a process of its own, so that nothing is warm that is not warm in a run of jwt-sast, and
its memory is that of one pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import libcst as cst

from benchmarks.memory import peak
from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings
from jwt_sast.scope import Scope
from jwt_sast.syntax.collector import collector_paused
from jwt_sast.syntax.decoding import decode
from jwt_sast.syntax.room import with_room

_WARM_UP = b"import jwt\n\njwt.encode({}, 'x', algorithm='HS256')\n"
"""Makes an analyser load everything that it imports or builds once per process."""


@dataclass(slots=True)
class Pass:
    """What one pass has taken."""

    seconds: list[float]
    """For each file, in the order of the files."""
    peak_memory: int | None = None
    """Bytes that the process had at most; None where the system does not say."""
    errors: list[str] = field(default_factory=list)
    """The files of which something could not be analysed."""


def parse(files: Sequence[str]) -> Pass:
    """Parses each file with `libcst.parse_module` and drops the tree, the collector paused.

    This is the floor: nothing that reads a syntax tree of LibCST can be faster. Reading, decoding and freeing are not
    timed.
    """
    texts = [decode(Path(path).read_bytes()) for path in files]

    def every() -> list[float]:
        seconds = []
        for text in texts:
            start = perf_counter()
            tree = cst.parse_module(text)
            seconds.append(perf_counter() - start)
            del tree
        return seconds

    cst.parse_module(_WARM_UP.decode())
    with collector_paused():
        # In a thread with room, as jwt-sast does it: the native parser recurses deeper than a usual stack allows.
        return Pass(with_room(every), peak())


def analyse(files: Sequence[str]) -> Pass:
    """Analyses each file as a run with one process does: what is learnt of the project is kept from file to file.

    A file that needs other modules pays for what nobody before it has needed. Reading the file itself, importing the
    analyser and loading checks and models are not timed. Files that the gate turns away, and that such a run looks at
    afterwards because they call what these leave open, are no part of it.
    """
    sources = [Path(path).read_bytes() for path in files]
    analyzer = Analyzer(Settings(), scope=Scope(frozenset(files)))
    analyzer.analyze("warm_up.py", _WARM_UP)
    result = Pass([])
    with collector_paused():
        for path, data in zip(files, sources, strict=True):
            start = perf_counter()
            report = analyzer.analyze(path, data)
            result.seconds.append(perf_counter() - start)
            if report.errors:
                result.errors.append(path)
    result.peak_memory = peak()
    return result
