"""Suppression comments: what they hide, in the command line and in flake8, and what is said of the comments."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
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


OWN = "  # jwt-sast: ignore[JWT102] the gateway has verified it"
NOQA = "  # noqa: JWT102"


COMMENTED = {
    "no comment": (source(), ["JWT102"]),
    "own, on the line": (source(line=OWN), []),
    "own, first line of the statement": (source(first=OWN), []),
    "own, above the statement": (source(above=f"  {OWN}\n"), []),
    "own, in a block of comments above": (source(above=f"  {OWN}\n    # and more\n"), []),
    "own, alone above the line": (source(inner=f"\n      {OWN}"), []),
    "own, last bracket": (source(last=OWN), ["JWT102", "JWT901"]),
    "own, a blank line between": (source(above=f"  {OWN}\n\n"), ["JWT901", "JWT102"]),
    "own, behind another statement": (source(above=f"    x = 1{OWN}\n"), ["JWT901", "JWT102"]),
    "own, whole file": (source() + "# jwt-sast: ignore-file[JWT1] the gateway\n", []),
    "both on one line": (source(line=f"  # noqa: E501{OWN}"), []),
    "one of two": (source(line="  # jwt-sast: ignore[JWT301, signature-unverified]"), ["JWT901"]),
    "own, lower case": (source(line="  # jwt-sast: ignore[jwt102] x"), ["JWT102", "JWT902"]),
    "own, bracket left open": (source(line="  # jwt-sast: ignore[JWT1"), ["JWT102", "JWT902"]),
    "noqa on the line": (source(line=NOQA), []),
    "noqa on the first line": (source(first=NOQA), ["JWT901", "JWT102"]),
    "noqa on the last bracket": (source(last=NOQA), ["JWT102", "JWT901"]),
    "a bare noqa elsewhere is flake8's business": (source(last="  # noqa"), ["JWT102"]),
    "noqa behind backslashes": (f"{HEAD}    return \\\n        {OFF}, \\\n        1{NOQA}\n", []),
    "noqa behind a long string": (f'{HEAD}    return {OFF}, """\n    """{NOQA}\n', []),
    "noqa in a string, as flake8 has it": (f'{HEAD}    return {OFF}, "# noqa: JWT102"\n', []),
    "whole file for flake8": (source(above="# flake8: noqa\n"), []),
    "whole file, with a code": (source(above="# flake8: noqa: JWT301\n"), []),
    "not for a whole file": (source(above="    x = 1  # flake8: noqa\n"), ["JWT102"]),
}
"""Programs by what is said of their comments, and the codes that the command line reports of them."""


@pytest.fixture(scope="module")
def flake8_codes(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[str]]:
    """From a name in COMMENTED and options, the codes of ours that flake8 reports there; one run has all programs."""
    folder = tmp_path_factory.mktemp("flake8")
    (folder / "pyproject.toml").touch()
    files = {name: f"app{number}.py" for number, name in enumerate(COMMENTED)}
    for name, (text, _) in COMMENTED.items():
        (folder / files[name]).write_text(text, encoding="utf-8")

    @cache
    def printed(*options: str) -> str:
        command = [sys.executable, "-m", "flake8", "--isolated", "--select=JWT", *options, *files.values()]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout

    return lambda name, *options: re.findall(rf"(?m)^{files[name]}:\d+:\d+: (JWT\d+) ", printed(*options))


@pytest.mark.parametrize("name", COMMENTED)
def test_both_doors_agree(name: str, flake8_codes: Callable[..., list[str]]) -> None:
    text, expected = COMMENTED[name]
    write({"app.py": text})
    assert codes() == expected
    # flake8 sees one file at a time, and cannot know what others have no use for.
    assert flake8_codes(name) == [code for code in expected if code != "JWT901"]
    assert "JWT102" in codes("--no-suppressions")
    assert "JWT102" in flake8_codes(name, "--disable-noqa")


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
