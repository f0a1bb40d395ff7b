"""What people are told of the baseline of a run."""

from __future__ import annotations

from jwt_sast.findings import Comparison, KnownDefect


def lines(comparison: Comparison | None, *, advice: bool = True) -> list[str]:
    """What of a baseline is gone or has moved, one line each; `advice` adds what to do about it."""
    if comparison is None:
        return []
    told = [f"{comparison.file}: gone: {_entry(known)}" for known in comparison.stale]
    told += [f"{comparison.file}: moved to {path}: {_entry(known)}" for known, path in comparison.moved]
    if told and advice:
        told.append(f"{comparison.file}: `jwt-sast baseline --update` brings it up to date.")
    return told


def _entry(known: KnownDefect) -> str:
    place = f" in {known.scope}" if known.scope else ""
    times = f", {known.count} times" if known.count > 1 else ""
    return f"{known.path}: {known.code}{place}{times}"
