"""How paths are written, on Windows too, whose rules Python's `ntpath` has on every system."""

from __future__ import annotations

import ntpath
from types import SimpleNamespace

import pytest

from jwt_sast import paths
from jwt_sast.paths import printable, shown, slashed


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "os", SimpleNamespace(path=ntpath, sep="\\"))


@pytest.mark.usefixtures("windows")
class TestOnWindows:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("src\\app.py", "src/app.py"),
            ("src/app.py", "src/app.py"),
            (".\\with spaces\\grün#1%.py", "with spaces/grün#1%.py"),
            ("C:\\work\\repo\\lib\\x.py", "lib/x.py"),
            ("..\\other\\x.py", "../other/x.py"),
            ("D:\\elsewhere\\x.py", "D:/elsewhere/x.py"),
        ],
    )
    def test_shown(self, path: str, expected: str) -> None:
        assert shown(path, "C:\\work\\repo") == expected

    def test_slashed(self) -> None:
        assert slashed("C:\\a b\\c") == "C:/a b/c"


def test_a_backslash_is_part_of_a_name_elsewhere() -> None:
    assert shown("/repo/back\\slash.py", "/repo") == "back\\slash.py"


def test_bytes_that_are_no_text_are_escaped() -> None:
    assert printable("odd\udcff.py") == "odd\\xff.py"
    assert printable("grün.py") == "grün.py"
