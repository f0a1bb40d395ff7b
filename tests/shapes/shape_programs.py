"""Runs the analyser over small programs whose expected findings are marked in them."""

from __future__ import annotations

import re
import textwrap
from collections import Counter

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings
from jwt_sast.findings import Finding

_MARK = re.compile(r"#\s*((?:JWT\d{3}\s*)+)$")
_ANALYZER = Analyzer(Settings())

PRELUDE = """\
import os, time, json, copy
from datetime import datetime, timedelta, timezone
import jwt
KEY = os.environ["KEY"]
soon = datetime.now(timezone.utc) + timedelta(minutes=5)
now = int(time.time())
"""


def findings(code: str, prelude: str = PRELUDE) -> list[Finding]:
    """What is found in `code`, which is dedented and put behind `prelude`."""
    report = _ANALYZER.analyze("app/service.py", prelude + textwrap.dedent(code))
    assert report.errors == []
    return report.findings


def verify(code: str, prelude: str = PRELUDE) -> None:
    """Asserts that exactly the marked findings are found, each on its line."""
    text = prelude + textwrap.dedent(code)
    marked: Counter[tuple[str, int]] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _MARK.search(line):
            marked.update((name, number) for name in match[1].split())
    found = Counter((finding.code, finding.location.line) for finding in findings(code, prelude))
    assert sorted(found.elements()) == sorted(marked.elements())


def confidences(code: str, name: str, prelude: str = PRELUDE) -> list[str]:
    """How sure each finding of the check `name` is."""
    return [str(finding.confidence) for finding in findings(code, prelude) if finding.code == name]
