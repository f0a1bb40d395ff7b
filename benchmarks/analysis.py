"""How long jwt-sast takes to analyse files, beside what LibCST alone takes to parse them.

`python -m benchmarks.analysis PATH...`, from the root of the repository.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import sys
from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks.corpus import Corpus, collect
from benchmarks.measurement import Measurement, measure
from jwt_sast._version import __version__
from jwt_sast.discovery import UsageError

LEAST_ROUNDS = 3
"""With fewer, a median says nothing."""

WORST_SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; gives the exit status: 0, or 2 where there is nothing to measure."""
    options = _parser().parse_args(arguments)
    try:
        corpus = collect(options.paths)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    if not corpus.files:
        print(f"nothing to measure: none of {corpus.seen} files passes the gate and can be parsed", file=sys.stderr)
        return 2
    measurement = measure(corpus.files, options.rounds)
    if options.json:
        print(json.dumps(as_data(corpus, measurement), indent=2))
    else:
        print("\n".join(as_table(corpus, measurement)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.analysis",
        description="Times libcst.parse_module and jwt-sast in turn, over the files below PATH that pass the gate.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder")
    parser.add_argument(
        "--rounds", type=_rounds, default=LEAST_ROUNDS, help=f"passes of each kind, {LEAST_ROUNDS} at least"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


def _rounds(text: str) -> int:
    number = int(text)
    if number < LEAST_ROUNDS:
        raise argparse.ArgumentTypeError(f"at least {LEAST_ROUNDS}")
    return number


def as_data(corpus: Corpus, measurement: Measurement) -> dict[str, Any]:
    """Everything that was measured, for other programs; times in seconds, memory in bytes."""
    return {
        "jwt_sast": __version__,
        "libcst": importlib.metadata.version("libcst"),
        "python": platform.python_version(),
        "files_seen": corpus.seen,
        "files_measured": len(corpus.files),
        "bytes": corpus.size,
        "lines": corpus.lines,
        "files_left_out": corpus.left_out,
        "files_with_errors": measurement.errors,
        "parse_seconds": measurement.parse_totals,
        "analysis_seconds": measurement.analysis_totals,
        "ratio": measurement.ratio,
        "peak_memory_bytes": measurement.peak_memory,
        "highest_ratios": [
            {"path": one.path, "parse_seconds": one.parse, "analysis_seconds": one.analysis, "ratio": one.ratio}
            for one in measurement.worst(WORST_SHOWN)
        ],
    }


def as_table(corpus: Corpus, measurement: Measurement) -> list[str]:
    """The same as lines of text: medians, with the least and the most of the passes behind them."""
    memory = measurement.peak_memory
    lines = [
        f"{len(corpus.files)} of {corpus.seen} files measured, {corpus.lines:,} lines, {corpus.size:,} bytes",
        *(f"left out, cannot be parsed: {path}" for path in corpus.left_out),
        *(f"not analysed in full: {path}" for path in measurement.errors),
        "",
        f"{'all files':<12}{'median':>12}{'least':>12}{'most':>12}",
        _row("parse", measurement.parse_totals),
        _row("analysis", measurement.analysis_totals),
        f"{'ratio':<12}{measurement.ratio:>12.2f}",
        f"{'peak memory':<12}" + (f"{'unknown':>12}" if memory is None else f"{memory / 1e6:>9.1f} MB"),
        "",
        f"{'parse':>12}{'analysis':>12}{'ratio':>8}  highest ratios",
    ]
    worst = measurement.worst(WORST_SHOWN)
    return lines + [
        f"{_milliseconds(one.parse)}{_milliseconds(one.analysis)}{one.ratio:>8.2f}  {one.path}" for one in worst
    ]


def _row(name: str, totals: Sequence[float]) -> str:
    return f"{name:<12}" + "".join(map(_milliseconds, (median(totals), min(totals), max(totals))))


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:>9.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
