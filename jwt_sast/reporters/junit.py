"""JUnit's XML, which every CI server can show: a finding is a failed test, a file not analysed a test with an error."""

from __future__ import annotations

from typing import TextIO
from xml.etree import ElementTree as Xml

from jwt_sast.findings import NOT_ANALYSED, Finding, NotAnalysed, Report
from jwt_sast.reporters import summary
from jwt_sast.reporters.appearance import Appearance

_PLAIN = Appearance()
"""Escapes what XML cannot hold."""


def render(report: Report, out: TextIO, appearance: Appearance) -> None:
    """Writes `report` as one test suite. Where all is well it has one test that passes: servers refuse an empty one."""
    findings = summary.active(report)
    count = str(max(1, len(findings) + len(report.errors)))
    counts = {"tests": count, "failures": str(len(findings)), "errors": str(len(report.errors))}
    root = Xml.Element("testsuites", {"name": "jwt-sast", **counts})
    suite = Xml.SubElement(root, "testsuite", {"name": "jwt-sast", **counts})
    for finding in findings:
        _failure(suite, finding)
    for error in report.errors:
        _error(suite, error)
    if not findings and not report.errors:
        _case(suite, "no findings", "jwt-sast")
    Xml.indent(root)
    # In ASCII, with references for the rest: the stream's encoding may be another one than a declaration says.
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(Xml.tostring(root, encoding="us-ascii", xml_declaration=False).decode("ascii") + "\n")


def _failure(suite: Xml.Element, finding: Finding) -> None:
    place = finding.location
    spot = f"{place.path}:{place.line}:{place.column}"
    case = _case(suite, f"{finding.code} {finding.name} at {spot}", place.path)
    kind = f"{finding.code} {finding.severity}"
    failure = Xml.SubElement(case, "failure", {"message": _PLAIN.printable(finding.message), "type": kind})
    steps = [f"{at.path}:{at.line}:{at.column}: {step.message}" for step in finding.trace if (at := step.location)]
    failure.text = "\n".join(map(_PLAIN.printable, (f"{spot}: {finding.message}", *steps)))


def _error(suite: Xml.Element, error: NotAnalysed) -> None:
    case = _case(suite, f"{NOT_ANALYSED} not-analysed at {error.path}:{error.line}", error.path)
    message = _PLAIN.printable(error.message)
    Xml.SubElement(case, "error", {"message": message, "type": NOT_ANALYSED}).text = message


def _case(suite: Xml.Element, name: str, path: str) -> Xml.Element:
    return Xml.SubElement(suite, "testcase", {"name": _PLAIN.printable(name), "classname": _PLAIN.printable(path)})
