"""Which release of a library the files around a source say that it uses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jwt_sast.libraries import versions
from jwt_sast.libraries.versions import declared, release_of

RELEASES = ("0.0.3", "0.0.4", "0.3.1", "0.4.0", "1.7.1", "2.0.1", "2.1.0", "2.3.0", "2.8.0", "2.10.1", "2.15.1")
OLDEST, NEWEST = RELEASES[0], RELEASES[-1]

LOCK = '[[package]]\nname = "pyjwt"\nversion = "{}"\n'

Ask = Callable[..., str]


def write(path: Path, text: str | bytes) -> Path:
    """Makes the file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Writes files of a project and says which release its source `app/x.py` uses."""
    # Whatever lies above the folder of temporary files is none of the project's.
    (tmp_path / ".git").mkdir()

    def ask(files: dict[str, str | bytes], distribution: str = "PyJWT", source: str = "app/x.py") -> str:
        for name, text in files.items():
            write(tmp_path / name, text)
        versions.forget()
        return declared(distribution, str(write(tmp_path / source, "import jwt\n")), RELEASES)

    return ask


class TestSpecifiers:
    @pytest.mark.parametrize(
        ("release", "specifiers"),
        [
            (NEWEST, ">=1.7 ==2.* ~=2.1 >=2.0.0,<3"),
            ("2.10.1", "==2.10.* ~=2.10.0 !=2.15.1"),
            ("2.8.0", "==2.8.0 >=1.4,<2.9"),
            ("2.3.0", "<=2.3 [crypto]<2.8,>=2"),
            ("1.7.1", "<2 ==1.7.1 ===1.7.1 [crypto]>=1.6,<2.0 (<2.0.0,>=1.4.0)"),
            # Between the releases, below and above them.
            ("2.3.0", "~=2.4.1 ===2.4.0 >2.3.0,<2.8 >=2.3.1,<2.5,!=2.4.0"),
            ("2.8.0", "==2.8.3 ==2.9.0+local ==2.9.*"),
            ("1.7.1", "==2.0.0a1 ==1.9.* >=0.5,!=1.7.1,<=2.0.0"),
            ("0.4.0", "==1.6.0 <1.0 ==1.6.* >0.9,<1.0"),
            (OLDEST, "==0.0.1 <0.0.3 ==0.0.0.* >0.0.1,<0.0.2"),
            (NEWEST, "==2.99 >=3 >2.15.1 ===unreleased"),
        ],
    )
    def test_the_newest_release_admitted(self, ask: Ask, release: str, specifiers: str) -> None:
        answers = {specifier: ask({"requirements.txt": f"pyjwt{specifier}"}) for specifier in specifiers.split()}
        assert answers == dict.fromkeys(answers, release)

    def test_the_releases_are_those_asked_for(self, ask: Ask, tmp_path: Path) -> None:
        assert ask({"requirements.txt": "pyjwt<2.5"}) == "2.3.0"
        assert declared("PyJWT", str(tmp_path / "app/x.py"), ["1.7.1", "2.4.0b1", "2.5.0"]) == "2.4.0b1"


@pytest.mark.parametrize(
    ("version", "release"),
    [
        ("2.8.0", "2.8.0"),
        ("2.8", "2.8.0"),
        ("2.9.0.post1", "2.8.0"),
        ("2.8.0rc1", "2.3.0"),
        ("0.0.1", OLDEST),
        ("99", NEWEST),
    ],
)
def test_the_release_that_stands_for_a_version(version: str, release: str) -> None:
    assert release_of(version, RELEASES) == release


class TestNames:
    @pytest.mark.parametrize("spelling", ["python-jose", "Python_JOSE", "python.jose", "python--jose"])
    def test_spellings_that_are_equal(self, ask: Ask, spelling: str) -> None:
        assert ask({"requirements.txt": f"{spelling}[cryptography]==2.3.0"}, "python-jose") == "2.3.0"
        assert ask({"requirements.txt": "python-jose==2.1.0"}, spelling) == "2.1.0"

    @pytest.mark.parametrize("other", ["python-jose-cryptodome", "python-jose2", "my-python-jose", "mypython-jose"])
    def test_other_distributions(self, ask: Ask, other: str) -> None:
        files = {
            "requirements.txt": f"{other}==1.7.1\n",
            "setup.py": f'setup(install_requires=["{other}==1.7.1"])',
            "uv.lock": LOCK.replace("pyjwt", other).format("1.7.1"),
            "Pipfile.lock": json.dumps({"default": {other: {"version": "==1.7.1"}}}),
            "environment.yml": f"dependencies:\n  - {other}=1.7.1\n",
            "pyproject.toml": f'[project]\ndependencies = ["{other}==1.7.1"]\n'
            f'[tool.poetry.dependencies]\n"{other}" = "1.7.1"',
        }
        assert ask(files, "python-jose") == NEWEST


class TestWhereItLooks:
    def test_a_project_that_declares_nothing(self, ask: Ask) -> None:
        assert ask({"requirements.txt": "requests==2.0.1\n"}) == NEWEST

    def test_a_source_that_is_not_on_disk(self, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ask({"requirements.txt": "pyjwt==1.7.1"})
        monkeypatch.chdir(tmp_path)
        assert [declared("pyjwt", path, RELEASES) for path in ("-", "<stdin>", "app/gone.py", "")] == [NEWEST] * 4
        assert declared("pyjwt", "app/x.py", RELEASES) == "1.7.1"

    def test_the_nearest_folder_decides(self, ask: Ask) -> None:
        assert ask({"uv.lock": LOCK.format("2.10.1")}) == "2.10.1"
        assert ask({"app/requirements.txt": "pyjwt<2"}) == "1.7.1"
        assert ask({"app/inner/requirements.txt": "requests"}, source="app/inner/x.py") == "1.7.1"
        assert ask({"app/inner/setup.py": "install_requires=['pyjwt']"}, source="app/inner/x.py") == NEWEST

    @pytest.mark.parametrize("repository", [".git/HEAD", ".git"])
    def test_not_beyond_the_repository_or_worktree(self, ask: Ask, repository: str) -> None:
        above = {"requirements.txt": "pyjwt==1.7.1"}
        assert ask(above, source="clone/src/x.py") == "1.7.1"
        assert ask({f"clone/{repository}": "ref: x"}, source="clone/src/x.py") == NEWEST
        assert ask({"clone/requirements.txt": "pyjwt==2.1.0"}, source="clone/src/x.py") == "2.1.0"

    def test_not_beyond_so_many_folders(self, ask: Ask) -> None:
        files = {"requirements.txt": "pyjwt==1.7.1"}
        assert ask(files, source="f/" * (versions.LEVELS - 1) + "x.py") == "1.7.1"
        assert ask(files, source="f/" * versions.LEVELS + "x.py") == NEWEST

    def test_up_to_the_root_of_the_file_system(self) -> None:
        assert declared("no-such-distribution", os.sep, RELEASES) == NEWEST

    def test_a_linked_source_belongs_where_the_link_is(self, ask: Ask, tmp_path: Path) -> None:
        ask({"requirements.txt": "pyjwt==1.7.1", "other/requirements.txt": "pyjwt==2.1.0"}, source="other/x.py")
        (tmp_path / "link.py").symlink_to(tmp_path / "other/x.py")
        assert declared("pyjwt", str(tmp_path / "link.py"), RELEASES) == "1.7.1"

    def test_remembered_until_told_to_forget(self, ask: Ask, tmp_path: Path) -> None:
        ask({"requirements.txt": "pyjwt==1.7.1"})
        write(tmp_path / "requirements.txt", "pyjwt==2.1.0")
        source = str(tmp_path / "app/x.py")
        assert declared("PyJWT", source, RELEASES) == "1.7.1"
        versions.forget()
        assert declared("PyJWT", source, RELEASES) == "2.1.0"


class TestWhichDeclarationCounts:
    def test_lock_files_in_their_order_and_before_anything_exact(self, ask: Ask, tmp_path: Path) -> None:
        files = ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "pylock.dev.toml"]
        for name, version in zip(files, RELEASES[5:], strict=False):
            write(tmp_path / name, LOCK.format(version))
        pipfile = json.dumps({"default": {"pyjwt": {"version": "==2.15.1"}}})
        ask({"Pipfile.lock": pipfile, "requirements.txt": "pyjwt==1.7.1"})
        for name, version in zip(files, RELEASES[5:], strict=False):
            assert ask({}) == version
            (tmp_path / name).unlink()
        assert ask({}) == "2.15.1"
        (tmp_path / "Pipfile.lock").unlink()
        assert ask({}) == "1.7.1"

    def test_a_lock_file_without_its_version_is_no_answer(self, ask: Ask) -> None:
        other, none, lock = LOCK.replace("pyjwt", "x").format("2.1.0"), LOCK.format("latest"), LOCK.format("2.3.0")
        assert ask({"uv.lock": other, "poetry.lock": none, "pdm.lock": lock}) == "2.3.0"

    def test_the_strictest_range_unless_a_version_is_exact(self, ask: Ask) -> None:
        ask({"requirements.in": "pyjwt==2.10.*", "Pipfile": '[packages]\npyjwt = "2.8.0 || 2.10.1"'})
        assert ask({"constraints.txt": "pyjwt<2.2"}) == "2.1.0"
        assert ask({"requirements.txt": "pyjwt===2.3.0"}) == "2.3.0"
        assert ask({"requirements/dev.txt": "pyjwt==2.0.1"}) == "2.0.1"

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("python_version < '3'", "python_version >= '3'"),
            ("python_full_version < '3.6.1'", "python_version > '3.6'"),
            ("python_version < '3.6' and extra == 'jwt'", "extra == 'jwt'"),
            ("sys_platform == 'win32'", "sys_platform != 'win32'"),
        ],
    )
    def test_what_no_python_of_today_installs_is_left_out(self, ask: Ask, old: str, new: str) -> None:
        assert ask({"requirements.txt": f"pyjwt==1.7.1; {old}\npyjwt>=2,<2.9; {new}\n"}) == "2.8.0"
        assert ask({"requirements.txt": f"pyjwt==1.7.1; {old}\n"}) == "1.7.1", "unless nothing else is there"

    @pytest.mark.parametrize(
        "marker", ["python_version < '3.12'", "python_version > '3.11'", "extra == 'legacy'", "python_version ~= 'x'"]
    )
    def test_what_some_python_or_extra_installs_counts(self, ask: Ask, marker: str) -> None:
        assert ask({"requirements.txt": f"pyjwt<2; {marker}\npyjwt>=2\n"}) == "1.7.1"


class TestLockFiles:
    @pytest.mark.parametrize("name", ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"])
    def test_the_table_of_the_package(self, ask: Ask, name: str) -> None:
        text = (
            'version = 1\n\n[[package]]\nname = "app"\nversion = "1.0"\n'
            'dependencies = [\n    { name = "pyjwt" },\n]\n\n'
            '[package.metadata]\nrequires-dist = [{ name = "pyjwt", specifier = "==1.7.1" }]\n\n'
            '[[package]]\nname = "pyjwt"\nversion = "2.10.1"\nsource = { registry = "r" }\n\n'
            '[[package]]\nname = "zope"\nversion = "2.0.1"\n'
        )
        assert ask({name: text}) == "2.10.1"
        assert ask({name: text.replace("\n", "\r\n")}) == "2.10.1"

    def test_keys_in_the_order_of_the_alphabet(self, ask: Ask) -> None:
        text = '[[package]]\ncategory = "main"\nname = "PyJWT"\noptional = false\n'
        text += 'extras = [\n  "a",\n]\nversion = "1.7.1"\n'
        assert ask({"poetry.lock": text}) == "1.7.1"
        # The version of the next table is not its own.
        text = '[[package]]\nname = "pyjwt"\nsource = { path = "." }\n\n[[package]]\nversion = "1.7.1"\nname = "z"\n'
        assert ask({"poetry.lock": text}) == NEWEST

    def test_a_resolution_that_forks(self, ask: Ask) -> None:
        assert ask({"uv.lock": LOCK.format("2.10.1") + LOCK.format("2.8.0")}) == "2.8.0"

    def test_pipfile_lock(self, ask: Ask) -> None:
        package = {"extras": ["crypto"], "markers": "python_version >= '3.8'", "version": "==2.8.0"}
        assert ask({"Pipfile.lock": json.dumps({"default": {"pyjwt": package}, "develop": {}}, indent=4)}) == "2.8.0"
        packages = {"pyjwt": {"git": "https://host/pyjwt", "ref": "0"}, "requests": {"version": "==1.7.1"}}
        assert ask({"Pipfile.lock": json.dumps({"default": packages}, indent=4)}) == NEWEST


class TestRequirements:
    @pytest.mark.parametrize(
        "text",
        [
            "requests\n  pyjwt<2  # the old one\n",
            "pyjwt<2 --hash=sha256:00 \\\n    --hash=sha256:11\n",
            "pyjwt \\\n  <2 \\\n  --hash=sha256:00\n",
            "# pyjwt==2.8.0\n-r other.txt\n-e git+https://host/x#egg=pyjwt\npyjwt<2\n",
            "pyjwt @ https://host/PyJWT-2.8.0.whl\npyjwt<2\n",
            "pyjwt==${VERSION}\npyjwt>=2.*\npyjwt<2\n",
            "\ufeffpyjwt<2\r\nrequests\r\n",
        ],
    )
    def test_what_a_line_may_hold(self, ask: Ask, text: str) -> None:
        assert ask({"requirements.txt": text}) == "1.7.1"

    @pytest.mark.parametrize("name", ["requirements-dev.txt", "requirements/base.txt", "requirements/base.in"])
    def test_names_of_the_file(self, ask: Ask, name: str) -> None:
        assert ask({name: "pyjwt<2"}) == "1.7.1"

    @pytest.mark.parametrize("text", ["pyjwt @ https://host/PyJWT-1.7.1.whl", "git+https://h/x#egg=pyjwt", "pyjwt=1"])
    def test_what_says_no_version_is_no_declaration(self, ask: Ask, text: str) -> None:
        assert ask({"app/requirements.txt": text, "requirements.txt": "pyjwt==2.1.0"}) == "2.1.0"

    def test_utf_16(self, ask: Ask) -> None:
        assert ask({"requirements.txt": "pyjwt==1.7.1\r\n".encode("utf-16")}) == "1.7.1"


class TestPyproject:
    @pytest.mark.parametrize(
        "text",
        [
            '[project]\ndependencies = ["requests", "PyJWT[crypto]<2"]',
            '[project.optional-dependencies]\nauth = ["pyjwt<2"]',
            '[dependency-groups]\nall = [{ include-group = "test" }]\ntest = ["pyjwt<2"]',
        ],
    )
    def test_the_standard_tables(self, ask: Ask, text: str) -> None:
        assert ask({"pyproject.toml": text}) == "1.7.1"

    @pytest.mark.parametrize(
        ("release", "constraints"),
        [
            (NEWEST, "* ^2 ^2.8.0 ~2 >=1.7"),
            ("2.10.1", "~2.10 ~2.10.0 ~=2.10.0 2.10.* >=1.7,!=2.15.1"),
            ("2.8.0", "2.8.0 =2.8.0 ==2.8.0"),
            ("2.1.0", "^1.7||~2.1 ^1.7|~2.1"),
            ("1.7.1", "^1.7 ^1 ~1.7.0"),
            ("0.4.0", "^0 ~0"),
            ("0.3.1", "^0.3 ^0.3.0 ~0.3"),
            ("0.0.4", "^0.0 ~0.0.3"),
            ("0.0.3", "^0.0.3"),
        ],
    )
    def test_poetrys_versions(self, ask: Ask, release: str, constraints: str) -> None:
        file = '[tool.poetry.dependencies]\nPyJWT = "{}"'
        answers = {constraint: ask({"pyproject.toml": file.format(constraint)}) for constraint in constraints.split()}
        assert answers == dict.fromkeys(answers, release)

    @pytest.mark.parametrize(
        ("constraint", "release"),
        [
            ('">=1.7 <2.2"', "2.1.0"),
            ('">= 1.7, < 2.2"', "2.1.0"),
            ('{ version = "^1.7", extras = ["crypto"] }', "1.7.1"),
            ('[{ version = "^1.7", python = "<3.6" }, { version = "~2.1", python = "^3.6 | ~4.0" }]', "2.1.0"),
            ('[{ version = "^1.7", python = "^3.7" }, { version = "~2.1", python = "^3.12" }]', "1.7.1"),
            ('[{ version = "^1.7", markers = "python_version < \'3\'" }, { version = "~2.1" }]', "2.1.0"),
        ],
    )
    def test_poetrys_constraints(self, ask: Ask, constraint: str, release: str) -> None:
        assert ask({"pyproject.toml": f"[tool.poetry.dependencies]\nPyJWT = {constraint}"}) == release

    @pytest.mark.parametrize("table", ["dependencies", "dev-dependencies", "group.test.dependencies"])
    def test_poetrys_tables(self, ask: Ask, table: str) -> None:
        assert ask({"pyproject.toml": f'[tool.poetry.{table}]\npyjwt = "^1.7"'}) == "1.7.1"

    @pytest.mark.parametrize(
        "text",
        [
            'dependencies = ["pyjwt<2"',
            "x = " + "[" * 5000 + "'pyjwt'",
            'project = "pyjwt<2"',
            '[project]\ndependencies = "pyjwt<2"\noptional-dependencies = ["pyjwt<2"]',
            "[project]\ndependencies = [['pyjwt<2'], 3]",
            '[tool.poetry.dependencies]\npyjwt = { git = "https://host/pyjwt" }',
            "[tool.poetry.dependencies]\npyjwt = 1.7",
            '[tool.poetry.dependencies]\npyjwt = "^latest"',
            '[tool.poetry.dependencies]\npyjwt = { version = "1.7.1", markers = "(" }',
            "[tool.poetry]\ndependencies = ['pyjwt<2']\ngroup = 'pyjwt'",
        ],
    )
    def test_a_mistake_is_no_declaration(self, ask: Ask, text: str) -> None:
        assert ask({"app/pyproject.toml": text, "requirements.txt": "pyjwt==2.1.0"}) == "2.1.0"

    def test_pipfile(self, ask: Ask) -> None:
        assert ask({"Pipfile": '[packages]\nPyJWT = {version = "==1.7.1", extras = ["crypto"]}\n'}) == "1.7.1"
        assert ask({"Pipfile": '[dev-packages]\npyjwt = "<2.2"\n[requires]\npython_version = "3.8"\n'}) == "2.1.0"


class TestSetup:
    def test_setup_cfg(self, ask: Ask) -> None:
        text = "[metadata]\nname = app\n[options]\ninstall_requires =\n    requests\n    PyJWT[crypto]<2  # old\n"
        assert ask({"setup.cfg": text}) == "1.7.1"
        assert ask({"setup.cfg": "[options.extras_require]\npyjwt =\n  pyjwt<2.2; python_version > '3'\n"}) == "2.1.0"
        assert ask({"setup.cfg": "[options]\ninstall_requires = pyjwt<2\n[tox]\ndeps = pyjwt==2.8.0\n"}) == "1.7.1"

    def test_no_declaration(self, ask: Ask) -> None:
        files = {"app/setup.cfg": "install_requires = pyjwt<2\n", "app/setup.py": "extras = {'pyjwt' : []}"}
        assert ask(files | {"requirements.txt": "pyjwt==2.1.0"}) == "2.1.0"

    @pytest.mark.parametrize(
        "requirements",
        [
            "['pyjwt<2', 'requests']",
            "[\n  # 'pyjwt==2.8.0',\n  \"PyJWT[crypto]>=1.6,<2; python_version >= '3.8'\"]",
            "{'pyjwt': ['pyjwt<2']}",
            "[f'pyjwt=={version}', 'pyjwt<2']",
        ],
    )
    def test_setup_py(self, ask: Ask, requirements: str) -> None:
        assert ask({"setup.py": f"setup(keywords='pyjwt tokens', install_requires={requirements})\n"}) == "1.7.1"


class TestConda:
    @pytest.mark.parametrize(
        ("release", "items"),
        [
            ("2.10.1", ["pyjwt=2.10", "pyjwt=2.10.*", "pyjwt 2.10.*"]),
            ("2.3.0", ["pyjwt==2.3.0", "pyjwt=2.3.0=pyhd8ed1ab_0", "pyjwt 2.3.0 pyhd8ed1ab_0"]),
            ("1.7.1", ["conda-forge::pyjwt >=1.7,<2  # old", "\"pyjwt<2; python_version >= '3.8'\"  # old"]),
        ],
    )
    def test_an_item(self, ask: Ask, release: str, items: list[str]) -> None:
        file = "name: app\ndependencies:\n  - python=3.11\n  - {}\n"
        answers = {item: ask({"environment.yml": file.format(item)}) for item in items}
        assert answers == dict.fromkeys(answers, release)

    def test_the_list_for_pip(self, ask: Ask) -> None:
        assert ask({"environment-dev.yaml": "dependencies:\n- pip\n- pip:\n  - PyJWT[crypto]==1.7.1\n"}) == "1.7.1"


class TestWheels:
    def test_what_an_unpacked_wheel_requires(self, ask: Ask) -> None:
        text = "Name: app\nRequires-Dist: PyJWT (<2,>=1.4)\nRequires-Dist: x\n\nRequires-Dist: pyjwt==2.8.0\n"
        assert ask({"app-3.dist-info/METADATA": text}) == "1.7.1"
        text = 'Name: app\nRequires-Dist: pyjwt[crypto]<2.2 ; extra == "jwt"\n'
        assert ask({"app-3.dist-info/METADATA": text}) == "2.1.0"

    def test_what_is_installed_beside_it(self, ask: Ask) -> None:
        assert ask({"a-1.dist-info/METADATA": "Name: a\nVersion: 1\nRequires-Dist: pyjwt<2.2\n"}) == "2.1.0"
        assert ask({"PyJWT-2.8.0.dist-info/METADATA": "Name: PyJWT\nVersion: 2.8.0\n"}) == "2.8.0"


class TestBadFiles:
    """What cannot be used is passed over: the declaration beside it counts."""

    @pytest.mark.parametrize("text", [b"pyjwt==1.7.1 # \xe9", b"\xff\xfepyjwt==1.7.1x\x00\xd8", b"pyjwt==1.7.1\x00"])
    def test_bytes_that_are_no_text(self, ask: Ask, text: bytes) -> None:
        assert ask({"requirements.txt": text, "constraints.txt": "pyjwt==2.8.0"}) == "2.8.0"

    def test_a_file_that_is_too_large(self, ask: Ask, tmp_path: Path) -> None:
        lock = LOCK.format("1.7.1")
        ask({"requirements.txt": "pyjwt==2.8.0"})
        padding = "#" * (versions.LARGEST - len(lock))
        assert ask({"uv.lock": lock + padding}) == "1.7.1"
        assert ask({"uv.lock": lock + padding + "#"}) == "2.8.0"

    def test_a_folder_a_pipe_and_a_link_to_nothing(self, ask: Ask, tmp_path: Path) -> None:
        (tmp_path / "uv.lock").mkdir()
        (tmp_path / "poetry.lock").symlink_to("gone")
        if hasattr(os, "mkfifo"):
            os.mkfifo(tmp_path / "pdm.lock")
        assert ask({"requirements.txt": "pyjwt==2.8.0"}) == "2.8.0"

    @pytest.mark.parametrize("requirement", ["==" + "9" * 5000, "==1; " + "(" * 480, "==1; " + "(" * 5000])
    def test_a_requirement_that_would_exhaust_a_parser(self, ask: Ask, requirement: str) -> None:
        pipfile = f'[packages]\npyjwt = "=={"9" * 5000}"\n'
        assert ask({"requirements.txt": f"pyjwt{requirement}\npyjwt<2.2\n", "Pipfile": pipfile}) == "2.1.0"


def test_no_parser_of_requirements_is_loaded_for_nothing(ask: Ask, tmp_path: Path) -> None:
    ask({"requirements.txt": "requests", "pyproject.toml": '[project]\nname = "app"', "uv.lock": "version = 1"})
    program = (
        "import sys\nfrom jwt_sast.libraries.versions import declared\n"
        f"print(declared('PyJWT', {str(tmp_path / 'app/x.py')!r}, ['1', '2']))\n"
        "print([name for name in ('packaging', 'libcst') if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n") == ["2", "[]", ""]
