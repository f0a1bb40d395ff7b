"""Many files in, one report out; what a run says of a file that goes wrong, and that the others do not suffer."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from odd_settings import Broken, Deadly, Recording

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings
from jwt_sast.findings import Report
from jwt_sast.scanner import WORTH_A_WORKER, UsageError, scan
from jwt_sast.workers import in_workers
from samples import BAD, HARMLESS, UNFINISHED


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(report: Report) -> list[tuple[str, str, int]]:
    """What was found and where."""
    return [(finding.code, finding.location.path, finding.location.line) for finding in report.findings]


def test_findings_and_counts(here: Path) -> None:
    (here / "sub").mkdir()
    (here / "sub" / "bad.py").write_text(BAD)
    (here / "plain.py").write_text(HARMLESS)
    report = scan(["."], Settings())
    assert codes(report) == [("JWT102", "sub/bad.py", 5)]
    assert (report.seen, report.analysed, report.not_analysed, report.errors) == (
        2,
        1,
        0,
        [],
    )


def test_paths_in_findings_are_relative_to_the_working_directory(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "one").mkdir()
    (here / "two").mkdir()
    (here / "two" / "bad.py").write_text(BAD)
    monkeypatch.chdir(here / "one")
    assert codes(scan([str(here)], Settings())) == [("JWT102", "../two/bad.py", 5)]


def test_findings_that_the_settings_do_not_want(here: Path) -> None:
    (here / "bad.py").write_text(BAD)
    report = scan(["bad.py"], Settings(ignore=("JWT102",)))
    assert (report.findings, report.analysed) == ([], 1)


def test_a_path_that_does_not_exist(here: Path) -> None:
    with pytest.raises(UsageError, match=r"^nowhere: no such file or folder$"):
        scan(["nowhere"], Settings())


def test_standard_input_is_one_more_file(here: Path) -> None:
    (here / "bad.py").write_text(BAD)
    report = scan(["bad.py"], Settings(), stdin=("sub/typed.py", BAD.encode()))
    assert codes(report) == [("JWT102", "bad.py", 5), ("JWT102", "sub/typed.py", 5)]
    assert scan([], Settings(), stdin=("typed.py", HARMLESS.encode())).seen == 1


def test_excerpts_only_where_asked_for(here: Path) -> None:
    (here / "bad.py").write_text(BAD)
    assert scan(["."], Settings()).excerpts == {}
    assert "verify_signature" in scan(["."], Settings(), excerpts=True).excerpts[("bad.py", 5)]


def test_an_error_does_not_stop_the_others(here: Path) -> None:
    (here / "a.py").write_text(UNFINISHED)
    (here / "bad.py").write_text(BAD)
    (here / "loop.py").symlink_to("loop.py")
    report = scan(["."], Settings())
    assert codes(report) == [("JWT102", "bad.py", 5)]
    assert [error.path for error in report.errors] == ["a.py", "loop.py"]
    assert report.not_analysed == 2


def test_a_file_that_disappears_while_the_run_is_on(here: Path) -> None:
    for number in range(150):
        (here / f"plain{number:03}.py").write_text(HARMLESS)
    (here / "zz_bad.py").write_text(BAD)
    (here / "zz_gone.py").write_text(BAD)
    report = scan(
        ["."],
        Settings(),
        progress=lambda done, total: (here / "zz_gone.py").unlink(missing_ok=True),
    )
    assert codes(report) == [("JWT102", "zz_bad.py", 5)]
    assert [(error.path, error.message) for error in report.errors] == [
        ("zz_gone.py", "cannot be read: No such file or directory")
    ]
    assert report.seen == 152


def test_progress_ends_with_all_done(here: Path) -> None:
    for number in range(250):
        (here / f"plain{number:03}.py").write_text(HARMLESS)
    (here / "bad.py").write_text(BAD)
    news: list[tuple[int, int]] = []
    scan(["."], Settings(), progress=lambda done, total: news.append((done, total)))
    assert news == [(100, 251), (200, 251), (251, 251)]


def test_a_name_that_is_not_utf8(here: Path) -> None:
    try:
        with open(os.fsencode(here) + b"/caf\xe9.py", "wb") as file:
            file.write(BAD.encode())
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    report = scan(["."], Settings())
    assert codes(report) == [("JWT102", "caf\\xe9.py", 5)]
    assert json.dumps(report.findings[0].location.path, ensure_ascii=False).encode()


def test_a_defect_of_ours_is_reported_without_quoting_anything(here: Path) -> None:
    (here / "bad.py").write_text(BAD)
    (here / "plain.py").write_text(HARMLESS)
    (error,) = scan(["."], Broken()).errors
    assert error.path == "bad.py"
    assert error.message.startswith("internal error: ValueError at odd_settings.py:")
    assert "s3cret" not in error.message


class TestWorkers:
    def test_the_same_report_from_one_process_and_from_several(self, here: Path) -> None:
        padding = ("#" * 99 + "\n") * (WORTH_A_WORKER // 500)
        for number in range(12):
            (here / f"bad{number}.py").write_text(BAD + padding)
        (here / "unfinished.py").write_text(UNFINISHED)
        (here / "plain.py").write_text(HARMLESS)
        alone = scan(["."], Recording(), jobs=1, excerpts=True)
        assert [path.name for path in here.glob("pid-*")] == [f"pid-{os.getpid()}"]
        together = scan(["."], Recording(), jobs=2, excerpts=True)
        assert len(list(here.glob("pid-*"))) > 1
        assert together == alone
        assert len(alone.findings) == 12
        assert len(alone.errors) == 1

    def test_little_work_is_done_in_this_process(self, here: Path) -> None:
        (here / "bad.py").write_text(BAD)
        scan(["."], Recording(), jobs=8)
        assert [path.name for path in here.glob("pid-*")] == [f"pid-{os.getpid()}"]

    @pytest.mark.parametrize("killers", [1, 3])
    def test_a_dead_worker_costs_the_file_that_killed_it(self, killers: int) -> None:
        sources = [(f"bad{number}.py", BAD.encode()) for number in range(10)]
        for number in range(killers):
            sources.insert(4 * number, (f"killer{number}.py", BAD.encode()))
        report = Report.of(in_workers(sources, Analyzer(Deadly()), 2))
        assert [(error.path, error.message) for error in report.errors] == [
            (f"killer{number}.py", "the process that analysed it died") for number in range(killers)
        ]
        assert [path for _, path, _ in codes(report)] == [f"bad{number}.py" for number in range(10)]
        assert report.seen == 10 + killers
