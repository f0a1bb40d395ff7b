"""Adopting the tool on an old code base: what is old stays quiet however it is moved about, what is new does not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import fixture_marks
import pytest
from command_line import Done, enter, run
from git_repositories import committed, git, repository

SECRET = "Tr0ub4dor-and-3-horses"
SERVICES = ("accounts", "billing", "carts", "delivery", "export", "feeds", "gifts", "hours")

MODULE = f'''\
import os

import jwt

KEY = os.environ["JWT_KEY"]


def issue(user_id):
    return jwt.encode({{"sub": user_id}}, KEY, algorithm="HS256")


def read(token):
    return jwt.decode(token, options={{"verify_signature": False}})["sub"]


def peek(token):
    claims = jwt.decode(token, KEY, algorithms=["HS256"], options={{"verify_exp": False}})
    return claims["sub"]


class Service:
    def accept(self, token):
        options = {{"verify_aud": False}}
        return jwt.decode(token, KEY, algorithms=["HS256"], audience="shop", options=options)["sub"]

    def sign(self, claims, until):
        return jwt.encode({{**claims, "exp": until}}, "{SECRET}", algorithm="HS256")
'''
"""The same in every file, so that nothing but the file and the function tells its five defects from the others."""

ISSUE, READ, PEEK, ACCEPT, SIGN = "JWT301", "JWT102", "JWT302", "JWT201", "JWT501"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with forty findings and a baseline of them."""
    enter(tmp_path, monkeypatch)
    repository()
    for name in SERVICES:
        path = tmp_path / "shop" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(MODULE, encoding="utf-8")
    assert run("baseline").status == 0
    committed("adopt jwt-sast")
    return tmp_path


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Replaces texts in a file, each of which has to be there once."""
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert text.count(before) == 1
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def function(name: str) -> str:
    """The text of a function of MODULE."""
    found = re.search(rf"^def {name}\(.*?(?=\n\n\n)", MODULE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[0]


def move(shop: Path) -> None:
    """Within a file, and a file as a whole: nothing new."""
    edit(shop / "accounts.py", (function("issue") + "\n\n\n", ""))
    with (shop / "accounts.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\nif os.environ.get('SHOP'):\n    print('open')\n\n\n{function('issue')}\n")
    (shop / "delivery").mkdir()
    git("mv", "shop/delivery.py", "shop/delivery/tokens.py")


def reformat(shop: Path) -> None:
    """By a formatter, as narrow as it goes, and by hand: nothing new."""
    options = ("--isolated", "--line-length", "30", "--config", "format.quote-style='single'")
    command = [sys.executable, "-m", "ruff", "format", "--quiet", *options, str(shop / "billing.py")]
    subprocess.run(command, check=True)
    assert len((shop / "billing.py").read_text(encoding="utf-8").splitlines()) > 2 * MODULE.count("\n")
    edit(shop / "carts.py", ("    claims = jwt", "    # for the basket\n    log = print; claims = jwt"))


def duplicate(shop: Path) -> None:
    """Two new functions, a second time in an old one, and a copied file: eight new ones."""
    renamed = function("issue").replace("issue", "issue_again")
    edit(
        shop / "feeds.py",
        (function("issue"), f"{renamed}\n\n\n{function('issue')}"),
        ("def read(token):\n", "def read(token):\n    jwt.decode(token, options={'verify_signature': False})\n"),
    )
    with (shop / "feeds.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\n{function('peek').replace('peek', 'glance')}\n")
    shutil.copy(shop / "hours.py", shop / "holidays.py")


def fix(shop: Path) -> None:
    """Two of five; what stands on the same line as one of them stays known."""
    edit(
        shop / "gifts.py",
        ('{"sub": user_id}, KEY', '{"sub": user_id, "exp": until()}, KEY'),
        (f'"{SECRET}"', "KEY"),
    )


NEW = Counter(
    {
        ("shop/feeds.py", ISSUE): 1,
        ("shop/feeds.py", READ): 1,
        ("shop/feeds.py", PEEK): 1,
        ("shop/holidays.py", ISSUE): 1,
        ("shop/holidays.py", READ): 1,
        ("shop/holidays.py", PEEK): 1,
        ("shop/holidays.py", ACCEPT): 1,
        ("shop/holidays.py", SIGN): 1,
    }
)
GONE = {("shop/gifts.py", ISSUE, "issue"), ("shop/gifts.py", SIGN, "Service.sign")}
MOVED = {("shop/delivery.py", "shop/delivery/tokens.py"): 5}


def found(done: Done) -> Counter[tuple[str, str]]:
    """The file and code of what a JSON report lists."""
    return Counter((one["location"]["path"], one["code"]) for one in json.loads(done.out)["findings"])


def checked(*options: str) -> Done:
    """What `check` with the baseline says to other programs."""
    return run("check", "--baseline", "--format", "json", *options)


class TestSimulated:
    def test_there_are_forty_and_none_is_new(self, old: Path) -> None:
        assert len(json.loads(run("check", "--format", "json").out)["findings"]) == 40
        done = run("check", "--baseline")
        assert (done.status, done.err) == (0, "")
        assert done.out == "No findings, 40 baselined; 8 files seen, 8 analysed, 0 not analysed.\n"

    def test_exactly_the_new_ones_are_shown_and_the_stale_ones_told(self, old: Path) -> None:
        for change in (move, reformat, duplicate, fix):
            change(old / "shop")
        done = checked()
        assert done.status == 1
        assert found(done) == NEW
        told = json.loads(done.out)["baseline"]
        assert told["baselined"] == 38
        assert {(one["path"], one["code"], one["scope"]) for one in told["stale"]} == GONE
        assert Counter((one["path"], one["to"]) for one in told["moved"]) == MOVED
        assert "jwt-sast-baseline.json: gone: shop/gifts.py: JWT501 in Service.sign\n" in done.err
        assert done.err.count("\njwt-sast-baseline.json: moved to ") == 5

    @pytest.mark.parametrize("change", [move, reformat])
    def test_what_is_only_moved_or_formatted_is_not_new(self, old: Path, change: object) -> None:
        assert callable(change)
        change(old / "shop")
        done = checked()
        assert (done.status, found(done)) == (0, Counter())
        assert json.loads(done.out)["baseline"]["stale"] == []

    def test_what_goes_to_another_module_cannot_be_told_from_a_copy(self, old: Path) -> None:
        edit(old / "shop" / "export.py", (function("peek") + "\n\n\n", ""))
        head = MODULE.partition("\n\n\n")[0]
        (old / "shop" / "peeking.py").write_text(f"{head}\n\n\n{function('peek')}\n", encoding="utf-8")
        done = checked()
        assert found(done) == {("shop/peeking.py", PEEK): 1}
        assert [one["path"] for one in json.loads(done.out)["baseline"]["stale"]] == ["shop/export.py"]

    def test_update_drops_what_is_gone_and_takes_nothing_new(self, old: Path) -> None:
        for change in (move, duplicate, fix):
            change(old / "shop")
        done = run("baseline", "--update")
        assert done.status == 0
        assert done.err.endswith("json: 38 kept, 2 dropped, 8 not taken in.\n")
        done = checked()
        assert found(done) == NEW
        assert json.loads(done.out)["baseline"] | {"baselined": 0} == {
            "path": "jwt-sast-baseline.json",
            "baselined": 0,
            "stale": [],
            "moved": [],
        }
        assert run("baseline").err == "jwt-sast-baseline.json: 38 kept, 0 dropped, 8 new.\n"
        assert checked().status == 0

    def test_a_pull_request_shows_what_it_brings(self, old: Path) -> None:
        git("switch", "--quiet", "--create", "topic")
        duplicate(old / "shop")
        committed()
        git("switch", "--quiet", "main")
        edit(old / "shop" / "gifts.py", ("import os\n", "import os\nimport sys\n"))
        committed("meanwhile")
        git("switch", "--quiet", "topic")
        assert found(run("check", "--diff", "main", "--format", "json")) == NEW
        assert found(checked("--diff", "main")) == NEW

    def test_no_secret_is_in_the_baseline(self, old: Path) -> None:
        assert SECRET.encode() not in (old / "jwt-sast-baseline.json").read_bytes()
        assert SECRET in (old / "shop" / "accounts.py").read_text(encoding="utf-8")


def formatted(folder: Path, width: int) -> None:
    """Lets a formatter loose on everything in `folder`."""
    options = ("--quiet", "--isolated", "--line-length", str(width))
    subprocess.run([sys.executable, "-m", "ruff", "format", *options, str(folder)], check=True)


def test_no_fixture_is_new_after_formatting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for those about comments: a comment on another line says something else."""
    enter(tmp_path, monkeypatch)
    of_the_tool = shutil.ignore_patterns("JWT9*", "pyproject.toml")
    shutil.copytree(fixture_marks.ROOT, tmp_path / "app", ignore=of_the_tool)
    formatted(tmp_path, 120)
    known = entries(run("baseline"))
    assert known > 200
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.py")}
    formatted(tmp_path, 30)
    assert sum(path.read_bytes() != text for path, text in before.items()) > len(before) / 2
    done = run("check", "--baseline", "--exit-zero")
    assert done.out.startswith(f"No findings, {known} baselined; ")


def entries(done: Done) -> int:
    """How many findings a baseline that has just been made knows."""
    assert done.status == 0
    document = json.loads(Path("jwt-sast-baseline.json").read_text(encoding="utf-8"))
    return sum(one["count"] for one in document["findings"])
