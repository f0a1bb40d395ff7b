"""Reports made by hand for the tests of the reporters."""

from __future__ import annotations

from dataclasses import replace

from jwt_sast.findings import (
    Confidence,
    Finding,
    Location,
    NotAnalysed,
    Persona,
    Report,
    Severity,
    Status,
    Step,
)

EMPTY = Report([], [], 0, 0)

HARDCODED = Finding(
    code="JWT501",
    name="hardcoded-key",
    message="the key is written in the source",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    persona=Persona.REGULAR,
    location=Location("src/app.py", 112, 29, 112, 32),
    trace=(
        Step(Location("src/app.py", 9, 1, 9, 31), "imported here"),
        Step(Location("settings.py", 3, 7, 3, 15), "written here"),
    ),
    fingerprint="0123456789abcdef",
)
MISSING = Finding(
    code="JWT301",
    name="missing-exp",
    message="the claims carry no exp",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    persona=Persona.AUDITOR,
    location=Location("src/other.py", 4, 5, 6, 2),
    fingerprint="fedcba9876543210",
)
SILENCED = replace(MISSING, message="silenced", status=Status.SUPPRESSED)

FULL = Report(
    [HARDCODED, MISSING, SILENCED],
    [NotAnalysed("src/deep.py", 1, "nested too deep"), NotAnalysed("src/torn.py", 3, "invalid syntax")],
    seen=120,
    analysed=7,
    excerpts={
        ("src/app.py", 112): '    return jwt.encode(data, KEY, algorithm="HS256")',
        ("src/app.py", 9): "from settings import SIGN_KEY as KEY",
        ("settings.py", 3): 'KEY = "******"',
    },
)
