"""Checks as rules of SARIF, with the properties by which GitHub sorts and filters alerts."""

from __future__ import annotations

from typing import Any

from jwt_sast import documentation
from jwt_sast.check import Check
from jwt_sast.findings import Persona, Severity

LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
_SCORES = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.5"}
"""In the middle of the ranges that GitHub names so: above 9.0 critical, from 7.0 high, from 4.0 medium."""
_PRECISIONS = {Persona.REGULAR: "high", Persona.AUDITOR: "medium"}
LONGEST = 1_024
"""Characters of a description."""
MOST_TAGS = 10
"""That GitHub keeps."""


def rule(check: type[Check], severity: Severity) -> dict[str, Any]:
    """What every document says of `check`, whether or not it has found anything, where its findings are as severe as
    `severity` says.
    """
    weaknesses = [f"external/cwe/cwe-{number:03}" for number in check.cwe]
    return {
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": _fitting(check.title)},
        "fullDescription": {"text": _fitting(documentation.summary(check))},
        "help": {
            "text": documentation.body(check) or check.title,
            "markdown": documentation.markdown(check, severity),
        },
        "helpUri": documentation.reference(check),
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {
            "precision": _PRECISIONS[check.persona],
            "security-severity": _SCORES[severity],
            "tags": ["security", *weaknesses][:MOST_TAGS],
        },
    }


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
