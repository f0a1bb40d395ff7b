"""Completion: what is offered in each place, asked for as each shell asks, and bash itself with the page's line."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import script
from documents import blocks, shell
from tree_copy import ROOT

from jwt_sast.check import registered
from jwt_sast.findings import Confidence, Persona, Severity
from jwt_sast.reporters import REPORTERS

PAGE = (ROOT / "docs" / "completion.md").read_text(encoding="utf-8")


def answer(shell: str, words: list[str], current: str) -> str:
    """What a shell is told where `words` are typed behind `jwt-sast`; `current` is how it names the last of them."""
    line = " ".join(["jwt-sast", *words])
    return script(_JWT_SAST_COMPLETE=f"{shell}_complete", COMP_WORDS=line, COMP_CWORD=current).out


def offered(*words: str) -> list[str]:
    """What bash is told to offer for the last of `words`."""
    return [line.partition(",")[2] for line in answer("bash", list(words), str(len(words))).splitlines()]


class TestWhatIsOffered:
    def test_commands(self) -> None:
        assert offered("e") == ["explain"]

    @pytest.mark.parametrize(
        ("option", "values"),
        [
            ("--persona", Persona),
            ("--min-severity", Severity),
            ("--min-confidence", Confidence),
            ("--format", REPORTERS),
        ],
    )
    def test_values(self, option: str, values: list[str]) -> None:
        assert offered("check", option, "") == [str(value) for value in values]

    def test_formats_of_the_list_of_checks(self) -> None:
        assert offered("rules", "--format", "j") == ["json"]

    def test_codes_and_names(self) -> None:
        assert offered("explain", "") == [word for check in registered() for word in (check.code, check.name)]
        assert offered("explain", "missing-") == ["missing-exp"]

    @pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore"])
    def test_the_next_of_a_list(self, option: str) -> None:
        assert offered("check", option, "JWT3,missing-") == ["JWT3,missing-exp"]

    @pytest.mark.parametrize("words", [["check"], ["check", "--output"], ["check", "--stdin-filename"]])
    def test_files_are_left_to_the_shell(self, words: list[str]) -> None:
        assert answer("bash", [*words, "READ"], str(len(words) + 1)) == "file,READ\n"

    @pytest.mark.parametrize(
        ("name", "current", "told"),
        [
            ("bash", "2", "plain,missing-exp\n"),
            ("zsh", "2", "plain\nmissing-exp\nToken that never expires\n"),
            ("fish", "missing-", "plain,missing-exp\tToken that never expires\n"),
        ],
    )
    def test_each_shell_is_answered_in_its_own_way(self, name: str, current: str, told: str) -> None:
        assert answer(name, ["explain", "missing-"], current) == told


class TestThePage:
    def test_bash_completes_with_its_line(self, tmp_path: Path) -> None:
        (block,) = blocks("bash", PAGE)
        # What bash does when the key is pressed, without a terminal to press it in.
        press = 'COMP_WORDS=(jwt-sast explain missing-) COMP_CWORD=2; "$(complete -p jwt-sast | grep -o "_[a-z_]*")" '
        done = shell(block + press + 'jwt-sast; echo "${COMPREPLY[*]}"', tmp_path)
        assert (done.stdout, done.stderr) == ("missing-exp\n", "")
        assert "`jwt-sast explain missing-exp`" in PAGE

    @pytest.mark.parametrize(("name", "beginning"), [("zsh", "#compdef jwt-sast\n"), ("fish", "function ")])
    def test_the_other_shells_are_handed_a_script_of_their_own(self, name: str, beginning: str, tmp_path: Path) -> None:
        """Neither has to be installed to run these tests: the line is run as far as it concerns the tool."""
        (block,) = blocks(name, PAGE)
        command = block.removeprefix('eval "$(').removesuffix(')"\n').removesuffix(" | source\n")
        assert f"_JWT_SAST_COMPLETE={name}_source jwt-sast" == command
        assert shell(command, tmp_path).stdout.startswith(beginning)
