"""Every fixture gets exactly the findings that it is marked with, and every check has its fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture_findings import analyzer, found
from fixture_marks import ROOT, expected, folders, label, programs

from jwt_sast.analyzer import Analyzer
from jwt_sast.check import registered

FEWEST = 3


@pytest.fixture(scope="module", name="analyzer")
def one_for_all() -> Analyzer:
    return analyzer()


@pytest.mark.parametrize("path", programs(), ids=label)
def test_findings_are_the_marked_ones(path: Path, analyzer: Analyzer) -> None:
    assert sorted(found(path, analyzer).elements()) == sorted(expected(path).elements())


@pytest.mark.parametrize("path", programs(), ids=label)
def test_the_gate_lets_it_pass(path: Path, analyzer: Analyzer) -> None:
    assert analyzer.matters(path.read_bytes())


def test_every_check_has_its_folder_and_every_folder_its_check() -> None:
    checks = {f"{check.code}-{check.name}" for check in registered()}
    assert {folder.name for folder in folders()} == checks


@pytest.mark.parametrize("folder", folders(), ids=label)
@pytest.mark.parametrize("kind", ["bad", "good"])
def test_every_check_has_enough_programs(folder: Path, kind: str) -> None:
    assert len(list(folder.rglob(f"{kind}_*.py"))) >= FEWEST


@pytest.mark.parametrize("path", programs(), ids=label)
def test_the_name_and_the_marks_agree(path: Path) -> None:
    code = path.relative_to(ROOT).parts[0].partition("-")[0]
    codes = {marked for marked, _ in expected(path)}
    if path.name.startswith("good_"):
        assert not codes
    else:
        assert path.name.startswith("bad_")
        assert code in codes


class TestMarks:
    """The reader of marks itself."""

    def test_a_mark_counts_on_its_own_line(self, tmp_path: Path) -> None:
        file = tmp_path / "bad_mark.py"
        file.write_bytes(b"first()\nsecond()  # JWT301\nthird()  # JWT301 JWT501\r\nfourth()  # JWT301 JWT301\n")
        assert expected(file) == {
            ("JWT301", 2): 1,
            ("JWT301", 3): 1,
            ("JWT501", 3): 1,
            ("JWT301", 4): 2,
        }

    @pytest.mark.parametrize("line", [b"x = 'JWT301'", b"x = 1  # see JWT301", b"x = 1  # JWT301 is wrong", b"# JWT30"])
    def test_a_code_that_is_only_mentioned_is_no_mark(self, tmp_path: Path, line: bytes) -> None:
        file = tmp_path / "good_mention.py"
        file.write_bytes(line + b"\n")
        assert not expected(file)

    def test_undecodable_bytes_do_not_hide_a_mark(self, tmp_path: Path) -> None:
        file = tmp_path / "bad_bytes.py"
        file.write_bytes(b"x = '\xff\x00'  # JWT900\n")
        assert expected(file) == {("JWT900", 1): 1}
