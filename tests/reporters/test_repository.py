"""Where files lie in their repository, and how that is written as a URI."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_reports import EMPTY

from jwt_sast.reporters.repository import inside, uri

IN_SRC = replace(EMPTY, folder="/home/a b/repo/src", repository="/home/a b/repo")
ON_WINDOWS = replace(EMPTY, folder="C:/work/repo/src", repository="C:/work/repo")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app.py", "src/app.py"),
        ("../app.py", "app.py"),
        ("a b#c%d?.py", "src/a%20b%23c%25d%3F.py"),
        ("grüße/日.py", "src/gr%C3%BC%C3%9Fe/%E6%97%A5.py"),
        ("a:b.py", "src/a%3Ab.py"),
        ("back\\slash.py", "src/back%5Cslash.py"),
        ("odd\udcff.py", "src/odd%FF.py"),
        ("/home/a b/repo/lib/x.py", "lib/x.py"),
        ("../../other/x.py", "file:///home/a%20b/other/x.py"),
        ("/usr/lib/x y.py", "file:///usr/lib/x%20y.py"),
    ],
)
def test_uri(path: str, expected: str) -> None:
    assert uri(IN_SRC, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app.py", "src/app.py"),
        ("C:/work/repo/lib/x.py", "lib/x.py"),
        ("D:/else where/x.py", "file:///D:/else%20where/x.py"),
    ],
)
def test_uri_with_drives(path: str, expected: str) -> None:
    assert uri(ON_WINDOWS, path) == expected


def test_the_root_of_the_file_system_may_be_the_repository() -> None:
    assert inside(replace(EMPTY, folder="/app", repository="/"), "x.py") == "app/x.py"


def test_a_report_that_knows_no_repository_keeps_its_paths() -> None:
    assert inside(EMPTY, "src/x.py") == "src/x.py"
