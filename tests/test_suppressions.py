"""Suppression comments: what they hide, in the command line and in flake8, and what is said of the comments."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import enter, run, write

HEAD = "import jwt\n\n\ndef read(token):\n"
CALL = (
    "    return jwt.decode({first}\n"
    "        token,{inner}\n"
    "        options={{{line}\n"
    '            "verify_signature": False,\n'
    "        }},\n"
    "    ){last}\n"
)
OFF = "jwt.decode(token, options={'verify_signature': False})"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tmp_path, monkeypatch)


def source(first: str = "", inner: str = "", line: str = "", last: str = "", above: str = "") -> str:
    """A call over several lines, with comments in the places named. The finding is on `line`."""
    return HEAD + above + CALL.format(first=first, inner=inner, line=line, last=last)


def codes(*options: str) -> list[str]:
    """The codes that the command line reports of app.py."""
    report = json.loads(run("check", "app.py", "--format", "json", *options).out)
    return [finding["code"] for finding in report["findings"]]


def flake8_codes(*options: str) -> list[str]:
    """The codes of ours that flake8 reports of app.py."""
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=JWT", *options, "app.py"]
    out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return re.findall(r"(?m)^app\.py:\d+:\d+: (JWT\d+) ", out)


OWN = "  # jwt-sast: ignore[JWT102] the gateway has verified it"
NOQA = "  # noqa: JWT102"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(source(), ["JWT102"], id="no comment"),
        pytest.param(source(line=OWN), [], id="own, on the line"),
        pytest.param(source(first=OWN), [], id="own, first line of the statement"),
        pytest.param(source(above=f"  {OWN}\n"), [], id="own, above the statement"),
        pytest.param(source(above=f"  {OWN}\n    # and more\n"), [], id="own, in a block of comments above"),
        pytest.param(source(inner=f"\n      {OWN}"), [], id="own, alone above the line"),
        pytest.param(source(last=OWN), ["JWT102", "JWT901"], id="own, last bracket"),
        pytest.param(source(above=f"  {OWN}\n\n"), ["JWT901", "JWT102"], id="own, a blank line between"),
        pytest.param(source(above=f"    x = 1{OWN}\n"), ["JWT901", "JWT102"], id="own, behind another statement"),
        pytest.param(source() + "# jwt-sast: ignore-file[JWT1] the gateway\n", [], id="own, whole file"),
        pytest.param(source(line=f"  # noqa: E501{OWN}"), [], id="both on one line"),
        pytest.param(source(line="  # jwt-sast: ignore[JWT301, signature-unverified]"), ["JWT901"], id="one of two"),
        pytest.param(source(line="  # jwt-sast: ignore[jwt102] x"), ["JWT102", "JWT902"], id="own, lower case"),
        pytest.param(source(line="  # jwt-sast: ignore[JWT1"), ["JWT102", "JWT902"], id="own, bracket left open"),
        pytest.param(source(line=NOQA), [], id="noqa on the line"),
        pytest.param(source(first=NOQA), ["JWT901", "JWT102"], id="noqa on the first line"),
        pytest.param(source(last=NOQA), ["JWT102", "JWT901"], id="noqa on the last bracket"),
        pytest.param(source(last="  # noqa"), ["JWT102"], id="a bare noqa elsewhere is flake8's business"),
        pytest.param(f"{HEAD}    return \\\n        {OFF}, \\\n        1{NOQA}\n", [], id="noqa behind backslashes"),
        pytest.param(f'{HEAD}    return {OFF}, """\n    """{NOQA}\n', [], id="noqa behind a long string"),
        pytest.param(f'{HEAD}    return {OFF}, "# noqa: JWT102"\n', [], id="noqa in a string, as flake8 has it"),
        pytest.param(source(above="# flake8: noqa\n"), [], id="whole file for flake8"),
        pytest.param(source(above="# flake8: noqa: JWT301\n"), [], id="whole file, with a code"),
        pytest.param(source(above="    x = 1  # flake8: noqa\n"), ["JWT102"], id="not for a whole file"),
    ],
)
def test_both_doors_agree(text: str, expected: list[str]) -> None:
    write({"app.py": text})
    assert codes() == expected
    # flake8 sees one file at a time, and cannot know what others have no use for.
    assert flake8_codes() == [code for code in expected if code != "JWT901"]
    assert "JWT102" in codes("--no-suppressions")
    assert "JWT102" in flake8_codes("--disable-noqa")


NOQA_COMMENTS = {
    "# noqa": True,
    "# NOQA": True,
    "# noqa: JWT102": True,
    "# noqa:JWT102": True,
    "# noqa: E501, JWT102": True,
    "# noqa: JWT102 because reasons": True,
    "# noqa: JWT102 -- SEC-12": True,
    "# noqa: JWT1": True,
    "# noqa: JWT10": True,
    "# noqa: JWT": True,
    "# noqa: JWT-102": True,
    "# noqa: signature-unverified": True,
    "# noqa : E501": True,
    "# noqa: E501": False,
    "# noqa: JWT301": False,
    "# noqa: jwt102": False,
    "#noqa: JWT102": False,
    "# flake8: noqa": False,
    "# flake8: noqa: JWT102": False,
}
"""Comments behind the finding, and whether they hide it. The last two would count on a line of their own."""


def rows() -> str:
    """A program with a finding, and one of the comments, on each line."""
    return HEAD + "".join(f"    {OFF}  {comment}\n" for comment in NOQA_COMMENTS)


def test_both_doors_read_noqa_alike() -> None:
    """Every way to write it that is known to matter, and some that look as if they did."""
    write({"app.py": rows()})
    first = len(HEAD.splitlines()) + 1
    expected = [number for number, hides in enumerate(NOQA_COMMENTS.values(), start=first) if not hides]
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=JWT102", "app.py"]
    printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert [int(line) for line in re.findall(r"(?m)^app\.py:(\d+):\d+: JWT102 ", printed)] == expected
    report = json.loads(run("check", "app.py", "--select", "JWT102", "--format", "json").out)
    assert [finding["location"]["line"] for finding in report["findings"]] == expected


class TestCommandLine:
    def test_what_is_suppressed_does_not_count(self) -> None:
        write({"app.py": source(line=OWN)})
        done = run("check", "app.py")
        assert (done.status, done.out) == (0, "No findings; 1 file seen, 1 analysed, 0 not analysed.\n")
        assert run("check", "app.py", "--no-suppressions").status == 1

    def test_it_can_be_listed(self) -> None:
        write({"app.py": source(line=OWN)})
        done = run("check", "app.py", "--format", "json", "--include-suppressed")
        (finding,) = json.loads(done.out)["findings"]
        assert (done.status, finding["code"], finding["status"]) == (0, "JWT102", "suppressed")
        assert finding["reason"] == "the gateway has verified it"

    def test_why_is_told_without_a_secret(self) -> None:
        write({"app.py": source(line="  # jwt-sast: ignore[JWT102] password: hunter2", first=OWN)})
        done = run("check", "app.py", "--format", "sarif", "--include-suppressed")
        (result,) = json.loads(done.out)["runs"][0]["results"]
        reason = "the gateway has verified it; password: *******"
        assert result["suppressions"] == [{"kind": "inSource", "justification": reason}]

    @pytest.mark.parametrize("option", [["--ignore", "JWT102"], ["--min-severity", "critical"]])
    def test_what_the_run_does_not_want_is_in_use_all_the_same(self, option: list[str]) -> None:
        write({"app.py": source(line=OWN)})
        assert codes(*option) == []

    def test_the_comment_stands_where_the_finding_is(self) -> None:
        key = 'KEY = "8a1f3c5e7092b4d6f80a1c3e5d7f9b0284c6e8fa"'
        use = 'import jwt\nfrom keys import KEY\n\n\ndef f(t):\n    return jwt.decode(t, KEY, algorithms=["HS256"])\n'
        write({"keys.py": f"{key}\n", "app.py": use})
        assert "JWT501" in run("check", ".").out
        write({"keys.py": f"{key}  # jwt-sast: ignore[JWT501] test bench\n"})
        assert run("check", ".").status == 0
        # Alone, the file says nothing of who has use for the comment.
        assert run("check", "keys.py").status == 0

    def test_standard_input(self) -> None:
        command = [sys.executable, "-m", "jwt_sast", "check", "-"]
        for text, status in ((source(line=OWN), 0), (source(), 1)):
            assert subprocess.run(command, input=text.encode(), capture_output=True, check=False).returncode == status

    def test_a_reason_is_asked_for_only_if_the_settings_say_so(self) -> None:
        write({"app.py": source(line="  # jwt-sast: ignore[JWT102]")})
        assert codes() == []
        write({"pyproject.toml": "[tool.jwt-sast]\nrequire-suppression-reason = true\n"})
        assert codes() == ["JWT903"]
        write({"app.py": source(line=OWN)})
        assert codes() == []
