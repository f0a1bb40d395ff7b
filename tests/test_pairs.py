"""A token and the key that has signed it, both written into one project: each finding tells of the other."""

from __future__ import annotations

import json
from pathlib import Path

import jwt
import pytest
from command_line import script

from jwt_sast.analyzer import Analyzer
from jwt_sast.config import Settings
from jwt_sast.findings import Persona

KEY = "a key for these tests and for nothing else, of some length"
TOKEN = jwt.encode({"sub": "robot", "exp": 4_102_444_800}, KEY, "HS256")
OTHER = jwt.encode({"sub": "robot", "exp": 4_102_444_800}, KEY[::-1], "HS256")

DECODE = "    return jwt.decode(token, {}, algorithms=['HS256'])\n"
VERIFY = "import jwt\nfrom app.settings import KEY\ndef check(token):\n" + DECODE.format("KEY")
SIGNED = " (a token in the source is signed with it)"
KEY_SAYS = f"JWT501 the key is in the source{SIGNED}: read it from outside"
FALLBACK_SAYS = f"JWT502 the key falls back to a literal{SIGNED}: stop instead"
TOKEN_SAYS = "JWT504 a token and its key are in the source (HS256, until 2100-01-01; exp, sub): revoke it"
KEY_ALONE = "JWT501 the key is in the source: read it from outside"
TOKEN_ALONE = "JWT504 a token is in the source (HS256, until 2100-01-01; exp, sub): revoke it"


def told(folder: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], *options: str) -> list[str]:
    """The findings' codes and messages."""
    for name, text in {"app/__init__.py": "", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    monkeypatch.chdir(folder)
    done = script("check", "--format", "json", *options, ".")
    assert KEY not in done.out
    assert TOKEN.rpartition(".")[2] not in done.out
    return sorted(f"{one['code']} {one['message']}" for one in json.loads(done.out)["findings"])


PROJECTS = {
    "in one file": (
        {"app/all.py": f"import jwt\nTOKEN = {TOKEN!r}\ndef f(token):\n" + DECODE.format(repr(KEY))},
        [KEY_SAYS, TOKEN_SAYS],
    ),
    "in three files": (
        {"app/settings.py": f"KEY = {KEY!r}\n", "app/auth.py": VERIFY, "app/robot.py": f"TOKEN = {TOKEN!r}\n"},
        [KEY_SAYS, TOKEN_SAYS],
    ),
    "a fallback": (
        {
            "app/settings.py": f"import os\nKEY = os.environ.get('KEY', {KEY!r})\n",
            "app/auth.py": VERIFY,
            "app/robot.py": f"TOKEN = {TOKEN!r}\n",
        },
        [FALLBACK_SAYS, TOKEN_SAYS],
    ),
    "of several tokens only one": (
        {
            "app/settings.py": f"KEY = {KEY!r}\n",
            "app/auth.py": VERIFY,
            "app/robot.py": f"TOKENS = [{TOKEN!r}, {OTHER!r}]\n",
        },
        [KEY_SAYS, TOKEN_SAYS, TOKEN_ALONE],
    ),
    "another key": (
        {"app/settings.py": f"KEY = {KEY!r}\n", "app/auth.py": VERIFY, "app/robot.py": f"TOKEN = {OTHER!r}\n"},
        [KEY_ALONE, TOKEN_ALONE],
    ),
    "the key is handed over by a file that names no library": (
        {
            "app/auth.py": "import jwt\ndef check(t, key):\n    return jwt.decode(t, key, algorithms=['HS256'])\n",
            "app/main.py": f"from app.auth import check\ndef main(t):\n    return check(t, {KEY!r})\n",
            "app/robot.py": f"TOKEN = {TOKEN!r}\n",
        },
        [KEY_SAYS, TOKEN_SAYS],
    ),
    "a token of a test": (
        {"app/settings.py": f"KEY = {KEY!r}\n", "app/auth.py": VERIFY, "tests/test_it.py": f"TOKEN = {TOKEN!r}\n"},
        [KEY_ALONE, TOKEN_ALONE],
    ),
}


@pytest.mark.parametrize("jobs", ["1", "4"])
@pytest.mark.parametrize(("files", "expected"), PROJECTS.values(), ids=PROJECTS)
def test_a_project(
    files: dict[str, str], expected: list[str], jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(tmp_path, monkeypatch, files, "--jobs", jobs) == expected


def test_in_different_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to do for several: each file is as long as makes a worker worth while."""
    padding = "".join(f"# {number}\n" for number in range(40_000))
    files = dict(PROJECTS["in three files"][0])
    files |= {name: files[name] + padding for name in ("app/auth.py", "app/robot.py")}
    assert told(tmp_path, monkeypatch, files, "--jobs", "4") == [KEY_SAYS, TOKEN_SAYS]


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_key_of_a_test_that_signs_a_token_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no more made up than the token."""
    short = "tr0ub4"
    token = jwt.encode({"sub": "robot", "exp": 4_102_444_800}, short, "HS256")
    files = {
        "app/robot.py": f"TOKEN = {token!r}\n",
        "tests/test_it.py": f"import jwt\ndef test(t):\n    jwt.decode(t, {short!r}, algorithms=['HS256'])\n",
    }
    assert told(tmp_path, monkeypatch, files) == [KEY_SAYS, TOKEN_SAYS]


def test_one_file_by_itself_says_the_same() -> None:
    """What flake8 shows: it has no more than the file."""
    ((name, text),) = PROJECTS["in one file"][0].items()
    report = Analyzer(Settings()).analyze(name, text)
    shown = [one for one in report.findings if one.persona is Persona.REGULAR]
    assert sorted(f"{one.code} {one.message}" for one in shown) == [KEY_SAYS, TOKEN_SAYS]
    assert KEY not in repr(report)
    assert TOKEN.rpartition(".")[2] not in repr(report)
