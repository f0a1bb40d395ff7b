"""Settings: where they are found, what is refused, and what they let through."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from jwt_sast.check import registered
from jwt_sast.config import DAY, SETTINGS, ConfigError, Layer, Settings, configuration, duration, find, load, nearest
from jwt_sast.config.globs import Glob
from jwt_sast.findings import Confidence, Finding, Location, Persona, Severity

REGULAR = Finding(
    "JWT301",
    "missing-exp",
    "no exp",
    Severity.HIGH,
    Confidence.MEDIUM,
    Persona.REGULAR,
    Location("app.py", 1, 1, 1, 2),
)
AUDITOR = replace(REGULAR, code="JWT508", name="no-key-id", persona=Persona.AUDITOR)


def project(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path, text: str) -> str:
    """What loading a project with that pyproject.toml says, without the part that names the file."""
    project(folder, text)
    with pytest.raises(ConfigError) as caught:
        load(folder)
    message = str(caught.value)
    place = f"{folder / 'pyproject.toml'}: "
    assert message.startswith(place)
    return message.removeprefix(place)


class TestFind:
    def test_in_the_folder_itself(self, tmp_path: Path) -> None:
        project(tmp_path, "")
        assert find(tmp_path) == tmp_path / "pyproject.toml"

    def test_above_a_file_that_need_not_exist(self, tmp_path: Path) -> None:
        project(tmp_path, "")
        assert find(tmp_path / "src" / "app.py") == tmp_path / "pyproject.toml"

    def test_the_nearest_of_two(self, tmp_path: Path) -> None:
        project(tmp_path, "")
        inner = project(tmp_path / "inner", "")
        assert find(inner / "app.py") == inner / "pyproject.toml"

    def test_a_folder_of_that_name_is_not_it(self, tmp_path: Path) -> None:
        project(tmp_path, "")
        (tmp_path / "inner" / "pyproject.toml").mkdir(parents=True)
        assert find(tmp_path / "inner") == tmp_path / "pyproject.toml"

    def test_relative_paths_with_dots(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        project(tmp_path, "")
        (tmp_path / "a" / "b").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "a" / "b")
        assert find(Path("../x.py")) == tmp_path / "pyproject.toml"

    def test_a_symlinked_file_belongs_to_the_project_that_links_to_it(self, tmp_path: Path) -> None:
        theirs = project(tmp_path / "theirs", "")
        ours = project(tmp_path / "ours", "")
        (theirs / "app.py").touch()
        (ours / "app.py").symlink_to(theirs / "app.py")
        assert find(ours / "app.py") == ours / "pyproject.toml"

    def test_none_anywhere(self) -> None:
        assert find(Path(os.path.abspath(os.sep)) / "no-such-folder" / "app.py") is None


class TestLoad:
    def test_without_a_file(self) -> None:
        assert load(Path(os.path.abspath(os.sep)) / "no-such-folder") == Settings()

    @pytest.mark.parametrize(
        "text", ["", "[tool.black]\n", "[tool.jwt-sast]\n", "[tool.jwt-sast]\nignore = []\n", "tool = 3\n"]
    )
    def test_without_a_setting(self, tmp_path: Path, text: str) -> None:
        assert load(project(tmp_path, text)) == Settings()

    def test_the_nearest_file_decides_even_without_the_table(self, tmp_path: Path) -> None:
        project(tmp_path, '[tool.jwt-sast]\npersona = "auditor"\n')
        assert load(project(tmp_path / "inner", "[project]\n")) == Settings()

    def test_every_key(self, tmp_path: Path) -> None:
        text = """
            [tool.jwt-sast]
            select = ["JWT1", "JWT301"]
            extend-select = ["missing-exp"]
            ignore = ["JWT102"]
            persona = "auditor"
            min-severity = "medium"
            min-confidence = "high"
            severity = { JWT301 = "low", no-key-id = "high" }
            per-file-ignores = { "tests/*" = ["JWT5", "missing-exp"] }
            min-key-bytes = 48
            assume-versions = { pyjwt = "1.7.1" }
            require-suppression-reason = true
            max-lifetime = "12h"
            max-refresh-lifetime = 3600
            max-leeway = "90s"
            local-hosts = ["db.internal"]
            sensitive-claims = ["salary"]
        """
        folder = project(tmp_path, text)
        assert load(folder) == Settings(
            select=("JWT1", "JWT301"),
            extend_select=("JWT301",),
            ignore=("JWT102",),
            persona=Persona.AUDITOR,
            min_severity=Severity.MEDIUM,
            min_confidence=Confidence.HIGH,
            severity=(("JWT301", Severity.LOW), ("JWT508", Severity.HIGH)),
            per_file_ignores=((Glob("tests/*", str(folder)), ("JWT5", "JWT301")),),
            min_key_bytes=48,
            assume_versions=(("pyjwt", "1.7.1"),),
            require_suppression_reason=True,
            max_lifetime=12 * 60 * 60,
            max_refresh_lifetime=3600,
            max_leeway=90,
            local_hosts=("db.internal",),
            sensitive_claims=("salary",),
        )

    def test_the_default_limits(self) -> None:
        assert (Settings().max_lifetime, Settings().max_refresh_lifetime) == (30 * DAY, 180 * DAY)
        assert Settings().max_leeway == 5 * 60


class TestNamedFile:
    def test_its_folder_is_where_patterns_start(self, tmp_path: Path) -> None:
        file = tmp_path / "conf" / "strict.toml"
        file.parent.mkdir()
        file.write_text('[tool.jwt-sast]\nper-file-ignores = { "app/*" = ["JWT3"] }\n')
        settings = configuration(project(tmp_path, ""), options(), file).settings()
        assert settings.per_file_ignores == ((Glob("app/*", str(file.parent)), ("JWT3",)),)

    def test_without_a_table_it_is_of_no_use(self, tmp_path: Path) -> None:
        file = tmp_path / "strict.toml"
        file.write_text("persona = 'auditor'\n")
        with pytest.raises(ConfigError, match=r"strict\.toml: has no table \[tool\.jwt-sast\]$"):
            configuration(tmp_path, options(), file)

    def test_isolated_reads_none(self, tmp_path: Path) -> None:
        project(tmp_path, "[tool.jwt-sast]\nnonsense = 1\n")
        assert configuration(tmp_path, options(persona="auditor"), isolated=True).settings() == Settings(
            persona=Persona.AUDITOR
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("setting", "problem"),
        [
            ('max_lifetime = "1d"', "max_lifetime: unknown setting; did you mean max-lifetime?"),
            ('selct = ["JWT"]', "selct: unknown setting; did you mean select?"),
            ("personas = {}", "personas: unknown setting; did you mean persona?"),
            ('select = "JWT301"', "select: must be a list of strings"),
            ("ignore = [301]", "ignore: must be a list of strings"),
            ('local-hosts = [""]', "local-hosts: must be a list of strings"),
            ('sensitive-claims = "salary"', "sensitive-claims: must be a list of strings"),
            ('sensitive-claim = ["salary"]', "sensitive-claim: unknown setting; did you mean sensitive-claims?"),
            (
                'max-leeway = "soon"',
                'max-leeway: "soon" is not a length of time such as 30d, 12h, 45m or a number of seconds',
            ),
            (
                "max-leeway = true",
                "max-leeway: must be a length of time such as 30d, 12h, 45m or a positive number of seconds",
            ),
            ('select = ["JWT309"]', "select: unknown code JWT309; did you mean JWT301?"),
            ('extend-select = ["jwt301"]', "extend-select: unknown code jwt301; did you mean JWT301?"),
            ('ignore = ["mising-exp"]', "ignore: unknown code mising-exp; did you mean missing-exp?"),
            ('ignore = ["J"]', "ignore: unknown code J; did you mean JWT101?"),
            ('severity = "low"', "severity: must be a table: CHECK=[low|medium|high|critical]"),
            ("severity = { JWT309 = 'low' }", "severity: unknown check JWT309; did you mean JWT301?"),
            ("severity = { JWT3 = 'low' }", "severity: unknown check JWT3; did you mean JWT301?"),
            (
                "severity = { missing-exp = 'hi' }",
                'severity: missing-exp: "hi" is not one of low, medium, high, critical; did you mean high?',
            ),
            ('per-file-ignores = { "" = [] }', "per-file-ignores: must be a text that is not empty"),
            ('per-file-ignores = { "a.py" = "JWT301" }', "per-file-ignores: a.py: must be a list of strings"),
            (
                'per-file-ignores = { "a.py" = ["JWT309"] }',
                "per-file-ignores: a.py: unknown code JWT309; did you mean JWT301?",
            ),
            ("min-key-bytes = -1", "min-key-bytes: must be a whole number, 0 or more"),
            ('min-key-bytes = "32"', "min-key-bytes: must be a whole number, 0 or more"),
            ('assume-versions = { PyJWT = "2" }', "assume-versions: unknown library PyJWT; did you mean pyjwt?"),
            (
                'assume-versions = { pyjwt = "newest" }',
                'assume-versions: pyjwt: "newest" is not a version such as 2.8.0',
            ),
            ("assume-versions = { pyjwt = 2 }", 'assume-versions: pyjwt: "2" is not a version such as 2.8.0'),
            ("require-suppression-reason = 1", "require-suppression-reason: must be true or false"),
            ('persona = "audtor"', 'persona: "audtor" is not one of regular, auditor; did you mean auditor?'),
            (
                'min-severity = "HIGH"',
                'min-severity: "HIGH" is not one of low, medium, high, critical; did you mean high?',
            ),
            ("min-confidence = 2", 'min-confidence: "2" is not one of low, medium, high; did you mean high?'),
            (
                'max-lifetime = "a month"',
                'max-lifetime: "a month" is not a length of time such as 30d, 12h, 45m or a number of seconds',
            ),
            *(
                (
                    f"max-lifetime = {value}",
                    "max-lifetime: must be a length of time such as 30d, 12h, 45m or a positive number of seconds",
                )
                for value in ("true", "0", "-1", "1.5", "inf", "nan", "[]")
            ),
        ],
    )
    def test_a_key_or_value(self, tmp_path: Path, setting: str, problem: str) -> None:
        assert refusal(tmp_path, f"[tool.jwt-sast]\n{setting}\n") == f"[tool.jwt-sast] {problem}"

    def test_a_table_with_an_underscore(self, tmp_path: Path) -> None:
        problem = "[tool.jwt_sast]: unknown table; did you mean [tool.jwt-sast]?"
        assert refusal(tmp_path, "[tool.jwt_sast]\n") == problem

    def test_a_table_that_is_none(self, tmp_path: Path) -> None:
        assert refusal(tmp_path, "[tool]\njwt-sast = 1\n") == "tool.jwt-sast: must be a table"

    def test_a_file_that_is_not_toml(self, tmp_path: Path) -> None:
        assert refusal(tmp_path, "[tool\n").startswith("cannot be read: ")

    def test_a_file_that_is_not_utf8(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_bytes(b"# \xff\n")
        with pytest.raises(ConfigError, match="cannot be read: "):
            load(tmp_path)

    def test_a_file_nested_too_deep(self, tmp_path: Path) -> None:
        assert refusal(tmp_path, "a = " + "[" * 100_000).startswith("cannot be read: ")


def options(**values: object) -> Layer:
    return Layer({name.replace("_", "-"): value for name, value in values.items()}, "--", "/project")


class TestOverride:
    def test_none_is_not_given(self) -> None:
        settings = Settings(persona=Persona.AUDITOR, ignore=("JWT301",))
        assert settings.override(options(persona=None, select=None)) == settings

    def test_select_and_ignore_replace(self) -> None:
        before = Settings(select=("JWT1",), ignore=("JWT301",))
        after = before.override(options(select=["JWT3"], ignore=["JWT102"]))
        assert (after.select, after.ignore) == (("JWT3",), ("JWT102",))

    def test_extend_select_adds(self) -> None:
        after = Settings(extend_select=("JWT1",)).override(options(extend_select=["JWT301"]))
        assert after.extend_select == ("JWT1", "JWT301")

    @pytest.mark.parametrize("key", ["select", "extend-select"])
    def test_a_code_selected_by_name_is_no_longer_ignored(self, key: str) -> None:
        after = Settings(ignore=("JWT301", "JWT102")).override(options(**{key: ["JWT301"]}))
        assert after.ignore == ("JWT102",)
        assert after.wants(REGULAR)

    def test_what_selects_and_ignores_at_once_ignores(self) -> None:
        after = Settings().override(options(select=["JWT301"], ignore=["JWT301"]))
        assert not after.wants(REGULAR)

    def test_tables_are_taken_together_and_a_key_counts_as_it_is_said_last(self) -> None:
        before = Settings().override(options(severity={"JWT301": "low", "JWT102": "low"}))
        after = before.override(options(severity={"missing-exp": "high", "no-key-id": "medium"}))
        assert dict(after.severity) == {"JWT301": Severity.HIGH, "JWT102": Severity.LOW, "JWT508": Severity.MEDIUM}

    def test_an_error_names_the_option(self) -> None:
        with pytest.raises(ConfigError, match=r'^--persona: "x" is not one of'):
            Settings().override(options(persona="x"))


class TestWants:
    @pytest.mark.parametrize(
        ("settings", "regular", "auditor"),
        [
            (Settings(), True, False),
            (Settings(persona=Persona.AUDITOR), True, True),
            (Settings(select=("JWT",)), True, True),
            (Settings(select=("JWT5",)), False, True),
            (Settings(extend_select=("JWT508",)), True, True),
            (Settings(extend_select=("JWT1",)), True, False),
            (Settings(ignore=("JWT",)), False, False),
            (Settings(ignore=("JWT3",), persona=Persona.AUDITOR), False, True),
            (Settings(ignore=("JWT",), extend_select=("JWT508",)), False, True),
            (Settings(select=("JWT3",), ignore=("JWT301",)), False, False),
            (Settings(select=("JWT301",), ignore=("JWT3",)), True, False),
            (Settings(select=("JWT3",), ignore=("JWT3",)), False, False),
            (Settings(min_severity=Severity.HIGH), True, False),
            (Settings(min_severity=Severity.CRITICAL, select=("JWT",)), False, False),
            (Settings(min_confidence=Confidence.MEDIUM), True, False),
            (Settings(min_confidence=Confidence.HIGH, select=("JWT",)), False, False),
        ],
    )
    def test_filters(self, settings: Settings, regular: bool, auditor: bool) -> None:
        assert (settings.wants(REGULAR), settings.wants(AUDITOR)) == (regular, auditor)

    def test_what_is_ignored_in_a_file_is_not_shown_even_if_selected(self) -> None:
        settings = Settings(select=("JWT301",), per_file_ignores=((Glob("app.py", os.getcwd()), ("JWT3",)),))
        assert not settings.wants(REGULAR)
        assert settings.wants(replace(REGULAR, location=replace(REGULAR.location, path="main.py")))


class TestDuration:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [
            ("90", 90),
            ("0090", 90),
            ("90s", 90),
            ("45m", 2700),
            ("12h", 43200),
            ("30d", 30 * DAY),
            ("2w", 14 * DAY),
            (" 1d ", DAY),
        ],
    )
    def test_units(self, text: str, seconds: int) -> None:
        assert duration(text) == seconds

    @pytest.mark.parametrize("text", ["", "d", "0", "-1d", "1.5h", "1 d", "1y", "٣d"])
    def test_nothing_else(self, text: str) -> None:
        with pytest.raises(ValueError, match="is not a length of time"):
            duration(text)


class TestNearest:
    @pytest.mark.parametrize(
        ("word", "choice"),
        [("JWT309", "JWT301"), ("jwt102", "JWT102"), ("MISSING_EXP", "missing-exp"), ("zzz", "JWT102")],
    )
    def test_of_codes_and_names(self, word: str, choice: str) -> None:
        assert nearest(word, {"missing-exp", "JWT301", "JWT209", "JWT102"}) == choice


def test_a_setting_names_the_checks_that_read_it() -> None:
    readers = {name: [check.code for check in registered() if name in check.options] for name in SETTINGS}
    assert {name: re.findall(r"JWT\d{3}", one.help) for name, one in SETTINGS.items()} == readers


def test_reading_settings_loads_nothing_heavy(tmp_path: Path) -> None:
    project(tmp_path, '[tool.jwt-sast]\npersona = "auditor"\n')
    program = (
        "import sys; from pathlib import Path; from jwt_sast.config import load; load(Path(sys.argv[1]));"
        "print(sorted({'click', 'rich', 'libcst', 'jwt', 'jwt_sast.check'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
