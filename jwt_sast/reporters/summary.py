"""The counts that every format gives."""

from __future__ import annotations

from jwt_sast.findings import Finding, Report, Severity, Status

_WORST_FIRST = sorted(Severity, reverse=True)


def active(report: Report) -> list[Finding]:
    """The findings that still stand, in the report's order."""
    return [finding for finding in report.findings if finding.status is Status.ACTIVE]


def by_severity(report: Report) -> dict[str, int]:
    """How many active findings there are of each severity, the worst first, zeros included."""
    severities = [finding.severity for finding in active(report)]
    return {str(severity): severities.count(severity) for severity in _WORST_FIRST}


def line(report: Report) -> str:
    """The run in one line: findings by severity, what a baseline keeps quiet, then files seen, analysed and not."""
    counts = by_severity(report)
    total = sum(counts.values())
    kinds = ", ".join(f"{count} {severity}" for severity, count in counts.items() if count)
    found = f"{_number(total, 'finding')} ({kinds})" if total else "No findings"
    if report.comparison is not None:
        found = f"{found}, {report.comparison.baselined} baselined"
    files = f"{_number(report.seen, 'file')} seen, {report.analysed} analysed, {report.not_analysed} not analysed"
    return f"{found}; {files}."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
