"""The contract of Flask's, Quart's and Django's settings, which backs `flask_settings.py` and `django_settings.py`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import flask
import pytest
import quart

APPLICATIONS = {"Flask": flask.Flask, "Quart": quart.Quart}


@pytest.fixture(params=list(APPLICATIONS.values()), ids=list(APPLICATIONS))
def app(request: pytest.FixtureRequest) -> Any:
    """An application with nothing configured."""
    return request.param("application")


class Base:
    INHERITED = "of the base"
    lower = "not taken"


class Config(Base):
    KEY = "of the class"

    @property
    def MADE(self) -> str:
        return "by a property"


class TestWhatIsTaken:
    def test_a_configuration_is_a_dict(self, app: Any) -> None:
        assert isinstance(app.config, dict)

    def test_from_object_takes_upper_case_names_of_bases_too(self, app: Any) -> None:
        app.config.from_object(Config)
        assert (app.config["KEY"], app.config["INHERITED"]) == ("of the class", "of the base")
        assert "lower" not in app.config

    def test_from_object_reads_the_attributes_of_an_instance(self, app: Any) -> None:
        app.config.from_object(Config())
        assert app.config["MADE"] == "by a property"

    @pytest.mark.parametrize("name", [f"{__name__}.Config", f"{__name__}:Config"])
    def test_from_object_imports_by_a_string(self, app: Any, name: str) -> None:
        app.config.from_object(name)
        assert app.config["KEY"] == "of the class"

    def test_from_object_imports_a_module_by_a_string(self, app: Any) -> None:
        app.config.from_object("flask.globals")
        assert "current_app" not in app.config

    @pytest.mark.parametrize("given", [{"KEY": "x", "lower": "y"}])
    def test_from_mapping_takes_upper_case_names_only(self, app: Any, given: Mapping[str, str]) -> None:
        assert app.config.from_mapping(given, OTHER="z") is True
        assert (app.config["KEY"], app.config["OTHER"]) == ("x", "z")
        assert "lower" not in app.config

    def test_update_and_items_take_every_name(self, app: Any) -> None:
        app.config.update({"KEY": "x"}, lower="y")
        assert (app.config["KEY"], app.config["lower"]) == ("x", "y")


class TestWhichOneCounts:
    def test_the_last_one(self, app: Any) -> None:
        app.config["KEY"] = "first"
        app.config.from_object(Config)
        assert app.config["KEY"] == "of the class"
        app.config.update(KEY="last")
        assert app.config["KEY"] == "last"

    def test_setdefault_only_where_nothing_is_set(self, app: Any) -> None:
        assert app.config.setdefault("KEY", "default") == "default"
        app.config["OTHER"] = "set"
        assert app.config.setdefault("OTHER", "default") == "set"

    def test_prefixed_variables_replace_what_is_there(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        prefix = type(app).__name__.upper()
        monkeypatch.setenv(f"{prefix}_KEY", "from outside")
        app.config["KEY"] = "literal"
        app.config.from_prefixed_env()
        assert app.config["KEY"] == "from outside"

    def test_a_file_replaces_what_is_there(self, app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "local.py"
        file.write_text("KEY = 'from outside'\n")
        app.config["KEY"] = "literal"
        app.config.from_pyfile(str(file))
        assert app.config["KEY"] == "from outside"
        monkeypatch.setenv("APP_SETTINGS", str(file))
        app.config["KEY"] = "literal"
        app.config.from_envvar("APP_SETTINGS")
        assert app.config["KEY"] == "from outside"

    def test_a_file_that_is_not_there_replaces_nothing(self, app: Any) -> None:
        app.config["KEY"] = "literal"
        app.config.from_pyfile("missing.py", silent=True)
        app.config.from_envvar("NOT_SET", silent=True)
        assert app.config["KEY"] == "literal"

    @pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FALLBACKS"])
    def test_what_is_there_from_the_beginning_takes_no_default(self, name: str) -> None:
        config = flask.Flask("application").config
        assert config.get(name, "default") is None
        assert config.setdefault(name, "default") is None


class TestTheSecretKey:
    def test_is_an_attribute_of_the_application_too(self, app: Any) -> None:
        app.secret_key = "s"
        assert app.config["SECRET_KEY"] == "s"
        app.config["SECRET_KEY"] = "t"
        assert app.secret_key == "t"


def test_an_application_of_a_derived_class_has_a_configuration() -> None:
    class Application(flask.Flask):
        pass

    assert Application("application").config["SECRET_KEY"] is None


def test_the_current_application_is_read_through_a_proxy() -> None:
    app = flask.Flask("application")
    app.config["KEY"] = "literal"
    with app.app_context():
        assert flask.current_app.config["KEY"] == "literal"


def django(program: str, folder: Path, **modules: str) -> str:
    """What a program prints in a process of its own, as Django reads its settings once; `modules` lie beside it."""
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text)
    command = [sys.executable, "-c", f"import os\n{program}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


NAMED = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf')\nfrom django.conf import settings\n"


class TestDjango:
    def test_settings_are_the_upper_case_names_of_the_module_that_a_variable_names(self, tmp_path: Path) -> None:
        program = NAMED + "print(settings.KEY, hasattr(settings, 'lower'))"
        assert django(program, tmp_path, conf="KEY = 'literal'\nlower = 1\n") == "literal False"

    def test_a_star_import_brings_settings_in_and_the_last_one_counts(self, tmp_path: Path) -> None:
        program = NAMED + "print(settings.KEY, settings.OTHER)"
        conf = "from base import *\nKEY = 'own'\nfrom local import *\n"
        base = "KEY = 'base'\nOTHER = 'base'\n"
        assert django(program, tmp_path, conf=conf, base=base, local="OTHER = 'local'\n") == "own local"

    def test_getattr_gives_its_default_only_for_what_is_not_set(self, tmp_path: Path) -> None:
        program = NAMED + "print(getattr(settings, 'KEY', 'd'), getattr(settings, 'OTHER', 'd'))"
        assert django(program, tmp_path, conf="KEY = 'set'\n") == "set d"

    def test_the_scripts_only_give_a_default_for_the_variable(self, tmp_path: Path) -> None:
        program = "os.environ['DJANGO_SETTINGS_MODULE'] = 'other'\n" + NAMED + "print(settings.KEY)"
        assert django(program, tmp_path, conf="KEY = 'conf'\n", other="KEY = 'other'\n") == "other"

    def test_the_script_of_a_new_project_names_its_module(self, tmp_path: Path) -> None:
        subprocess.run([sys.executable, "-m", "django", "startproject", "site_", str(tmp_path)], check=True)
        assert (
            "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_.settings')" in (tmp_path / "manage.py").read_text()
        )
        assert "SECRET_KEY = 'django-insecure-" in (tmp_path / "site_/settings.py").read_text()
