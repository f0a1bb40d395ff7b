"""The contract of packages that read settings, which backs the model `jwt_sast/libraries/configuration.py`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import decouple
import dynaconf
import environ
import environs
import pytest
import starlette.config
import starlette.datastructures

# Untyped, because some calls below are made the way that the annotations do not foresee.
django_environ: Any = environ
plain_environs: Any = environs
starlette_config: Any = starlette.config


def _decouple() -> Any:
    return decouple.Config(decouple.RepositoryEmpty())


READERS: dict[str, Callable[[], Any]] = {
    "decouple": _decouple,
    "environs": lambda: plain_environs.Env(),
    "environs, str": lambda: plain_environs.Env().str,
    "django-environ": lambda: django_environ.Env(),
    "django-environ, str": lambda: django_environ.Env().str,
    "Starlette": lambda: starlette_config.Config(),
}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting comes from this machine."""
    monkeypatch.delenv("S", raising=False)
    monkeypatch.chdir(tmp_path)


class TestEveryReader:
    @pytest.mark.parametrize("make", READERS.values(), ids=READERS)
    def test_falls_back_where_nothing_is_set(self, make: Callable[[], Any]) -> None:
        assert make()("S", default="dev") == "dev"

    @pytest.mark.parametrize("make", READERS.values(), ids=READERS)
    def test_prefers_what_is_set(self, make: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("S", "set")
        assert make()("S", default="dev") == "set"

    @pytest.mark.parametrize("make", READERS.values(), ids=READERS)
    def test_raises_where_there_is_no_default(self, make: Callable[[], Any]) -> None:
        # Each package has an exception of its own; that there is one is what counts.
        with pytest.raises(Exception, match="S"):
            make()("S")


class TestPositions:
    """Where the default stands."""

    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (decouple.Config.get, "option default cast"),
            (starlette.config.Config.__call__, "key cast default"),
            (starlette.config.Config.get, "key cast default"),
            (environs.Env.__call__, "name default"),
            (environs.Env().str, "name default"),
            (environs.Env().list, "name default"),
            (environ.Env.__call__, "var cast default"),
            (environ.Env.get_value, "var cast default"),
            (environ.Env.list, "var cast default"),
            (environ.Env.tuple, "var cast default"),
            (environ.Env.dict, "var cast default"),
            (environ.Env.str, "var default"),
            (environ.Env.bytes, "var default"),
            (environ.Env.bool, "var default"),
            (environ.Env.int, "var default"),
            (environ.Env.float, "var default"),
            (environ.Env.json, "var default"),
            (environ.Env.url, "var default"),
            (environ.Env.path, "var default"),
            (dynaconf.LazySettings().get, "key default"),
        ],
    )
    def test_of_the_default(self, function: Callable[..., Any], order: str) -> None:
        parameters = [name for name in inspect.signature(function).parameters if name != "self"]
        assert parameters[: len(order.split())] == order.split()

    def test_decouple_s_call_is_its_get(self) -> None:
        assert _decouple()("S", "dev") == "dev"
        assert decouple.AutoConfig(search_path=".")("S", "dev") == "dev"
        assert isinstance(decouple.config, decouple.AutoConfig)


class TestConversions:
    """Whether a conversion is applied to the default too."""

    def test_decouple_converts_the_default(self) -> None:
        assert _decouple()("S", default="a, b", cast=decouple.Csv()) == ["a", "b"]
        assert _decouple()("S", default="a,b", cast=lambda text: text.split(",")) == ["a", "b"]

    def test_starlette_converts_the_default(self) -> None:
        separated = starlette.datastructures.CommaSeparatedStrings
        assert list(starlette_config.Config()("S", cast=separated, default="a, b")) == ["a", "b"]
        assert str(starlette_config.Config()("S", cast=starlette.datastructures.Secret, default="dev")) == "dev"

    def test_a_secret_of_starlette_does_not_show(self) -> None:
        assert "dev" not in repr(starlette.datastructures.Secret("dev"))

    def test_environs_and_django_environ_take_a_list_as_it_is(self) -> None:
        assert plain_environs.Env().list("S", ["a", "b"]) == ["a", "b"]
        assert django_environ.Env().list("S", default=["a", "b"]) == ["a", "b"]

    def test_django_environ_does_not_convert_the_default(self) -> None:
        assert django_environ.Env()("S", list, "a,b") == "a,b"


class TestDjangoEnviron:
    def test_a_scheme_declares_defaults(self) -> None:
        env = django_environ.Env(S=(str, "dev"))
        assert env("S") == env.str("S") == "dev"

    def test_the_default_of_the_call_wins_over_the_scheme_s(self) -> None:
        assert django_environ.Env(S=(str, "dev"))("S", default="other") == "other"

    def test_a_type_alone_declares_none(self) -> None:
        with pytest.raises(environ.ImproperlyConfigured):
            django_environ.Env(S=str)("S")


class TestEnvirons:
    def test_a_prefix_is_no_part_of_the_reader(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("APP_S", "set")
        env = plain_environs.Env()
        with env.prefixed("APP_"):
            assert env.str("S", default="dev") == "set"
        assert env.str("S", default="dev") == "dev"

    def test_a_reader_is_there_ready_made(self) -> None:
        assert isinstance(environs.env, environs.Env)


class TestDynaconf:
    """A value given to the constructor, or to a validator, is what stands when nothing else does."""

    @pytest.mark.parametrize(
        "arguments",
        [{"S": "dev"}, {"validators": [dynaconf.Validator("S", default="dev")]}],
        ids=["keyword", "validator"],
    )
    def test_declared_default(self, arguments: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
        settings: Any = dynaconf.Dynaconf(**arguments)
        assert settings.S == settings["S"] == settings.get("S") == settings.s == "dev"
        monkeypatch.setenv("DYNACONF_S", "set")
        assert dynaconf.Dynaconf(**arguments).S == "set"

    def test_get(self) -> None:
        settings: Any = dynaconf.Dynaconf()
        assert settings.get("S", "dev") == settings.get("S", default="dev") == "dev"
        assert settings.get("S") is None

    def test_what_is_not_there_raises(self) -> None:
        settings: Any = dynaconf.Dynaconf()
        with pytest.raises(AttributeError):
            _ = settings.S
        with pytest.raises(KeyError):
            settings["S"]

    def test_a_validator_without_a_default_declares_none(self) -> None:
        settings: Any = dynaconf.Dynaconf(validators=[dynaconf.Validator("S", must_exist=True)])
        with pytest.raises(dynaconf.ValidationError):
            _ = settings.S

    def test_the_ready_made_settings_are_of_the_same_kind(self) -> None:
        assert isinstance(dynaconf.settings, dynaconf.LazySettings)
        assert dynaconf.Dynaconf is dynaconf.LazySettings or isinstance(dynaconf.Dynaconf(), dynaconf.LazySettings)
