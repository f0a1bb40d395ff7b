"""`--diff`: what git says has changed, in real repositories, however odd the names and the changes."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from command_line import BAD, GOOD, Done, enter, run, write
from git_repositories import committed, git, repository

CALL = BAD.partition("\n\n\n")[2]
SEVERAL = """\
import jwt

KEY = get_key()


def issue(user):
    claims = {
        "sub": user,
        "iss": "shop",
        "iat": now(),
        "exp": later(),
    }
    return send(claims)


def send(claims):
    return jwt.encode(claims, KEY, algorithm="HS256")


def quiet():
    return None


def loud():
    return None
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in an empty repository of its own, whatever the user's own settings say."""
    enter(tmp_path, monkeypatch)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    repository()
    return tmp_path


def shown(done: Done) -> list[tuple[str, int]]:
    """The path and line of everything in a JSON report."""
    assert done.err.count("\n") == 1, done.err
    findings = json.loads(done.out)["findings"]
    return [(one["location"]["path"], one["location"]["line"]) for one in findings]


def changed(*options: str, since: str = "HEAD") -> list[tuple[str, int]]:
    """What `check --diff` shows."""
    return shown(run("check", "--diff", since, "--format", "json", *options))


def edit(path: str, *changes: tuple[str, str]) -> None:
    """Replaces texts in a file, each of which has to be there."""
    text = Path(path).read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    Path(path).write_text(text, encoding="utf-8")


class TestLines:
    def test_nothing_has_changed(self) -> None:
        write({"a.py": BAD})
        committed()
        assert run("check").status == 1
        done = run("check", "--diff", "HEAD")
        assert (done.status, done.out) == (0, "No findings; 1 file seen, 1 analysed, 0 not analysed.\n")

    def test_a_line_that_has(self) -> None:
        write({"a.py": BAD + "\n\n" + CALL, "b.py": BAD})
        committed()
        edit("b.py", ("return jwt", "return  jwt"))
        assert changed() == [("b.py", 5)]

    def test_only_others_have(self) -> None:
        write({"a.py": BAD})
        committed()
        write({"a.py": "import os\n" + BAD + "\nprint(os.getcwd())\n"})
        assert changed() == []

    def test_a_step_of_the_way_has(self) -> None:
        """The claims are written in one place and signed in another: a change of either shows the finding."""
        write({"a.py": SEVERAL.replace('        "exp": later(),\n', "")})
        committed()
        edit("a.py", ("return jwt.encode(", "return  jwt.encode("))
        (place,) = changed()
        assert place[1] < 14

    def test_a_step_in_another_file_has(self) -> None:
        write({"settings.py": 'KEY = "correct-horse"\n', "a.py": "import jwt\nimport settings\n"})
        with Path("a.py").open("a", encoding="utf-8") as file:
            file.write("\n\ndef f(c):\n    c['exp'] = g()\n    return jwt.encode(c, settings.KEY, algorithm='HS256')\n")
        committed()
        edit("a.py", ("c, settings", "c,  settings"))
        assert ("settings.py", 1) in changed()

    def test_whole_files_are_analysed_all_the_same(self) -> None:
        """What a changed line makes of code that has not changed is told."""
        write({"a.py": SEVERAL})
        committed()
        edit("a.py", ('        "exp": later(),\n', ""))
        assert len(changed()) == 1

    @pytest.mark.parametrize(
        ("gone", "shown"),
        [('        "iat": now(),\n        "exp": later(),\n', 1), ("def quiet():\n    return None\n", 0)],
    )
    def test_lines_that_are_gone(self, gone: str, shown: int) -> None:
        """Where they stood, and nowhere else, something has changed."""
        write({"a.py": SEVERAL})
        committed()
        edit("a.py", (gone, ""))
        assert len(changed()) == shown

    def test_the_first_lines_are_gone(self) -> None:
        write({"a.py": "import os\n" + BAD})
        committed()
        write({"a.py": BAD})
        assert changed() == []

    def test_lines_that_look_like_the_head_of_a_patch(self) -> None:
        write({"a.py": BAD + "\n\ndef f(x, y):\n    z = 1\n++ x\n", "b.py": BAD})
        committed()
        write({"a.py": BAD + '\n\nTEXT = """\n++ b/b.py\n@@ -1,9 +1,9 @@\n-- a\n"""', "b.py": BAD})
        assert changed() == []

    def test_no_newline_at_the_end(self) -> None:
        """Git's remark about that stands between the lines of a patch."""
        write({"a.py": f"{BAD}x = 1", "b.py": BAD})
        committed()
        write({"a.py": f"{BAD}x = 2\n++ b/b.py\n", "b.py": BAD})
        assert changed() == []


class TestFiles:
    def test_untracked(self) -> None:
        write({"a.py": GOOD})
        committed()
        write({"new.py": BAD, "staged.py": BAD})
        git("add", "staged.py")
        assert changed() == [("new.py", 5), ("staged.py", 5)]

    def test_ignored_but_named(self) -> None:
        write({"a.py": GOOD, ".gitignore": "local.py\n"})
        committed()
        write({"local.py": BAD})
        assert changed("local.py") == [("local.py", 5)]

    def test_no_longer_tracked(self) -> None:
        write({"a.py": BAD})
        committed()
        git("rm", "--quiet", "--cached", "a.py")
        assert changed() == [("a.py", 5)]

    def test_renamed(self) -> None:
        """What came along unchanged is not new; what was changed on the way is."""
        write({"a.py": SEVERAL + "\n\n" + CALL + "\n\n" + CALL.replace("read", "again")})
        committed()
        git("mv", "a.py", "b.py")
        assert changed() == []
        edit("b.py", ("def again(token):\n    return", "def again(token):\n    return "))
        assert [path for path, _ in changed()] == ["b.py"]

    def test_of_a_submodule(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """They are old until another commit of it is checked out; what changes in it is for a run in itself to tell."""
        write({"library/a.py": BAD, "app.py": BAD})
        repository("library")
        committed(folder="library")
        git("submodule", "--quiet", "add", "./library", "library")
        git("config", "diff.submodule", "diff")
        git("config", "diff.ignoreSubmodules", "all")
        committed()
        assert changed() == []
        edit("library/a.py", ("    return", "    return "))
        assert changed() == []
        committed(folder="library")
        assert changed() == [("library/a.py", 5)]
        monkeypatch.chdir("library")
        assert changed() == []
        assert changed(since="HEAD~1") == [("a.py", 5)]

    def test_deleted(self) -> None:
        write({"a.py": BAD, "b.py": BAD})
        committed()
        Path("a.py").unlink()
        assert changed() == []

    def test_binary_to_git(self) -> None:
        """By an attribute, or for a byte that makes git think so; and there may be real ones."""
        write({".gitattributes": "a.py binary\n", "a.py": BAD + "\n\n" + CALL, "b.py": GOOD, "c.png": ""})
        Path("c.png").write_bytes(b"\x89PNG\0\n+++ b/b.py\n@@ -1 +1,9 @@\n")
        committed()
        Path("c.png").write_bytes(b"\x89PNG\0\xff\n\n+++ b/b.py\n@@ -1 +1,9 @@\n")
        edit("a.py", ("import jwt\n", "import jwt  # here\n"))
        assert changed() == []
        edit("a.py", ("    return", "    return "))
        assert [path for path, _ in changed()] == ["a.py", "a.py"]

    @pytest.mark.parametrize("name", ["two words.py", "ümlaut.py", 'qu"ote.py', "tab\t.py", "b\\n.py", "new\nline.py"])
    def test_odd_names(self, name: str) -> None:
        write({name: BAD + "\n\n" + CALL.replace("read", "again"), "src/" + name: BAD})
        committed()
        edit(name, ("def again(token):\n    return", "def again(token):\n    return "))
        assert [line for _, line in changed()] == [9]

    @pytest.mark.skipif(os.name != "posix", reason="names are text elsewhere")
    def test_a_name_that_is_no_utf_8(self) -> None:
        name = os.fsdecode(b"a\xff.py")
        write({name: BAD})
        committed()
        assert changed() == []
        edit(name, ("return", "return "))
        assert changed() == [("a\\xff.py", 5)]

    def test_a_link_in_the_repository(self) -> None:
        write({"a.py": BAD})
        Path("link.py").symlink_to("a.py")
        committed()
        edit("a.py", ("return", "return "))
        assert changed() == [("a.py", 5), ("link.py", 5)]

    def test_a_link_that_leads_out_of_the_repository(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Git cannot tell what has changed there, so it is shown."""
        outside = tmp_path_factory.mktemp("outside") / "a.py"
        outside.write_text(BAD, encoding="utf-8")
        Path("link.py").symlink_to(outside)
        committed()
        assert changed() == [("link.py", 5)]

    def test_a_conflict_that_is_not_settled_yet(self) -> None:
        write({"a.py": "x = 1\n"})
        start = committed()
        write({"a.py": "x = 2\n"})
        committed()
        git("switch", "--quiet", "--create", "topic", start)
        write({"a.py": "x = 3\n"})
        committed()
        with pytest.raises(Exception, match="merge"):
            git("merge", "--quiet", "main")
        write({"a.py": BAD})
        assert changed() == [("a.py", 5)]


class TestRevisions:
    def test_of_every_kind(self) -> None:
        write({"a.py": GOOD})
        first = committed()
        git("tag", "v1")
        write({"a.py": BAD})
        committed()
        for revision in (first, first[:8], "HEAD~1", "v1", "HEAD^"):
            assert changed(since=revision) == [("a.py", 5)]
        assert changed(since="HEAD") == []

    def test_a_branch_that_has_gone_on(self) -> None:
        """What happened there in the meantime is not what this branch has changed."""
        write({"a.py": BAD, "b.py": GOOD})
        committed()
        git("switch", "--quiet", "--create", "topic")
        write({"b.py": BAD})
        committed()
        git("switch", "--quiet", "main")
        write({"a.py": GOOD})
        committed()
        git("switch", "--quiet", "topic")
        assert changed(since="main") == [("b.py", 5)]

    def test_of_another_history(self) -> None:
        write({"a.py": BAD})
        committed()
        git("switch", "--quiet", "--orphan", "other")
        committed()
        done = run("check", "--diff", "main")
        assert done.status == 2
        assert "main and HEAD have no commit in common; a shallow clone has to be deepened first" in done.err

    @pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", "HEAD:a.py", "", "a..b"])
    def test_unknown(self, revision: str) -> None:
        write({"a.py": BAD})
        committed()
        done = run("check", f"--diff={revision}")
        assert (done.status, done.out) == (2, "")
        assert f"--diff: git knows no revision {revision}; " in done.err

    def test_none_yet(self) -> None:
        write({"a.py": BAD})
        assert "git knows no revision HEAD; " in run("check", "--diff", "HEAD").err


class TestPlaces:
    @pytest.mark.parametrize("paths", [[], ["."], ["..", "../src"]])
    def test_from_a_folder_below(self, paths: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
        write({"src/a.py": BAD, "b.py": BAD})
        committed()
        edit("src/a.py", ("return", "return "))
        monkeypatch.chdir("src")
        assert {Path(path).name for path, _ in changed(*paths)} == {"a.py"}

    def test_through_a_link_to_the_repository(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write({"real/a.py": BAD})
        repository("real")
        committed(folder="real")
        Path("link").symlink_to("real")
        monkeypatch.chdir("link")
        assert changed() == []
        assert changed(str(folder / "link" / "a.py")) == []

    def test_outside_of_the_repository(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write({"inside/a.py": BAD, "outside/a.py": BAD})
        repository("inside")
        committed(folder="inside")
        monkeypatch.chdir("inside")
        done = run("check", "--diff", "HEAD", ".", "../outside")
        assert (done.status, done.out) == (2, "")
        assert f"--diff: ../outside lies outside of the repository {(folder / 'inside').as_posix()}\n" in done.err

    def test_no_repository(self, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path_factory.mktemp("bare"))
        write({"a.py": BAD})
        done = run("check", "--diff", "HEAD")
        assert (done.status, done.out) == (2, "")
        assert "--diff: git says: fatal: not a git repository" in done.err

    def test_no_git(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(folder))
        done = run("check", "--diff", "HEAD")
        assert (done.status, done.out) == (2, "")
        assert "--diff asks git, which cannot be run: No such file or directory\n" in done.err

    def test_standard_input(self) -> None:
        done = run("check", "--diff", "HEAD", "-")
        assert done.status == 2
        assert "git cannot compare standard input" in done.err

    def test_no_setting_of_the_user_alters_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nor does anything run that the repository names."""
        monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=99")
        monkeypatch.setenv("GIT_EXTERNAL_DIFF", "touch ran")
        write({"a.py": BAD + "\n\n" + CALL, ".gitattributes": "*.py diff=odd\n"})
        committed()
        for name, value in {
            "diff.noprefix": "true",
            "diff.external": "touch ran",
            "diff.odd.command": "touch ran",
            "diff.odd.textconv": "touch ran; cat",
            "core.fsmonitor": "touch ran; false",
            "color.ui": "always",
            "diff.interHunkContext": "99",
            "diff.context": "99",
            "diff.relative": "true",
            "core.quotePath": "false",
        }.items():
            git("config", name, value)
        edit("a.py", ("import jwt\n", "import jwt  # here\n"))
        assert changed() == []
        edit("a.py", ("    return", "    return "))
        assert len(changed()) == 2
        assert not Path("ran").exists()


def test_what_is_old_may_be_baselined_at_the_same_time() -> None:
    """What lies outside of the changed lines is no reason to call an entry stale."""
    write({"a.py": BAD, "b.py": GOOD})
    run("baseline")
    committed()
    write({"b.py": BAD})
    done = run("check", "--baseline", "--diff", "HEAD", "--format", "json")
    assert shown(done) == [("b.py", 5)]
    assert json.loads(done.out)["baseline"]["stale"] == []
