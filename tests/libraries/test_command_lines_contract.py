"""The contract of click and typer, which backs the model `jwt_sast/libraries/command_lines.py`."""

from __future__ import annotations

from typing import Any

import click
import pytest
import typer
from shape_programs import verify


def given(*decorators: Any, arguments: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a command with these decorators gets for its parameters."""
    received: dict[str, Any] = {}

    def command(**parameters: Any) -> None:
        received.update(parameters)

    for decorator in reversed(decorators):
        command = decorator(command)
    click.command()(command).main(list(arguments), standalone_mode=False)
    return received


class TestNames:
    @pytest.mark.parametrize(
        ("declarations", "name"),
        [
            (("--secret",), "secret"),
            (("-k", "--jwt-key"), "jwt_key"),
            (("--jwt-key", "-k"), "jwt_key"),
            (("--first", "--second"), "first"),
            (("-a", "--alpha", "renamed"), "renamed"),
            (("--Upper",), "upper"),
            (("-x",), "x"),
            (("--shout/--no-shout",), "shout"),
        ],
    )
    def test_of_an_option(self, declarations: tuple[str, ...], name: str) -> None:
        assert list(given(click.option(*declarations))) == [name]

    def test_of_an_argument(self) -> None:
        assert given(click.argument("secret", default="dev")) == {"secret": "dev"}


class TestDefaults:
    def test_what_the_user_gives_wins(self) -> None:
        option = click.option("--secret", default="dev")
        assert given(option) == {"secret": "dev"}
        assert given(option, arguments=("--secret", "set")) == {"secret": "set"}

    def test_a_variable_wins_over_the_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        option = click.option("--secret", default="dev", envvar="SECRET_OF_THE_TEST")
        assert given(option) == {"secret": "dev"}
        monkeypatch.setenv("SECRET_OF_THE_TEST", "set")
        assert given(option) == {"secret": "set"}

    def test_a_function_is_called(self) -> None:
        assert given(click.option("--secret", default=lambda: "dev")) == {"secret": "dev"}

    def test_without_a_default_it_is_none(self) -> None:
        assert given(click.option("--secret")) == {"secret": None}

    def test_a_needed_one_is_not_left_out(self) -> None:
        with pytest.raises(click.MissingParameter):
            given(click.option("--secret", required=True))


class TestTyper:
    @staticmethod
    def run(function: Any, *arguments: str) -> None:
        app = typer.Typer()
        app.command()(function)
        app(list(arguments), standalone_mode=False)

    def test_the_default_stands_first(self) -> None:
        received: list[Any] = []

        def command(
            one: str = typer.Option("dev"),
            two: str = typer.Option(default="dev"),
            three: str = typer.Option(default_factory=lambda: "dev"),
            four: str = typer.Argument("dev"),
        ) -> None:
            received.extend([one, two, three, four])

        self.run(command)
        assert received == ["dev"] * 4
        received.clear()
        self.run(command, "--one", "set")
        assert received == ["set", "dev", "dev", "dev"]

    def test_a_variable_wins_over_the_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        received: list[str] = []

        def command(one: str = typer.Option("dev", envvar="SECRET_OF_THE_TEST")) -> None:
            received.append(one)

        monkeypatch.setenv("SECRET_OF_THE_TEST", "set")
        self.run(command)
        assert received == ["set"]

    def test_an_ellipsis_is_no_default(self) -> None:
        def command(one: str = typer.Option(...)) -> None:
            raise AssertionError("it runs only where the option was given")

        with pytest.raises(Exception, match="one"):
            self.run(command)


PRELUDE = "import jwt, time\ndef claims(): return {'exp': int(time.time()) + 60}\n"

PROGRAMS = {
    "a factory": """
        import typer
        def main(key: str = typer.Option(default_factory=lambda: "dev")):  # JWT502
            jwt.encode(claims(), key)
        typer.run(main)
    """,
    "a factory that gives nothing": """
        import click
        def fail():
            raise RuntimeError
        @click.command()
        @click.option("--key", default=fail)
        def main(key):
            jwt.encode(claims(), key)
    """,
    "a name that is not seen": """
        import click
        from elsewhere import name
        @click.command()
        @click.option(name, default="dev")
        @click.option("--other", name, default="dev")
        def main(key, other):
            jwt.encode(claims(), key)
            jwt.encode(claims(), other)
    """,
    "no name": """
        import click
        @click.command()
        @click.option(default="dev")
        def main(key):
            jwt.encode(claims(), key)
    """,
    "a flag with two names": """
        import click
        @click.command()
        @click.option("--key/--no-key", default="dev")  # JWT502
        def main(key):
            jwt.encode(claims(), key)
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_the_model_makes_of_them(name: str) -> None:
    verify(PROGRAMS[name], PRELUDE)
