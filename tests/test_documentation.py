"""What is read off a check's class."""

from __future__ import annotations

import pytest

from jwt_sast import documentation
from jwt_sast.check import Check, registered
from jwt_sast.findings import Persona, Severity


class Sample(Check):
    """The first line.

    An indented text:

        code
    """

    code = "JWT999"
    name = "sample"
    title = "A sample"
    severity = Severity.MEDIUM
    persona = Persona.AUDITOR
    cwe = (327, 347)
    rfc8725 = ("3.1",)
    asvs = ("9.1.2", "9.2.1")
    since = "0.2.0"
    options = ("max-lifetime",)


class Bare(Check):
    code = "JWT998"
    name = "bare"
    title = "Nothing more to say"
    severity = Severity.LOW


def test_a_page_holds_everything() -> None:
    assert documentation.markdown(Sample) == (
        "# JWT999 sample\n"
        "\n"
        "A sample\n"
        "\n"
        "- Severity: medium\n"
        "- Shown: with `--persona auditor`\n"
        "- Weakness: [CWE-327](https://cwe.mitre.org/data/definitions/327.html), "
        "[CWE-347](https://cwe.mitre.org/data/definitions/347.html)\n"
        "- RFC 8725: [section 3.1](https://www.rfc-editor.org/rfc/rfc8725#section-3.1)\n"
        "- OWASP ASVS 5.0: 9.1.2, 9.2.1\n"
        "- Settings: `max-lifetime`\n"
        "- Since: 0.2.0\n"
        "\n"
        "The first line.\n"
        "\n"
        "An indented text:\n"
        "\n"
        "    code\n"
    )


def test_a_page_with_another_severity() -> None:
    plain = documentation.markdown(Sample)
    assert documentation.markdown(Sample, Severity.LOW) == plain.replace("- Severity: medium\n", "- Severity: low\n")


def test_a_page_leaves_out_what_there_is_not() -> None:
    assert documentation.markdown(Bare) == (
        "# JWT998 bare\n\nNothing more to say\n\n- Severity: low\n- Shown: by default\n- Since: 0.1.0\n"
    )


def test_data() -> None:
    assert documentation.data(Sample) == {
        "code": "JWT999",
        "name": "sample",
        "title": "A sample",
        "severity": "medium",
        "persona": "auditor",
        "cwe": [327, 347],
        "rfc8725": ["3.1"],
        "asvs": ["9.1.2", "9.2.1"],
        "since": "0.2.0",
        "options": ["max-lifetime"],
    }


@pytest.mark.parametrize("word", ["JWT301", "jwt301", "missing-exp", "Missing-Exp"])
def test_a_check_has_a_code_and_a_name(word: str) -> None:
    assert documentation.named(word).code == "JWT301"


@pytest.mark.parametrize(("word", "choice"), [("JWT3011", "JWT301"), ("mising-exp", "missing-exp")])
def test_an_unknown_check_is_refused_with_the_nearest(word: str, choice: str) -> None:
    with pytest.raises(documentation.UnknownCheckError, match=rf"^unknown check {word}; did you mean {choice}\?$"):
        documentation.named(word)


@pytest.mark.parametrize("check", registered(), ids=lambda check: str(check.code))
def test_every_check_has_a_text_of_its_own(check: type[Check]) -> None:
    assert documentation.body(check)
