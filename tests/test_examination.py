"""A defect of the tool's own costs what it touches, and is seen."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst
import pytest
from tree_copy import ROOT

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings
from jwt_sast.semantics import interpreter, names, statements
from jwt_sast.semantics.environment import Frame
from jwt_sast.semantics.state import State

PROGRAM = """\
import jwt, os

def broken(u):
    break_down()
    return jwt.encode({"sub": u}, os.environ["KEY"])

def sound(u):
    return jwt.encode({"sub": u}, os.environ["KEY"])
"""


def test_a_function_that_breaks_the_interpreter_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    execute = statements.execute

    def fragile(frame: Frame, state: State, body: Sequence[cst.BaseStatement]) -> State | None:
        if frame.function_name == "broken":
            raise ZeroDivisionError("s3cr3t")
        return execute(frame, state, body)

    monkeypatch.setattr(interpreter._Machine, "execute", staticmethod(fragile))
    report = Analyzer(Settings()).analyze("app.py", PROGRAM)
    shown = filter(Settings().wants, report.findings)
    assert [(finding.code, finding.location.line) for finding in shown] == [("JWT301", 8)]
    (error,) = report.errors
    assert error.line == 3
    assert "ZeroDivisionError" in error.message
    assert "s3cr3t" not in error.message
    assert report.analysed


def test_a_module_that_breaks_the_interpreter_is_not_analysed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("s3cr3t")

    monkeypatch.setattr(names.Names, "_collect", fail)
    report = Analyzer(Settings()).analyze("app.py", PROGRAM)
    assert report.findings == []
    assert not report.analysed
    (error,) = report.errors
    assert (error.line, error.message.partition(" at ")[0]) == (1, "internal error: KeyError")


def test_a_file_with_nothing_but_a_token_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise AssertionError("it is run")

    monkeypatch.setattr(interpreter.Interpreter, "run", fail)
    (program,) = (ROOT / "fixtures" / "JWT504-hardcoded-token").glob("bad_whole_header.py")
    report = Analyzer(Settings()).analyze("app.py", program.read_bytes())
    assert report.errors == []
    assert [finding.code for finding in report.findings] == ["JWT504"]


def test_a_file_that_cannot_matter_is_not_parsed() -> None:
    report = Analyzer(Settings()).analyze("app.py", "def (:\n")
    assert (report.analysed, report.findings, report.errors) == (False, [], [])


def test_lone_surrogates_in_decoded_text_are_reported() -> None:
    report = Analyzer(Settings()).analyze("app.py", "x = '\ud800'\nimport jwt\n")
    assert not report.analysed
    assert len(report.errors) == 1
