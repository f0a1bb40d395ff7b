"""Runs the analyser over small programs whose expected findings are marked in them."""

from __future__ import annotations

import re
import textwrap

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings
from jwt_sast.findings import Finding, Persona

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


def findings(code: str, prelude: str = PRELUDE, extra: str = "") -> list[Finding]:
    """What is found for everybody in `code`, which is dedented and put behind `prelude`; what the check `extra` finds
    as well.
    """
    report = _ANALYZER.analyze("app/service.py", prelude + textwrap.dedent(code))
    assert report.errors == []
    return [one for one in report.findings if one.persona is Persona.REGULAR or one.code == extra]


def marked(text: str) -> list[tuple[str, int]]:
    """The findings that are marked in a program: check and line, a mark that stands twice counted twice."""
    return [
        (name, number)
        for number, line in enumerate(text.splitlines(), start=1)
        if (match := _MARK.search(line))
        for name in match[1].split()
    ]


def verify(code: str, prelude: str = PRELUDE, extra: str = "") -> None:
    """Asserts that exactly the marked findings are found, each on its line; `extra` as for `findings`."""
    found = [(finding.code, finding.location.line) for finding in findings(code, prelude, extra)]
    assert sorted(found) == sorted(marked(prelude + textwrap.dedent(code)))


def confidences(code: str, name: str, prelude: str = PRELUDE) -> list[str]:
    """How sure each finding of the check `name` is."""
    return [str(finding.confidence) for finding in findings(code, prelude, name) if finding.code == name]
