"""Which files are measured: those that a run of jwt-sast would analyse."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings
from jwt_sast.discovery import discover
from jwt_sast.syntax.source import Source, SourceError


@dataclass(slots=True)
class Corpus:
    """The files to measure, and those that pass the gate and cannot be parsed; paths as in findings, sorted."""

    seen: int = 0
    """How many files were looked at by the gate."""
    files: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    size: int = 0
    """Bytes of `files`."""
    lines: int = 0
    """Lines of `files`."""


def collect(paths: Sequence[str]) -> Corpus:
    """The files below `paths` that pass the gate. Raises UsageError for a path that does not exist.

    Files that jwt-sast would report as not analysed are left out: what is not parsed takes no time to analyse.
    """
    analyzer = Analyzer(Settings())
    found = discover(paths, os.getcwd())
    corpus = Corpus(seen=len(found.files))
    for path in found.files:
        data = Path(path).read_bytes()
        if not analyzer.matters(data):
            continue
        try:
            text = Source.parse(path, data).text
        except SourceError:
            corpus.left_out.append(path)
            continue
        corpus.files.append(path)
        corpus.size += len(data)
        corpus.lines += len(text.splitlines())
    return corpus
